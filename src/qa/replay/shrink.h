/* shrink - makes a list, the head of a trace, or a failing trace as short as possible while its outcome stays the same.
 * Plays candidates in memory. */
#ifndef SHRINK_H
#define SHRINK_H

#include <stdbool.h>
#include <stddef.h>

#include "diff.h"
#include "text/trace/trace.h"
#include "run.h"

/* Drops `count` items, beginning with item `from`, and returns true; or returns false because they are needed. */
typedef bool dropping(void *context, size_t from, size_t count);

/* Tries to drop all items, then runs of a half, a quarter and so on down to single ones, until no single item can go. */
void shrink_list(size_t count, dropping *, void *context);

/* A trace in two parts. */
struct halves {
	struct lines head;		/* the header, and lines of which some may go */
	struct buffer tail;		/* whole lines, the first of them input; or empty */
	uint32_t promise;		/* the bit of a promise that must stay broken, whatever else changes; or 0 */
	size_t kept, all;		/* set by halves_shrink: lines of input in the head */
};
/* Drops input lines from the head while the outcome of the tail stays the same. Writes the shorter head, with this
 * machine's answers, and the tail. Returns false, and why in messages, if the trace cannot be played. */
bool halves_shrink(const char *name, struct halves *, FILE *, struct messages *);

/* Makes an end line with the time of a line of input. Returns false if that line cannot be read. */
bool halves_end(const char *name, const struct piece *input, char text[TRACE_LINE_MAX], struct piece *end);

/* Writes the smallest trace that still has the first difference of a failing trace or, if there is none, that still breaks
 * the first of the broken promises (bits): its header, the lines of input it needs, and what was expected at the
 * difference. The answers before that are this machine's. Returns false, and why in messages, if the trace does not
 * fail. */
bool replay_shrink(const char *name, const struct diff *, uint32_t broken, FILE *, struct messages *);

#endif
