/* simulate_disk - what the agent of one life has on disk: its journal, byte by byte as that agent would have written
 * it. A crash tears it, and the life goes on from what the agent's own recovery (text/seal, text/recovery) makes of it.
 *
 * Each line is on disk before the next is written (agent/journal). So when the agent dies, those before are whole, and
 * of the one at hand there is nothing, a piece, all of it, zeros instead of a part, or all with a flipped bit. */
#ifndef SIMULATE_DISK_H
#define SIMULATE_DISK_H

#include "qa/world/world.h"
#include "text/memory.h"
#include "text/recovery.h"
#include "text/seal.h"

struct disk {
	struct buffer journal;
	uint64_t lines;			/* whole ones in it */
	struct sealed known;		/* what of it was folded already, when an agent last came back: a fold goes on */
	struct recovery folded;
	struct random random;
	uint32_t fault_per_mille;	/* how often a line of a recovery is torn too */
	const char *wrong;		/* what came back is not what was written; NULL: it is */
};

void disk_begin(struct disk *, const struct world *, uint64_t seed);
/* Writes down what happened, and comes back after a crash; what the world is to know of that, it is told. False: nobody
 * heard of it, so it did not happen; or something is wrong. */
bool disk_write(struct disk *, struct world *, enum happened);
/* The whole journal, folded from its beginning, is what it was in parts; or something is wrong. */
void disk_check(struct disk *);
void disk_free(struct disk *);

#endif
