/* blueprint_check - what is wrong with blueprints whose every key is right: shares, names, deadlines of rings, and
 * policies that contradict each other. */
#ifndef BLUEPRINT_CHECK_H
#define BLUEPRINT_CHECK_H

#include "blueprint.h"

void blueprint_check(const struct blueprint *, const char *file, struct messages *);
/* Between one another. */
void blueprints_check(const struct blueprints *, const char *file, struct messages *);

#endif
