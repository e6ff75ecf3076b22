/* explore_watch - the watchers of the promises: what they remember of a run, and when one is broken. */
#include <assert.h>

#include "explore.h"

enum part { OCCASION, CLAIMED, SINCE, UNTIL, PARTS };

/* Bit part * PROMISES_MAX + promise: it speaks of this there. */
static struct {
	uint64_t event[EVENTS], timer[TIMERS], effect[EFFECTS], state[STATES];
	bool asked[EFFECTS];		/* what the effect carries matters to somebody */
	unsigned lasting[PROMISES_MAX];	/* the first of its counters */
	uint64_t never;			/* claims that may never come */
	unsigned coming[PROMISES_MAX + 1], staying[PROMISES_MAX + 1];	/* `while` and `comes`; with `lasting` */
	unsigned promises, counters;
} spoken;

static const struct happening *
part_of(const struct promise *p, enum part part)
{
	return (const struct happening *const[]){&p->occasion, &p->claimed, &p->since, &p->until}[part];
}

static void
mark(uint64_t *table, const int *list, uint64_t bit)
{
	for (; list && *list >= 0; list++)
		table[*list] |= bit;
}

static void
mark_states(const int *list, uint64_t bit)
{
	for (; list && *list >= 0; list++)
		for (unsigned leaf = 0; leaf < STATES; leaf++)
			for (enum state s = (enum state)leaf; s != STATES; s = machine_state[s].parent)
				if (s == (enum state)*list)
					spoken.state[leaf] |= bit;
}

static void
prepare(const struct promise *p, enum part part, uint64_t bit)
{
	const struct happening *h = part_of(p, part);

	mark(spoken.event, h->events, bit);
	mark(spoken.timer, h->timers, bit);
	mark(spoken.effect, h->effects, bit);
	mark_states(h->states, bit);
	for (unsigned i = 0; h->effects && h->effects[i] >= 0; i++)
		spoken.asked[h->effects[i]] |= h->asks[i] != NULL;
}

void
watch_prepare(void)
{
	if (spoken.promises)
		return;
	while (machine_promise[spoken.promises].name)
		spoken.promises++;
	assert(spoken.promises <= PROMISES_MAX);
	spoken.counters = spoken.promises;
	for (unsigned i = 0; i < spoken.promises; i++) {
		for (enum part part = OCCASION; part < PARTS; part++)
			prepare(&machine_promise[i], part, UINT64_C(1) << (part * PROMISES_MAX + i));
		spoken.lasting[i] = spoken.counters;
		for (const struct lasting *l = machine_promise[i].lasting; l->state >= 0; l++)
			spoken.counters++;
	}
	assert(spoken.counters <= WATCH_MAX);
	unsigned c = 0, t = 0;
	for (unsigned i = 0; i < spoken.promises; i++) {
		const struct promise *p = &machine_promise[i];
		if (p->claim == PROMISE_NEVER)
			spoken.never |= (UINT64_C(1) << (CLAIMED * PROMISES_MAX + i));
		if (p->form == PROMISE_WHILE && p->claim == PROMISE_COMES) spoken.coming[c++] = i;
		if (p->lasting->state >= 0) spoken.staying[t++] = i;
	}
	spoken.coming[c] = spoken.staying[t] = PROMISES_MAX;
}

unsigned
watch_size(void)
{
	return spoken.counters;
}

struct moment {
	struct watch *watch;
	const struct world *world;
	const struct scope *scope;
	int broken;
};

static bool
spoken_in(uint64_t bits, enum part part, unsigned promise)
{
	return bits >> (part * PROMISES_MAX + promise) & 1;
}

static bool
holds(const struct moment *at, bool (*question)(const struct machine *, const struct settings *, int64_t))
{
	return question(&at->world->player.machine, &at->scope->settings, at->world->player.at);
}

static void
forget(const struct promise *p, unsigned i, struct watch *w)
{
	w->count[i] = 0;
	for (unsigned n = 0; p->lasting[n].state >= 0; n++)
		w->count[spoken.lasting[i] + n] = 0;
}

static uint64_t
states_of(const struct world *world)
{
	uint64_t bits = 0;

	for (unsigned r = 0; r < REGIONS; r++)
		bits |= spoken.state[world->player.machine.state[r]];
	return bits;
}

/* Of a promise about `while`: is it now? No states means all of them. */
static bool
stands(const struct moment *at, unsigned i)
{
	const struct happening *h = &machine_promise[i].occasion;

	if (h->states && *h->states >= 0 && !spoken_in(states_of(at->world), OCCASION, i))
		return false;
	return !h->when || holds(at, h->when);
}

/* Something happened that this promise speaks of. */
static void
happens_to(struct moment *at, uint64_t bits, unsigned i)
{
	const struct promise *p = &machine_promise[i];
	uint8_t *count = &at->watch->count[i];
	bool claimed = spoken_in(bits, CLAIMED, i), occasion = spoken_in(bits, OCCASION, i), broken = false;

	if (spoken_in(bits, UNTIL, i))
		*count = 0;
	if (p->form == PROMISE_BEFORE) {
		*count |= claimed;
		broken = occasion && !*count;
		if (spoken_in(bits, SINCE, i))
			forget(p, i, at->watch);
	} else if (p->form == PROMISE_AT) {
		broken = occasion && (p->claim == PROMISE_HOLDS ? !holds(at, p->holds) : claimed);
	} else if (p->claim == PROMISE_NEVER) {
		broken = claimed && (p->form == PROMISE_AFTER ? *count != 0 : stands(at, i));
		if (p->form == PROMISE_AFTER && occasion)
			*count = 1;
	} else {
		if (*count && (claimed || spoken_in(bits, SINCE, i)))
			*count = claimed ? 0 : 1;
		if (p->form == PROMISE_AFTER && occasion && !*count && !claimed)
			*count = 1;
	}
	if (broken && at->broken < 0)
		at->broken = (int)i;
}

