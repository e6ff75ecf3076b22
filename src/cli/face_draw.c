#include <stdio.h>
#include <string.h>

#include "../core/version.h"
#include "../text/words.h"
#include "face.h"
#include "face_panel.h"

/* Below this there is room for one line only. */
enum { WIDTH_MIN = 40, HEIGHT_MIN = 12 };

/* What the empty screen says, so that silence is never a riddle. Versions and times are added where they help. */
static const struct {
	enum state state;
	enum phrase phrase;
} quiet_words[] = {
	{ST_IDLE, PHRASE_NOTHING}, {ST_NOTIFY_WINDOW_SNOOZED, PHRASE_SNOOZED}, {ST_NOTIFY_WINDOW_HELD, PHRASE_HELD},
	{ST_COUNTDOWN_CLOSED, PHRASE_TIMER_CLOSED}, {ST_UNATTENDED_QUIET, PHRASE_UNATTENDED},
	{ST_UNATTENDED_WAITING, PHRASE_WAITING}, {ST_VERIFYING, PHRASE_VERIFYING}, {ST_RETRY, PHRASE_RETRY},
	{ST_FAILED, PHRASE_FAILED},
};

static const char *
say(const struct face *f, enum phrase phrase, char out[PHRASE_TEXT])
{
	struct facts facts = face_facts(f);

	return phrase_say(f->texts, phrase, &facts, out);
}

static void
add_buttons(const struct face *f, struct panel *p, enum button_place place)
{
	struct facts facts = face_facts(f);
	struct card_button list[CARD_BUTTONS];
	unsigned count = card_buttons(&f->view, f->texts, &facts, list);

	for (unsigned i = 0; i < count; i++)
		if (list[i].place == place)
			panel_button(p, face_button(&list[i], i), list[i].label);
}

static void
banner(const struct face *f, const struct card *card, struct panel *p)
{
	bool update = f->view.banner == BANNER_UPDATE, warning = f->view.banner == BANNER_WARNING;

	panel_text(p, NEEDED, update ? BOLD : LATE, "%s", card->title);
	panel_text(p, warning ? DETAIL : NEEDED, PLAIN, "%s", card->body);
	if (f->view.screen == SCREEN_NONE)
		panel_gap(p);
	add_buttons(f, p, ON_BANNER);
}

static void
info(const struct face *f, const struct card *card, struct panel *p)
{
	int width = 0;

	(void)f;
	panel_text(p, NEEDED, BOLD, "%s", card->title);
	panel_gap(p);
	for (unsigned i = 0; i < card->rows; i++)
		if (grid_columns(card->row[i].label) > width)
			width = grid_columns(card->row[i].label);
	for (unsigned i = 0; i < card->rows; i++)
		panel_text(p, card->row[i].detail ? DETAIL : NEEDED, PLAIN, "%c%s%*s%c%s", AS(DIM), card->row[i].label,
			width + 2 - grid_columns(card->row[i].label), "", AS(PLAIN), card->row[i].value);
	panel_gap(p);
	panel_text(p, DETAIL, PLAIN, "%s", card->body);
}

static void
timer(const struct face *f, const struct card *card, struct panel *p)
{
	char left[WORDS_TEXT];

	panel_text(p, NEEDED, BOLD, "%s", card->title);
	panel_gap(p);
	panel_big(p, words_countdown(f->view.left, left));
	panel_gap(p);
	panel_text(p, DETAIL, PLAIN, "%s", card->body);
}

static void
progress(const struct face *f, const struct card *card, struct panel *p)
{
	panel_text(p, NEEDED, BOLD, "%s", card->title);
	panel_gap(p);
	panel_bar(p, f->view.progress);
	panel_text(p, NEEDED, PLAIN, "%s", card->note);
	panel_gap(p);
	panel_text(p, DETAIL, DIM, "%s", card->body);
}

static void
window(const struct face *f, const struct card *card, struct panel *p)
{
	static void (*const fills[])(const struct face *, const struct card *, struct panel *) = {
		[SCREEN_INFO] = info, [SCREEN_TIMER] = timer, [SCREEN_PROGRESS] = progress,
	};

	fills[f->view.screen](f, card, p);
	if (f->view.screen != SCREEN_PROGRESS) {
		panel_gap(p);
		add_buttons(f, p, ON_WINDOW);
	}
}

