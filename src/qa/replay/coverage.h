/* coverage - which transitions of the machine were taken, and how its guards answered, by the lines of its file. */
#ifndef COVERAGE_H
#define COVERAGE_H

#include "core/player.h"

/* From here on steps are counted. False, after saying why: this file is not that of the compiled machine. */
bool coverage_begin(const char *machine_file);
/* To be told before each step. */
void coverage_step(const struct player *, const struct event *);
/* Prints the annotated file and a summary, and writes what lcov reads, unless lcov is NULL. False: it could not. */
bool coverage_show(const char *lcov);

#endif
