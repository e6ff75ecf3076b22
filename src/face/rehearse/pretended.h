/* pretended - drivers that only pretend: they say what real ones would say, take their time, and do nothing.
 *
 * A rehearsal has no others: nothing in this folder closes an app, installs or restarts anything. */
#ifndef PRETENDED_H
#define PRETENDED_H

#include "agent/driver.h"

extern const struct pretence pretended_drivers[];

/* How many times faster than the world's the rehearsal's clock runs from here on; for drivers started later. */
void pretended_pace(double speed);

#endif
