/* ragel - runs Ragel on the generated grammar, and proves that Ragel's machine is the machine file's. */
#ifndef RAGEL_H
#define RAGEL_H

#include <stdio.h>

#include "model.h"

/* Runs the program once. Returns false after a message. */
bool run_ragel(const struct machine *, const char *program, const char *flag, const char *from, const char *to);

/* Compares what `ragel -x` wrote with the machine: every state, every symbol, every transition. Notes Ragel's
 * number of each state. Returns false after messages. */
bool match_ragel(struct machine *, const char *xml);

#endif
