/* replay_promises - the promises of the machine, watched while a trace is played: which were broken, and where.
 *
 * What is fair to a recording says observer.h; besides, of what was asked for right before a crash, at its very
 * instant, only that was done which the trace says. */
#ifndef REPLAY_PROMISES_H
#define REPLAY_PROMISES_H

#include "qa/watch/watch.h"
#include "text/message.h"
#include "play.h"

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
/* At the end: those that were broken, as bits; and a finding for each. */
uint32_t promises_end(struct promises *);
void promises_say(const struct promises *, const char *name, struct messages *);

#endif
