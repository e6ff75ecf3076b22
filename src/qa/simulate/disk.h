/* disk - the journal of a life, byte by byte as the agent would write it. A crash tears it, and the life goes on from what
 * the agent's own recovery (text/seal, text/recovery) reads back.
 *
 * Each line is on disk before the next is written (agent/journal). So when the agent dies all earlier lines are whole; of
 * the last there is nothing, a part, all of it, zeros in place of a part, or all of it with one bit flipped. */
#ifndef DISK_H
#define DISK_H

#include "qa/world/world.h"
#include "text/memory.h"
#include "text/trace/recovery.h"
#include "text/trace/seal.h"

struct disk {
	struct buffer journal;
	uint64_t lines;			/* whole ones */
	struct sealed known;		/* the part already folded at the last recovery; the next one goes on from there */
	struct recovery folded;
	struct random random;
	uint32_t fault_per_mille;	/* how often a line that a recovery writes is torn as well */
	const char *wrong;		/* how what was recovered differs from what was written; or NULL */
};

void disk_begin(struct disk *, const struct world *, uint64_t seed);
/* Writes what happened and, after a crash, recovers and tells the world what the next agent finds. Returns false if what
 * happened is not in the journal, so did not happen, or if something is wrong. */
bool disk_write(struct disk *, struct world *, enum happened);
/* Checks that the whole journal, folded from its beginning, gives the same machine as folded in parts. */
void disk_check(struct disk *);
void disk_free(struct disk *);

#endif
