/* editions - the feed as it was published over time: a folder of feeds with their times in their names, or a table of
 * what each change said, such as
 *
 *	commit_time_utc,os_version,latest_product_version,latest_release_date
 *	2025-09-29T18:12:36Z,Sequoia 15,15.7.1,2025-09-25T00:00:00Z
 *
 * A row says what is the latest of one OS from then on; what was the latest before stays listed. The columns feed,
 * latest_build and latest_exploited_cves may be there. Rows of several feeds are histories of their own. */
#ifndef EDITIONS_H
#define EDITIONS_H

#include <stddef.h>
#include <stdint.h>

#include "text/message.h"

struct edition {
	int64_t at;		/* published, UTC ms */
	char *feed;		/* which one; "" when there is only one */
	char *name;		/* for messages: a file, or a line of the table */
	char *path;		/* of the file; NULL: */
	char *bytes;		/* the feed itself, as JSON */
	size_t length;
};

struct editions {		/* zero: none; feed by feed, each in the order of time */
	struct edition *list;
	size_t count;
};

/* False, and at least one error, when there is nothing to go by. Free them either way. */
bool editions_open(const char *path, struct editions *, struct messages *);
/* The feed's text, NUL-terminated beyond *length; caller frees. NULL: the file cannot be read, and that is an error. */
char *edition_read(const struct edition *, size_t *length, struct messages *);
void editions_free(struct editions *);

/* timeline.c: such a table. */
bool timeline_open(const char *path, struct editions *, struct messages *);
/* At the end; takes nothing over, and the rest of the edition is zero. */
struct edition *editions_add(struct editions *, int64_t at, const char *feed, const char *name);

#endif
