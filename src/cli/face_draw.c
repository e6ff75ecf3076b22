#include <stdio.h>
#include <string.h>

#include "../core/version.h"
#include "../text/words.h"
#include "face.h"
#include "face_panel.h"

/* Below this there is room for one line only. */
enum { WIDTH_MIN = 40, HEIGHT_MIN = 12 };

/* What the empty screen says, so that silence is never a riddle. Versions and times are added where they help. */
static const char *const quiet_words[STATES] = {
	[ST_IDLE] = "Nothing is required of this device.",
	[ST_NOTIFY_WINDOW_SNOOZED] = "You will be reminded.",
	[ST_NOTIFY_WINDOW_HELD] = "You are presenting: nothing disturbs you.",
	[ST_COUNTDOWN_CLOSED] = "Save your work.",
	[ST_UNATTENDED_QUIET] = "Nobody is logged in: the update begins soon.",
	[ST_UNATTENDED_WAITING] = "The update waits for somebody to log in.",
	[ST_VERIFYING] = "This device has restarted. The version is being checked.",
	[ST_RETRY] = "The update did not succeed. It will be tried again.",
	[ST_FAILED] = "The update did not succeed.",
};

static const char *const progress_words[STATES] = {
	[ST_INSTALLING_CLOSING_APPS] = "Closing apps",
	[ST_INSTALLING_UPDATING] = "Installing",
	[ST_REBOOTING] = "This device is about to restart",
	[ST_VERIFYING] = "Checking the version",
};

static const char *
target(const struct face *f, char out[FACE_LINE])
{
	char version[VERSION_TEXT];

	snprintf(out, FACE_LINE, "%s %s", f->os, version_format(f->view.target, version));
	return out;
}

/* "Fri 4 Dec 17:00, in 2 days", or that it is over. */
static const char *
due(const struct face *f, char out[FACE_LINE])
{
	char date[WORDS_TEXT], span[WORDS_TEXT];
	int64_t left = f->view.deadline - f->now;

	words_date(f->view.deadline, f->zone, date);
	if (left > 0)
		snprintf(out, FACE_LINE, "%s, in %s", date, words_span(left, span));
	else
		snprintf(out, FACE_LINE, "%s, which has passed", date);
	return out;
}

static void
add_buttons(const struct face *f, struct panel *p, enum button_place place)
{
	struct button list[FACE_BUTTONS];
	unsigned count = face_buttons(&f->view, list);

	for (unsigned i = 0; i < count; i++)
		if (list[i].place == place)
			panel_button(p, list[i].key, list[i].label);
}

static void
banner(const struct face *f, struct panel *p)
{
	char name[FACE_LINE], when[FACE_LINE];

	switch (f->view.banner) {
	case BANNER_UPDATE:
		panel_text(p, NEEDED, BOLD, "%s will be installed", target(f, name));
		panel_text(p, NEEDED, PLAIN, "by %s.", due(f, when));
		break;
	case BANNER_WARNING:
		panel_text(p, NEEDED, LATE, "%s left to save your work", words_span(f->view.left, when));
		panel_text(p, DETAIL, PLAIN, "Then %s is installed.", target(f, name));
		break;
	case BANNER_FAILED:
		panel_text(p, NEEDED, LATE, "%s could not be installed", target(f, name));
		panel_text(p, NEEDED, PLAIN, "It will be tried again, and your administrator has been told.");
		break;
	case BANNER_NONE:
		return;
	}
	if (f->view.screen == SCREEN_NONE)
		panel_gap(p);
	add_buttons(f, p, ON_BANNER);
}

static void
fact(struct panel *p, enum weight weight, const char *name, const char *value)
{
	panel_text(p, weight, PLAIN, "%c%-11s%c%s", AS(DIM), name, AS(PLAIN), value);
}

static void
consequence(const struct face *f, struct panel *p, const char *when)
{
	panel_text(p, DETAIL, PLAIN, "%s%s the update is installed, and this device restarts by itself.", when,
		f->close_apps ? " open apps are closed," : "");
}