static void
report(const struct face *f, struct panel *p)
{
	static const struct {
		enum style style;
		const char *mark;
		enum phrase phrase;
	} said[] = {
		[OUTCOME_COMPLIANT] = {GOOD, "✓ ", PHRASE_DONE_COMPLIANT},
		[OUTCOME_VERIFIED] = {GOOD, "✓ ", PHRASE_DONE_VERIFIED},
		[OUTCOME_CALLED_OFF] = {PLAIN, "", PHRASE_DONE_CALLED_OFF},
		[OUTCOME_RETRY] = {LATE, "", PHRASE_DONE_FAILED},
		[OUTCOME_FAILED] = {LATE, "", PHRASE_DONE_FAILED},
	};
	struct facts facts = face_facts(f);
	char text[PHRASE_TEXT];

	facts.target = f->report.version;
	phrase_say(f->texts, said[f->report.outcome].phrase, &facts, text);
	panel_text(p, NEEDED, said[f->report.outcome].style, "%s%s", said[f->report.outcome].mark, text);
}

static void
quiet(const struct face *f, struct panel *p)
{
	const struct view *v = &f->view;
	char text[PHRASE_TEXT];

	if (v->state == ST_IDLE && v->required) {
		panel_text(p, NEEDED, DIM, "%s", say(f, PHRASE_DUE, text));
		return;
	}
	if (v->state == ST_IDLE && f->has_report) {
		report(f, p);
		return;
	}
	for (size_t i = 0; i < sizeof quiet_words / sizeof *quiet_words; i++)
		if (quiet_words[i].state == v->state)
			panel_text(p, NEEDED, DIM, "%s", say(f, quiet_words[i].phrase, text));
	if (v->reminder)
		panel_text(p, NEEDED, DIM, "%s", say(f, PHRASE_COMES_BACK, text));
	if (v->state == ST_COUNTDOWN_CLOSED && v->left >= 0)
		panel_text(p, NEEDED, LATE, "%s", say(f, PHRASE_TIMER_LEFT, text));
}

static const char *
target(const struct face *f, char out[FACE_LINE])
{
	char version[VERSION_TEXT];

	snprintf(out, FACE_LINE, "%s %s", f->os, version_format(f->view.target, version));
	return out;
}

static const char *
date(const struct face *f, int64_t at, char out[LANGUAGE_TEXT])
{
	return language_date(f->texts ? f->texts->language : &language_en, at, f->zone, out);
}

/* The menu bar: the update with its red dot on the left, the clock on the right. */
static void
menu(const struct face *f, struct grid *g)
{
	char left[2 * FACE_LINE] = "", safe[FACE_LINE] = "", words[PHRASE_TEXT], right[FACE_LINE];
	bool wide = g->width >= 70, named = f->view.offered || f->view.screen == SCREEN_PROGRESS;
	int x = 1, width;

	date(f, f->now, words);
	snprintf(right, sizeof right, wide && *f->pace ? "%.64s   %.60s" : "%.64s", words, f->pace);
	width = grid_columns(right);
	if (f->view.safe_mode)
		snprintf(safe, sizeof safe, " (%.200s)", say(f, PHRASE_SAFE_MODE, words));
	if (named && wide)
		snprintf(left, sizeof left, "%.200s%s", say(f, PHRASE_MENU, words), safe);
	else
		snprintf(left, sizeof left, "%.200s%s", named ? target(f, words) : "", safe);
	grid_fill(g, 0, 0, g->width, MENU);
	if (f->view.badge)
		x += grid_put(g, x, 0, 2, MENU_DOT, "● ");
	grid_put(g, x, 0, g->width - x - width - 2, MENU, left);
	grid_put(g, g->width - width - 1, 0, width, MENU, right);
}

