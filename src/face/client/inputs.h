/* inputs - what several commands for authors take on their command line. */
#ifndef INPUTS_H
#define INPUTS_H

#include "text/feed.h"

/* NULL, and at least one error, when the file holds no feed. Warnings about a feed are not the author's: left out. */
struct feed_text *inputs_feed(const char *path, struct messages *);

/* Whether the file means to hold blueprints, and no policy. */
bool inputs_blueprints(const char *path);

/* RFC 3339; NULL: now, by this device's clock. */
bool inputs_now(const char *text, int64_t *now);

/* A device as --os, --model and --zone describe it; NULL for what was not said (the zone is then UTC). EXIT_FINE, or
 * what is wrong has been said. Borrows the model. */
int inputs_device(const char *name, const char *os, const char *model, const char *zone, struct device *);

/* A table of the options that take a value, and of those that take none; NULL name ends it. */
struct option_of {
	const char *name;
	const char **value;
	bool *flag;
};

/* Fills the options and moves all other arguments to argv[1..]; how many they are, or -1: how the command is used has
 * been said. An option may come once. */
int inputs_take(int argc, char **argv, const struct option_of *);

#endif
