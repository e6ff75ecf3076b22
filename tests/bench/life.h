/* life - random events for any machine, made from its tables, to measure machines and compare them. */
#ifndef LIFE_H
#define LIFE_H

#include "machine.h"

#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define STREAM 32768	/* events: 3 MB, which fit the cache but are too many for a branch predictor to learn */
#define ROUNDS 15	/* of measuring */

struct life {
	uint64_t dice;
	int64_t at, awake;
	int64_t deadline;	/* the last instant in an event */
};

extern const struct settings life_settings;

void life_begin(struct life *, uint64_t seed);
/* Sets the next event: if a timer is due, mostly that timer; otherwise any event. */
void life_next(struct life *, const struct machine *, struct event *);
/* Monotonic time, in ns. */
double life_now_ns(void);
/* Returns the average ns that machine_step takes for an event. Adds the effects to *effects, so that the compiler
 * cannot drop the work. */
double life_time_machine(const struct settings *, const struct event stream[STREAM], unsigned *effects);

#endif
