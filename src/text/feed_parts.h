/* feed_parts - what feed_read found in a feed, for feed_adopt to weigh and feed to keep. Nobody else's. */
#ifndef FEED_PARTS_H
#define FEED_PARTS_H

#include <jansson.h>

#include "feed.h"

#define FEED_LINES 32		/* majors in one feed: struct feed has as many */
#define FEED_RELEASES 2048	/* it has 130 today */
#define FEED_DEVICES 2048	/* of one release: 130 today, with their models */

struct devices {
	const char **names;
	size_t count, room;
};

struct feed_text {
	struct feed feed;
	struct release *releases;	/* the feed's */
	struct devices *lists;	/* each kept once, however many releases share it */
	size_t list_count;
	json_t *names;		/* every name is a key here, kept once: equal names are equal pointers */
};

struct entry {
	struct release release;
	bool narrow;		/* for certain devices only */
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

/* Adds an error for each reason not to follow these parts after previous. */
void feed_weigh(const struct parts *, const struct feed *previous);

#endif
