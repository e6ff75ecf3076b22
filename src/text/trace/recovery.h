/* recovery - rebuilds the machine of an agent that has ended, by folding the lines of its journal through the core, and
 * completes what a crash cut short. Reads no files and starts no effects. Used by the agent and the simulator.
 *
 * Folding steps the events again. The states and effects of the journal must be those of the machine now, or the
 * journal is rejected. Only at the end, and before a crash, may they be missing; recovery_rest then adds them, except
 * effects that must happen at most once: without a line these never began, and the machine, after the event that tells
 * it of the crash, decides what to do. */
#ifndef RECOVERY_H
#define RECOVERY_H

#include "core/player.h"
#include "trace.h"

struct recovery {			/* starts as zeros; may be copied */
	struct player player;		/* borrows the settings below, from the first line on */
	struct settings settings;
	struct answer answer;		/* to the last event */
	unsigned states, effects;	/* of that answer, that have their lines */
	int64_t at;			/* of the last line */
	bool begun;			/* the header was read */
	bool foreign;			/* of another version of the machine, so it may differ */
	bool cycle;			/* the machine has left idle */
	bool crashed;			/* the last line is a crash: nothing is missing */
	enum event_kind last;
	char boot[TRACE_NAME];		/* boot id of the agent's last start */
	const char *why;		/* the journal was rejected */
};

/* Folds a line of the journal. False, and r->why, if it is rejected; messages then has the errors of a malformed
 * line. */
bool recovery_read(struct recovery *, const char *text, size_t length, struct messages *);

/* Gets the next line that is missing after the agent's end, which the caller writes, and whose effect it starts, before
 * the next call: first the rest of the answer to the last event, then a crash line unless the agent was stopped. False
 * if nothing is missing. */
bool recovery_rest(struct recovery *, struct trace_line *);

#endif
