/* draw - lays out a face: menu bar, banner, window, log and keys. */
#include <stdio.h>
#include <string.h>

#include "content.h"

/* A smaller terminal shows only one line. */
enum { WIDTH_MIN = 40, HEIGHT_MIN = 12 };

static const char *
format_date(const struct face *f, int64_t at, char out[LANGUAGE_TEXT])
{
	return language_date(f->texts ? f->texts->language : &language_en, at, f->zone, out);
}

/* Draws the menu bar: the update with its red dot on the left, the clock on the right. */
static void
draw_menu(const struct face *f, struct grid *g)
{
	char left[2 * FACE_LINE] = "", safe[FACE_LINE] = "", words[PHRASE_TEXT], right[FACE_LINE];
	bool wide = g->width >= 70, named = f->view.offered || f->view.screen == SCREEN_PROGRESS;
	int x = 1, width;

	format_date(f, f->now, words);
	snprintf(right, sizeof right, wide && *f->pace ? "%.64s   %.60s" : "%.64s", words, f->pace);
	width = grid_columns(right);
	if (f->view.safe_mode)
		snprintf(safe, sizeof safe, " (%.200s)", face_phrase(f, PHRASE_SAFE_MODE, words));
	if (named && wide)
		snprintf(left, sizeof left, "%.200s%s", face_phrase(f, PHRASE_MENU, words), safe);
	else
		snprintf(left, sizeof left, "%.200s%s", named ? face_target(f, words) : "", safe);
	grid_fill(g, 0, 0, g->width, MENU);
	if (f->view.badge)
		x += grid_put(g, x, 0, 2, MENU_DOT, "● ");
	grid_put(g, x, 0, g->width - x - width - 2, MENU, left);
	grid_put(g, g->width - width - 1, 0, width, MENU, right);
}

/* Draws the last line: the buttons that neither banner nor window shows, and how to quit. */
static void
draw_foot(const struct face *f, struct grid *g, bool has_banner, bool has_window)
{
	struct facts facts = face_facts(f);
	struct card_button list[CARD_BUTTONS];
	unsigned count = card_buttons(&f->view, f->texts, &facts, list);
	char text[FACE_LINE], leave[FACE_LINE], words[PHRASE_TEXT];
	int x = 1, y = g->height - 1, quit;

	snprintf(leave, sizeof leave, "%c[q]%c %.200s", AS(KEY), AS(DIM), face_phrase(f, PHRASE_QUIT, words));
	quit = g->width - 1 - grid_columns(leave);

	for (unsigned i = 0; i < count; i++) {
		if ((list[i].place == ON_BANNER && has_banner) || (list[i].place == ON_WINDOW && has_window))
			continue;
		snprintf(text, sizeof text, "%c[%c]%c %s", AS(KEY), face_button(&list[i], i), AS(DIM), list[i].label);
		if (x + grid_columns(text) >= quit)
			break;
		x += grid_put(g, x, y, quit - x, DIM, text) + 2;
	}
	grid_put(g, quit, y, g->width - quit, DIM, leave);
}

/* Returns how many lines of the log fit; if 0, the rule above them is left out, too. */
static int
count_log_lines(int height)
{
	return height >= 30 ? FACE_LOG : height >= 22 ? 4 : height >= 18 ? 3 : height >= 15 ? 2 : 0;
}

/* Draws the log. Returns the first row that it uses. */
static int
draw_log(const struct face *f, struct grid *g)
{
	int lines = count_log_lines(g->height), top = g->height - 1 - lines - 1, first = (int)f->logged - lines;

	if (!lines)
		return g->height - 1;
	for (int x = 0; x < g->width;)
		x += grid_put(g, x, top, g->width - x, DIM, "─");
	grid_put(g, 2, top, g->width - 4, DIM, " what happens ");
	for (int i = first < 0 ? 0 : first; i < (int)f->logged; i++)
		grid_put(g, 1, top + 1 + i - (first < 0 ? 0 : first), g->width - 2, DIM, f->log[i]);
	return top;
}

static void
draw_one_line(const struct face *f, struct grid *g)
{
	char text[2 * FACE_LINE], name[FACE_LINE], words[PHRASE_TEXT];
	const struct view *v = &f->view;

	if (v->left >= 0)
		snprintf(text, sizeof text, "● %s %.200s", face_target(f, name), face_phrase(f, PHRASE_TIMER_LEFT, words));
	else if (v->progress >= 0)
		snprintf(text, sizeof text, "● %s %d %%", face_target(f, name), v->progress);
	else if (v->offered)
		snprintf(text, sizeof text, "● %s %s", face_target(f, name), format_date(f, v->deadline, words));
	else
		snprintf(text, sizeof text, "✓ %s", format_date(f, f->now, words));
	grid_put(g, 0, 0, g->width, PLAIN, text);
}

static void
draw_down(const struct face *f, struct grid *g)
{
	int width = grid_columns(f->down);

	grid_put(g, width < g->width ? (g->width - width) / 2 : 0, g->height / 2, g->width, DIM, f->down);
}

/* Draws rows 1 to bottom - 1: the banner at the upper right, the window centred below it. */
static void
draw_desktop(const struct face *f, struct grid *g, int bottom)
{
	int rows = bottom - 1, top = 1, width = g->width - 6;
	struct panel note, window;
	char heading[CARD_LINE], title[CARD_LINE];
	bool has_banner, has_window;

	panel_init(&note, width < 58 ? width : 58, false);
	has_banner = face_banner(f, &note, heading);
	panel_init(&window, width < 60 ? width : 60, f->view.screen != SCREEN_INFO);
	has_window = face_window(f, &window, title);
	/* If there is no room for both, show only the window. */
	if (has_window && !panel_fit(&window, rows - 2 - (has_banner ? note.count + 2 : 0))) {
		has_banner = false;
		panel_init(&window, window.width, window.centred);
		face_window(f, &window, title);
		panel_fit(&window, rows - 2);
	}
	if (has_banner) {
		panel_fit(&note, rows - 2);
		panel_box(&note, g, g->width - note.width - 5, top, heading);
		top += note.count + 2;
	}
	if (has_window) {
		panel_box(&window, g, (g->width - window.width - 4) / 2, top + (bottom - top - window.count - 2) / 2, title);
	} else if (!has_banner) {
		window.centred = true;
		face_quiet(f, &window);
		panel_fit(&window, rows);
		panel_draw(&window, g, (g->width - window.width) / 2, top + (rows - window.count) / 2);
	}
	draw_foot(f, g, has_banner, has_window);
}

void
face_draw(const struct face *f, struct grid *g)
{
	for (int y = 0; y < g->height; y++)
		grid_fill(g, 0, y, g->width, PLAIN);
	if (f->down) {
		draw_down(f, g);
	} else if (g->width < WIDTH_MIN || g->height < HEIGHT_MIN) {
		draw_one_line(f, g);
	} else {
		draw_menu(f, g);
		draw_desktop(f, g, draw_log(f, g));
	}
}

void
face_log(struct face *f, const char *line)
{
	if (f->logged == FACE_LOG)
		memmove(f->log[0], f->log[1], sizeof f->log - sizeof *f->log);
	else
		f->logged++;
	snprintf(f->log[f->logged - 1], FACE_LINE, "%s", line);
}
