/* source - what a replay reads: the text of a trace, and the settings that its header means. */
#ifndef SOURCE_H
#define SOURCE_H

#include "text/trace.h"

/* NUL-terminated beyond *length; caller frees. NULL and an error: it cannot be read, or has more than 256 MB. */
char *trace_file(const char *name, size_t *length, struct messages *);

/* What a policy that says nothing of them would mean. */
void replay_settings_default(struct settings *);

/* Those of the policy (looked for beside the trace, unless its path is absolute), then what the line says itself;
 * what neither says stays. Who says them all needs no policy. NULL, or what is wrong with the policy, in a few
 * words: messages then say more. */
const char *replay_settings(const char *trace, const struct trace_header *, struct settings *, struct messages *);

#endif
