/* moves - what a change of policy does to devices: whose deadline comes earlier or later, who is newly included, who is
 * released. Devices alike are counted together, so that a million need no more memory than a few. */
#ifndef MOVES_H
#define MOVES_H

#include "fleet.h"

enum move_kind { MOVE_EARLIER, MOVE_LATER, MOVE_INCLUDED, MOVE_RELEASED, MOVE_VERSION, MOVE_OVERDUE, MOVE_NONE, MOVES };

#define MOVE_NAMES 5		/* that are kept of devices alike */
#define MOVE_NAME 64

struct move {
	enum move_kind kind;
	bool hurried;			/* less notice than the new policy's least */
	const struct zone *zone;
	bool zone_said;
	const struct cohort *from, *to;	/* NULL: in no blueprint */
	int64_t was, was_due, is, is_due;	/* required versions and deadlines, UTC ms; 0: none */
	unsigned long devices;
	char names[MOVE_NAMES][MOVE_NAME];
};

struct moves;

/* All borrowed. */
struct moves *moves_new(const struct cohorts *was, const struct cohorts *is, const struct feed *, int64_t now);
void moves_free(struct moves *);

/* What becomes of one device. Borrowed until the next call; counted already. NULL: the list says a blueprint that is
 * neither among the old ones nor the new ones. */
const struct move *moves_add(struct moves *, const struct listed_device *);

/* How many of a kind, and how many of a new cohort are hurried. */
unsigned long moves_count(const struct moves *, enum move_kind);
unsigned long moves_hurried(const struct moves *, const struct cohort *);
/* Those that are alike, the hurried ones first, then by kind, zone and deadline; the list is borrowed. Without
 * MOVE_NONE and MOVE_OVERDUE (which both deadlines are). */
unsigned moves_list(struct moves *, const struct move *const **list);
/* Devices that found no place in the list, for there are too many different moves. */
unsigned long moves_unlisted(const struct moves *);

#endif
