/* radius_parts - what radius has counted, shared by its files only. */
#ifndef RADIUS_PARTS_H
#define RADIUS_PARTS_H

#include "radius.h"
#include "tally.h"

struct strike {			/* of the countdowns under one policy, those whose deadline is its */
	unsigned long countdowns;
	unsigned long trapped;	/* nothing falls due later: the time frame is empty */
};

/* What one policy does, or one file of blueprints. */
struct blast {
	const char *path;
	const struct policy_source *source;	/* NULL: of blueprints */
	struct cohorts cohorts;
	struct tally all;
	struct tally *rings;		/* of each cohort */
	struct strike *strikes;		/* by the number of the policy, see struct cohort */
	unsigned long nowhere;		/* in no blueprint */
	struct tallies *zones;
	struct tallies *named;		/* of one policy, by the blueprint that the list names */
};

struct radius {
	const struct feed *feed;
	int64_t now;
	struct fleet *fleet;
	unsigned count;
	struct blast *blasts;
	bool names_blueprints;		/* the list does */
};

#endif
