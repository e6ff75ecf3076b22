/* play - runs one trace through the machine in virtual time and compares the answers with those it expects. Reads the
 * policy that the trace names and nothing else; prints nothing. */
#ifndef REPLAY_TRACE_H
#define REPLAY_TRACE_H

#include "core/player.h"
#include "diff.h"
#include "text/trace/trace.h"

/* Sets diff to the trace and the edits that make it match; without edits it matches. bytes must outlive diff. name: the
 * trace's path, relative to which its policy is found. Returns false, and why in messages, if the trace is unusable.
 *
 * Lines of a trace recorded by another version of the machine that this one cannot read are left out, each with a warning;
 * one more warning says whether this machine answers differently. */
bool replay_trace(const char *name, const char *bytes, size_t length, struct diff *, struct messages *);

/* The state right after something happened. */
struct moment {
	const struct trace_line *cause;		/* the line of input; NULL: a timer fired by itself */
	const struct event *event;		/* with both clocks; NULL: the line is not an event */
	const struct player *player;
	const struct answer *answer;		/* to the event; at a recorded crash: the part of the last one that was carried out */
	size_t line;				/* number, from 1, of the last line read */
};

typedef void moment_watcher(void *context, const struct moment *);

/* The same; calls watch for each moment. */
bool replay_watch(const char *name, const char *bytes, size_t length, struct diff *, struct messages *, moment_watcher *watch,
	void *context);

#endif
