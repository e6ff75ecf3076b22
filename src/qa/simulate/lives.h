/* simulate_lives - what an admin asks of a rollout, counted device by device; sums only, so that neither the number of
 * devices nor who counts which makes a difference. */
#ifndef SIMULATE_LIVES_H
#define SIMULATE_LIVES_H

#include "qa/world/world.h"

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

#endif
