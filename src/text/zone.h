/* zone - time zones by their IANA name, from the system's zone files (TZif, RFC 9636). Knows nothing of TZ. */
#ifndef TEXT_ZONE_H
#define TEXT_ZONE_H

#include <stddef.h>

#include "core/calendar.h"

#define ZONE_FOLDER "/usr/share/zoneinfo"
#define ZONE_FILE_MAX 65536	/* bytes; the largest real one has under 4000 */

/* A zone, loaded once and kept until zones_free; NULL when there is none of that name or its file is damaged
 * (*why, a static string, then says which). Names are those of the files in ZONE_FOLDER, exact in their case, and
 * no others: no paths, none of right/ (which counts leap seconds) or posix/. Links inside the folder are followed;
 * one that leads out of it is refused. */
const struct zone *zone_load(const char *name, const char **why);

/* The zone of a TZif file in memory, versions 1 to 4; false and *why when it is damaged, counts leap seconds or
 * would lead the calendar astray. Nothing in bytes is trusted. Free with zone_release. */
bool zone_decode(const void *bytes, size_t length, const char *name, struct zone *, const char **why);
void zone_release(struct zone *);

/* A name that exists and looks like this one, or NULL. Borrowed until zones_free. */
const char *zone_near(const char *name);

/* Every name there is, sorted, NULL-terminated. Borrowed until zones_free. */
const char *const *zone_names(void);

/* Frees every zone and name handed out. */
void zones_free(void);

/* For tests: the same from another folder, until zones_free. */
void zones_from(const char *folder);

#endif
