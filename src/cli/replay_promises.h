/* replay_promises - the promises of the machine, watched while a trace is played: which were broken, and where.
 *
 * A recorded trace is taken as it is, and so are its gaps. An event that an agent which sleeps or is gone cannot have
 * seen says that it was there; a start, that it was not; how late timers are is the host's; and of what was asked for
 * right before a crash only that happened which the trace says. */
#ifndef REPLAY_PROMISES_H
#define REPLAY_PROMISES_H

#include "../core/watch.h"
#include "../text/message.h"
#include "replay_trace.h"

struct promises {
	struct watcher watcher;
	struct observer observer;
	size_t line[PROMISES_MAX];	/* at which it was broken first; 0: kept */
	/* The last event: what of its effects was done, the next line tells. */
	size_t pending;			/* its line; 0: none */
	struct player player;
	struct settings settings;
	struct event event;
	struct effects effects;
};

/* For replay_watch; the context is a struct promises, zero at first. */
watching promises_see;
/* At the end: those that were broken. Adds a finding for each. */
unsigned promises_end(struct promises *, const char *name, struct messages *);

#endif
