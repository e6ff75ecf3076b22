#include "watch.h"

#include <assert.h>

enum part { OCCASION, CLAIMED, SINCE, UNTIL, PARTS };

_Static_assert(PARTS * PROMISES_MAX <= 64, "a bit for each part of each promise");

/* --- the index --- */

static const struct happening *
promise_part(const struct promise *p, enum part part)
{
	return (const struct happening *const[]){&p->occasion, &p->claimed, &p->since, &p->until}[part];
}

static void
index_list(uint64_t *table, const int *list, uint64_t bit)
{
	for (; list && *list >= 0; list++)
		table[*list] |= bit;
}

static void
index_states(struct watcher *all, const int *list, uint64_t bit)
{
	for (; list && *list >= 0; list++)
		for (unsigned leaf = 0; leaf < STATES; leaf++)
			for (enum state s = (enum state)leaf; s != STATES; s = machine_state[s].parent)
				if (s == (enum state)*list)
					all->state[leaf] |= bit;
}

static void
index_part(struct watcher *all, const struct happening *h, uint64_t bit)
{
	index_list(all->event, h->events, bit);
	index_list(all->timer, h->timers, bit);
	index_list(all->effect, h->effects, bit);
	index_states(all, h->states, bit);
	for (unsigned i = 0; h->effects && h->effects[i] >= 0; i++)
		all->asked[h->effects[i]] |= h->asks[i] ? bit : 0;
}

void
watcher_init(struct watcher *all)
{
	*all = (struct watcher){0};
	while (machine_promise[all->promises].name)
		all->promises++;
	assert(all->promises <= PROMISES_MAX);
	all->counters = all->promises;
	for (unsigned i = 0; i < all->promises; i++) {
		const struct promise *p = &machine_promise[i];

		for (enum part part = OCCASION; part < PARTS; part++)
			index_part(all, promise_part(p, part), UINT64_C(1) << (part * PROMISES_MAX + i));
		if (p->claim == PROMISE_NEVER)
			all->passing |= UINT64_C(1) << (CLAIMED * PROMISES_MAX + i);
		all->owing |= (uint32_t)(p->form == PROMISE_WHILE && p->claim == PROMISE_COMES) << i;
		all->staying |= (uint32_t)(p->lasting->state >= 0) << i;
		all->first_stay[i] = all->counters;
		for (const struct lasting *l = p->lasting; l->state >= 0; l++)
			all->counters++;
	}
	assert(all->counters <= WATCH_MAX);
}

void
watch_begin(struct watch *w, const struct player *p)
{
	*w = (struct watch){.observed.installed = p->machine.installed};
}

int
watch_first(uint32_t broken)
{
	return broken ? __builtin_ctz(broken) : -1;
}

/* --- events --- */

struct moment {
	const struct watcher *all;
	struct watch *watch;
	const struct player *player;
	uint32_t broken;
};

static bool
names_part(uint64_t bits, enum part part, unsigned promise)
{
	return bits >> (part * PROMISES_MAX + promise) & 1;
}

/* f: the effect that the question is about, or NULL. */
static bool
condition_holds(const struct moment *m, machine_question *asked, const struct effect *f, int64_t at)
{
	return asked(&m->player->machine, m->player->machine.settings, &m->watch->observed, f, at);
}

static uint64_t
states_of(const struct watcher *all, const struct player *p)
{
	uint64_t bits = 0;

	for (unsigned r = 0; r < REGIONS; r++)
		bits |= all->state[p->machine.state[r]];
	return bits;
}

/* Returns whether a promise of `while` applies to the current states; one without states applies to all. */
static bool
within_states(const struct moment *m, unsigned i)
{
	const int *states = machine_promise[i].occasion.states;

	return !states || *states < 0 || names_part(states_of(m->all, m->player), OCCASION, i);
}

static bool
promise_applies(const struct moment *m, unsigned i)
{
	const struct happening *h = &machine_promise[i].occasion;

	return within_states(m, i) && (!h->when || condition_holds(m, h->when, NULL, m->player->at));
}

/* Returns a time limit by the current settings, as in watch.left. */
static int64_t
time_limit(const struct player *p, int64_t (*ms)(const struct settings *))
{
	return 1 + ms(p->machine.settings);
}

static void
forget_promise(const struct moment *m, unsigned i)
{
	m->watch->left[i] = 0;
	for (unsigned n = 0; machine_promise[i].lasting[n].state >= 0; n++)
		m->watch->left[m->all->first_stay[i] + n] = 0;
}