static void
info(const struct face *f, struct panel *p)
{
	char name[FACE_LINE], text[FACE_LINE], version[VERSION_TEXT], span[WORDS_TEXT];

	panel_text(p, NEEDED, BOLD, "%s", target(f, name));
	panel_gap(p);
	if (f->installed)
		fact(p, DETAIL, "Installed", version_format(f->installed, version));
	snprintf(text, sizeof text, "%s or newer", version_format(f->view.required, version));
	fact(p, NEEDED, "Required", text);
	fact(p, NEEDED, "Deadline", p->width < 40 ? words_date(f->view.deadline, f->zone, span)
		: words_moment(f->view.deadline, f->zone, span));
	if (f->view.deadline > f->now)
		fact(p, DETAIL, "Time left", words_span(f->view.deadline - f->now, span));
	if (*f->asked_by)
		fact(p, DETAIL, "For", f->asked_by);
	panel_gap(p);
	snprintf(text, sizeof text, "At the deadline you have %s to save your work. Then", words_span(f->length, span));
	consequence(f, p, text);
	panel_gap(p);
	add_buttons(f, p, ON_WINDOW);
}

static void
timer(const struct face *f, struct panel *p)
{
	char name[FACE_LINE], left[WORDS_TEXT];

	panel_text(p, NEEDED, BOLD, "Save your work: %s is about to be installed", target(f, name));
	panel_gap(p);
	panel_big(p, words_countdown(f->view.left, left));
	panel_gap(p);
	consequence(f, p, "At zero,");
	panel_gap(p);
	add_buttons(f, p, ON_WINDOW);
}

static void
progress(const struct face *f, struct panel *p)
{
	char name[FACE_LINE];
	const char *doing = progress_words[f->view.state];

	panel_text(p, NEEDED, BOLD, "%s", target(f, name));
	panel_gap(p);
	panel_bar(p, f->view.progress);
	panel_text(p, NEEDED, PLAIN, "%s", doing ? doing : "Preparing");
	panel_gap(p);
	panel_text(p, DETAIL, DIM, "This device restarts by itself. Keep it connected to power.");
}

static const struct {
	const char *title;
	void (*fill)(const struct face *, struct panel *);
} windows[] = {
	[SCREEN_NONE] = {"", NULL},
	[SCREEN_INFO] = {"Update Info", info},
	[SCREEN_TIMER] = {"Time to update", timer},
	[SCREEN_PROGRESS] = {"Install in Progress", progress},
};

static void
report(const struct face *f, struct panel *p)
{
	static const struct {
		enum style style;
		const char *words;
	} said[] = {
		[OUTCOME_COMPLIANT] = {GOOD, "✓ %s %s: this device is up to date."},
		[OUTCOME_VERIFIED] = {GOOD, "✓ %s %s is installed. This device is up to date."},
		[OUTCOME_CALLED_OFF] = {PLAIN, "%s %s: the deadline has moved, the countdown is called off."},
		[OUTCOME_RETRY] = {LATE, "%s %s did not install."},
		[OUTCOME_FAILED] = {LATE, "%s %s did not install."},
	};
	char version[VERSION_TEXT], text[FACE_LINE];
	const char *words = said[f->report.outcome].words, *gap = strstr(words, "%s %s");

	version_format(f->report.version, version);
	snprintf(text, sizeof text, "%.*s%s %s%s", (int)(gap - words), words, f->os, version, gap + 5);
	panel_text(p, NEEDED, said[f->report.outcome].style, "%s", text);
}

static void
quiet(const struct face *f, struct panel *p)
{
	const struct view *v = &f->view;
	char name[FACE_LINE], text[FACE_LINE];

	if (v->state == ST_IDLE && v->required) {
		panel_text(p, NEEDED, DIM, "%s is due %s.", target(f, name), due(f, text));
		return;
	}
	if (v->state == ST_IDLE && f->has_report) {
		report(f, p);
		return;
	}
	if (quiet_words[v->state])
		panel_text(p, NEEDED, DIM, "%s", quiet_words[v->state]);
	if (v->reminder)
		panel_text(p, NEEDED, DIM, "The banner comes back %s.", words_date(v->reminder, f->zone, text));
	if (v->state == ST_COUNTDOWN_CLOSED && v->left >= 0)
		panel_text(p, NEEDED, LATE, "%s left", words_countdown(v->left, text));
}

