/* clock - the one place that reads the system's clocks. A rehearsal's clock starts on another day and runs faster. */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>

struct clock {
	double speed;			/* 1: as fast as the world's */
	int64_t from;			/* uptime of the device at which the two below were shown; scaled clocks only */
	int64_t at, awake;
	int64_t hold;			/* it shows no later than this; scaled clocks only */
};

struct now {
	int64_t at;			/* UTC ms */
	int64_t awake;			/* ms this device has been awake since its boot */
	int64_t slept;			/* ms it has been asleep since its boot */
};

void clock_real(struct clock *);
/* Shows `at` now, and runs `speed` times as fast from here on; never sleeps, is never set. */
void clock_scaled(struct clock *, int64_t at, double speed);
/* A scaled clock goes on from what it shows, faster or slower. */
void clock_pace(struct clock *, double speed);
/* A scaled clock goes no further than `at`, and back to it, until it is told a later one. What it stood still is lost:
 * so fast a clock would else be minutes late for everything. NEVER lets it go. */
void clock_hold(struct clock *, int64_t at);
/* A scaled clock counts awake time from 0 again, as after a restart. */
void clock_boot(struct clock *);

/* What the real clock shows now, in UTC ms. */
int64_t clock_utc(void);
struct now clock_now(const struct clock *);
/* The real UTC seconds, as ev_periodic wants them, at which this clock will show `at`. */
double clock_when(const struct clock *, int64_t at);

#endif