/* Updates the time that is left for a claim: it begins; ends, because the claim has come (given); or begins anew, but never
 * with less than was left. */
static void
update_claim(const struct moment *m, unsigned i, bool begins, bool given, bool anew)
{
	int64_t *left = &m->watch->left[i], whole;

	if (given) {
		*left = 0;
	} else if ((*left && anew) || (!*left && begins)) {
		whole = time_limit(m->player, machine_promise[i].within);
		*left = whole > *left ? whole : *left;
	}
}

/* Updates a promise by something that it names. */
static void
update_promise(struct moment *m, uint64_t bits, const struct effect *f, unsigned i)
{
	const struct promise *p = &machine_promise[i];
	int64_t *left = &m->watch->left[i];
	bool claimed = names_part(bits, CLAIMED, i), occasion = names_part(bits, OCCASION, i), broken = false;

	if (names_part(bits, UNTIL, i))
		*left = 0;
	if (p->form == PROMISE_BEFORE) {
		*left |= claimed;
		broken = occasion && !*left;
		if (names_part(bits, SINCE, i))
			forget_promise(m, i);
	} else if (p->form == PROMISE_AT) {
		broken = occasion && (p->claim == PROMISE_HOLDS ? !condition_holds(m, p->holds, f, m->player->at) : claimed);
	} else if (p->claim == PROMISE_NEVER) {
		broken = claimed && (p->form == PROMISE_AFTER ? *left != 0 : promise_applies(m, i));
		*left |= p->form == PROMISE_AFTER && occasion;
	} else {
		update_claim(m, i, p->form == PROMISE_AFTER && occasion, claimed, names_part(bits, SINCE, i));
	}
	m->broken |= (uint32_t)broken << i;
}

/* bits: the parts of promises that name what happened. f: the effect, or NULL if it was not one. */
static void
update_promises(struct moment *m, uint64_t bits, const struct effect *f)
{
	uint64_t any = (bits | bits >> PROMISES_MAX | bits >> 2 * PROMISES_MAX | bits >> 3 * PROMISES_MAX) &
		((UINT64_C(1) << PROMISES_MAX) - 1);

	for (; any; any &= any - 1)
		update_promise(m, bits, f, (unsigned)__builtin_ctzll(any));
}

/* Returns the bits of the parts that name this effect and whose condition on its fields is met. */
static uint64_t
effect_bits(const struct watcher *all, const struct effect *f)
{
	uint64_t bits = all->effect[f->kind];

	for (uint64_t asked = all->asked[f->kind]; asked; asked &= asked - 1) {
		unsigned bit = (unsigned)__builtin_ctzll(asked);
		const struct happening *h = promise_part(&machine_promise[bit % PROMISES_MAX], bit / PROMISES_MAX);

		for (unsigned n = 0; h->effects[n] >= 0; n++)
			if (h->effects[n] == (int)f->kind && h->asks[n] && !h->asks[n](f))
				bits &= ~(UINT64_C(1) << bit);
	}
	return bits;
}

/* A stay begins when its state is entered and ends when that is left or when it has lasted long enough; one that ended
 * while no agent ran begins again once one runs. */
static void
update_stays(const struct moment *m, unsigned i, bool booted)
{
	const struct promise *p = &machine_promise[i];

	for (unsigned n = 0; p->lasting[n].state >= 0; n++) {
		int64_t *left = &m->watch->left[m->all->first_stay[i] + n];

		if (m->watch->left[i] || !machine_in(&m->player->machine, (enum state)p->lasting[n].state))
			*left = 0;
		else if (!*left || booted || (*left == 1 && !m->player->absent))
			*left = time_limit(m->player, p->lasting[n].ms);
	}
}

uint32_t
watch_step(const struct watcher *all, struct watch *w, const struct player *after, const struct event *e,
	const struct effects *fx)
{
	struct moment m = {all, w, after, 0};

	machine_observe(&w->observed, &after->machine, e);
	update_promises(&m, e->kind == EV_TIMER ? all->timer[e->timer] : all->event[e->kind], NULL);
	for (unsigned i = 0; i < fx->count; i++)
		update_promises(&m, effect_bits(all, &fx->list[i]), &fx->list[i]);
	update_promises(&m, states_of(all, after) & ~all->passing, NULL);
	for (uint32_t owing = all->owing; owing; owing &= owing - 1) {
		unsigned i = (unsigned)__builtin_ctz(owing);
		bool now = promise_applies(&m, i);

		update_claim(&m, i, now, !now, false);
	}
	for (uint32_t staying = all->staying; staying; staying &= staying - 1)
		update_stays(&m, (unsigned)__builtin_ctz(staying), e->kind == EV_BOOTED);
	return m.broken;
}

