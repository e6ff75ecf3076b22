/* radius - the blast radius of policies: what becomes of each device of a list if it checks in now, under each policy
 * taken alone or under those that its blueprint gives it. Countdowns without notice and devices that cannot run the
 * target are reported as errors or warnings at the line of the policy that causes them. */
#ifndef RADIUS_H
#define RADIUS_H

#include <jansson.h>

#include "words/policy.h"
#include "words/tally.h"
#include "fleet.h"

struct counts {		/* of devices, by what becomes of them; zero at first */
	unsigned long devices, groups[GROUPS];
	unsigned long at_once;		/* notified at the next check-in */
	const struct zone *zone;	/* of the device with the next deadline; NULL: no deadline lies ahead */
	int64_t due;			/* that deadline, UTC ms */
	int64_t beyond;			/* the newest version that some device cannot run */
};

/* A table of counts by a text such as the device's time zone. Rows beyond ROWS_MOST are summed up in `others`. */
#define ROWS_MOST 1024		/* the time zone database has about 600 zones */
struct row {
	char name[DEVICES_BLUEPRINT];	/* "": the list does not say */
	struct counts counts;
};
struct table {
	struct tally rows;
	struct counts others;
};

struct countdowns {		/* that one policy starts at once */
	unsigned long total;
	unsigned long trapped;	/* of these: no release that the device lacks falls due later, so its notice is over */
};

struct impact {			/* of one policy, or of one file of blueprints */
	const char *path;
	const struct policy_source *source;	/* NULL: blueprints */
	struct cohorts cohorts;
	struct counts all;
	struct counts *rings;			/* one for each cohort */
	struct countdowns *countdowns;		/* one for each policy; cohort->first says where a blueprint's begin */
	unsigned long uncovered;		/* in no blueprint */
	struct table zones;
	struct table blueprints;		/* as the list names them; only under a policy */
};

struct radius {
	const struct feed *feed;
	int64_t now;
	struct fleet *fleet;
	unsigned count;
	struct impact *impacts;
	bool names_blueprints;			/* the list does */
};

/* All arguments are borrowed. */
struct radius *radius_new(const struct feed *, int64_t now);
void radius_add_policy(struct radius *, const struct policy_source *);
void radius_add_blueprints(struct radius *, const struct blueprints *, const char *path);
void radius_free(struct radius *);

/* Reads the devices, once, and adds complaints to messages. If list is not NULL, writes one line to it for each device
 * and impact. Returns false if the file cannot be read as a list of devices. */
bool radius_read(struct radius *, const char *path, FILE *list, struct messages *);

/* radius_report.c */
void radius_complain(const struct impact *, struct messages *);
void radius_print(const struct radius *, FILE *);
json_t *radius_json(const struct radius *);	/* an array with an object for each impact; the caller releases it */

/* Sums up all rings of the blueprint whose first cohort this is. */
struct counts radius_sum(const struct impact *, const struct cohort *first);

#endif
