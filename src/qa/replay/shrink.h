/* shrink - the shortest list, beginning of a trace, or failing trace that still does the same. Plays candidates in memory. */
#ifndef SHRINK_H
#define SHRINK_H

#include <stdbool.h>
#include <stddef.h>

#include "words/diff.h"
#include "text/trace.h"
#include "run.h"

/* Leaves count items out, from one on, and says true; or leaves the list as it is: they are needed. */
typedef bool leaving_out(void *context, size_t from, size_t count);

/* Tries all of the items, then stretches of half, of a quarter, and so on to single ones, until none of those can go. */
void shrink_list(size_t count, leaving_out *, void *context);

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

/* Of a failing trace, as replay_watch found it, with the promises that it breaks, as bits: the header, as few lines of
 * input as bring about the first difference, and what was expected there; of one without a difference, as few as break
 * the first of the promises. No single line of input can be left out then; the answers on the way are this machine's.
 * Writes that trace; false, and why in messages, when it does not fail. */
bool replay_shrink(const char *name, const struct diff *, uint32_t broken, FILE *, struct messages *);

#endif
