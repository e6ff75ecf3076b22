#include "grid.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* The sequence for each style, with and without colour. */
static const struct {
	const char *colour, *plain;
} styles[STYLES] = {
	[PLAIN] = {"", ""},
	[BOLD]  = {"1", "1"},
	[DIM]   = {"2", "2"},
	[MENU]  = {"30;47", "7"},
	[MENU_DOT] = {"1;31;47", "1;7"},
	[KEY]   = {"1;36", "1"},
	[GOOD]  = {"1;32", "1"},
	[LATE]  = {"1;33", "1"},
	[FULL]  = {"36", ""},
	[EMPTY] = {"2", "2"},
};

static const struct {
	uint32_t glyph;
	char ascii;
} stand_ins[] = {
	{0x2500, '-'}, {0x2502, '|'}, {0x256d, '+'}, {0x256e, '+'}, {0x2570, '+'}, {0x256f, '+'},
	{0x25cf, '*'}, {0x2588, '#'}, {0x2591, '.'}, {0x2713, '+'}, {0x2026, '.'}, {0x00b7, '-'}, {0x00a0, ' '},
	{0x2019, '\''}, {0x2013, '-'}, {0x2014, '-'},
};

void
grid_init(struct grid *g, int width, int height)
{
	g->width = width < 1 ? 1 : width > GRID_WIDTH_MAX ? GRID_WIDTH_MAX : width;
	g->height = height < 1 ? 1 : height > GRID_HEIGHT_MAX ? GRID_HEIGHT_MAX : height;
	g->cell = calloc((size_t)g->width * (size_t)g->height, sizeof *g->cell);
	if (!g->cell) {
		fputs("lastcall: out of memory\n", stderr);
		exit(70);
	}
	for (int i = 0; i < g->width * g->height; i++)
		g->cell[i].glyph = ' ';
}

void
grid_free(struct grid *g)
{
	free(g->cell);
	memset(g, 0, sizeof *g);
}

/* Decodes one character. Text may come from policies, so each byte of invalid UTF-8 becomes a '?'. */
static const char *
next_glyph(const char *text, uint32_t *glyph)
{
	unsigned char c = (unsigned char)*text++;
	int more = c < 0x80 ? 0 : c >= 0xc2 && c < 0xe0 ? 1 : c >= 0xe0 && c < 0xf0 ? 2 : c >= 0xf0 && c < 0xf5 ? 3 : -1;

	*glyph = more <= 0 ? c : c & (0x3fu >> more);
	for (int i = 0; i < more; i++) {
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			more = -1;
		else
			*glyph = *glyph << 6 | ((unsigned char)text[i] & 0x3fu);
	}
	if (more < 0)
		*glyph = '?';
	return text + (more > 0 ? more : 0);
}

/* Returns the columns of a character: 0 for combining marks and controls. wcwidth knows only the locale's characters. */
static int
width_of(uint32_t glyph)
{
	int width;

	if (glyph < 32 || (glyph >= 0x7f && glyph < 0xa0))
		return 0;
	if (glyph < 0x300 || (glyph >= 0x2000 && glyph < 0x2700))
		return 1;
	width = wcwidth((wchar_t)glyph);
	return width < 0 ? 1 : width;
}

int
grid_put(struct grid *g, int x, int y, int width, enum style style, const char *text)
{
	int used = 0;

	if (y < 0 || y >= g->height || x < 0)
		return 0;
	if (width > g->width - x)
		width = g->width - x;
	while (*text) {
		uint32_t glyph;
		int columns;

		text = next_glyph(text, &glyph);
		if (glyph > 0 && glyph <= STYLES)
			style = (enum style)(glyph - 1);
		columns = width_of(glyph);
		if (!columns)
			continue;
		if (used + columns > width)
			break;
		g->cell[y * g->width + x + used] = (struct cell){glyph, (uint8_t)style};
		if (columns == 2)
			g->cell[y * g->width + x + used + 1] = (struct cell){0, (uint8_t)style};
		used += columns;
	}
	return used;
}

int
grid_columns(const char *text)
{
	int columns = 0;

	while (*text) {
		uint32_t glyph;

		text = next_glyph(text, &glyph);
		columns += width_of(glyph);
	}
	return columns;
}

const char *
grid_cut(const char *text, int columns)
{
	while (*text) {
		uint32_t glyph;
		const char *after = next_glyph(text, &glyph);

		columns -= width_of(glyph);
		if (columns < 0)
			break;
		text = after;
	}
	return text;
}

void
grid_fill(struct grid *g, int x, int y, int width, enum style style)
{
	for (; width > 0 && x < g->width; width--, x++)
		if (x >= 0 && y >= 0 && y < g->height)
			g->cell[y * g->width + x] = (struct cell){' ', (uint8_t)style};
}

static size_t
encode_glyph(uint32_t c, bool unicode, char *out)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (!unicode) {
		out[0] = '?';
		for (size_t i = 0; i < sizeof stand_ins / sizeof *stand_ins; i++)
			if (stand_ins[i].glyph == c)
				out[0] = stand_ins[i].ascii;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

static size_t
switch_style(unsigned style, struct look look, char *out)
{
	const char *codes = look.colour ? styles[style].colour : styles[style].plain;

	return (size_t)sprintf(out, *codes ? "\033[0;%sm" : "\033[0m", codes);
}

size_t
grid_row(const struct grid *g, int y, struct look look, char *out)
{
	const struct cell *row = &g->cell[y * g->width];
	unsigned style = PLAIN;
	size_t length = 0;
	int end = g->width;

	assert(y >= 0 && y < g->height);
	while (end > 0 && row[end - 1].glyph == ' ' && row[end - 1].style != MENU)
		end--;
	for (int x = 0; x < end; x++) {
		if (row[x].style != style)
			length += switch_style(style = row[x].style, look, out + length);
		if (row[x].glyph)
			length += encode_glyph(row[x].glyph, look.unicode, out + length);
		/* ASCII stands in for a wide character: fill its second column. */
		else if (!look.unicode)
			out[length++] = ' ';
	}
	if (style != PLAIN)
		length += switch_style(PLAIN, look, out + length);
	out[length] = '\0';
	return length;
}

bool
grid_same_row(const struct grid *a, const struct grid *b, int y)
{
	if (a->width != b->width || a->height != b->height)
		return false;
	for (int i = y * a->width; i < (y + 1) * a->width; i++)
		if (a->cell[i].glyph != b->cell[i].glyph || a->cell[i].style != b->cell[i].style)
			return false;
	return true;
}
