/* replay_shrink - a failing trace, cut down to what makes it fail. Plays candidates in memory; the file is left alone. */
#ifndef REPLAY_SHRINK_H
#define REPLAY_SHRINK_H

#include <stdint.h>

#include "qa/trace/diff.h"
#include "text/message.h"

/* Of a failing trace, as replay_watch found it, with the promises that it breaks, as bits: the header, as few lines of
 * input as bring about the first difference, and what was expected there; of one without a difference, as few as break
 * the first of the promises. No single line of input can be left out then; the answers on the way are this machine's.
 * Writes that trace; false, and why in messages, when it does not fail. */
bool replay_shrink(const char *name, const struct diff *, uint32_t broken, FILE *, struct messages *);

#endif
