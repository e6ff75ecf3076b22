/* observer - a watch that follows one player from event to event, whatever time goes by between them. Pure.
 *
 * Time in which a timer was due and did not fire is the host's: promises wait. Of a recording the events tell who was
 * there: one that an agent which is gone cannot have seen says that it was; a start, that since the line above
 * nobody knows. */
#ifndef OBSERVER_H
#define OBSERVER_H

#include "watch.h"

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