/* --- time passes --- */

/* A stretch of time without events. */
struct stretch {
	int64_t from, last;	/* last: its last instant */
	int64_t ms;		/* awake */
};

/* A stay has lasted long enough: it counts as having come before. */
static void
complete_stay(const struct moment *m, unsigned i)
{
	forget_promise(m, i);
	m->watch->left[i] = 1;
}

/* Counts awake time for the stays of a promise. */
static void
count_stays(const struct moment *m, unsigned i, int64_t ms)
{
	const struct promise *p = &machine_promise[i];

	for (unsigned n = 0; !m->watch->left[i] && p->lasting[n].state >= 0; n++) {
		int64_t *left = &m->watch->left[m->all->first_stay[i] + n];

		if (*left)
			*left = *left - 1 > ms ? *left - ms : 1;
		if (*left == 1 && !m->player->absent)
			complete_stay(m, i);
	}
}

/* Returns the first instant of a stretch at which the answer differs from that at its beginning. */
static int64_t
find_change(const struct moment *m, machine_question *asked, const struct stretch *s)
{
	bool answer = condition_holds(m, asked, NULL, s->from);
	int64_t from = s->from, to = s->last;

	while (to - from > 1) {
		int64_t middle = from + (to - from) / 2;

		if (condition_holds(m, asked, NULL, middle) == answer)
			from = middle;
		else
			to = middle;
	}
	return to;
}

/* Cuts a stretch down to the part in which the promise applies, with as little of the awake time as possible. Returns
 * false if it never applies. */
static bool
cut_to_applying(const struct moment *m, unsigned i, struct stretch *s)
{
	machine_question *when = machine_promise[i].occasion.when;
	bool first, last;
	int64_t at;

	if (!within_states(m, i))
		return false;
	if (!when)
		return true;
	first = condition_holds(m, when, NULL, s->from);
	last = condition_holds(m, when, NULL, s->last);
	if (first == last)
		return first;
	at = find_change(m, when, s);
	if (first) {
		s->last = at - 1;
		s->ms = s->ms < at - s->from ? s->ms : at - s->from;
	} else {
		s->ms = s->ms > at - s->from ? s->ms - (at - s->from) : 0;
		s->from = at;
	}
	return true;
}

/* Returns whether the promise is broken by time that passes. */
static bool
breaks_in(const struct moment *m, unsigned i, struct stretch s)
{
	const struct promise *p = &machine_promise[i];
	int64_t end = s.last, *left = &m->watch->left[i];
	bool broken;

	if (p->form == PROMISE_WHILE && !cut_to_applying(m, i, &s)) {
		*left = 0;
		return false;
	}
	if (p->claim == PROMISE_NEVER)
		return s.ms && (p->form == PROMISE_WHILE || *left) && names_part(states_of(m->all, m->player), CLAIMED, i);
	if (p->claim == PROMISE_HOLDS)
		return p->form == PROMISE_WHILE && !(condition_holds(m, p->holds, NULL, s.from) && condition_holds(m, p->holds, NULL, s.last));
	if (p->form == PROMISE_WHILE && !*left)
		*left = time_limit(m->player, p->within);
	broken = *left && s.ms >= *left;
	if (*left)
		*left = broken ? 1 : s.last == end ? *left - s.ms : 0;
	return broken;
}

void
watch_stays(const struct watcher *all, struct watch *w, const struct player *before, int64_t awake)
{
	const struct moment m = {all, w, before, 0};

	for (unsigned i = 0; awake > 0 && i < all->promises; i++)
		if (machine_promise[i].form == PROMISE_BEFORE)
			count_stays(&m, i, awake);
}

uint32_t
watch_time(const struct watcher *all, struct watch *w, const struct player *before, int64_t until, int64_t awake)
{
	struct moment m = {all, w, before, 0};
	const struct stretch s = {before->at, until > before->at ? until - 1 : before->at, awake};

	watch_stays(all, w, before, awake);
	for (unsigned i = 0; awake > 0 && !before->absent && i < all->promises; i++) {
		enum promise_form form = machine_promise[i].form;

		if (form == PROMISE_AFTER || form == PROMISE_WHILE)
			m.broken |= (uint32_t)breaks_in(&m, i, s) << i;
	}
	return m.broken;
}
