/* run_ragel - runs Ragel on the generated grammar and proves that its machine is the machine file's, one to one. */
#ifndef RUN_RAGEL_H
#define RUN_RAGEL_H

#include <stdio.h>

#include "model.h"

/* One call of the program; false after a message. */
bool run_ragel(const struct machine *, const char *program, const char *flag, const char *from, const char *to);

/* Compares what `ragel -x` wrote with the machine: every state, every symbol, every transition. Notes Ragel's
 * number of each state. False after messages. */
bool match_ragel(struct machine *, const char *xml);

#endif
