/* watch - checks the promises of the machine from outside: from its events, states and effects, and from the time that
 * passes. The promises are in machine/update.yaml; lastcall-machine(5) explains them. Pure, and plain data: a copy of a
 * watch is another watch.
 *
 * A time limit is taken from the settings in force when its time begins; a later change of policy does not shorten it. */
#ifndef WATCH_H
#define WATCH_H

#include "core/player.h"

enum { PROMISES_MAX = 16, WATCH_MAX = 16 };

/* An index of the machine's promises: computed once, then only read. */
struct watcher {
	/* Bit part * PROMISES_MAX + promise is set if that part of the promise names this event, timer, effect or state. */
	uint64_t event[EVENTS], timer[TIMERS], effect[EFFECTS], state[STATES];
	uint64_t asked[EFFECTS];	/* the bits of parts that have a condition on the effect's fields */
	uint64_t passing;		/* the bits of claims on a state that hold only once time passes in it */
	uint32_t owing, staying;	/* promises, as bits: those of `while` with `comes`; those with `lasting` */
	unsigned first_stay[PROMISES_MAX];	/* index of the promise's first counter in watch.left */
	unsigned promises, counters;
};

/* The memory of one run. */
struct watch {
	/* By promise, then by stay (`lasting`). 0: not counting. If time is limited or counted: 1 plus the ms left. */
	int64_t left[WATCH_MAX];
	struct observed observed;	/* what the events said */
};

/* Asserts that the promises fit. */
void watcher_init(struct watcher *);

/* Begins a watch; the player has had no event yet. */
void watch_begin(struct watch *, const struct player *);

/* Both return the promises that are broken, as bits.
 * watch_step: an event, the effects it led to, and the player after it.
 * watch_time: time passes without an event until an instant of the device's clock; the device is awake for `awake` ms of
 * it. A condition (`when`) whose answer differs at the end is taken to have changed once. */
uint32_t watch_step(const struct watcher *, struct watch *, const struct player *after, const struct event *,
	const struct effects *);
uint32_t watch_time(const struct watcher *, struct watch *, const struct player *before, int64_t until, int64_t awake);

/* Counts awake time for the stays (`lasting`) only. */
void watch_stays(const struct watcher *, struct watch *, const struct player *before, int64_t awake);

/* Returns the number of the first promise in the bits, or -1. */
int watch_first(uint32_t broken);

/* --- observer: a watch that follows one player from event to event --- */

/* While a timer is overdue the host is late, not the machine: no promise's time counts. In a recording the events tell
 * whether an agent ran: any event but a start shows that one ran before it; a start shows that none did. */
struct observer {
	const struct watcher *watcher;	/* borrowed */
	struct watch watch;
	struct player before;		/* at the last call */
	struct settings settings;	/* of that player */
};

void observer_init(struct observer *, const struct watcher *, const struct player *);
/* Follows the player to now: after an event and those of its effects that were carried out; with a NULL event, after a
 * crash, a change of settings, or simply later. Returns the promises broken since the last call, as bits. */
uint32_t observer_see(struct observer *, const struct player *now, const struct event *, const struct effects *);

#endif
