/* zone - loads time zones by their IANA name, from the system's zone files (TZif, RFC 9636). Ignores TZ. */
#ifndef TEXT_ZONE_H
#define TEXT_ZONE_H

#include <stddef.h>

#include "core/calendar.h"

#define ZONE_FOLDER "/usr/share/zoneinfo"
#define ZONE_FILE_MAX 65536	/* bytes; the largest real one has under 4000 */

/* Returns the zone, which is loaded once and kept until zones_free; NULL and *why (a static text) if there is no such
 * zone or its file is damaged. Names are those of the files in ZONE_FOLDER, in exact case: no paths, and nothing from
 * right/ (which counts leap seconds) or posix/. A link may lead to the file of another zone, but not out of the folder. */
const struct zone *zone_load(const char *name, const char **why);

/* Reads a TZif file in memory, versions 1 to 4; false and *why if it is damaged, counts leap seconds, or has values
 * that the calendar cannot use. The bytes may be hostile. Free with zone_release. */
bool zone_decode(const void *bytes, size_t length, const char *name, struct zone *, const char **why);
void zone_release(struct zone *);

/* Returns the zone name that is probably meant, or NULL, also if there is a zone of this name. Borrowed until
 * zones_free. */
const char *zone_near(const char *name);

/* Returns all names, sorted, NULL-terminated. Borrowed until zones_free. */
const char *const *zone_names(void);

/* Frees every zone and name handed out. */
void zones_free(void);

/* For tests: reads from another folder until zones_free. */
void zones_from(const char *folder);

#endif
