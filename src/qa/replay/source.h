/* source - what a replay reads: the text of a trace, and the settings that its header means. */
#ifndef SOURCE_H
#define SOURCE_H

#include "text/trace/trace.h"

/* Reads a trace from a file or, for "-", from standard input. NUL-terminated beyond *length; caller frees. Returns NULL
 * and an error if it cannot be read or is larger than 256 MB. */
char *source_read(const char *name, size_t *length, struct messages *);

/* Sets what a policy without any settings means. */
void source_defaults(struct settings *);

/* Applies the settings of a header or settings line: those of its policy (a path relative to the trace's folder), then
 * its own. Settings in neither stay as they are. The policy is not read if the line has all settings. Returns NULL, or
 * what is wrong with the policy in a few words; messages then say more. */
const char *source_settings(const char *trace, const struct trace_header *, struct settings *, struct messages *);

#endif
