/* liveness - the world of `lastcall explore`, handed to SPIN, which walks it by liveness.pml.
 *
 * The world is live_world, packed: SPIN keeps a copy of it for every state and puts it back before it asks. Everything
 * else here is worked out from that, with the objects that ship. */
#ifndef LIVENESS_H
#define LIVENESS_H

enum { LIVE_SIZE = 32, LIVE_MOVES = 80 };	/* liveness.pml offers so many moves */
extern unsigned char live_world[LIVE_SIZE];

/* The device and its agent as they are when exploration begins. */
void live_begin(void);
/* Whether the move can be made now; one that only disturbs cannot be made in a calm world. */
int live_can(int move, int calm);
/* Makes it. What liveness.pml lists under `seen`; 0 in a world that is not calm. */
int live_make(int move, int calm);

#endif
