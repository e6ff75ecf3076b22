/* fleet - what becomes of one device after the other that checks in now under the policies of its cohort. Each is judged by
 * core/outlook; what was judged before is remembered, within bounds, so that a million devices take seconds. */
#ifndef FLEET_H
#define FLEET_H

#include "core/outlook.h"
#include "cohort.h"

enum group {		/* the fates, and those that none is known of */
	GROUP_ELSEWHERE = FATES,	/* the policies are for another platform */
	GROUP_UNKNOWN,			/* its version is not known */
	GROUPS
};
extern const char *const group_words[GROUPS];

struct judgement {
	unsigned group;			/* an enum fate or enum group */
	bool ahead;			/* a countdown under `automatic`: a release that the device lacks falls due later */
	struct outlook outlook;		/* without what it points to in the feed: */
	int64_t release, beyond;	/* the versions of these; 0: none */
	int32_t released;		/* the day of the former */
};

struct fleet;

/* Borrowed; feed may be NULL. */
struct fleet *fleet_new(const struct feed *, int64_t now);
/* Borrowed until the next call. Cohorts are told apart by their address. */
const struct judgement *fleet_judge(struct fleet *, const struct cohort *, const struct listed_device *);
void fleet_free(struct fleet *);

#endif
