/* moves - counts what a change of policy does to devices: deadlines that move earlier or later, devices newly included or
 * released. Devices that move alike are counted together, so a million need no more memory than a few. */
#ifndef MOVES_H
#define MOVES_H

#include "fleet.h"

enum move_kind { MOVE_EARLIER, MOVE_LATER, MOVE_INCLUDED, MOVE_RELEASED, MOVE_VERSION, MOVE_OVERDUE, MOVE_NONE, MOVES };

#define MOVE_NAMES 5		/* how many names are kept of devices that move alike */
#define MOVE_NAME 64

struct move {
	struct move_key {		/* no padding: words/tally compares the bytes */
		int64_t old_version, old_due, new_version, new_due;	/* required versions and deadlines, UTC ms; 0: none */
		const struct zone *zone;
		const struct cohort *from, *to;		/* NULL: in no blueprint */
		uint32_t kind;				/* an enum move_kind */
		bool hurried;		/* gets less notice than the new policy's minimum */
		bool zone_given, unused[2];
	} key;
	unsigned long devices;
	char names[MOVE_NAMES][MOVE_NAME];
};

struct moves;

/* All arguments are borrowed. */
struct moves *moves_new(const struct cohorts *before, const struct cohorts *after, const struct feed *, int64_t now);
void moves_free(struct moves *);

/* Counts one device and returns its move, borrowed until the next call. Returns NULL, and counts nothing, if its row of
 * the list names a blueprint that exists neither before nor after the change. */
const struct move_key *moves_add(struct moves *, const struct listed_device *);

/* Return the number of devices with this kind of move, and of hurried ones in this new cohort. */
unsigned long moves_count(const struct moves *, enum move_kind);
unsigned long moves_hurried(const struct moves *, const struct cohort *);
/* Sets *list to the different moves, sorted: hurried ones first, then by kind, zone and deadline; leaves out MOVE_NONE and
 * MOVE_OVERDUE. Borrowed until the next call of this module. Returns their number. */
size_t moves_list(struct moves *, const struct move *const **list);
/* Returns the number of devices that the list leaves out because there are too many different moves. */
unsigned long moves_unlisted(const struct moves *);

#endif
