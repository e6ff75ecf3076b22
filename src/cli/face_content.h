/* face_content - what stands on the banner, in the windows and on the empty screen, in words. Knows no place. */
#ifndef FACE_CONTENT_H
#define FACE_CONTENT_H

#include "face.h"
#include "face_panel.h"

/* What is to be installed: "macOS 15.3". */
const char *face_target(const struct face *, char out[FACE_LINE]);

void face_banner(const struct face *, struct panel *);	/* nothing when there is none */
/* Not when the view's screen is SCREEN_NONE. The window's title. */
const char *face_window(const struct face *, struct panel *);
/* Where there is neither, so that silence is never a riddle. */
void face_quiet(const struct face *, struct panel *);

#endif
