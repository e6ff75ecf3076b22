/* explore - every state that the compiled machine can reach, with time on a grid, and what it promises in each.
 *
 * A world is a player, whose machine is the one that ships, with what the watch of its promises remembers. Time
 * is counted from now in units, minutes: every duration is so many of them, so nothing falls between two, and where one
 * is not there is no proof. Everything here but explore.c and the writing of traces is pure.
 *
 * Past by a unit stands for past by more. The machine asks of an instant only whether it has come, and what is past
 * does not come again but when the clock is set back, which is tried by each distance from where it may end up.
 * Two units ahead of the notice window stands for any distance beyond, years too. The machine asks of a deadline there
 * only whether it is that far, and answers as long as it is: so time that goes by far ahead is the same as time that
 * goes by there, after which the clock is set back by as much, since nothing answers to the clock meanwhile. Timers
 * that go by a deadline keep their distance from it. */
#ifndef EXPLORE_H
#define EXPLORE_H

#include <stdio.h>

#include "qa/watch/watch.h"

enum {
	PACKED_MAX = 32,	/* bytes of a world */
	MOVES_MAX = 256,
	EXPLORE_BASE = 1000000,	/* units on both clocks, where exploration begins */
	PAST_MAX = 1,		/* units by which an instant is past at most, see above, */
	AHEAD_MAX = 2,		/* and ahead of the notice window */
};

#define EXPLORE_UNIT INT64_C(60000)	/* ms */

/* What is explored: a policy small enough that every moment of it can be visited. */
struct scope {
	const char *name;
	struct settings settings;
	const char *without;	/* events that do not come here, " like these " */
	bool settled;		/* the requirement is for one version, and its deadline does not move */
	bool near;		/* no deadline is far away, and no clock is set by much */
	bool automatic;		/* timers come before all else that happens at their instant, as replay has it */
	const struct settings *other;	/* as long a window, and else another policy, which may come and go; or NULL */
};
extern const struct scope explore_scopes[];	/* ends with a NULL name */

struct world {
	struct player player;
	struct watch watch;
	bool other;		/* the scope's other settings are in force */
};

/* Something that can happen. */
enum move_kind { MOVE_TIME, MOVE_TIMER, MOVE_CRASH, MOVE_EVENT, MOVE_POLICY };
struct move {
	enum move_kind kind;
	struct event event;	/* its instants are ms from now */
	bool same;		/* the deadline is the one that stands */
	const struct settings *settings;	/* of MOVE_POLICY */
};

/* Where exploration begins: the agent has just started on a device that has the first version. */
void explore_begin(struct world *, const struct scope *, int64_t at);

/* Version n of those that exist here; 0 stays 0. */
int64_t explore_version(int64_t n);

/* Everything that can happen in this scope. */
unsigned explore_moves(const struct scope *, struct move[MOVES_MAX]);
/* Can it happen now? Fills in the event, in ms. */
bool explore_possible(const struct world *, const struct move *, const struct scope *, struct event *);
/* It happens. Which promises that breaks, as bits. */
uint32_t explore_happen(struct world *, const struct move *, const struct event *, struct answer *);
/* Of what has just happened only the event is in the journal: the agent is gone, and the effects with it. */
uint32_t explore_lose(struct world *, const struct watch *before, const struct event *);

/* What the promises speak of. The first call prepares the packing, too: before there are threads. */
const struct watcher *explore_watcher(void);

/* The world as bytes, equal for those worlds that are alike. Off the grid: some duration is not a multiple of the
 * unit, or too long for a byte. */
enum packing { PACKED, PACK_OFF_GRID };
enum packing explore_pack(const struct world *, uint8_t out[PACKED_MAX]);
void explore_unpack(const uint8_t in[PACKED_MAX], const struct scope *, struct world *);
unsigned explore_packed_size(void);

/* A search, breadth first: the first way to anything is a shortest one. */
struct node {
	uint32_t parent;
	uint16_t move;		/* of those of explore_moves, twice, and 1: the effects are lost */
};
/* A world that was come to, and is not looked up yet. */
struct pending {
	uint32_t hash;
	struct node step;
	uint8_t packed[PACKED_MAX];
};
/* Of the hash table, open and at most half full. */
struct bucket {
	uint32_t node, hash;	/* node + 1; 0: empty */
};
struct search {
	struct pending pending[2 * MOVES_MAX];
	unsigned pending_count;
	const struct scope *scope;
	struct move moves[MOVES_MAX];
	unsigned move_count;
	struct node *nodes;
	uint8_t (*worlds)[PACKED_MAX];
	struct bucket *buckets;
	size_t count, room, bucket_count, states_max;
	uint64_t steps;
	bool off_grid, first_only, stop;	/* the first broken promise ends the search */
	uint32_t broken;	/* promises, as bits */
	struct node breaking[PROMISES_MAX];	/* by promise: the first step that breaks it */
	const struct world *from;	/* NULL: the beginning */
	const bool *told;	/* by transition: not looked for. NULL: none is; else the first that is found ends the search */
	struct node found;
	unsigned found_transition;
};
enum search_end { SEARCH_WHOLE, SEARCH_FULL, SEARCH_FOUND, SEARCH_OFF_GRID };
enum search_end search_run(struct search *);
void search_free(struct search *);
/* The way to and with the last step, in their order: its length; *way is to be freed. */
size_t search_way(const struct search *, struct node last, uint16_t **way);

/* Writes a way as a trace, with what the machine answers. Returns which promises that breaks, as bits. */
uint32_t explore_write(const struct search *, const uint16_t *way, size_t length, const char *story, FILE *);
/* False: something of the trace could not be written, errno says why. */
bool explore_close(FILE *);

/* --paths: traces in a folder, which is there, that together take every transition which these scopes can take. An exit code. */
int explore_paths(const struct scope *, const char *folder);
extern const struct scope explore_stories[];	/* ends with a NULL name */

#endif
