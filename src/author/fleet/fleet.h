/* fleet - which policies a device has, and what becomes of it if it checks in now. A cohort is the devices that have the
 * same policies: all of them under a single policy, those of one ring under blueprints. Each device is judged by
 * core/outlook; recent judgements are cached in bounded memory, so a million devices take a second. */
#ifndef FLEET_H
#define FLEET_H

#include "core/outlook.h"
#include "text/devices.h"
#include "blueprint.h"

struct cohort {
	const struct blueprint *blueprint;	/* NULL: a single policy for all devices */
	const struct blueprint_ring *ring;	/* NULL likewise */
	const struct policy *const *policies;	/* with the ring's delay; at least one */
	unsigned count;
	unsigned first;		/* the number of its first policy, counting all that blueprints name, from 0 */
};

struct cohorts {
	const struct blueprints *blueprints;	/* borrowed; NULL: a single policy for all devices */
	struct cohort *list;			/* the rings of a blueprint follow each other */
	unsigned count;
	unsigned policies;	/* that the blueprints name; each ring has its own delayed copies of them */
	const struct policy **pointers;
	struct policy *delayed;
};

/* The policy and the blueprints are borrowed. */
void cohorts_of_policy(struct cohorts *, const struct policy *);
void cohorts_of_blueprints(struct cohorts *, const struct blueprints *);
void cohorts_free(struct cohorts *);

/* Finds a device's cohort by the blueprint that the list names for it, else by its name. *out is NULL if it is in no
 * blueprint. Returns false, with *out NULL, if the list names a blueprint that does not exist. */
bool cohorts_find(const struct cohorts *, const struct listed_device *, const struct cohort **out);
/* Adds that error, at the place where the list names the blueprint. file: of the blueprints. */
void cohorts_complain(const struct cohorts *, const char *file, const char *list, const struct listed_device *,
	struct messages *);

/* "laptops (early)", without the ring if there is only one, "" under a single policy. Returns out. */
#define COHORT_TEXT (2 * POLICY_NAME + 3)
const char *cohort_text(const struct cohort *, char out[COHORT_TEXT]);

enum group {		/* beyond the fates of core/outlook */
	GROUP_ELSEWHERE = FATES,	/* the policies are for another platform */
	GROUP_UNKNOWN,			/* the device's version is unknown */
	GROUPS
};
extern const char *const group_words[GROUPS];

struct judgement {
	unsigned group;			/* an enum fate or enum group */
	bool ahead;			/* counts down under `automatic`, and a release that it lacks falls due later */
	struct outlook outlook;		/* its pointers into the feed are NULL */
	int64_t beyond;			/* the version that it cannot run, or 0 */
};

struct fleet;

/* The feed is borrowed and may be NULL. */
struct fleet *fleet_new(const struct feed *, int64_t now);
/* Borrowed until the next call. Cohorts are told apart by their address. */
const struct judgement *fleet_judge(struct fleet *, const struct cohort *, const struct listed_device *);
void fleet_free(struct fleet *);

#endif
