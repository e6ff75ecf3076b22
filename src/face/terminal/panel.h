/* face_panel - collects lines of text, buttons, bars and big digits, and draws them in a box or on the bare screen once it
 * is known how many lines fit. Pure. */
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
/* Adds a paragraph, wrapped at spaces. */
void panel_text(struct panel *, enum weight, enum style, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void panel_gap(struct panel *);
/* Adds "[s] Start Now" beside the previous button, or on a new line if there is no room. */
void panel_button(struct panel *, char key, const char *label);
void panel_bar(struct panel *, int percent);
/* Adds digits and colons five lines high, or as plain text if they are too wide for the panel. */
void panel_big(struct panel *, const char *digits);

/* Drops lines until at most `lines` are left. Returns false if a NEEDED one had to be dropped. */
bool panel_fit(struct panel *, int lines);
void panel_draw(const struct panel *, struct grid *, int x, int y);
/* Draws the panel in a box with a title, 4 columns wider and 2 lines higher than the panel. */
void panel_box(const struct panel *, struct grid *, int x, int y, const char *title);

#endif
