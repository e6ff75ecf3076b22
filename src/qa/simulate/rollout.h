/* rollout - how a rollout would go, device by device: the ground that all devices share, their lives, and the report. */
#ifndef ROLLOUT_H
#define ROLLOUT_H

#include <stdio.h>

#include "core/knowledge.h"
#include "text/devices.h"
#include "text/feed.h"
#include "words/tally.h"
#include "qa/world/world.h"

/* A rollout to count. Texts are paths, or NULL. */
struct rollout {
	const char *policy, *feed, *svg;
	const char *list;		/* of devices; NULL: so many */
	int64_t start;			/* UTC ms; 0: chosen */
	uint64_t seed;
	uint32_t devices, days;
	bool csv;
};

/* An exit code. */
int simulate_rollout(const struct rollout *);

/* --- the devices of a list, by kind --- */

struct device_kind {
	struct device_key {		/* without gaps, for words/tally */
		int64_t version;
		const struct zone *zone;	/* NULL: not said */
		char model[32];			/* or board; "": not said */
	} key;
	uint64_t before;		/* devices of the kinds before it in the list */
};

struct inventory {
	struct tally kinds;		/* of struct device_kind, in the order in which the file has them */
	uint64_t devices;
	uint64_t elsewhere, unknown;	/* left out: of another platform, and whose version is not known */
};

/* False, and at least one error: the file cannot be used. */
bool inventory_read(struct inventory *, const char *path, enum platform, struct messages *);
/* Of what kind the device is; number below devices. The kind's number. */
size_t inventory_kind(const struct inventory *, uint64_t number);
const struct device_kind *inventory_at(const struct inventory *, size_t kind);
void inventory_free(struct inventory *);

/* --- what is counted --- */

#define LIVES_DAYS 366
#define TALLY_MOST 100		/* of banners and countdowns of one person; more count as so many */

struct day_lives {
	uint64_t compliant, overdue;	/* devices, at the end of the local day */
	uint64_t banners, countdowns, warnings, restarts, outside;	/* outside: working hours, Monday to Friday 9 to 17 */
};

struct lives {
	struct day_lives days[LIVES_DAYS];
	uint64_t banners[TALLY_MOST + 1], countdowns[TALLY_MOST + 1];	/* devices that saw so many */
	uint64_t asked, by_countdown, unattended;	/* installations begun: by Start Now, after a countdown, nobody there */
	uint64_t retries, failures;			/* attempts and devices */
	uint64_t events;
};

/* One device from its beginning to the end of the days that there are midnights for, less one. Its own working hours are
 * those of w->nature.office. */
void lives_count(struct lives *, struct world *, const struct office *days);
void lives_add(struct lives *, const struct lives *);

/* --- the ground --- */

#define GROUND_RECENT 8		/* releases that devices begin with: the newest before the start, each as likely */

/* What is asked of devices that differ only in their version. */
struct asked {
	struct demands demands;
	int64_t *versions;
	struct demand *list;
	size_t room;
};

/* A zone's office hours. */
struct hours {
	const struct zone *zone;
	struct office office;
	int64_t midnights[LIVES_DAYS + 2];
};

struct ground {
	struct policy policy;
	struct feed_text *feed;
	struct knowledge knowledge;
	struct inventory inventory;
	const struct zone *zone;
	int64_t start;
	uint32_t count, days;
	uint64_t seed;
	int64_t begin_with[GROUND_RECENT];	/* without an inventory */
	uint32_t beginnings;
	struct asked *asked;		/* of the inventory's kinds; without one: of all devices */
	size_t asked_count;
	struct hours **hours;		/* the policy's zone, then those of the inventory */
	size_t hours_count, hours_room;
	const struct office **office;	/* of the inventory's kinds */
};

/* NULL: what is wrong with the files has been said on standard error. */
struct ground *ground_new(const struct rollout *);
void ground_free(struct ground *);

/* Version and office hours of a device, and what will be asked of it. */
void ground_place(const struct ground *, uint32_t number, struct random *, struct nature *);

/* --- the report --- */

struct rollout_report {
	const char *policy;		/* its name */
	const struct zone *zone;
	const struct lives *tally;
	const struct office *office;
	uint32_t devices, days;
	uint64_t seed;
};

void report_table(const struct rollout_report *, FILE *);
void report_csv(const struct rollout_report *, FILE *);
void report_svg(const struct rollout_report *, FILE *);

#endif
