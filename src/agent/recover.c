/* recover - the journal folded through the core, and what a crash cut short brought to its end.
 *
 * Folding steps the events again and starts no effects. What the journal says that the machine did must be what
 * the machine does now, or the journal is not believed. Only before a crash may answers be missing at the end:
 * those are completed here, but for effects that must happen at most once - a line that is missing says that they
 * did not begin, and the machine, told that the agent was gone, decides what to do. */
#include <stdio.h>
#include <string.h>

#include "host.h"
#include "log.h"

static bool
disbelieve(struct agent *a, const char *why)
{
	a->recovery.why = why;
	return false;
}

static bool
fold_header(struct agent *a, const struct trace_header *h)
{
	if (a->recovery.begun)
		return disbelieve(a, "a second header");
	if (!h->has_settings)
		return disbelieve(a, "its header has no settings");
	a->recovery.begun = true;
	a->recovery.foreign = strcmp(h->machine, machine_hash) != 0;
	a->rules = h->settings;
	memcpy(a->recovery.boot, h->boot, sizeof a->recovery.boot);
	player_init(&a->player, &a->rules, h->version, true);
	return true;
}

static bool
fold_event(struct agent *a, const struct trace_line *line)
{
	struct recovery *r = &a->recovery;
	struct event e = line->event;

	if (!r->crashed && (r->states < r->answer.state_count || r->effects < r->answer.effects.count))
		return disbelieve(a, "it lacks what the machine did");
	if (!line->has_awake)
		return disbelieve(a, "an event without its awake clock");
	e.at = line->at;
	e.awake = line->awake;
	if (player_refuses(&a->player, &e) != PLAYER_WELCOME)
		return disbelieve(a, "an event that cannot have come then");
	player_step(&a->player, &e, &r->answer);
	r->states = r->effects = 0;
	r->crashed = false;
	r->last = e.kind;
	if (e.kind == EV_START || e.kind == EV_BOOTED)
		memcpy(r->boot, line->boot, sizeof r->boot);
	return true;
}

static bool
fold_state(struct agent *a, enum state state)
{
	struct recovery *r = &a->recovery;

	if (r->states == r->answer.state_count || r->answer.states[r->states] != state)
		return disbelieve(a, "a state that the machine does not come to");
	r->states++;
	if (state != ST_IDLE)
		a->cycle = true;
	return true;
}

/* Every field of an effect is an int64_t, but its kind. */
static bool
effect_same(const struct effect *a, const struct effect *b)
{
	const struct kind *kind = &machine_effect[a->kind];

	if (a->kind != b->kind)
		return false;
	for (unsigned i = 0; i < kind->field_count; i++)
		if (memcmp((const char *)a + kind->fields[i].offset, (const char *)b + kind->fields[i].offset,
			   sizeof(int64_t)) != 0)
			return false;
	return true;
}

static bool
is_once(const struct effect *effect)
{
	return machine_effect[effect->kind].once;
}

/* Once effects that a crash kept from beginning were passed over. */
static bool
fold_effect(struct agent *a, const struct effect *effect)
{
	struct recovery *r = &a->recovery;
	const struct effects *all = &r->answer.effects;

	while (r->effects < all->count && !effect_same(&all->list[r->effects], effect) && is_once(&all->list[r->effects]))
		r->effects++;
	if (r->effects == all->count || !effect_same(&all->list[r->effects], effect))
		return disbelieve(a, "an effect that the machine does not ask for");
	r->effects++;
	return true;
}

static bool
fold(struct agent *a, const struct trace_line *line)
{
	if (!a->recovery.begun && line->kind != LINE_HEADER)
		return disbelieve(a, "no header");
	switch (line->kind) {
	case LINE_HEADER:
		return fold_header(a, &line->header);
	case LINE_SETTINGS:
		a->rules = line->header.settings;
		return true;
	case LINE_EVENT:
		return fold_event(a, line);
	case LINE_STATE:
		return fold_state(a, line->state);
	case LINE_EFFECT:
		return fold_effect(a, &line->effect);
	case LINE_CRASH:
		player_crash(&a->player, line->at);
		a->recovery.crashed = true;
		return true;
	case LINE_END:
		break;
	}
	return disbelieve(a, "a line that no journal has");
}

