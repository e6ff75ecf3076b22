/* parts - what the files of this folder share; no other file may include this. */
#ifndef WORLD_PARTS_H
#define WORLD_PARTS_H

#include "core/calendar.h"
#include "world.h"

/* effects.c. Begins what an effect asks for. */
void world_perform(struct world *, const struct effect *);
void world_end_drivers(struct world *);

/* people.c */
void world_begin_presence(struct world *);
enum happened world_presence(struct world *);
enum happened world_session(struct world *);
enum happened world_busy(struct world *);
enum happened world_answer(struct world *);
void world_show(struct world *);	/* something is shown: a person at the desk reacts */

/* trouble.c */
enum happened world_trouble(struct world *);
bool world_fault(struct world *, enum fault);	/* draws whether a fault strikes now */

/* world.c. Kills the agent while it writes this many lines; before: the player before the event. */
void world_tear(struct world *, const struct player *before, const struct settings *, unsigned lines);
enum happened world_post(struct world *, struct event);
/* Kills the agent, or takes down the device. back_in: ms until it starts again, or NEVER. ordered: the agent is stopped
 * first. */
enum happened world_crash(struct world *, int64_t back_in);
enum happened world_shut_down(struct world *, bool ordered, int64_t back_in);
bool world_can_post(const struct world *);	/* whether an agent runs and the device is awake */

/* Draws when a thing happens, in ms from now. */
static inline void
world_schedule(struct world *w, enum thing thing, int64_t least, int64_t most)
{
	w->due[thing] = w->now + random_between(&w->random, least, most);
}

#endif
