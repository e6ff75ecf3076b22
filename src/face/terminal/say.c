/* say - describes a line of the journal for people, in rehearsals and previews. */
#include <stdio.h>
#include <string.h>

#include "core/version.h"
#include "words/pattern.h"
#include "face.h"

enum { WHO = 12 };		/* bytes for "  update" and the like */
enum value { NOTHING, NAME, OUTCOME, BANNER, READ, BUTTON };

/* A line is: who, before, value, after. What comes from the screen is in the person's language, everything else is English.
 * Without a who, machine/update.yaml may describe the effect or event. */
struct saying {
	const char *who, *before;
	enum value value;
	const char *after;
	enum phrase first, second;	/* for READ, BANNER and BUTTON; PHRASES: no second */
};

/* One macro for each effect of the view and each event of a person: if one is missing, the compiler names it. The effects
 * of drivers are described in machine/update.yaml. */
#define SAYING_BANNER        {"● banner", "", BANNER, ": ", PHRASE_BANNER_TITLE, PHRASE_BANNER_BODY}
#define SAYING_WARNING       {"● banner", "", READ, "", PHRASE_WARNING_TITLE, PHRASES}
#define SAYING_WITHDRAW      {0}
#define SAYING_BADGE         {"● badge", "", NAME, " appears in the menu", 0, 0}
#define SAYING_OPEN_INFO     {"● window", "", READ, ": ", PHRASE_INFO_HEADING, PHRASE_INFO_TITLE}
#define SAYING_OPEN_TIMER    {"● window", "", READ, ": ", PHRASE_TIMER_HEADING, PHRASE_TIMER_LEFT}
#define SAYING_OPEN_PROGRESS {"● window", "", READ, ": ", PHRASE_PROGRESS_HEADING, PHRASE_PROGRESS_TITLE}
#define SAYING_CLOSE_WINDOWS {0}
#define SAYING_REPORT        {"  report", "", OUTCOME, "", 0, 0}
static const struct saying of_effects[EFFECTS] = {
#define EFFECT_SAYING(NAME, name) [FX_##NAME] = SAYING_##NAME,
	EFFECTS_BY_VIEW(EFFECT_SAYING)
	EFFECTS_BY_LOG(EFFECT_SAYING)
};

#define SAID_REMIND          {"> person", "", BUTTON, "", PHRASE_REMIND, 0}
#define SAID_DISMISSED       {"> person", "", BUTTON, "", PHRASE_CLOSE_BANNER, 0}
#define SAID_LEARN_MORE      {"> person", "", BUTTON, "", PHRASE_LEARN_MORE, 0}
#define SAID_START_NOW       {"> person", "", BUTTON, "", PHRASE_START_NOW, 0}
#define SAID_OPEN_TIMER      {"> person", "", BUTTON, "", PHRASE_OPEN_TIMER, 0}
#define SAID_WINDOW_CLOSED   {"> person", "", BUTTON, "", PHRASE_CLOSE, 0}
static const struct saying of_events[EVENTS] = {
#define EVENT_SAYING(NAME, name) [EV_##NAME] = SAID_##NAME,
	EVENTS_BY_PERSON(EVENT_SAYING)
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

/* Returns the face's facts, replaced by the line's own values, since the view may be one step behind. */
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

/* Describes a line by its text in machine/update.yaml, such as "update: {target} is being downloaded". Returns NULL if it
 * has none. */
static const char *
machine_saying(const struct face *f, const struct trace_line *line, char text[FACE_LINE])
{
	static char whos[EFFECTS + EVENTS][WHO];	/* one for each kind, so that a returned string never changes */
	bool effect = line->kind == LINE_EFFECT;
	const struct kind *kind = effect ? &machine_effect[line->effect.kind] : &machine_event[line->event.kind];
	char *who = whos[effect ? (unsigned)line->effect.kind : EFFECTS + (unsigned)line->event.kind];
	const char *colon = kind->says ? strchr(kind->says, ':') : NULL;
	char target[FACE_LINE];

	if (!colon)
		return NULL;
	write_name(f, facts_of(f, line).target, target);
	snprintf(who, WHO, "  %.*s", (int)(colon - kind->says), kind->says);
	pattern_fill(colon + 1 + strspn(colon + 1, " "), (struct slot[]){{"target", target}, {0}}, text, FACE_LINE);
	return who;
}

const char *
face_describe_parts(const struct face *f, const struct trace_line *line, bool whole, char text[FACE_LINE])
{
	const struct saying *s;
	char what[FACE_LINE];

	if (line->kind == LINE_EFFECT)
		s = &of_effects[line->effect.kind];
	else if (line->kind == LINE_EVENT)
		s = &of_events[line->event.kind];
	else
		return NULL;
	if (!s->who)
		return machine_saying(f, line, text);
	if (line->kind == LINE_EFFECT && !is_noticed(f, &line->effect))
		return NULL;
	write_value(f, s, line, whole, what);
	pattern_fill("{before}{what}{after}", (struct slot[]){{"before", s->before}, {"what", what},
		{"after", s->value == READ || s->value == BANNER ? "" : s->after}, {0}}, text, FACE_LINE);
	return s->who;
}

bool
face_describe(const struct face *f, const struct trace_line *line, bool whole, char out[FACE_LINE])
{
	char text[FACE_LINE], pad[16];
	const char *who = face_describe_parts(f, line, whole, text);

	if (!who)
		return false;
	/* Pad by columns, since the mark has more bytes than columns. */
	snprintf(pad, sizeof pad, "%*s", 11 - grid_columns(who), "");
	pattern_fill("{who}{pad}{text}", (struct slot[]){{"who", who}, {"pad", pad}, {"text", text}, {0}}, out, FACE_LINE);
	return true;
}
