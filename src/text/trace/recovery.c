#include "recovery.h"

#include <string.h>

static bool
reject(struct recovery *r, const char *why)
{
	r->why = why;
	return false;
}

static bool
fold_header(struct recovery *r, const struct trace_header *h)
{
	if (r->begun)
		return reject(r, "a second header");
	if (!h->has_settings)
		return reject(r, "its header has no settings");
	r->begun = true;
	r->foreign = strcmp(h->machine, machine_hash) != 0;
	r->settings = h->settings;
	memcpy(r->boot, h->boot, sizeof r->boot);
	player_init(&r->player, &r->settings, h->version, true);
	return true;
}

/* Advances the player's clocks to a line that is not an event. */
static bool
fold_time(struct recovery *r, const struct trace_line *line)
{
	int64_t awake = line->has_awake ? line->awake : PLAYER_COUNTS;

	if (player_refuses_line(&r->player, line->at, awake) != PLAYER_ACCEPTS)
		return reject(r, "a line at an impossible time");
	player_reach(&r->player, line->at, awake);
	return true;
}

/* Ignores the time of a line without awake time: older agents wrote such lines, and their next event may be earlier. */
static bool
fold_settings(struct recovery *r, const struct trace_line *line)
{
	r->settings = line->header.settings;
	return !line->has_awake || fold_time(r, line);
}

static bool
fold_crash(struct recovery *r, const struct trace_line *line)
{
	if (!fold_time(r, line))
		return false;
	player_crash(&r->player, line->at);
	r->crashed = true;
	return true;
}

static bool
fold_event(struct recovery *r, const struct trace_line *line)
{
	struct event e = line->event;

	if (!r->crashed && (r->states < r->answer.state_count || r->effects < r->answer.effects.count))
		return reject(r, "states or effects are missing");
	if (!line->has_awake)
		return reject(r, "an event without awake time");
	e.at = line->at;
	e.awake = line->awake;
	if (player_refuses(&r->player, &e) != PLAYER_ACCEPTS)
		return reject(r, "an event that is impossible at that time");
	player_step(&r->player, &e, &r->answer);
	r->states = r->effects = 0;
	r->crashed = false;
	r->last = e.kind;
	if (e.kind == EV_START || e.kind == EV_BOOTED)
		memcpy(r->boot, line->boot, sizeof r->boot);
	return true;
}

static bool
fold_state(struct recovery *r, enum state state)
{
	if (r->states == r->answer.state_count || r->answer.states[r->states] != state)
		return reject(r, "a state that the machine does not reach");
	r->states++;
	if (state != ST_IDLE)
		r->cycle = true;
	return true;
}

/* Every field of an effect except its kind is an int64_t. */
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

/* Skips effects that happen at most once and that a crash prevented. */
static bool
fold_effect(struct recovery *r, const struct effect *effect)
{
	const struct effects *all = &r->answer.effects;

	while (r->effects < all->count && !effect_same(&all->list[r->effects], effect) && is_once(&all->list[r->effects]))
		r->effects++;
	if (r->effects == all->count || !effect_same(&all->list[r->effects], effect))
		return reject(r, "an effect that the machine does not request");
	r->effects++;
	return true;
}

static bool
fold_line(struct recovery *r, const struct trace_line *line)
{
	if (!r->begun && line->kind != LINE_HEADER)
		return reject(r, "no header");
	r->player.machine.settings = &r->settings;	/* r may be a copy */
	r->at = line->at;
	switch (line->kind) {
	case LINE_HEADER:
		return fold_header(r, &line->header);
	case LINE_SETTINGS:
		return fold_settings(r, line);
	case LINE_EVENT:
		return fold_event(r, line);
	case LINE_STATE:
		return fold_state(r, line->state);
	case LINE_EFFECT:
		return fold_effect(r, &line->effect);
	case LINE_CRASH:
		return fold_crash(r, line);
	case LINE_END:
		break;
	}
	return reject(r, "a line that does not belong in a journal");
}

bool
recovery_read(struct recovery *r, const char *text, size_t length, struct messages *messages)
{
	struct trace_line line = {.kind = LINE_END};

	if (!trace_decode(text, length, "journal", 0, &line, messages))
		return reject(r, "a malformed line");
	return fold_line(r, &line);
}

bool
recovery_rest(struct recovery *r, struct trace_line *line)
{
	const struct effects *all = &r->answer.effects;

	*line = (struct trace_line){.at = r->player.at};
	if (!r->begun || r->crashed)
		return false;
	if (r->states < r->answer.state_count) {
		line->kind = LINE_STATE;
		line->state = r->answer.states[r->states++];
		return true;
	}
	while (r->effects < all->count && is_once(&all->list[r->effects]))
		r->effects++;
	if (r->effects < all->count) {
		line->kind = LINE_EFFECT;
		line->effect = all->list[r->effects++];
		return true;
	}
	if (!r->player.begun || r->last == EV_HALT)
		return false;
	line->kind = LINE_CRASH;	/* the time is not known, but not before the last line */
	if (r->at > line->at)
		line->at = r->at;
	player_crash(&r->player, line->at);
	r->crashed = true;
	return true;
}
