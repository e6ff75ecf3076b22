/* life - a random life: one event after another for any machine, by its tables, for measuring and comparing. */
#ifndef LIFE_H
#define LIFE_H

#include "machine.h"

#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define STREAM 32768	/* events: their 3 MB stay in the cache, and are too many for a branch predictor to learn */
#define ROUNDS 15	/* of measuring */

struct life {
	uint64_t dice;
	int64_t at, awake;
	int64_t deadline;	/* the last instant in an event */
};

extern const struct settings life_settings;

void life_begin(struct life *, uint64_t seed);
/* The next event of a life that the machine leads: often the timer that is due, else anything. */
void life_next(struct life *, const struct machine *, struct event *);
/* Monotonic time, in ns. */
double life_now_ns(void);
/* The average ns that machine_step takes for an event of the stream. Adds the effects to *effects, so that the compiler
 * cannot drop the work. */
double life_time_machine(const struct settings *, const struct event stream[STREAM], unsigned *effects);

#endif
