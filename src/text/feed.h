/* feed - the list of OS releases that SOFA publishes (macos_data_feed.json, v1 and v2), decoded and weighed
 * against the one adopted before. Knows no clock and no network.
 *
 * Dates are calendar dates, whatever time stands behind them. What a feed may leave out is left out; what makes
 * it dangerous to follow refuses it as a whole, and each reason names its place: OSVersions[0].Latest.ReleaseDate.
 * The feed's facts and faults are those of https://github.com/macadmins/sofa and its schemas. */
#ifndef TEXT_FEED_H
#define TEXT_FEED_H

#include "core/plan.h"
#include "message.h"

#define FEED_BYTES (8u << 20)	/* more than this is refused */
#define FEED_DEPTH 16
#define FEED_VALUES 300000u	/* twelve times what the feed has today; a value costs about 100 bytes */

struct feed_text;	/* owns a feed, its device lists and names */

/* NULL, and at least one error, for a feed that must not be adopted: it does not parse, an OS has no latest version
 * or that has no date, a date is not one, or, compared with previous (NULL: none was adopted before)
 * - a major is gone whose newest release is less than a year older than the feed's newest;
 * - a major's list of releases is gone;
 * - a latest version went back, and what was newer is not listed for certain devices only.
 * Releases without a usable version or date are left out with a warning. Supplements (v1: ReleaseType RSR_a; v2:
 * BackgroundSecurityImprovements) become releases of their own. Entries of the same version are merged: the first
 * date, the most devices. Exploited is what the list of releases says so of: Latest has had the flags of an earlier
 * release for as long as its own entry was missing. Where the feed tells the model of a board, a release lists both. */
struct feed_text *feed_decode(const char *file, const char *bytes, size_t length, const struct feed *previous,
	struct messages *);
/* The same for those who explain feeds: whatever could be read of one, also when errors say that it must not be
 * adopted, and as warnings what is odd in it. today: days since 1970-01-01; 0: nobody asks what is odd. */
struct feed_text *feed_examine(const char *file, const char *bytes, size_t length, const struct feed *previous,
	int32_t today, struct messages *);
/* The feed in a file, for those who only follow it: warnings about it are left out. NULL, and at least one error, if it
 * must not be adopted. */
struct feed_text *feed_load(const char *path, struct messages *);
const struct feed *feed_of(const struct feed_text *);
int64_t feed_latest(const struct feed_text *, unsigned major);	/* what it calls so; VERSION_NONE: nothing */
void feed_free(struct feed_text *);

#define FEED_DAY 16
const char *feed_day(int32_t day, char out[FEED_DAY]);	/* days since 1970-01-01 as "2026-11-30" */

#endif
