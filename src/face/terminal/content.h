/* face_content - the words of the banner, the windows and the screen without either. Places nothing on the screen. */
#ifndef FACE_CONTENT_H
#define FACE_CONTENT_H

#include "face.h"
#include "panel.h"

/* The update: "macOS 15.3". */
const char *face_target(const struct face *, char out[FACE_LINE]);

/* A phrase, filled in with the facts of this moment. */
const char *face_phrase(const struct face *, enum phrase, char out[PHRASE_TEXT]);

/* Return false if there is none. heading: the title of its box. */
bool face_banner(const struct face *, struct panel *, char heading[CARD_LINE]);
bool face_window(const struct face *, struct panel *, char heading[CARD_LINE]);
/* For the screen without banner and window: says why nothing is shown. */
void face_quiet(const struct face *, struct panel *);

#endif
