/* recovery - a journal's lines folded through the core: the machine as the agent that wrote them had it, and what a
 * crash cut short. Reads and starts nothing; the agent and the simulator come back by it alike.
 *
 * Folding steps the events again and begins no effects. What the journal says that the machine did must be what the
 * machine does now, or the journal is not believed. Only at the end, and before a crash, may answers be missing: they
 * are made good, but for effects that must happen at most once - a line that is missing says that they did not begin,
 * and the machine, told that the agent was gone, decides what to do. */
#ifndef RECOVERY_H
#define RECOVERY_H

#include "core/player.h"
#include "trace.h"

struct recovery {			/* begins as zeros; a copy is another recovery */
	struct player player;		/* goes by the settings below once a line was folded */
	struct settings settings;
	struct answer answer;		/* to the last event */
	unsigned states, effects;	/* of it, that have their lines */
	int64_t at;			/* of the last line */
	bool begun;			/* the header came */
	bool foreign;			/* from another version of the machine: it may rightly differ */
	bool cycle;			/* the machine left idle */
	bool crashed;			/* the last line says so: what was missing has been made good */
	enum event_kind last;
	char boot[TRACE_NAME];		/* in which its agent last began to run */
	const char *why;		/* it is not believed */
};

/* A line of the journal. False, and why: it is not believed. Messages say what is wrong with the line as such. */
bool recovery_read(struct recovery *, const char *text, size_t length, struct messages *);

/* The next line of those that are missing now that the agent is gone, for the caller to write (and its effect to begin)
 * before asking for another: the rest of the answer to the last event, and then that there was a crash, if nobody told
 * the agent to stop. False: nothing is missing. */
bool recovery_rest(struct recovery *, struct trace_line *);

#endif
