/* explore - visits every state that the compiled machine can reach, with time on a grid, and checks its promises in each.
 *
 * A world is a player, whose machine is the one that ships, together with the memory of the watch of its promises. Time is
 * counted relative to now, in units of a minute: every duration is a whole number of units, so that nothing happens between
 * two; otherwise there is no proof. Everything but explore.c and the writing of traces is pure.
 *
 * Two abstractions keep the number of worlds finite:
 * - An instant more than a unit in the past counts as a unit in the past. The machine asks of an instant only whether it has
 *   come. It can be in the future again only if the clock is set back, and that is tried by every distance that matters.
 * - A deadline further ahead than two units before its notice window counts as two units ahead of it. Out there the machine
 *   asks only whether the deadline is that far, and nothing else depends on the wall clock. So time that passes far ahead
 *   is the same as time that passes two units ahead, followed by setting the clock back by as much.
 * A timer that is set relative to a deadline keeps its distance from it. */
#ifndef EXPLORE_H
#define EXPLORE_H

#include <stdio.h>

#include "qa/watch/watch.h"

enum {
	PACKED_MAX = 32,	/* bytes of a world */
	MOVES_MAX = 256,
	EXPLORE_BASE = 1000000,	/* units on both clocks at the beginning */
	PAST_MAX = 1,		/* units: the most that an instant is in the past, see above */
	AHEAD_MAX = 2,		/* units: the most that a deadline is ahead of its notice window */
};

#define EXPLORE_UNIT INT64_C(60000)	/* ms */

/* What to explore: a policy with durations so short that every moment can be visited. */
struct scope {
	const char *name;
	struct settings settings;
	const char *without;	/* events to leave out, " like these " */
	bool settled;		/* one required version, and a deadline that does not move */
	bool near;		/* no deadline far ahead, and no clock set by much */
	bool automatic;		/* at an instant timers come first, as in replay */
	const struct settings *other;	/* another policy with the same notice window, which may replace this one and back; or NULL */
};
extern const struct scope explore_scopes[];	/* ends with a NULL name */

struct world {
	struct player player;
	struct watch watch;
	bool other;		/* scope.other is in force */
};

/* Something that can happen. */
enum move_kind { MOVE_TIME, MOVE_TIMER, MOVE_CRASH, MOVE_EVENT, MOVE_POLICY };
struct move {
	enum move_kind kind;
	struct event event;	/* its instants are ms from now */
	bool same;		/* the deadline is the current one */
	const struct settings *settings;	/* of MOVE_POLICY */
};

/* Makes the first world: the agent has just started on a device with the first version. */
void explore_begin(struct world *, const struct scope *, int64_t at);

/* Returns version n of those used here; 0 stays 0. */
int64_t explore_version(int64_t n);

/* Lists everything that can happen in a scope. Returns how many. */
unsigned explore_moves(const struct scope *, struct move[MOVES_MAX]);
/* Returns whether a move can happen now, and sets its event, in ms. */
bool explore_possible(const struct world *, const struct move *, const struct scope *, struct event *);
/* Makes a move. Returns the promises it breaks, as bits. */
uint32_t explore_make_move(struct world *, const struct move *, const struct event *, struct answer *);
/* Crashes the agent right after a move: only the event is in the journal, and its effects are lost. Returns the promises
 * that breaks, as bits. */
uint32_t explore_crash_after(struct world *, const struct watch *before, const struct event *);

/* Returns the index of the promises. The first call also prepares the packing: make it before there are threads. */
const struct watcher *explore_watcher(void);

/* Packs a world into bytes, which are equal for worlds that count as the same. Off the grid: a duration is not a multiple of
 * the unit, or too long for a byte. */
enum packing { PACKED, PACK_OFF_GRID };
enum packing explore_pack(const struct world *, uint8_t out[PACKED_MAX]);
void explore_unpack(const uint8_t in[PACKED_MAX], const struct scope *, struct world *);
unsigned explore_packed_size(void);

/* --- a breadth-first search: the first way found to anything is a shortest one --- */

struct node {
	uint32_t parent;
	uint16_t move;		/* twice its index in search.moves; plus 1: the effects are lost */
};
/* A world that was reached and is not yet looked up. */
struct pending {
	uint32_t hash;
	struct node step;
	uint8_t packed[PACKED_MAX];
};
/* The hash table has open addressing and is at most half full. */
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
	const struct world *from;	/* NULL: explore_begin */
	const bool *covered;	/* by transition: the search ends at the first that is false. NULL: it checks promises instead */
	struct node found;
	unsigned found_transition;
};
enum search_end { SEARCH_WHOLE, SEARCH_FULL, SEARCH_FOUND, SEARCH_OFF_GRID };
enum search_end search_run(struct search *);
void search_free(struct search *);
/* Sets *way to the moves up to and with the last step; the caller frees it. Returns how many. */
size_t search_way(const struct search *, struct node last, uint16_t **way);

/* Writes a way as a trace, with the machine's answers. Returns the promises it breaks, as bits. */
uint32_t explore_write(const struct search *, const uint16_t *way, size_t length, const char *story, FILE *);
/* Closes a trace. Returns false, and errno, if it was not written whole. */
bool explore_close(FILE *);

/* --paths: writes traces into an existing folder that together take every transition these scopes can take. Returns the exit
 * status. */
int explore_paths(const struct scope *, const char *folder);
extern const struct scope explore_stories[];	/* ends with a NULL name */

#endif
