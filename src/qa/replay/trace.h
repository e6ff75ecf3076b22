/* replay_trace - one trace, played through the machine in virtual time and compared with what it expects.
 * Reads the policy that the trace names and nothing else; prints nothing. */
#ifndef REPLAY_TRACE_H
#define REPLAY_TRACE_H

#include "core/player.h"
#include "qa/trace/diff.h"
#include "text/trace.h"

/* diff becomes the trace and what the machine says otherwise (no edits: all match); bytes must outlive it. False:
 * the trace cannot be used, and messages say why. name is the trace's path: its policy is looked for beside it.
 *
 * A trace that another version of the machine recorded may name what this one does not know: such lines are left
 * out, each with a warning; and one more says whether this machine answers otherwise. */
bool replay_trace(const char *name, const char *bytes, size_t length, struct diff *, struct messages *);

/* One thing that happened, right after it did. */
struct moment {
	const struct trace_line *cause;		/* the line of input; NULL: a timer fired by itself */
	const struct event *event;		/* what came, with both clocks; NULL: nothing but a directive */
	const struct player *player;		/* as it is now */
	const struct answer *answer;		/* to the event; when a crash was recorded: what of the one before was done */
	size_t line;				/* up to which the trace has been read, from 1 */
};

typedef void watching(void *context, const struct moment *);

/* The same, and watch sees each moment. */
bool replay_watch(const char *name, const char *bytes, size_t length, struct diff *, struct messages *, watching *watch,
	void *context);

#endif
