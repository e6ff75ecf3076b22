/* face_grid - a rectangle of styled characters, and the bytes that show it on a terminal.
 *
 * Pure: reads no terminal and no environment. Plain ANSI rather than ncurses: the same few sequences work on every
 * terminal of the last 30 years that is not "dumb", macOS and Debian ship different terminfo, and output that depends
 * on nothing but its input can be compared with golden files. */
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
	bool unicode;		/* else every other character is replaced by ASCII */
};

void grid_init(struct grid *, int width, int height);	/* all spaces; sizes are clamped to 1..maximum */
void grid_free(struct grid *);

/* The byte that switches to a style within a text; bytes below 32 do nothing else. */
#define AS(style) ((char)((style) + 1))

/* Writes text at (x, y), at most width columns, clipped to the grid. Returns the columns used. */
int grid_put(struct grid *, int x, int y, int width, enum style, const char *text);
int grid_columns(const char *text);	/* the columns that text takes */
/* Returns the end of the longest prefix of text that fits into `columns`. */
const char *grid_cut(const char *text, int columns);
/* Fills width columns from (x, y) on with spaces. */
void grid_fill(struct grid *, int x, int y, int width, enum style);

/* Writes a row with its colours, without trailing spaces, NUL-terminated. Returns its length. */
#define GRID_ROW_BYTES(width) ((size_t)(width) * 20 + 32)
size_t grid_row(const struct grid *, int y, struct look, char *out);
bool grid_same_row(const struct grid *, const struct grid *, int y);

#endif
