/* say - a line of the journal as a line for people, for rehearsals and previews. */
#include <stdio.h>

#include "core/version.h"
#include "words/pattern.h"
#include "face.h"

enum value { NOTHING, NAME, OUTCOME, BANNER, READ, BUTTON };

/* A line is: who, before, value, after. The frame is English, quotes are in the person's language. Lines without a who
 * are not printed. */
struct saying {
	const char *who, *before;
	enum value value;
	const char *after;
	enum phrase first, second;	/* quoted by READ, BANNER and BUTTON */
};

static const struct saying of_effects[EFFECTS] = {
	[FX_BANNER]        = {"● banner", "", BANNER, ": ", PHRASE_BANNER_TITLE, PHRASE_BANNER_BODY},
	[FX_WARNING]       = {"● banner", "", READ, "", PHRASE_WARNING_TITLE, PHRASES},
	[FX_BADGE]         = {"● badge", "", NAME, " appears in the menu", 0, 0},
	[FX_OPEN_INFO]     = {"● window", "", READ, ": ", PHRASE_INFO_HEADING, PHRASE_INFO_TITLE},
	[FX_OPEN_TIMER]    = {"● window", "", READ, ": ", PHRASE_TIMER_HEADING, PHRASE_TIMER_LEFT},
	[FX_OPEN_PROGRESS] = {"● window", "", READ, ": ", PHRASE_PROGRESS_HEADING, PHRASE_PROGRESS_TITLE},
	[FX_DOWNLOAD]      = {"  update", "", NAME, " is being downloaded", 0, 0},
	[FX_CLOSE_APPS]    = {"  apps", "every open app is closed", NOTHING, "", 0, 0},
	[FX_HOLD_APPS]     = {"  apps", "and kept closed", NOTHING, "", 0, 0},
	[FX_RELEASE_APPS]  = {"  apps", "may be opened again", NOTHING, "", 0, 0},
	[FX_INSTALL]       = {"  update", "", NAME, " is being installed", 0, 0},
	[FX_REBOOT]        = {"  device", "restarts", NOTHING, "", 0, 0},
	[FX_REPORT]        = {"  report", "", OUTCOME, "", 0, 0},
};

static const struct saying of_events[EVENTS] = {
	[EV_REMIND]          = {"> person", "", BUTTON, "", PHRASE_REMIND, 0},
	[EV_DISMISSED]       = {"> person", "", BUTTON, "", PHRASE_CLOSE_BANNER, 0},
	[EV_LEARN_MORE]      = {"> person", "", BUTTON, "", PHRASE_LEARN_MORE, 0},
	[EV_START_NOW]       = {"> person", "", BUTTON, "", PHRASE_START_NOW, 0},
	[EV_OPEN_TIMER]      = {"> person", "", BUTTON, "", PHRASE_OPEN_TIMER, 0},
	[EV_WINDOW_CLOSED]   = {"> person", "", BUTTON, "", PHRASE_CLOSE, 0},
	[EV_DOWNLOADED]      = {"  update", "is downloaded", NOTHING, "", 0, 0},
	[EV_DOWNLOAD_FAILED] = {"  update", "could not be downloaded", NOTHING, "", 0, 0},
	[EV_INSTALLED]       = {"  update", "is installed; a restart is needed", NOTHING, "", 0, 0},
	[EV_INSTALL_FAILED]  = {"  update", "could not be installed", NOTHING, "", 0, 0},
	[EV_BOOTED]          = {"  device", "is back", NOTHING, "", 0, 0},
};

static const char *const outcomes[] = {
	[OUTCOME_COMPLIANT] = "up to date", [OUTCOME_VERIFIED] = "verified", [OUTCOME_CALLED_OFF] = "called off",
	[OUTCOME_RETRY] = "will be tried again", [OUTCOME_FAILED] = "failed",
};

static void
write_name(const struct face *f, int64_t version, char out[FACE_LINE])
{
	char text[VERSION_TEXT];

	snprintf(out, FACE_LINE, "%.32s %s", f->os, version_format(version, text));
}

/* The line's own values win: the view may be one step behind it. */
static struct facts
facts_of(const struct face *f, const struct trace_line *line)
{
	struct facts facts = face_facts(f);

	if (line->kind == LINE_EVENT) {
		facts.delay = line->event.for_;
		return facts;
	}
	if (line->effect.target)
		facts.target = line->effect.target;
	if (line->effect.deadline) {
		facts.deadline = line->effect.deadline;
		facts.left = line->effect.deadline > line->at ? line->effect.deadline - line->at : 0;
	}
	if (line->effect.kind == FX_WARNING || line->effect.kind == FX_OPEN_TIMER)
		facts.left = line->effect.left;
	return facts;
}

static void
write_value(const struct face *f, const struct saying *s, const struct trace_line *line, bool whole, char out[FACE_LINE])
{
	const struct effect *fx = &line->effect;
	struct facts facts = facts_of(f, line);
	char target[FACE_LINE], first[PHRASE_TEXT], second[PHRASE_TEXT] = "";

	*out = '\0';
	switch (s->value) {
	case NOTHING:
		break;
	case NAME:
		write_name(f, facts.target, out);
		break;
	case OUTCOME:
		write_name(f, fx->version, target);
		snprintf(out, FACE_LINE, "%s: %.80s", outcomes[fx->outcome], target);
		break;
	case BANNER:
	case READ:
		phrase_say(f->texts, s->first, &facts, first);
		if (s->second != PHRASES && (whole || s->value != BANNER))
			phrase_say(f->texts, s->second, &facts, second);
		pattern_fill("{first}{between}{second}", (struct slot[]){{"first", first}, {"between", *second ? s->after : ""},
			{"second", second}, {0}}, out, FACE_LINE);
		break;
	case BUTTON:
		phrase_say(f->texts, facts.delay == DAY_MS ? PHRASE_REMIND_TOMORROW : s->first, &facts, first);
		snprintf(out, FACE_LINE, "%.200s", first);
		break;
	}
}

/* The machine repeats the badge effect; a person notices only that the badge appears. */
static bool
is_noticed(const struct face *f, const struct effect *fx)
{
	return fx->kind != FX_BADGE || (fx->shown && !f->view.badge);
}

const char *
face_saying(const struct face *f, const struct trace_line *line, bool whole, char text[FACE_LINE])
{
	const struct saying *s;
	char what[FACE_LINE];

	if (line->kind == LINE_EFFECT)
		s = &of_effects[line->effect.kind];
	else if (line->kind == LINE_EVENT)
		s = &of_events[line->event.kind];
	else
		return NULL;
	if (!s->who || (line->kind == LINE_EFFECT && !is_noticed(f, &line->effect)))
		return NULL;
	write_value(f, s, line, whole, what);
	pattern_fill("{before}{what}{after}", (struct slot[]){{"before", s->before}, {"what", what},
		{"after", s->value == READ || s->value == BANNER ? "" : s->after}, {0}}, text, FACE_LINE);
	return s->who;
}

bool
face_say(const struct face *f, const struct trace_line *line, bool whole, char out[FACE_LINE])
{
	char text[FACE_LINE], pad[16];
	const char *who = face_saying(f, line, whole, text);

	if (!who)
		return false;
	/* Padded by columns: the mark has more bytes than columns. */
	snprintf(pad, sizeof pad, "%*s", 11 - grid_columns(who), "");
	pattern_fill("{who}{pad}{text}", (struct slot[]){{"who", who}, {"pad", pad}, {"text", text}, {0}}, out, FACE_LINE);
	return true;
}
