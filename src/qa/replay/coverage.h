/* coverage - counts which transitions of the machine are taken and how its guards are answered, and shows that in the
 * machine's file. */
#ifndef COVERAGE_H
#define COVERAGE_H

#include "core/player.h"

/* Begins to count. Returns false, after printing why, if the file is not the one the machine was compiled from. */
bool coverage_begin(const char *machine_file);
/* Counts a step; call it before the player makes it. */
void coverage_step(const struct player *, const struct event *);
/* Prints the annotated file and a summary, and writes an lcov file unless lcov is NULL. Returns false if that fails. */
bool coverage_show(const char *lcov);

#endif
