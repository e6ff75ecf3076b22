/* face_panel - what stands in a box or on the bare screen: lines of text, buttons, bars and big digits, put
 * together first and drawn once it is known how much room they get. Pure. */
#ifndef FACE_PANEL_H
#define FACE_PANEL_H

#include "grid.h"

#define PANEL_LINES 32
#define PANEL_BYTES 512

/* What goes first when the room is short: empty lines, then details a paragraph at a time, never the rest. */
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
/* "[s] Start Now" after the last one, or on a new line when that is full. */
void panel_button(struct panel *, char key, const char *label);
void panel_bar(struct panel *, int percent);
/* Digits and colons, five lines high; as plain text when that is wider than the panel. */
void panel_big(struct panel *, const char *digits);

/* Leaves out what must go to be no more than so many lines. True: nothing that is needed had to. */
bool panel_fit(struct panel *, int lines);
void panel_draw(const struct panel *, struct grid *, int x, int y);
/* In a box with a title; as wide as the panel and 4, as high as it and 2. */
void panel_box(const struct panel *, struct grid *, int x, int y, const char *title);

#endif
