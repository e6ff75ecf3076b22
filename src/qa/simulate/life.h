/* simulate_life - one seed: a world that goes wrong, then one that is healed, its promises watched. And what is made
 * of one that broke a promise: the shortest trace that still breaks it. */
#ifndef SIMULATE_LIFE_H
#define SIMULATE_LIFE_H

#include <stddef.h>
#include <stdio.h>

#include "qa/watch/watch.h"
#include "qa/world/world.h"

struct record {			/* what the machine heard; timers are not recorded, they fire by themselves */
	enum happened happened;
	struct event event;
	struct settings settings;	/* of HAPPENED_SETTINGS */
	unsigned timers;		/* of HAPPENED_CRASH: those due at that instant that still fired */
};

struct disk;

struct life {
	uint64_t seed;
	uint32_t without;		/* faults, as bits, that this life is to have none of */
	int64_t trouble_ms;		/* the most that the first part lasts */
	bool recording;

	struct nature nature;		/* from here on: what came of it */
	int broken;			/* of machine_promise; -1: none */
	const char *wrong;		/* with what came back from a torn journal; or NULL */
	bool stuck;			/* in the healed world it did not become compliant */
	int64_t at;			/* by the device's clock, when it ended */
	uint64_t events;
	int64_t lived;			/* ms */
	struct disk *disk;		/* while it lives; NULL: its journal is never torn */
	struct record *records;		/* when recording; free */
	size_t count, room;
	int64_t fired_at;		/* the last timer, */
	unsigned fired;			/* and how many in that instant since the last record */
	size_t troubles;		/* of them, those before the world was healed */
	struct world healed;		/* as it was then */
};

#define LIFE_TROUBLE_MS INT64_C(3456000000)	/* 40 days */

void life_run(struct life *);
/* It broke a promise, its journal went wrong, or it got stuck. */
bool life_failed(const struct life *);
/* Runs it again with as few faults and events as still break the same promise, recorded. */
void life_shrink(struct life *);
/* The records as a trace with every answer, for `lastcall replay`. */
void life_print(const struct life *, FILE *);

#endif
