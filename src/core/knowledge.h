/* knowledge - what a device has learned from the feeds it has seen; plan reads it. Plain data, and pure: a copy of
 * knowledge is another device's. text/knowledge_text keeps it in a file. */
#ifndef KNOWLEDGE_H
#define KNOWLEDGE_H

#include "plan.h"

#define KNOWLEDGE_SEEN 1024	/* far more than any feed flags above one installed version */

struct knowledge {			/* zero: nothing */
	struct sighting seen[KNOWLEDGE_SEEN];
	uint32_t seen_count;
	struct held held;		/* version 0: none */
};

/* Adds one sighting. Returns false if the version has one already, or there is no room. */
bool knowledge_add(struct knowledge *, int64_t version, int64_t at);
/* Before planning: adds the releases that the feed flags as closing an exploited hole, if they are out, newer than what
 * is installed and not known yet. Forgets those that are now installed, and moves sightings in the future (the clock
 * was ahead then) to now. feed may be NULL. Returns true if anything changed. */
bool knowledge_see(struct knowledge *, const struct feed *, int64_t installed, int64_t now);
/* After planning: remembers which release is required; NULL: none. Returns true if that changed. */
bool knowledge_hold(struct knowledge *, const struct requirement *);
/* For simulations in which the feed never changes: assumes that each flag was seen at `from`, or on the release date if
 * that is later. */
void knowledge_assume(struct knowledge *, const struct feed *, int64_t from);
/* Points the device at this knowledge, which it borrows until the next change. */
void knowledge_lend(const struct knowledge *, struct device *);

#endif
