#include <stdio.h>

#include "../core/version.h"
#include "../text/words.h"
#include "face.h"

enum value { NOTHING, NAME, NAME_DUE, LEFT, COUNTDOWN, OUTCOME, REMIND };

/* Who, then `before`, a value, `after`. Without a who nobody notices. */
struct saying {
	const char *who, *before;
	enum value value;
	const char *after;
};

static const struct saying of_effects[EFFECTS] = {
	[FX_BANNER]        = {"● banner", "", NAME_DUE, ""},
	[FX_WARNING]       = {"● banner", "", LEFT, " left to save your work"},
	[FX_BADGE]         = {"● badge", "", NAME, " stands in the menu"},
	[FX_OPEN_INFO]     = {"● window", "Update Info: ", NAME, ""},
	[FX_OPEN_TIMER]    = {"● window", "", COUNTDOWN, " to save your work"},
	[FX_OPEN_PROGRESS] = {"● window", "Install in Progress: ", NAME, ""},
	[FX_DOWNLOAD]      = {"  update", "", NAME, " is being downloaded"},
	[FX_CLOSE_APPS]    = {"  apps", "every open app is closed", NOTHING, ""},
	[FX_HOLD_APPS]     = {"  apps", "and kept closed", NOTHING, ""},
	[FX_RELEASE_APPS]  = {"  apps", "may be opened again", NOTHING, ""},
	[FX_INSTALL]       = {"  update", "", NAME, " is being installed"},
	[FX_REBOOT]        = {"  device", "restarts", NOTHING, ""},
	[FX_REPORT]        = {"  report", "", OUTCOME, ""},
};

static const struct saying of_events[EVENTS] = {
	[EV_REMIND]          = {"> person", "", REMIND, ""},
	[EV_DISMISSED]       = {"> person", "closes the banner", NOTHING, ""},
	[EV_LEARN_MORE]      = {"> person", "Learn More", NOTHING, ""},
	[EV_START_NOW]       = {"> person", "Start Now", NOTHING, ""},
	[EV_OPEN_TIMER]      = {"> person", "Open Timer", NOTHING, ""},
	[EV_WINDOW_CLOSED]   = {"> person", "closes the window", NOTHING, ""},
	[EV_DOWNLOADED]      = {"  update", "is downloaded", NOTHING, ""},
	[EV_DOWNLOAD_FAILED] = {"  update", "could not be downloaded", NOTHING, ""},
	[EV_INSTALLED]       = {"  update", "is installed, but for the restart", NOTHING, ""},
	[EV_INSTALL_FAILED]  = {"  update", "could not be installed", NOTHING, ""},
	[EV_BOOTED]          = {"  device", "is back", NOTHING, ""},
};

static const char *const outcomes[] = {
	[OUTCOME_COMPLIANT] = "up to date", [OUTCOME_VERIFIED] = "verified", [OUTCOME_CALLED_OFF] = "called off",
	[OUTCOME_RETRY] = "to be tried again", [OUTCOME_FAILED] = "failed",
};

static void
name(const struct face *f, int64_t version, char out[FACE_LINE])
{
	char text[VERSION_TEXT];

	snprintf(out, FACE_LINE, "%.32s %s", f->os, version_format(version, text));
}

static void
value(const struct face *f, enum value kind, const struct trace_line *line, char out[FACE_LINE])
{
	const struct effect *fx = &line->effect;
	char span[WORDS_TEXT], target[FACE_LINE];

	*out = '\0';
	switch (kind) {
	case NOTHING:
		break;
	case NAME:
		name(f, fx->target ? fx->target : f->view.target, out);
		break;
	case NAME_DUE:
		name(f, fx->target, target);
		snprintf(out, FACE_LINE, "%.80s is due %s", target, words_date(fx->deadline, f->zone, span));
		break;
	case LEFT:
		snprintf(out, FACE_LINE, "%s", words_span(fx->left, span));
		break;
	case COUNTDOWN:
		snprintf(out, FACE_LINE, "%s", words_countdown(fx->left, span));
		break;
	case OUTCOME:
		name(f, fx->version, target);
		snprintf(out, FACE_LINE, "%s: %.80s", outcomes[fx->outcome], target);
		break;
	case REMIND:
		snprintf(out, FACE_LINE, "%s", words_remind(line->event.for_, span));
		break;
	}
}

/* The machine asks for the badge whenever it may have to; a person sees it appear once. */
static bool
news(const struct face *f, const struct effect *fx)
{
	return fx->kind != FX_BADGE || (fx->shown && !f->view.badge);
}

bool
face_say(const struct face *f, const struct trace_line *line, char out[FACE_LINE])
{
	const struct saying *s;
	char text[FACE_LINE];

	if (line->kind == LINE_EFFECT)
		s = &of_effects[line->effect.kind];
	else if (line->kind == LINE_EVENT)
		s = &of_events[line->event.kind];
	else
		return false;
	if (!s->who || (line->kind == LINE_EFFECT && !news(f, &line->effect)))
		return false;
	value(f, s->value, line, text);
	/* Padded by columns: the mark is more bytes than it is wide. */
	snprintf(out, FACE_LINE, "%s%*s%s%.100s%s", s->who, 11 - grid_columns(s->who), "", s->before, text, s->after);
	return true;
}
