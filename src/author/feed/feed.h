/* feed - the parts of `lastcall feed --history`: the editions of a feed that were published over time, and what a policy
 * requires of one device while they change.
 *
 * Editions are a folder of feeds with their times in their names, or a table with a row for each change, such as
 *
 *	commit_time_utc,os_version,latest_product_version,latest_release_date
 *	2025-09-29T18:12:36Z,Sequoia 15,15.7.1,2025-09-25T00:00:00Z
 *
 * A row gives the latest release of one OS from that time on; earlier releases stay listed. The columns feed,
 * latest_build and latest_exploited_cves are optional. Each name in the column feed has a history of its own. */
#ifndef AUTHOR_FEED_H
#define AUTHOR_FEED_H

#include <stddef.h>
#include <stdint.h>

#include "core/plan.h"
#include "text/message.h"

struct edition {
	int64_t at;		/* when it was published, UTC ms */
	char *feed;		/* the feed's name; "" if there is only one */
	char *name;		/* for messages: a file's name, or a line of the table */
	char *path;		/* the file, or NULL if from a table: */
	char *bytes;		/* then the feed itself, as JSON */
	size_t length;
};

struct editions {		/* zero: none; sorted by feed, then by time */
	struct edition *list;
	size_t count;
};

/* Returns false, and adds at least one error, if there are no editions. The caller frees them either way. */
bool editions_open(const char *path, struct editions *, struct messages *);
/* Returns the feed's text, *length bytes and a NUL, which the caller frees; or NULL, with an error, if the file cannot be
 * read. */
char *edition_read(const struct edition *, size_t *length, struct messages *);
void editions_free(struct editions *);

/* timeline.c: the same for a table. */
bool timeline_open(const char *path, struct editions *, struct messages *);
/* Appends an edition with copies of the two texts; its other members are zero. */
struct edition *editions_add(struct editions *, int64_t at, const char *feed, const char *name);

/* Plays all editions on one device, with an agent's rules of adoption and without them, and prints each refused feed and
 * each change of the requirement. Returns how many changes were wrong (must never reach a device), or -1, with errors, if
 * a feed cannot be read. */
int history_run(const struct editions *, const struct policy *, const struct device *, struct messages *);

#endif
