/* cohort - devices that have the same policies: under one policy all of them, under blueprints those of one ring. Says
 * which cohort a device is in; knows no feed and no clock. */
#ifndef COHORT_H
#define COHORT_H

#include "blueprint.h"
#include "text/devices.h"

struct cohort {
	const struct blueprint *blueprint;	/* NULL: everybody */
	const struct blueprint_ring *ring;	/* NULL: likewise */
	const struct policy *const *policies;	/* with the ring's delay; at least one */
	unsigned count;
	unsigned first;		/* the number of the first of them, counted through what blueprints name, from 0 */
};

struct cohorts {
	const struct blueprints *blueprints;	/* borrowed; NULL: one policy for all */
	struct cohort *list;			/* all rings of a blueprint in a row */
	unsigned count;
	unsigned policies;	/* that the blueprints name; a ring has no others, so the cohorts have more */
	const struct policy **pointers;
	struct policy *delayed;
};

/* The policy and the blueprints stay borrowed. */
void cohorts_of_policy(struct cohorts *, const struct policy *);
void cohorts_of_blueprints(struct cohorts *, const struct blueprints *);
void cohorts_free(struct cohorts *);

/* By the blueprint that the list names, else by the device's name. False: there is no blueprint of that name. *out is
 * NULL then, and for a device that no blueprint has. */
bool cohorts_find(const struct cohorts *, const struct listed_device *, const struct cohort **out);
/* Says so, at the place where the list names it; file is of the blueprints. */
void cohorts_complain(const struct cohorts *, const char *file, const char *list, const struct listed_device *,
	struct messages *);

/* "laptops (early)": of a blueprint without rings its name alone, of everybody "". Into and returning out. */
#define COHORT_TEXT (2 * POLICY_NAME + 3)
const char *cohort_text(const struct cohort *, char out[COHORT_TEXT]);

#endif
