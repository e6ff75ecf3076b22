/* world_parts - what the files of world share: nothing else may include this. */
#ifndef WORLD_PARTS_H
#define WORLD_PARTS_H

#include "core/calendar.h"
#include "world.h"

/* world_effects: what the machine asked for, begun. */
void world_perform(struct world *, const struct effect *);
void world_drivers_die(struct world *);

/* world_people */
void world_presence_begins(struct world *);
enum happened world_presence(struct world *);
enum happened world_session(struct world *);
enum happened world_busy(struct world *);
enum happened world_answer(struct world *);
void world_looks(struct world *);	/* something is shown: if somebody is there, they will react */

/* world_trouble */
enum happened world_trouble(struct world *);
bool world_fault(struct world *, enum fault);	/* whether it strikes at this occasion */

/* world */
void world_tear(struct world *, const struct player *before, const struct settings *, unsigned lines);
enum happened world_post(struct world *, struct event);
enum happened world_die(struct world *, int64_t back_in);	/* the agent, without a word; NEVER: by itself it does not come back */
enum happened world_goes_down(struct world *, bool word, int64_t back_in);
bool world_hears(const struct world *);	/* an agent runs, awake */

static inline void
world_soon(struct world *w, enum thing thing, int64_t least, int64_t most)
{
	w->due[thing] = w->now + random_between(&w->random, least, most);
}

#endif
