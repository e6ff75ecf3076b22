/* face_content - fills panels with the words of the banner, the windows, and the screen that shows neither. Draws nothing. */
#ifndef FACE_CONTENT_H
#define FACE_CONTENT_H

#include "face.h"
#include "panel.h"

/* Writes the update, "macOS 15.3". Returns out. */
const char *face_target(const struct face *, char out[FACE_LINE]);

/* Writes a phrase with its placeholders filled in from the face. Returns out. */
const char *face_phrase(const struct face *, enum phrase, char out[PHRASE_TEXT]);

/* Fill the panel with the banner or window. Return false if none is shown. heading: receives the title of its box. */
bool face_banner(const struct face *, struct panel *, char heading[CARD_LINE]);
bool face_window(const struct face *, struct panel *, char heading[CARD_LINE]);
/* Fills the panel for a screen without banner and window, with the reason why nothing is shown. */
void face_quiet(const struct face *, struct panel *);

#endif
