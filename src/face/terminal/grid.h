/* face_grid - a rectangle of characters in a few styles, and the bytes that show it on a terminal.
 *
 * Pure: it reads no terminal and no environment. Plain ANSI and not ncurses: the same few sequences work on
 * every terminal of the last 30 years that is not "dumb", macOS and Debian ship different terminfo, and a
 * drawing that is a function of its input can be a golden file. */
#ifndef FACE_GRID_H
#define FACE_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GRID_WIDTH_MAX  500
#define GRID_HEIGHT_MAX 200

enum style { PLAIN, BOLD, DIM, MENU, MENU_DOT, KEY, GOOD, LATE, FULL, EMPTY, STYLES };

struct cell {
	uint32_t glyph;		/* 0: the right half of the wide character before it */
	uint8_t style;
};

struct grid {
	int width, height;
	struct cell *cell;	/* row by row */
};

/* What the terminal can do. */
struct look {
	bool colour;		/* else only bold, dim and reverse */
	bool unicode;		/* else ASCII stands in for every other character */
};

void grid_init(struct grid *, int width, int height);	/* all spaces; sizes are cut to 1..the maxima */
void grid_free(struct grid *);

/* In text a byte below 32 is no character: it switches to the style of that number. */
#define AS(style) ((char)((style) + 1))

/* Writes text from (x, y) on in a style, at most width columns, and never outside the grid. The columns used. */
int grid_put(struct grid *, int x, int y, int width, enum style, const char *text);
int grid_columns(const char *text);	/* that text takes */
/* The start of text's last character that still ends within so many columns. */
const char *grid_cut(const char *text, int columns);
/* Everything in a row, from x on, as spaces in a style. */
void grid_fill(struct grid *, int x, int y, int width, enum style);

/* The text of one row without trailing spaces, with its colours; NUL-terminated. The length. */
#define GRID_ROW_BYTES(width) ((size_t)(width) * 20 + 32)
size_t grid_row(const struct grid *, int y, struct look, char *out);
bool grid_same_row(const struct grid *, const struct grid *, int y);

#endif
