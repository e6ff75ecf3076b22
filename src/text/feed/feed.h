/* feed - decodes the list of OS releases that SOFA publishes (macos_data_feed.json, v1 and v2) and compares it with the
 * feed adopted before. Knows no clock and no network.
 *
 * Dates are calendar dates; a time after them is ignored. An unusable entry is left out, but a fault that makes the
 * feed dangerous to follow refuses all of it. Each message names its place: OSVersions[0].Latest.ReleaseDate.
 * Format: https://github.com/macadmins/sofa and its schemas. */
#ifndef TEXT_FEED_H
#define TEXT_FEED_H

#include "core/plan.h"
#include "text/message.h"

#define FEED_BYTES (8u << 20)	/* larger feeds are refused */
#define FEED_DEPTH 16
#define FEED_VALUES 300000u	/* twelve times as many as in 2026; a value takes about 100 bytes */

struct feed_text;	/* owns a feed, its device lists and names */

/* Returns NULL, and at least one error, for a feed that must not be adopted: it is not JSON, an OS has no latest
 * version or no date for it, a date is invalid, or, compared with previous (NULL: no feed was adopted before)
 * - a major is missing whose newest release is less than a year older than the feed's newest;
 * - a major's list of releases is missing;
 * - a latest version is older than before, and the newer one is not restricted to certain devices.
 * Releases without a usable version or date are left out with a warning. Supplements (v1: ReleaseType RSR_a; v2:
 * BackgroundSecurityImprovements) are releases of their own. Entries of one version are merged: the earliest date, the
 * most devices. Only flags in the list of releases count as exploited, because Latest carries those of an earlier
 * release until its own entry is listed. A release lists a board and, if the feed has it, the board's model. */
struct feed_text *feed_decode(const char *file, const char *bytes, size_t length, const struct feed *previous,
	struct messages *);
/* For tools that examine feeds: returns everything that could be read, even of a feed that must not be adopted, and
 * warns of inconsistencies. today: days since 1970-01-01; 0: does not warn. */
struct feed_text *feed_examine(const char *file, const char *bytes, size_t length, const struct feed *previous,
	int32_t today, struct messages *);
/* Reads a feed from a file, without warnings. Returns NULL, and at least one error, if it must not be adopted. */
struct feed_text *feed_load(const char *path, struct messages *);
const struct feed *feed_of(const struct feed_text *);
int64_t feed_latest(const struct feed_text *, unsigned major);	/* the Latest of a major, or VERSION_NONE */
void feed_free(struct feed_text *);

#define FEED_DAY 16
const char *feed_day(int32_t day, char out[FEED_DAY]);	/* days since 1970-01-01 as "2026-11-30" */

#endif
