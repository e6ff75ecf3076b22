/* simulate_life - one seed: a world that goes wrong, then one that is healed, its promises watched. And what is made
 * of one that broke a promise: the shortest trace that still breaks it. */
#ifndef SIMULATE_LIFE_H
#define SIMULATE_LIFE_H

#include <stddef.h>
#include <stdio.h>

#include "../core/observer.h"
#include "../core/world.h"

struct record {			/* what the machine heard; timers are not recorded, they fire by themselves */
	enum happened happened;
	struct event event;
	struct settings settings;	/* of HAPPENED_SETTINGS */
};

struct life {
	uint64_t seed;
	uint32_t without;		/* faults, as bits, that this life is to have none of */
	int64_t trouble_ms;		/* the most that the first part lasts */
	bool recording;

	struct nature nature;		/* from here on: what came of it */
	int broken;			/* of machine_promise; -1: none */
	bool stuck;			/* in the healed world it did not become compliant */
	int64_t at;			/* by the device's clock, when it ended */
	uint64_t events;
	int64_t lived;			/* ms */
	struct record *records;		/* when recording; free */
	size_t count, room;
};

#define LIFE_TROUBLE_MS INT64_C(3456000000)	/* 40 days */

void life_run(struct life *);
/* Runs it again with as few faults and events as still break the same promise, recorded. */
void life_shrink(struct life *);
/* The records as a trace with every answer, for `lastcall replay`. */
void life_print(const struct life *, FILE *);

#endif
