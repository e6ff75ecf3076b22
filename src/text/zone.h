/* zone - time zones by their IANA name, from the system's zone files (TZif, RFC 9636). */
#ifndef TEXT_ZONE_H
#define TEXT_ZONE_H

#include <stddef.h>

#include "../core/calendar.h"

#define ZONE_FOLDER "/usr/share/zoneinfo"

/* A zone, loaded once and kept until zones_free; NULL when there is none of that name or its file is damaged
 * (*why, a static string, then says which). Names with "..", a leading "/" or odd characters are no names. */
const struct zone *zone_load(const char *name, const char **why);
/* The zone of a TZif file in memory; false and *why when it is damaged. Free with zone_release. */
bool zone_decode(const void *bytes, size_t length, const char *name, struct zone *, const char **why);
void zone_release(struct zone *);
/* A name that exists and looks like this one, or NULL. Borrowed until zones_free. */
const char *zone_near(const char *name);
void zones_free(void);

#endif
