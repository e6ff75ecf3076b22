/* run - the lines between two lines of input: those the trace expects, and those the machine answers.
 *
 * Lines are compared as text, without a journal's seq and crc. Only if the text differs are they decoded: the order of
 * keys, spaces and the offset of a time make no difference. */
#ifndef REPLAY_RUN_H
#define REPLAY_RUN_H

#include "diff.h"
#include "text/trace/trace.h"

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
	struct buffer answers;	/* of the machine; whole lines */
	struct trace_line line;	/* the next one for run_answer */
	bool cut;		/* a crash ended it: answers that the trace lacks are no difference */
	bool foreign;		/* recorded by another machine: lines that cannot be read are differences, not errors */
};

/* Begins an empty run; first: the number of its first line. */
void run_begin(struct run *, size_t first);
void run_expect(struct run *, const struct piece *);
/* Adds run.line to the machine's answers. */
void run_answer(struct run *);
/* Adds the differences to diff or, if that is NULL, only checks the expected lines for errors. Returns false if some
 * cannot be read. */
bool run_close(struct run *, struct diff *, const char *file, struct messages *);
/* After a crash: drops those effects, the machine's last answers, that the trace does not expect. */
void run_drop_lost(const struct run *, struct effects *);
void run_free(struct run *);

#endif