/* The menu bar: the update with its red dot on the left, the clock on the right. */
static void
menu(const struct face *f, struct grid *g)
{
	char left[2 * FACE_LINE], name[FACE_LINE], right[FACE_LINE], date[WORDS_TEXT];
	bool wide = g->width >= 70, named = f->view.offered || f->view.screen == SCREEN_PROGRESS;
	int x = 1, width;

	words_date(f->now, f->zone, date);
	snprintf(right, sizeof right, wide && *f->pace ? "%s   %.60s" : "%s", date, f->pace);
	width = grid_columns(right);
	snprintf(left, sizeof left, "%s%s%s", wide && named ? "Software Update: " : "",
		named ? target(f, name) : "", f->view.safe_mode ? " (safe mode)" : "");
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
	struct button list[FACE_BUTTONS];
	unsigned count = face_buttons(&f->view, list);
	int x = 1, y = g->height - 1, quit = g->width - 9;
	char text[FACE_LINE];

	for (unsigned i = 0; i < count; i++) {
		if ((list[i].place == ON_BANNER && has_banner) || (list[i].place == ON_WINDOW && has_window))
			continue;
		snprintf(text, sizeof text, "%c[%c]%c %s", AS(KEY), list[i].key, AS(DIM), list[i].label);
		if (x + grid_columns(text) >= quit)
			break;
		x += grid_put(g, x, y, quit - x, DIM, text) + 2;
	}
	snprintf(text, sizeof text, "%c[q]%c Quit", AS(KEY), AS(DIM));
	grid_put(g, quit, y, 8, DIM, text);
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

/* A device that is going down, or a terminal too small for anything: one line. */
static void
one_line(const struct face *f, struct grid *g)
{
	char text[2 * FACE_LINE], name[FACE_LINE], when[FACE_LINE];
	const struct view *v = &f->view;

	if (v->left >= 0)
		snprintf(text, sizeof text, "● %s %s left", target(f, name), words_countdown(v->left, when));
	else if (v->progress >= 0)
		snprintf(text, sizeof text, "● %s %d %%", target(f, name), v->progress);
	else if (v->offered)
		snprintf(text, sizeof text, "● %s %s", target(f, name), words_date(v->deadline, f->zone, when));
	else
		snprintf(text, sizeof text, "✓ %s", words_date(f->now, f->zone, when));
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
	struct panel note, window;
	bool has_banner = f->view.banner != BANNER_NONE, has_window = f->view.screen != SCREEN_NONE;

	panel_init(&note, width < 58 ? width : 58, false);
	banner(f, &note);
	panel_init(&window, width < 60 ? width : 60, f->view.screen != SCREEN_INFO);
	if (has_window)
		windows[f->view.screen].fill(f, &window);
	/* Where they cannot both be, the window is what the person asked for. */
	if (has_window && !panel_fit(&window, rows - 2 - (has_banner ? note.count + 2 : 0))) {
		has_banner = false;
		panel_init(&window, window.width, window.centred);
		windows[f->view.screen].fill(f, &window);
		panel_fit(&window, rows - 2);
	}
	if (has_banner) {
		panel_fit(&note, rows - 2);
		panel_box(&note, g, g->width - note.width - 5, top, "Software Update");
		top += note.count + 2;
	}
	if (has_window) {
		panel_box(&window, g, (g->width - window.width - 4) / 2, top + (bottom - top - window.count - 2) / 2,
			windows[f->view.screen].title);
	} else if (!has_banner) {
		window.centred = true;
		quiet(f, &window);
		panel_fit(&window, rows);
		panel_draw(&window, g, (g->width - window.width) / 2, top + (rows - window.count) / 2);
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
