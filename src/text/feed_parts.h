/* feed_parts - what feed_read found in a feed, for feed to weigh and keep. Nobody else's. */
#ifndef FEED_PARTS_H
#define FEED_PARTS_H

#include <jansson.h>

#include "feed.h"

#define FEED_LINES 32		/* majors in one feed: struct feed has as many */
#define FEED_RELEASES 2048	/* it has 130 today */
#define FEED_DEVICES 2048	/* of one release: 130 today, with their models */

#define FEED_PATH 96		/* such as OSVersions[0].SecurityReleases[12] */

struct devices {
	const char **names;
	size_t count, room;
};

struct feed_text {
	struct feed feed;
	struct release *releases;	/* the feed's */
	int64_t latest[FEED_LINES];	/* as it calls them */
	unsigned line_count;
	struct devices *lists;	/* each kept once, however many releases share it */
	size_t list_count;
	json_t *names;		/* every name is a key here, kept once: equal names are equal pointers */
};

struct entry {
	struct release release;
	bool narrow;		/* for certain devices only */
	bool latest;		/* stands as the Latest of its OS */
	bool flagged;		/* which says that it is exploited: the list of releases is what counts */
	int64_t heir;		/* SupersededBy; 0: not said */
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

/* Adds what the text holds to parts and own; an error for what refuses the feed as such. */
void feed_read(const char *bytes, size_t length, struct feed_text *own, struct parts *);

/* Adds a warning for each thing that is odd in the parts, whose entries are sorted and not yet merged. What is no
 * reason to refuse them is here. today: days since 1970-01-01. */
void feed_doubt(const struct parts *, int32_t today);

#endif
