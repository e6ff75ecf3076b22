/* watch - the promises of the machine, watched from outside: from what happens and the time that passes, with a
 * memory of its own. What each promise says is in machine/update.yaml; what that means is in lastcall-machine(5).
 * Pure, and plain data: a copy of a watch is another watch.
 *
 * Every limit is that of when its time began to count: a policy that changes meanwhile does not shorten it. */
#ifndef WATCH_H
#define WATCH_H

#include "core/player.h"

enum { PROMISES_MAX = 16, WATCH_MAX = 16 };

/* What the machine's promises speak of: computed once, then only read. */
struct watcher {
	/* Bit part * PROMISES_MAX + promise: that part of the promise speaks of this. */
	uint64_t event[EVENTS], timer[TIMERS], effect[EFFECTS], state[STATES];
	uint64_t asked[EFFECTS];	/* the bits of those to whom it matters what the effect carries */
	uint64_t passing;		/* claims for which a state counts only once time passes in it */
	uint32_t owing, staying;	/* promises, as bits: `while` and `comes`; with `lasting` */
	unsigned first_stay[PROMISES_MAX];	/* of its counters */
	unsigned promises, counters;
};

/* What is remembered of a run. */
struct watch {
	/* By promise, then by its stays (`lasting`). 0: nothing. Where time is limited or counted: 1 and the ms left. */
	int64_t left[WATCH_MAX];
	struct observed observed;	/* of events */
};

void watcher_init(struct watcher *);	/* asserts that the promises fit */

/* Before the first event: of the device it knows how it begins. */
void watch_begin(struct watch *, const struct player *);

/* Which promises that breaks, as bits. First: an event, what it asked for, and the player as it is then. Second: time
 * passes until an instant of the device's clock, as far as the device is awake, and nothing happens in it. A question
 * of a promise (`when`) that is answered otherwise at its end changed its answer once. */
uint32_t watch_step(const struct watcher *, struct watch *, const struct player *after, const struct event *,
	const struct effects *);
uint32_t watch_time(const struct watcher *, struct watch *, const struct player *before, int64_t until, int64_t awake);

/* The device is awake for so long, and time passes for nothing but the stays. */
void watch_stays(const struct watcher *, struct watch *, const struct player *before, int64_t awake);

/* The first promise of the bits; -1: none. */
int watch_first(uint32_t broken);

/* --- a watch that follows one player from event to event, whatever time goes by between them --- */

/* Time in which a timer was due and did not fire is the host's: promises wait. Of a recording the events tell who was
 * there: one that an agent which is gone cannot have seen says that it was; a start, that since the line above
 * nobody knows. */
struct observer {
	const struct watcher *watcher;	/* borrowed */
	struct watch watch;
	struct player before;		/* as it was seen last, */
	struct settings settings;	/* and by what it went */
};

void observer_init(struct observer *, const struct watcher *, const struct player *);
/* The player as it is now, after an event and what was done of its effects; NULL: after a crash, when the settings
 * changed, or just later. Which promises were broken since it was seen last, as bits. */
uint32_t observer_see(struct observer *, const struct player *now, const struct event *, const struct effects *);

#endif
