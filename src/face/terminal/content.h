/* face_content - what stands on the banner, in the windows and on the empty screen, in words. Knows no place. */
#ifndef FACE_CONTENT_H
#define FACE_CONTENT_H

#include "face.h"
#include "panel.h"

/* What is to be installed: "macOS 15.3". */
const char *face_target(const struct face *, char out[FACE_LINE]);

/* A phrase, as it reads now. */
const char *face_phrase(const struct face *, enum phrase, char out[PHRASE_TEXT]);

/* False: there is none. heading: what stands in its frame. */
bool face_banner(const struct face *, struct panel *, char heading[CARD_LINE]);
bool face_window(const struct face *, struct panel *, char heading[CARD_LINE]);
/* Where there is neither, so that silence is never a riddle. */
void face_quiet(const struct face *, struct panel *);

#endif
