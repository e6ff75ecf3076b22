/* rollout - plays a rollout device by device: the ground that all devices share, their lives, and the report. */
#ifndef ROLLOUT_H
#define ROLLOUT_H

#include <stdio.h>

#include "core/knowledge.h"
#include "text/devices.h"
#include "text/feed/feed.h"
#include "words/tally.h"
#include "qa/world/world.h"

/* What to play. Texts are paths, or NULL. */
struct rollout {
	const char *policy, *feed, *svg;
	const char *list;		/* of devices; NULL: `devices` says how many */
	int64_t start;			/* UTC ms; 0: see choose_start */
	uint64_t seed;
	uint32_t devices, days;
	bool csv;
};

/* Returns the exit status. */
int simulate_rollout(const struct rollout *);

/* --- the devices of a list, by kind: all devices of a kind get the same requirements --- */

struct device_kind {
	struct device_key {		/* without padding, for words/tally */
		int64_t version;
		const struct zone *zone;	/* NULL: not in the list */
		char model[32];			/* or board; "": not in the list */
	} key;
	uint64_t before;		/* devices of the kinds before it in the list */
};

struct inventory {
	struct tally kinds;		/* of struct device_kind, in the order of the file */
	uint64_t devices;
	uint64_t elsewhere, unknown;	/* left out: of another platform; of unknown version */
};

/* Returns false, and at least one error, if the file cannot be used. */
bool inventory_read(struct inventory *, const char *path, enum platform, struct messages *);
/* Returns the number of a device's kind. */
size_t inventory_kind(const struct inventory *, uint64_t number);
const struct device_kind *inventory_at(const struct inventory *, size_t kind);
void inventory_free(struct inventory *);

/* --- lives: sums only, so that neither the number of devices nor the order of counting matters --- */

#define LIVES_DAYS 366
#define TALLY_MOST 100		/* banners or countdowns of one person; more count as this many */

struct day_lives {
	uint64_t compliant, overdue;	/* devices, at the end of the local day */
	uint64_t banners, countdowns, warnings, restarts, outside;	/* outside: restarts outside Monday to Friday, 9 to 17 */
};

struct lives {
	struct day_lives days[LIVES_DAYS];
	uint64_t banners[TALLY_MOST + 1], countdowns[TALLY_MOST + 1];	/* [n]: devices that showed n */
	uint64_t asked, by_countdown, unattended;	/* installations begun: by Start Now; by a countdown; with nobody logged in */
	uint64_t retries, failures;			/* failed attempts; failed rounds of attempts */
	uint64_t events;
};

/* Plays one device and counts: from its start to the last midnight of `days`. Its working hours are those of
 * w->nature.office. */
void lives_count(struct lives *, struct world *, const struct office *days);
void lives_add(struct lives *, const struct lives *);

/* --- the ground --- */

#define GROUND_RECENT 8		/* newest releases before the start, of which devices run one at the beginning, equally likely */

/* What is required of devices that differ only in their version. */
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
	struct asked *asked;		/* by the inventory's kinds; without an inventory: of all devices */
	size_t asked_count;
	struct hours **hours;		/* of the policy's zone, then of those in the inventory */
	size_t hours_count, hours_room;
	const struct office **office;	/* by the inventory's kinds */
};

/* Loads the files and computes what is required on each day. Returns NULL, after printing why, if a file is wrong. */
struct ground *ground_new(const struct rollout *);
void ground_free(struct ground *);

/* Sets a device's version, settings, office hours and requirements. */
void ground_place(const struct ground *, uint32_t number, struct random *, struct nature *);

/* --- the report: a table for people, CSV, an SVG chart; in whole numbers --- */

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
