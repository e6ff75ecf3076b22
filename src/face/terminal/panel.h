/* face_panel - lines of text, buttons, bars and big digits, collected first and drawn in a box or on the bare screen once
 * their room is known. Pure. */
#ifndef FACE_PANEL_H
#define FACE_PANEL_H

#include "grid.h"

#define PANEL_LINES 32
#define PANEL_BYTES 512

/* If room is short, empty lines are dropped first, then details, a paragraph at a time. */
enum weight { NEEDED, DETAIL, GAP };

struct panel {
	int width;		/* columns of text */
	bool centred;
	int count, paragraphs;
	struct {
		enum weight weight;
		enum style style;
		int paragraph;
		char text[PANEL_BYTES];
	} line[PANEL_LINES];
};

void panel_init(struct panel *, int width, bool centred);
/* Wrapped at spaces. */
void panel_text(struct panel *, enum weight, enum style, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void panel_gap(struct panel *);
/* "[s] Start Now", after the button before it or on a new line. */
void panel_button(struct panel *, char key, const char *label);
void panel_bar(struct panel *, int percent);
/* Digits and colons, five lines high, or plain text if that is too wide for the panel. */
void panel_big(struct panel *, const char *digits);

/* Drops lines until at most `lines` are left. Returns false if a NEEDED one had to be dropped. */
bool panel_fit(struct panel *, int lines);
void panel_draw(const struct panel *, struct grid *, int x, int y);
/* In a box with a title, 4 columns wider and 2 lines higher than the panel. */
void panel_box(const struct panel *, struct grid *, int x, int y, const char *title);

#endif
