#include "panel.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void
panel_init(struct panel *p, int width, bool centred)
{
	p->width = width < 1 ? 1 : width;
	p->centred = centred;
	p->count = p->paragraphs = 0;
}

/* Ignores lines beyond PANEL_LINES: no screen has room for them. */
static void
add_line(struct panel *p, enum weight weight, enum style style, const char *text, size_t length)
{
	if (p->count == PANEL_LINES)
		return;
	if (length >= PANEL_BYTES)
		length = PANEL_BYTES - 1;
	p->line[p->count].weight = weight;
	p->line[p->count].style = style;
	p->line[p->count].paragraph = p->paragraphs;
	memcpy(p->line[p->count].text, text, length);
	p->line[p->count++].text[length] = '\0';
}

/* Returns the latest place to break a line. Japanese has no break before closing punctuation. */
static const char *
find_last_cut(const char *from, int width)
{
	static const char *const closing[] = {"、", "。", "）", "」", "：", "？", "！", "ー"};
	const char *cut = grid_cut(from, width);

	for (size_t i = 0; i < sizeof closing / sizeof *closing && cut > from; i++)
		if (!strncmp(cut, closing[i], strlen(closing[i]))) {
			do
				cut--;
			while (cut > from && ((unsigned char)*cut & 0xc0) == 0x80);
			return cut;
		}
	return cut;
}

void
panel_text(struct panel *p, enum weight weight, enum style style, const char *format, ...)
{
	char text[1024], *from = text;
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	p->paragraphs++;
	while (*from) {
		const char *cut = find_last_cut(from, p->width);
		size_t length = (size_t)(cut - from), whole = length;

		/* Break between words; scripts without spaces (U+3000 and above) break anywhere. */
		if (*cut && *cut != ' ' && (unsigned char)*cut < 0xe3) {
			while (whole > 0 && from[whole] != ' ')
				whole--;
			if (whole > 0)
				length = whole;
		}
		/* A character wider than the panel cannot be shown. */
		if (length == 0)
			return;
		add_line(p, weight, style, from, length);
		from += length;
		while (*from == ' ')
			from++;
	}
}

void
panel_gap(struct panel *p)
{
	p->paragraphs++;
	add_line(p, GAP, PLAIN, "", 0);
}

void
panel_button(struct panel *p, char key, const char *label)
{
	char button[PANEL_BYTES], *last;

	snprintf(button, sizeof button, "%c[%c]%c %.200s", AS(KEY), key, AS(PLAIN), label);
	last = p->count > 0 ? p->line[p->count - 1].text : "";
	if (*last == AS(KEY) && grid_columns(last) + 2 + grid_columns(button) <= p->width &&
	    strlen(last) + strlen(button) + 3 < PANEL_BYTES) {
		strcat(last, "  ");
		strcat(last, button);
	} else {
		add_line(p, NEEDED, PLAIN, button, strlen(button));
	}
}

void
panel_bar(struct panel *p, int percent)
{
	char bar[PANEL_BYTES];
	int length = 0, cells = p->width - 6, full;

	percent = percent < 0 ? 0 : percent > 100 ? 100 : percent;
	cells = cells < 1 ? 1 : cells > 60 ? 60 : cells;
	full = percent * cells / 100;
	for (int i = 0; i < cells; i++)
		length += snprintf(bar + length, sizeof bar - (size_t)length, "%.1s%s",
			i == full ? (char[]){AS(EMPTY), 0} : "", i < full ? "█" : "░");
	length += snprintf(bar + length, sizeof bar - (size_t)length, "%c %3d %%", AS(BOLD), percent);
	add_line(p, NEEDED, FULL, bar, (size_t)length);
}

/* Big digits for 0-9 and the colon: three columns by five rows of dots, an octal digit for each row. */
static const unsigned dots[] = {
	075557, 026227, 071747, 071717, 055711, 074717, 074757, 071111, 075757, 075717, 002020,
};

void
panel_big(struct panel *p, const char *digits)
{
	static const char *const full[] = {"", "█", "██"}, *const empty[] = {"", " ", "  "};
	int count = (int)strlen(digits), dot = count * 8 - 2 <= p->width ? 2 : 1;

	if (count * 4 - 1 > p->width) {
		panel_text(p, NEEDED, LATE, "%s", digits);
		return;
	}
	for (int row = 12; row >= 0; row -= 3) {
		char text[PANEL_BYTES] = "";

		for (const char *c = digits; *c; c++) {
			assert(*c == ':' || (*c >= '0' && *c <= '9'));
			for (unsigned bit = 4, bits = dots[*c == ':' ? 10 : *c - '0'] >> row; bit; bit >>= 1)
				strcat(text, bits & bit ? full[dot] : empty[dot]);
			if (c[1])
				strcat(text, empty[dot]);
		}
		add_line(p, NEEDED, LATE, text, strlen(text));
	}
}

static bool
drop_last(struct panel *p, enum weight weight)
{
	int i = p->count - 1, paragraph, kept = 0;

	while (i >= 0 && p->line[i].weight != weight)
		i--;
	if (i < 0)
		return false;
	paragraph = p->line[i].paragraph;
	for (i = 0; i < p->count; i++)
		if (p->line[i].weight != weight || p->line[i].paragraph != paragraph)
			p->line[kept++] = p->line[i];
	p->count = kept;
	return true;
}

bool
panel_fit(struct panel *p, int lines)
{
	while (p->count > lines)
		if (!drop_last(p, GAP) && !drop_last(p, DETAIL)) {
			p->count = lines < 0 ? 0 : lines;
			return false;
		}
	return true;
}

void
panel_draw(const struct panel *p, struct grid *g, int x, int y)
{
	for (int i = 0; i < p->count; i++) {
		int columns = grid_columns(p->line[i].text);
		int indent = p->centred && columns < p->width ? (p->width - columns) / 2 : 0;

		grid_put(g, x + indent, y + i, p->width - indent, p->line[i].style, p->line[i].text);
	}
}

static void
draw_edge(struct grid *g, int x, int y, int width, const char *left, const char *right)
{
	int used = grid_put(g, x, y, width, DIM, left);

	while (used < width - 1)
		used += grid_put(g, x + used, y, 1, DIM, "─");
	grid_put(g, x + used, y, 1, DIM, right);
}

void
panel_box(const struct panel *p, struct grid *g, int x, int y, const char *title)
{
	int width = p->width + 4;

	draw_edge(g, x, y, width, "╭", "╮");
	for (int i = 1; i <= p->count; i++) {
		grid_fill(g, x, y + i, width, PLAIN);
		grid_put(g, x, y + i, 1, DIM, "│");
		grid_put(g, x + width - 1, y + i, 1, DIM, "│");
	}
	draw_edge(g, x, y + p->count + 1, width, "╰", "╯");
	if (*title) {
		int used = grid_put(g, x + 2, y, width - 6, BOLD, " ");

		used += grid_put(g, x + 2 + used, y, width - 6 - used, BOLD, title);
		grid_put(g, x + 2 + used, y, 1, BOLD, " ");
	}
	panel_draw(p, g, x + 2, y + 1);
}
