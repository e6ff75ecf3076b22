/* simulate_ground - what all devices of a rollout share: policy, feed, the days, and what is asked of whom on each of them,
 * computed before any device lives. */
#ifndef SIMULATE_GROUND_H
#define SIMULATE_GROUND_H

#include "text/feed.h"
#include "core/knowledge.h"
#include "simulate.h"
#include "inventory.h"
#include "lives.h"

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

#endif
