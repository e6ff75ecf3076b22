#include <assert.h>

#include "player.h"

void
player_init(struct player *p, const struct settings *settings, int64_t installed, bool recorded)
{
	*p = (struct player){.recorded = recorded};
	machine_init(&p->machine, settings);
	p->machine.installed = installed;
}

int64_t
player_event_time(const struct event *e)
{
	return e->kind == EV_CLOCK ? e->was : e->at;
}

/* Refuses events that no agent sees, because none is running or the device sleeps. Recorded events are accepted. */
static enum player_refusal
refuse_unseen(const struct player *p, enum event_kind kind)
{
	bool arrival = kind == EV_START || kind == EV_BOOTED;

	if (p->recorded || arrival)
		return PLAYER_ACCEPTS;
	if (p->absent)
		return kind == EV_CLOCK ? PLAYER_ACCEPTS : PLAYER_ABSENT;
	return p->asleep && kind != EV_WAKE ? PLAYER_ASLEEP : PLAYER_ACCEPTS;
}

enum player_refusal
player_refuses_line(const struct player *p, int64_t at, int64_t awake)
{
	if (!p->begun)
		return PLAYER_ACCEPTS;
	if (at < p->at)
		return PLAYER_AT_BACK;
	return awake != PLAYER_COUNTS && awake < p->awake ? PLAYER_AWAKE_BACK : PLAYER_ACCEPTS;
}

enum player_refusal
player_refuses(const struct player *p, const struct event *e)
{
	int64_t awake = e->kind == EV_BOOTED ? PLAYER_COUNTS : e->awake;
	enum player_refusal refusal = player_refuses_line(p, player_event_time(e), awake);

	if (refusal == PLAYER_AT_BACK && e->kind == EV_CLOCK)
		return PLAYER_WAS_BACK;
	return refusal || !p->begun ? refusal : refuse_unseen(p, e->kind);
}

bool
player_due(const struct player *p, int64_t until, struct event *e)
{
	int64_t due = machine_wake(&p->machine);
	bool agreed;

	if (p->recorded || p->asleep || p->absent || !p->begun || due > until)
		return false;
	*e = (struct event){.kind = EV_TIMER, .at = due > p->at ? due : p->at};
	e->awake = p->awake + (e->at - p->at);
	agreed = machine_due(&p->machine, e->at, e->awake, &e->timer);
	assert(agreed);
	return agreed;
}

void
player_wait(struct player *p, int64_t at)
{
	if (p->begun && !p->asleep)
		p->awake += at - p->at;
	p->at = at;
	p->begun = true;
}

void
player_reach(struct player *p, int64_t at, int64_t awake)
{
	int64_t before = p->awake;

	assert(player_refuses_line(p, at, awake) == PLAYER_ACCEPTS);
	player_wait(p, at);
	if (awake != PLAYER_COUNTS) {
		p->awake = awake;
		p->uncounted = 0;
		p->measured = true;
	} else if (p->recorded && p->measured) {
		p->uncounted += p->awake - before;
		p->awake = before;
	}
}

void
player_crash(struct player *p, int64_t at)
{
	player_reach(p, at, PLAYER_COUNTS);
	p->absent = true;
}

static void
set_presence(struct player *p, enum event_kind kind)
{
	if (kind == EV_HALT)
		p->absent = true;
	else if (kind == EV_START || kind == EV_BOOTED)
		p->absent = p->asleep = false;
	else if (kind == EV_SLEEP || kind == EV_WAKE)
		p->asleep = kind == EV_SLEEP;
}

/* Moves time on to the event, and fills in its awake time. */
static void
move_to(struct player *p, struct event *e)
{
	assert(player_refuses(p, e) == PLAYER_ACCEPTS);
	player_wait(p, player_event_time(e));
	p->at = e->at;
	p->measured = e->awake != PLAYER_COUNTS;
	if (p->measured)
		p->awake = e->awake;
	else
		e->awake = p->awake = e->kind == EV_BOOTED ? 0 : p->awake + p->uncounted;
	p->uncounted = 0;
	set_presence(p, e->kind);
}

void
player_step(struct player *p, const struct event *event, struct answer *answer)
{
	struct event e = *event;
	uint8_t before[REGIONS];

	move_to(p, &e);
	for (unsigned i = 0; i < REGIONS; i++)
		before[i] = p->machine.state[i];
	machine_step(&p->machine, &e, &answer->effects);
	answer->state_count = 0;
	for (unsigned i = 0; i < REGIONS; i++)
		if (p->machine.state[i] != before[i])
			answer->states[answer->state_count++] = (enum state)p->machine.state[i];
}

bool
player_needs_assessment(const struct event *e, const struct answer *answer)
{
	for (unsigned i = 0; i < answer->state_count; i++)
		if (machine_state[answer->states[i]].awaits == GROUP_ASSESSMENT &&
			machine_event[e->kind].group != GROUP_ASSESSMENT)
			return true;
	return false;
}

unsigned
player_taken(const struct player *p, const struct event *event, struct taken list[MACHINE_TAKEN])
{
	struct player copy = *p;
	struct event e = *event;

	move_to(&copy, &e);
	return machine_taken(&copy.machine, &e, list);
}
