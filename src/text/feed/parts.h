/* feed_parts - the entries of a feed as read; private to this folder. */
#ifndef FEED_PARTS_H
#define FEED_PARTS_H

#include <jansson.h>

#include "feed.h"

#define FEED_LINES 32		/* majors in one feed, as in struct feed */
#define FEED_RELEASES 2048	/* 130 in 2026 */
#define FEED_DEVICES 2048	/* of one release, with models; 130 in 2026 */

#define FEED_PATH 96		/* such as OSVersions[0].SecurityReleases[12] */

struct device_list {
	const char **names;
	size_t count, room;
};

struct feed_text {
	struct feed feed;
	struct release *releases;	/* the feed's */
	int64_t latest[FEED_LINES];	/* by line */
	unsigned line_count;
	struct device_list *lists;	/* releases with the same devices share one */
	size_t list_count;
	json_t *names;		/* its keys are all names, so equal names are equal pointers */
};

struct entry {
	struct release release;
	bool narrow;		/* for certain devices only */
	bool latest;		/* an OS's Latest */
	bool flagged;		/* a latest entry with the exploited flag, which counts only in the list of releases */
	int64_t successor;		/* SupersededBy; 0: not given */
	char path[FEED_PATH];
};

struct line {			/* one of OSVersions */
	unsigned index;
	int64_t latest;
	unsigned listed;	/* usable SecurityReleases */
};

struct parts {
	const char *file;
	struct messages *messages;
	struct entry *entries;
	size_t count;
	struct line lines[FEED_LINES];
	unsigned line_count;
};

/* Adds the entries of the text to parts and own. An error means that the feed must be refused. */
void feed_read(const char *bytes, size_t length, struct feed_text *own, struct parts *);

/* Warns of each inconsistency that is no reason to refuse the feed. The entries are sorted and not yet
 * merged. today: days since 1970-01-01. */
void feed_warn(const struct parts *, int32_t today);

#endif
