/* replay_halves - as few lines of the beginning of a trace as the rest needs: so a failing trace is shrunk, and a part
 * is cut out of a long one. Plays candidates in memory. */
#ifndef REPLAY_HALVES_H
#define REPLAY_HALVES_H

#include "qa/trace/diff.h"
#include "text/trace.h"
#include "run.h"

/* A trace in two halves: `head`, the first lines, its header among them, and `tail`, whose outcome is to stay as it
 * is. Writes the header, the head's lines of input that the tail needs, with this machine's answers, and the tail.
 * False, and why in messages: together they cannot be played. */
struct halves {
	struct lines head;
	struct buffer tail;		/* whole lines, the first of them input; or nothing */
	uint32_t promise;		/* its bit, when all that matters is that it stays broken; or 0 */
	size_t kept, all;		/* the outcome: lines of input in the head */
};
bool halves_shrink(const char *name, struct halves *, FILE *, struct messages *);

/* An end of the trace that comes when a line of input does. False: the line cannot be read. */
bool halves_end(const char *name, const struct piece *input, char text[TRACE_LINE_MAX], struct piece *end);

#endif
