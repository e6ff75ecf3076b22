/* replay_settings - which settings a trace's header or settings line means: those that a policy without a word
 * about them has, those of the policy that it names, and those that it says itself. Reads that policy and nothing
 * else. */
#ifndef REPLAY_SETTINGS_H
#define REPLAY_SETTINGS_H

#include "text/trace.h"

/* What a policy that says nothing of them would mean. */
void replay_settings_default(struct settings *);

/* Those of the policy (looked for beside the trace, unless its path is absolute), then what the line says itself;
 * what neither says stays. Who says them all needs no policy. NULL, or what is wrong with the policy, in a few
 * words: messages then say more. */
const char *replay_settings(const char *trace, const struct trace_header *, struct settings *, struct messages *);

#endif
