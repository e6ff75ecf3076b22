/* replay_trace - one trace, played through the machine in virtual time and compared with what it expects.
 * Reads the policy that the trace names and nothing else; prints nothing. */
#ifndef REPLAY_TRACE_H
#define REPLAY_TRACE_H

#include "../text/diff.h"
#include "../text/message.h"

/* diff becomes the trace and what the machine says otherwise (no edits: all match); bytes must outlive it. False:
 * the trace cannot be used, and messages say why. name is the trace's path: its policy is looked for beside it. */
bool replay_trace(const char *name, const char *bytes, size_t length, struct diff *, struct messages *);

#endif
