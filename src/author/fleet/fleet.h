/* fleet - finds which policies a device has and judges what happens if it checks in now. A cohort is the devices that have
 * the same policies: all devices under a single policy, those of one ring under blueprints. core/outlook judges each
 * device; recent judgements are cached in bounded memory, so a million devices take a second. */
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
	unsigned first;		/* the index of its first policy among those of all blueprints */
};

struct cohorts {
	const struct blueprints *blueprints;	/* borrowed; NULL: a single policy for all devices */
	struct cohort *list;			/* rings of the same blueprint are adjacent */
	unsigned count;
	unsigned policies;	/* how many the blueprints list; each ring has delayed copies of its own */
	const struct policy **pointers;
	struct policy *delayed;
};

/* The policy and the blueprints are borrowed. */
void cohorts_of_policy(struct cohorts *, const struct policy *);
void cohorts_of_blueprints(struct cohorts *, const struct blueprints *);
void cohorts_free(struct cohorts *);

/* Finds a device's cohort by the blueprint in its row of the list, or else by its name. Sets *out to NULL if it is in no
 * blueprint. Returns false, with *out NULL, if the row names a blueprint that does not exist. */
bool cohorts_find(const struct cohorts *, const struct listed_device *, const struct cohort **out);
/* Adds that error at the blueprint's name in the list. file: the path of the blueprints. */
void cohorts_complain(const struct cohorts *, const char *file, const char *list, const struct listed_device *,
	struct messages *);

/* Writes "laptops (early)", without the ring if there is only one, or "" under a single policy. Returns out. */
#define COHORT_TEXT (2 * POLICY_NAME + 3)
const char *cohort_text(const struct cohort *, char out[COHORT_TEXT]);

enum group {		/* continues enum fate of core/outlook */
	GROUP_ELSEWHERE = FATES,	/* the policies are for another platform */
	GROUP_UNKNOWN,			/* the device's version is unknown */
	GROUPS
};
extern const char *const group_words[GROUPS];

struct judgement {
	unsigned group;			/* an enum fate or enum group */
	bool ahead;			/* counts down under `automatic`, while another release that it lacks is due later */
	struct outlook outlook;		/* its pointers into the feed are NULL */
	int64_t beyond;			/* the version that it cannot run, or 0 */
};

struct fleet;

/* The feed is borrowed and may be NULL. */
struct fleet *fleet_new(const struct feed *, int64_t now);
/* Judges one device; the result is borrowed until the next call. The cache identifies a cohort by its address. */
const struct judgement *fleet_judge(struct fleet *, const struct cohort *, const struct listed_device *);
void fleet_free(struct fleet *);

#endif
