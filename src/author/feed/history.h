/* history - the time machine of feeds: a policy and a device through all that a feed ever said, with the rules of
 * adoption and, beside that, without. */
#ifndef HISTORY_H
#define HISTORY_H

#include "core/plan.h"
#include "editions.h"

/* Prints every moment at which a feed was refused or the requirement changed. The number of changes that should not
 * have been; -1: a feed could not be read, and messages say why. policy is named in the first line. */
int history_run(const struct editions *, const struct policy *, const struct device *, struct messages *);

#endif
