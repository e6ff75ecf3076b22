/* clock - the one place that reads the system's clocks. A rehearsal's clock starts on another day and runs faster. */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>

struct clock {
	double speed;			/* 1: real time */
	int64_t from;			/* scaled clocks only: uptime of the device at which the clock showed at and awake */
	int64_t at, awake;
	int64_t hold;			/* scaled clocks only: it shows nothing later than this */
};

struct now {
	int64_t at;			/* UTC ms */
	int64_t awake;			/* ms that this device has been awake since boot */
	int64_t slept;			/* ms that it has been asleep since boot */
};

void clock_real(struct clock *);
/* Shows `at` now, and runs `speed` times as fast from now on. It never sleeps and is never set. */
void clock_scaled(struct clock *, int64_t at, double speed);
/* Changes the speed of a scaled clock, which goes on from what it shows. */
void clock_pace(struct clock *, double speed);
/* Stops a scaled clock at `at`, or moves it back to it, until called with a later instant; NEVER: no limit. It does not
 * catch up on the time for which it was stopped: at high speed that is minutes, and every timer would be late. */
void clock_hold(struct clock *, int64_t at);
/* Makes a scaled clock count awake time from 0 again, as after a restart. */
void clock_boot(struct clock *);

/* Returns what the real clock shows now, in UTC ms. */
int64_t clock_utc(void);
struct now clock_now(const struct clock *);
/* Returns when this clock will show `at`: real UTC seconds, as ev_periodic takes them. */
double clock_when(const struct clock *, int64_t at);

#endif
