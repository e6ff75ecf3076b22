/* safemode - counts how often agents began to run in a state folder: too often within a short time means that something
 * is badly wrong, and the agent comes up in safe mode. Keeps the instants in the file `starts`. */
#ifndef SAFEMODE_H
#define SAFEMODE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/calendar.h"

#define SAFEMODE_LENGTH (10 * MINUTE_MS)	/* for which safe mode lasts, and within which starts count */

/* Counts this start, at UTC ms, too. */
bool safemode_needed(const char *folder, int64_t at);

#endif
