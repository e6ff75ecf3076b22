/* life - plays one seed: a world with faults, then the same world without (healed), and checks the promises. Shrinks a life
 * that fails to a short trace that still fails. */
#ifndef LIFE_H
#define LIFE_H

#include <stddef.h>
#include <stdio.h>

#include "qa/watch/watch.h"
#include "qa/world/world.h"

struct record {			/* something that happened; not timers, which fire by themselves */
	enum happened happened;
	struct event event;
	struct settings settings;	/* of HAPPENED_SETTINGS */
	unsigned timers;		/* of HAPPENED_CRASH: timers due at that instant that fired before it */
	int64_t served;			/* of HAPPENED_CRASH: timers due after this did not fire, or NEVER */
};

struct disk;

struct life {
	uint64_t seed;
	uint32_t without;		/* faults, as bits, to leave out */
	int64_t trouble_ms;		/* the longest that the part with faults may last */
	bool recording;

	/* From here on set by life_run. */
	struct nature nature;
	int broken;			/* index in machine_promise; -1: none */
	const char *wrong;		/* what is wrong with the recovery from a torn journal; or NULL */
	bool stuck;			/* it did not become compliant once healed */
	int64_t at;			/* when it ended, by the device's clock */
	uint64_t events;
	int64_t lived;			/* ms */
	struct disk *disk;		/* during life_run; NULL: its journal is never torn */
	struct record *records;		/* if recording; the caller frees it */
	size_t count, room;
	int64_t fired_at;		/* when the last timer fired */
	unsigned fired;			/* timers at that instant since the last record */
	int64_t lost_clock;		/* what the clock showed when it was set and the event was lost in a crash, or NEVER */
	size_t troubles;		/* records from before the world was healed */
	struct world healed;		/* the world at that moment */
};

#define LIFE_TROUBLE_MS INT64_C(3456000000)	/* 40 days */

void life_run(struct life *);
/* Whether it broke a promise, recovered wrongly from its journal, or got stuck. */
bool life_failed(const struct life *);
/* Runs it again, recorded, with as few faults and events as still make it fail in the same way. */
void life_shrink(struct life *);
/* Writes the records as a trace with every answer, for `lastcall replay`. */
void life_print(const struct life *, FILE *);

#endif
