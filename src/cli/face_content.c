#include <stdio.h>
#include <string.h>

#include "../core/version.h"
#include "../text/words.h"
#include "face_content.h"

/* What the empty screen says. Versions and times are added where they help. */
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
};

const char *
face_target(const struct face *f, char out[FACE_LINE])
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

void
face_banner(const struct face *f, struct panel *p)
{
	char name[FACE_LINE], when[FACE_LINE];

	switch (f->view.banner) {
	case BANNER_UPDATE:
		panel_text(p, NEEDED, BOLD, "%s will be installed", face_target(f, name));
		panel_text(p, NEEDED, PLAIN, "by %s.", due(f, when));
		break;
	case BANNER_WARNING:
		panel_text(p, NEEDED, LATE, "%s left to save your work", words_span(f->view.left, when));
		panel_text(p, DETAIL, PLAIN, "Then %s is installed.", face_target(f, name));
		break;
	case BANNER_FAILED:
		panel_text(p, NEEDED, LATE, "%s could not be installed", face_target(f, name));
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

	panel_text(p, NEEDED, BOLD, "%s", face_target(f, name));
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

	panel_text(p, NEEDED, BOLD, "Save your work: %s is about to be installed", face_target(f, name));
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

	panel_text(p, NEEDED, BOLD, "%s", face_target(f, name));
	panel_gap(p);
	panel_bar(p, f->view.progress);
	panel_text(p, NEEDED, PLAIN, "%s", doing ? doing : "Preparing");
	panel_gap(p);
	panel_text(p, DETAIL, DIM, "This device restarts by itself. Keep it connected to power.");
}

const char *
face_window(const struct face *f, struct panel *p)
{
	static const struct {
		const char *title;
		void (*fill)(const struct face *, struct panel *);
	} windows[] = {
		[SCREEN_INFO] = {"Update Info", info},
		[SCREEN_TIMER] = {"Time to update", timer},
		[SCREEN_PROGRESS] = {"Install in Progress", progress},
	};

	windows[f->view.screen].fill(f, p);
	return windows[f->view.screen].title;
}

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

void
face_quiet(const struct face *f, struct panel *p)
{
	const struct view *v = &f->view;
	char name[FACE_LINE], text[FACE_LINE];

	if (v->state == ST_IDLE && v->required) {
		panel_text(p, NEEDED, DIM, "%s is due %s.", face_target(f, name), due(f, text));
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
