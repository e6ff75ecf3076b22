/* promises - checks the machine's promises while a trace is played: which are broken, and at which line.
 *
 * In a recording, effects asked for at the very instant of a crash count only if the trace has them: the others were not
 * carried out. */
#ifndef REPLAY_PROMISES_H
#define REPLAY_PROMISES_H

#include "qa/watch/watch.h"
#include "text/message.h"
#include "play.h"

struct promises {
	struct watcher watcher;
	struct observer observer;
	size_t line[PROMISES_MAX];	/* where each is broken first; 0: kept */
	/* The last event. It is checked once the next line shows which of its effects were carried out. */
	size_t pending;			/* its line; 0: none */
	struct player player;
	struct settings settings;
	struct event event;
	struct effects effects;
};

/* For replay_watch; the context is a struct promises, all zero at the beginning. */
moment_watcher promises_watch;
/* Returns the broken promises, as bits, at the end of the trace; promises_report adds a finding for each. */
uint32_t promises_end(struct promises *);
void promises_report(const struct promises *, const char *name, struct messages *);

#endif
