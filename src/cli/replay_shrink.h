/* replay_shrink - the least of a trace that still says the same: a failing one cut down to what makes it fail, or
 * a beginning cut down to what the rest needs. Plays candidates in memory; the file is left alone. */
#ifndef REPLAY_SHRINK_H
#define REPLAY_SHRINK_H

#include "../text/diff.h"
#include "../text/trace.h"

/* Of a failing trace, as replay_watch found it, with the promises that it breaks, as bits: the header, as few lines of
 * input as bring about the first difference, and what was expected there; of one without a difference, as few as break
 * the first of the promises. No single line of input can be left out then; the answers on the way are this machine's.
 * Writes that trace; false, and why in messages, when it does not fail. */
bool replay_shrink(const char *name, const struct diff *, uint32_t broken, FILE *, struct messages *);

/* A trace in two halves: `head`, the first lines, its header among them, and `tail`, whose outcome is to stay as it
 * is. Writes the header, the head's lines of input that the tail needs, with this machine's answers, and the tail.
 * False, and why in messages: together they cannot be played. */
struct halves {
	struct lines head;
	struct buffer tail;		/* whole lines; the first is input */
	uint32_t promise;		/* its bit, when all that matters is that it stays broken; or 0 */
	size_t kept, all;		/* the outcome: lines of input in the head */
};
bool shrink_halves(const char *name, struct halves *, FILE *, struct messages *);

#endif
