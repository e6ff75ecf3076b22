/* replay_run - the lines between two lines of input: what the trace expects there, and what the machine said.
 *
 * Lines that read alike, but for a journal's seq and crc, are compared as text. Only a run that differs is
 * decoded: the order of keys, spaces and the way an instant is written make no difference. */
#ifndef REPLAY_RUN_H
#define REPLAY_RUN_H

#include "qa/trace/diff.h"
#include "text/trace.h"

struct piece {			/* a line of the trace */
	const char *text;
	size_t length;		/* without its newline */
	size_t number;		/* from 0 */
};

void piece_add(struct buffer *, const struct piece *);	/* with its newline */

struct run {
	size_t first;		/* number of the line after the input */
	struct piece *expected;
	size_t count, room;
	struct buffer said;	/* whole lines */
	struct trace_line line;	/* being said */
	bool cut;		/* the agent was gone before all of it was done: what is missing makes no difference */
	bool foreign;		/* what cannot be read is another machine's: not an error, but never the same */
};

/* A new run begins at a line. */
void run_begin(struct run *, size_t first);
void run_expect(struct run *, const struct piece *);
/* Adds run.line to what the machine said. */
void run_say(struct run *);
/* Adds the differences to diff. False: expected lines that are no lines of a trace. diff may be NULL: then the
 * expected lines are only read, for their errors. */
bool run_close(struct run *, struct diff *, const char *file, struct messages *);
/* The agent was gone before all was done: of the effects, which the machine said last, those stay that are expected. */
void run_lose(const struct run *, struct effects *);
void run_free(struct run *);

#endif
