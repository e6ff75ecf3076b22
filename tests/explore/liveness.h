/* liveness - the world of `lastcall explore` for SPIN, which explores it by liveness.pml.
 *
 * The world is live_world, packed: SPIN keeps a copy of it for every state and restores it before each call. Everything
 * else is computed from it, with the objects that ship. */
#ifndef LIVENESS_H
#define LIVENESS_H

enum { LIVE_SIZE = 32, LIVE_MOVES = 96 };	/* at most as many as liveness.pml offers */
extern unsigned char live_world[LIVE_SIZE];

/* Sets live_world to the device and its agent as exploration begins. */
void live_begin(void);
/* Returns whether the move can be made now; in a calm world none that disturbs can. */
int live_can(int move, int calm);
/* Makes the move. Returns what it shows, as liveness.pml lists for `seen`; 0 in a world that is not calm. */
int live_make(int move, int calm);

#endif
