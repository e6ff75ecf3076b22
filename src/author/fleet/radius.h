/* radius - the blast radius of policies: counts what happens to the devices of a list if they check in now, under each
 * policy alone or under the policies of their blueprints. Reports countdowns without notice, and devices that cannot run
 * the target, at the line of the policy that causes them. */
#ifndef RADIUS_H
#define RADIUS_H

#include <jansson.h>

#include "words/policy.h"
#include "words/tally.h"
#include "fleet.h"

struct counts {		/* numbers of devices by group; begins as zero */
	unsigned long devices, groups[GROUPS];
	unsigned long at_once;		/* see the first banner at the next check-in */
	const struct zone *zone;	/* zone of the device with the next deadline; NULL if no deadline lies ahead */
	int64_t due;			/* that deadline, UTC ms */
	int64_t beyond;			/* the newest version that some device cannot run */
};

/* Counts by a text such as the device's time zone. What exceeds ROWS_MOST rows is added up in `others`. */
#define ROWS_MOST 1024		/* the time zone database has about 600 zones */
struct row {
	char name[DEVICES_BLUEPRINT];	/* "" if the list's field is empty */
	struct counts counts;
};
struct table {
	struct tally rows;
	struct counts others;
};

struct countdowns {		/* numbers of devices whose countdown one policy starts at once */
	unsigned long total;
	unsigned long overdue;	/* of these, under `automatic`: every release that the device lacks is overdue */
};

struct impact {			/* what one policy, or one file of blueprints, does to the devices */
	const char *path;
	const struct policy_source *source;	/* NULL: blueprints */
	struct cohorts cohorts;
	struct counts all;
	struct counts *rings;			/* one for each cohort */
	struct countdowns *countdowns;		/* one for each policy; a blueprint's begin at cohort->first */
	unsigned long uncovered;		/* number of devices in no blueprint */
	struct table zones;
	struct table blueprints;		/* by the list's column; only under a single policy */
};

struct radius {
	const struct feed *feed;
	int64_t now;
	struct fleet *fleet;
	unsigned count;
	struct impact *impacts;
	bool names_blueprints;			/* the list has a blueprint for some device */
};

/* All arguments are borrowed. */
struct radius *radius_new(const struct feed *, int64_t now);
void radius_add_policy(struct radius *, const struct policy_source *);
void radius_add_blueprints(struct radius *, const struct blueprints *, const char *path);
void radius_free(struct radius *);

/* Reads the list of devices; call it once. Adds errors and warnings to messages. If list is not NULL, writes one line to it
 * for each device and impact. Returns false if the file cannot be read as a list of devices. */
bool radius_read(struct radius *, const char *path, FILE *list, struct messages *);

/* radius_report.c */
void radius_complain(const struct impact *, struct messages *);
void radius_print(const struct radius *, FILE *);
json_t *radius_json(const struct radius *);	/* an array with an object for each impact; the caller releases it */

/* Returns the sum over all rings of a blueprint. first: the blueprint's first cohort. */
struct counts radius_sum(const struct impact *, const struct cohort *first);

#endif