static void
happens(struct moment *at, uint64_t bits)
{
	uint64_t any = (bits | bits >> 16 | bits >> 32 | bits >> 48) & 0xffff;

	for (; any; any &= any - 1)
		happens_to(at, bits, (unsigned)__builtin_ctzll(any));
}

/* A state is no claim of what may never come: it counts only once time passes in it. */
static uint64_t
lasting_states(uint64_t bits)
{
	return bits & ~spoken.never;
}

/* Which of those who speak of an effect speak of this one. */
static uint64_t
effect_bits(const struct effect *f)
{
	uint64_t bits = spoken.effect[f->kind];

	for (unsigned i = 0; spoken.asked[f->kind] && i < spoken.promises; i++)
		for (enum part part = OCCASION; part < PARTS; part++) {
			const struct happening *h = part_of(&machine_promise[i], part);

			for (unsigned n = 0; h->effects && h->effects[n] >= 0; n++)
				if (h->effects[n] == (int)f->kind && h->asks[n] && !h->asks[n](f))
					bits &= ~(UINT64_C(1) << (part * PROMISES_MAX + i));
		}
	return bits;
}

static uint8_t
up_to(uint8_t count, int64_t most)
{
	return count < most && count < UINT8_MAX ? (uint8_t)(count + 1) : count;
}

/* A stay ends with the state, and is no longer counted once it was long enough. */
static void
end_stays(struct moment *at, unsigned i, bool booted)
{
	const struct promise *p = &machine_promise[i];

	for (unsigned n = 0; p->lasting[n].state >= 0; n++)
		if (booted || at->watch->count[i] || !machine_in(&at->world->player.machine, (enum state)p->lasting[n].state))
			at->watch->count[spoken.lasting[i] + n] = 0;
}

int
watch_step(struct watch *w, const struct world *after, const struct event *e, const struct effects *fx,
	const struct scope *scope)
{
	struct moment at = {w, after, scope, -1};

	happens(&at, e->kind == EV_TIMER ? spoken.timer[e->timer] : spoken.event[e->kind]);
	for (unsigned i = 0; i < fx->count; i++)
		happens(&at, effect_bits(&fx->list[i]));
	happens(&at, lasting_states(states_of(after)));
	for (const unsigned *i = spoken.coming; *i < PROMISES_MAX; i++) {
		bool now = stands(&at, *i);

		w->count[*i] = now ? w->count[*i] ? w->count[*i] : 1 : 0;
	}
	for (const unsigned *i = spoken.staying; *i < PROMISES_MAX; i++)
		end_stays(&at, *i, e->kind == EV_BOOTED);
	return at.broken;
}

static void
stay(struct moment *at, unsigned i)
{
	const struct promise *p = &machine_promise[i];

	for (unsigned n = 0; !at->watch->count[i] && p->lasting[n].state >= 0; n++) {
		uint8_t *count = &at->watch->count[spoken.lasting[i] + n];
		int64_t units = p->lasting[n].ms(&at->scope->settings) / EXPLORE_UNIT;

		if (machine_in(&at->world->player.machine, (enum state)p->lasting[n].state) && (*count = up_to(*count, units)) >= units)
			forget(p, i, at->watch), at->watch->count[i] = 1;
	}
}

/* A unit of time passes while this holds. */
static bool
breaks(struct moment *at, unsigned i)
{
	const struct promise *p = &machine_promise[i];
	uint8_t *count = &at->watch->count[i];
	int64_t within;

	if (p->form == PROMISE_WHILE && !stands(at, i)) {
		*count = 0;
		return false;
	}
	if (p->claim == PROMISE_NEVER)
		return (p->form == PROMISE_WHILE || *count) && spoken_in(states_of(at->world), CLAIMED, i);
	if (p->claim == PROMISE_HOLDS)
		return p->form == PROMISE_WHILE && !holds(at, p->holds);
	if (p->form == PROMISE_WHILE && !*count)
		*count = 1;
	if (!*count)
		return false;
	within = p->within(&at->scope->settings) / EXPLORE_UNIT;
	*count = up_to(*count, within + 2);
	return *count - 1 > within;
}

int
watch_time(struct watch *w, const struct world *before, const struct scope *scope)
{
	const struct player *p = &before->player;
	struct moment at = {w, before, scope, -1};

	for (unsigned i = 0; i < spoken.promises; i++) {
		enum promise_form form = machine_promise[i].form;

		if (form == PROMISE_BEFORE && !p->asleep)
			stay(&at, i);
		if ((form == PROMISE_AFTER || form == PROMISE_WHILE) && !p->asleep && !p->absent && breaks(&at, i) && at.broken < 0)
			at.broken = (int)i;
	}
	return at.broken;
}