/* The last line: the buttons that stand nowhere else, and the way out. */
static void
foot(const struct face *f, struct grid *g, bool has_banner, bool has_window)
{
	struct facts facts = face_facts(f);
	struct card_button list[CARD_BUTTONS];
	unsigned count = card_buttons(&f->view, f->texts, &facts, list);
	char text[FACE_LINE], leave[FACE_LINE], words[PHRASE_TEXT];
	int x = 1, y = g->height - 1, quit;

	snprintf(leave, sizeof leave, "%c[q]%c %.200s", AS(KEY), AS(DIM), say(f, PHRASE_QUIT, words));
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

/* How many lines of the agent's own doings there is room for; 0 leaves out the rule above them, too. */
static int
log_lines(int height)
{
	return height >= 30 ? FACE_LOG : height >= 22 ? 4 : height >= 18 ? 3 : height >= 15 ? 2 : 0;
}

static int
draw_log(const struct face *f, struct grid *g)
{
	int lines = log_lines(g->height), top = g->height - 1 - lines - 1, first = (int)f->logged - lines;

	if (!lines)
		return g->height - 1;
	for (int x = 0; x < g->width;)
		x += grid_put(g, x, top, g->width - x, DIM, "─");
	grid_put(g, 2, top, g->width - 4, DIM, " what happens ");
	for (int i = first < 0 ? 0 : first; i < (int)f->logged; i++)
		grid_put(g, 1, top + 1 + i - (first < 0 ? 0 : first), g->width - 2, DIM, f->log[i]);
	return top;
}

/* In a terminal too small for anything else. */
static void
one_line(const struct face *f, struct grid *g)
{
	char text[2 * FACE_LINE], name[FACE_LINE], words[PHRASE_TEXT];
	const struct view *v = &f->view;

	if (v->left >= 0)
		snprintf(text, sizeof text, "● %s %.200s", target(f, name), say(f, PHRASE_TIMER_LEFT, words));
	else if (v->progress >= 0)
		snprintf(text, sizeof text, "● %s %d %%", target(f, name), v->progress);
	else if (v->offered)
		snprintf(text, sizeof text, "● %s %s", target(f, name), date(f, v->deadline, words));
	else
		snprintf(text, sizeof text, "✓ %s", date(f, f->now, words));
	grid_put(g, 0, 0, g->width, PLAIN, text);
}

static void
draw_down(const struct face *f, struct grid *g)
{
	int width = grid_columns(f->down);

	grid_put(g, width < g->width ? (g->width - width) / 2 : 0, g->height / 2, g->width, DIM, f->down);
}

/* Rows 1 to bottom - 1 are the desktop: the banner at its upper right, a window in the middle of what is left. */
static void
desktop(const struct face *f, struct grid *g, int bottom)
{
	int rows = bottom - 1, top = 1, width = g->width - 6;
	struct facts facts = face_facts(f);
	struct card banners, windows;
	struct panel note, main;
	bool has_banner = card_banner(&f->view, f->texts, &facts, &banners);
	bool has_window = card_window(&f->view, f->texts, &facts, width < 40, &windows);

	panel_init(&note, width < 58 ? width : 58, false);
	if (has_banner)
		banner(f, &banners, &note);
	panel_init(&main, width < 60 ? width : 60, f->view.screen != SCREEN_INFO);
	if (has_window)
		window(f, &windows, &main);
	/* Where they cannot both be, the window is what the person asked for. */
	if (has_window && !panel_fit(&main, rows - 2 - (has_banner ? note.count + 2 : 0))) {
		has_banner = false;
		panel_init(&main, main.width, main.centred);
		window(f, &windows, &main);
		panel_fit(&main, rows - 2);
	}
	if (has_banner) {
		panel_fit(&note, rows - 2);
		panel_box(&note, g, g->width - note.width - 5, top, banners.heading);
		top += note.count + 2;
	}
	if (has_window) {
		panel_box(&main, g, (g->width - main.width - 4) / 2, top + (bottom - top - main.count - 2) / 2,
			windows.heading);
	} else if (!has_banner) {
		main.centred = true;
		quiet(f, &main);
		panel_fit(&main, rows);
		panel_draw(&main, g, (g->width - main.width) / 2, top + (rows - main.count) / 2);
	}
	foot(f, g, has_banner, has_window);
}

void
face_draw(const struct face *f, struct grid *g)
{
	for (int y = 0; y < g->height; y++)
		grid_fill(g, 0, y, g->width, PLAIN);
	if (f->down) {
		draw_down(f, g);
	} else if (g->width < WIDTH_MIN || g->height < HEIGHT_MIN) {
		one_line(f, g);
	} else {
		menu(f, g);
		desktop(f, g, draw_log(f, g));
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
