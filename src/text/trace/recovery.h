/* recovery - rebuilds the machine of an agent that has ended, by folding the lines of its journal through the core, and
 * completes what a crash cut short. Reads no files and starts no effects. Used by the agent and the simulator.
 *
 * Folding steps the events again. If the machine now answers with other states and effects than the journal has, the
 * journal is rejected. Answers may be missing only at its end and before a crash. recovery_rest then adds them, except
 * effects that must happen at most once: without a line, such an effect never began, and the machine decides about it
 * at the next `start` or `booted`. */
#ifndef RECOVERY_H
#define RECOVERY_H

#include "core/player.h"
#include "trace.h"

struct recovery {			/* starts as zeros; may be copied */
	struct player player;		/* borrows the settings below, from the first line on */
	struct settings settings;
	struct answer answer;		/* to the last event */
	unsigned states, effects;	/* how many of that answer the journal has */
	int64_t at;			/* of the last line */
	bool begun;			/* the header was read */
	bool foreign;			/* another version of the machine wrote it, so answers may differ */
	bool cycle;			/* the machine has left idle */
	bool crashed;			/* the last line is a crash: nothing is missing */
	enum event_kind last;
	char boot[TRACE_NAME];		/* boot id of the agent's last start */
	const char *why;		/* why the journal was rejected; else NULL */
};

/* Folds a line of the journal. Returns false and sets r->why if it is rejected; a malformed line adds errors. */
bool recovery_read(struct recovery *, const char *text, size_t length, struct messages *);

/* Gets the next line that the agent did not write before it ended. The caller writes it and starts its effect before
 * the next call. First come the remaining lines of the answer to the last event, then a crash line unless the agent was
 * stopped. Returns false if no line is missing. */
bool recovery_rest(struct recovery *, struct trace_line *);

#endif
