/* feed - the parts of `lastcall feed --history`: the editions of a feed as it was published over time, and what a policy
 * makes of them on one device.
 *
 * Editions are a folder of feeds with their times in their names, or a table of what each change said, such as
 *
 *	commit_time_utc,os_version,latest_product_version,latest_release_date
 *	2025-09-29T18:12:36Z,Sequoia 15,15.7.1,2025-09-25T00:00:00Z
 *
 * A row gives the latest release of one OS from that time on; the earlier latest one stays listed. The columns feed,
 * latest_build and latest_exploited_cves are optional. Rows of different feeds are separate histories. */
#ifndef AUTHOR_FEED_H
#define AUTHOR_FEED_H

#include <stddef.h>
#include <stdint.h>

#include "core/plan.h"
#include "text/message.h"

struct edition {
	int64_t at;		/* published, UTC ms */
	char *feed;		/* which feed; "" if there is only one */
	char *name;		/* for messages: a file, or a line of the table */
	char *path;		/* of the file, or NULL: */
	char *bytes;		/* the feed itself, as JSON */
	size_t length;
};

struct editions {		/* zero: none; sorted by feed, then by time */
	struct edition *list;
	size_t count;
};

/* Returns false, and adds at least one error, if there are no editions. The caller frees them either way. */
bool editions_open(const char *path, struct editions *, struct messages *);
/* Returns the feed's text, with a NUL after *length bytes, which the caller frees; or NULL and an error if the file cannot
 * be read. */
char *edition_read(const struct edition *, size_t *length, struct messages *);
void editions_free(struct editions *);

/* timeline.c: from a table. */
bool timeline_open(const char *path, struct editions *, struct messages *);
/* Appends a copy of these; the rest of the edition is zero. */
struct edition *editions_add(struct editions *, int64_t at, const char *feed, const char *name);

/* Plays all editions to one device, by an agent's rules of adoption and without them, and prints each time that a feed is
 * refused or the requirement changes. Returns the number of changes that a device must never see, or -1 and messages if a
 * feed cannot be read. */
int history_run(const struct editions *, const struct policy *, const struct device *, struct messages *);

#endif