static bool
fold_line(void *context, const char *text, size_t length)
{
	struct agent *a = context;
	struct messages messages = {0};
	struct trace_line line = {.kind = LINE_END};
	bool fine = trace_decode(text, length, "journal", 0, &line, &messages);

	if (!fine)
		log_say(LEVEL_ERROR, "a journal's line is not one", "why",
			messages.count ? messages.list[0].text : NULL, NULL);
	message_free(&messages);
	return fine ? fold(a, &line) : disbelieve(a, "a line that cannot be read");
}

static void
log_report(const struct journal_report *report, const char *why)
{
	char number[24];

	snprintf(number, sizeof number, "%llu", (unsigned long long)report->lost_bytes);
	if (report->state == JOURNAL_TAIL_CUT)
		log_say(LEVEL_WARNING, "the journal's last line was torn, and never acknowledged: cut off", "bytes", number,
			NULL);
	if (report->state == JOURNAL_SET_ASIDE)
		log_say(LEVEL_ERROR, "the journal is damaged: set aside; beginning afresh", "kept", report->kept_as, "why",
			why ? why : report->error, NULL);
}

bool
host_recover(struct agent *a, char error[512])
{
	struct settings rules = a->rules;
	struct journal_report report = {0};

	a->journal = journal_open(a->settings.state, fold_line, a, &report);
	if (!a->journal) {
		snprintf(error, 512, "%s", report.error);
		return false;
	}
	log_report(&report, a->recovery.foreign ? "another version of the machine wrote it" : a->recovery.why);
	if (report.lines)
		return true;
	a->rules = rules;
	a->recovery = (struct recovery){.fresh = true};
	if (host_begin_journal(a))
		return true;
	snprintf(error, 512, "the journal cannot be begun: %s", journal_error(a->journal));
	return false;
}

/* --- how the agent came to run --- */

/* The rest of the answer to the last event. */
static void
complete(struct agent *a)
{
	struct recovery *r = &a->recovery;
	int64_t at = a->player.at;

	for (; r->states < r->answer.state_count && !a->failed; r->states++) {
		struct trace_line line = {.kind = LINE_STATE, .at = at, .state = r->answer.states[r->states]};

		host_write(a, &line);
	}
	for (; r->effects < r->answer.effects.count && !a->failed; r->effects++)
		if (!is_once(&r->answer.effects.list[r->effects]))
			host_begin_effect(a, &r->answer.effects.list[r->effects], at);
}

/* When it was gone nobody knows: not before the last line. */
static void
note_crash(struct agent *a)
{
	struct trace_line line = {.kind = LINE_CRASH, .at = a->player.at};

	log_say(LEVEL_WARNING, "the agent before this one ended without a word", NULL);
	if (host_write(a, &line))
		player_crash(&a->player, line.at);
}

/* A clock that was set forward meanwhile looks like time gone by; one set back can be told. */
static void
note_clock(struct agent *a, bool same_boot)
{
	struct now now = host_now(a);
	int64_t least = a->player.at;

	if (same_boot && now.awake > a->player.awake)
		least += now.awake - a->player.awake;
	if (now.at < least - CLOCK_SLACK)
		host_post(a, &(struct event){.kind = EV_CLOCK, .was = least});
}

void
host_resume(struct agent *a)
{
	const struct recovery *r = &a->recovery;
	bool same_boot = r->fresh || strcmp(r->boot, a->device.boot) == 0;

	if (!r->fresh) {
		if (!r->crashed)
			complete(a);
		if (!r->crashed && r->last != EV_HALT)
			note_crash(a);
		note_clock(a, same_boot);
	}
	if (same_boot)
		host_post(a, &(struct event){.kind = EV_START});
	else
		host_post(a, &(struct event){.kind = EV_BOOTED, .version = a->device.version});
	host_see_session(a);
	if (a->releases)
		releases_refresh(a->releases);
	host_assess(a);
	host_show(a);
}
