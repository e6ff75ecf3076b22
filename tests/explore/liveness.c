/* liveness - see liveness.h. */
#include "liveness.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "qa/explore/explore.h"

#define UNIT EXPLORE_UNIT
#ifndef UNATTENDED
#define UNATTENDED true		/* install.unattended: install; false: wait */
#endif
#ifndef NEVER_CALM
#define NEVER_CALM false	/* disturbances go on for ever */
#endif
#ifndef WITHOUT
#define WITHOUT " "		/* events that do not come, " like these " */
#endif

enum { SEEN_TIME = 1, SEEN_ASSESSMENT = 2, SEEN_ENDED = 4, SEEN_LOGIN = 8, SEEN_INSTALL = 16 };

static const struct scope scope = {
	.name = "liveness", .without = WITHOUT,
	.settings = {.window = 2 * UNIT, .repeat = 2 * UNIT, .minimum = UNIT, .length = 3 * UNIT, .warn_every = UNIT,
		.retry_times = 1, .retry_wait = UNIT, .recheck = UNIT, .close_apps = true, .unattended = UNATTENDED},
};

unsigned char live_world[LIVE_SIZE];
static struct search search = {.scope = &scope};	/* for its moves, and for writing a trace */

/* The moves made so far, recorded if WAY names a file: SPIN's path to a broken promise. */
static struct {
	const char *file;
	uint16_t *moves;
	size_t length;
} way;

static void
write_way(void)
{
	FILE *out = fopen(way.file, "w");

	if (!out || (explore_write(&search, way.moves, way.length, "An overdue update is put off for ever.", out),
		fclose(out) != 0))
		abort();
}

void
live_begin(void)
{
	struct world w;

	_Static_assert((int)PACKED_MAX == (int)LIVE_SIZE, "SPIN keeps a packed world");
	search.move_count = explore_moves(&scope, search.moves);
	assert(search.move_count <= LIVE_MOVES);
	explore_begin(&w, &scope, EXPLORE_BASE * UNIT);
	w.watch = (struct watch){0};
	explore_pack(&w, live_world);
	way.file = getenv("WAY");
	if (way.file)
		atexit(write_way);
}

/* Returns true if the move may happen in a calm world. There people, lids and the updater do anything, for ever. But the agent
 * runs, the clock is right, the device restarts only on request, and the requirement never changes: long overdue, and no
 * attempt fulfils it. */
static bool
is_calm(const struct move *m, const struct machine *machine)
{
	const struct event *e = &m->event;

	if (m->kind != MOVE_EVENT)
		return m->kind != MOVE_CRASH;
	switch (e->kind) {
	case EV_REQUIRED:
		return e->version == explore_version(3) && e->target == e->version && e->installed == explore_version(2) &&
			e->deadline < 0;
	case EV_BOOTED:
		return e->version == explore_version(2) && machine_in(machine, ST_REBOOTING);
	case EV_COMPLIANT:
	case EV_CLOCK:
	case EV_HALT:
		return false;
	default:
		return true;
	}
}

/* Returns what the move shows: a value of `seen` in liveness.pml. */
static int
seen_in(const struct move *m, const struct world *before, const struct world *after, const struct answer *answer)
{
	int seen = machine_in(&after->player.machine, ST_INSTALLING_UPDATING) ? 0 : SEEN_ENDED;

	for (unsigned i = 0; i < answer->effects.count; i++)
		if (answer->effects.list[i].kind == FX_INSTALL)
			seen |= SEEN_INSTALL;
	if (m->kind == MOVE_TIME && !before->player.asleep && !before->player.absent)
		seen |= SEEN_TIME;
	if (m->kind == MOVE_EVENT && m->event.kind == EV_REQUIRED)
		seen |= SEEN_ASSESSMENT;
	if (m->kind == MOVE_EVENT && m->event.kind == EV_LOGIN)
		seen |= SEEN_LOGIN;
	return seen;
}

/* Makes a move from live_world, without watching promises. Returns false if it cannot be made. */
static bool
make_move(unsigned move, bool calm, uint8_t to[LIVE_SIZE], int *seen)
{
	static uint8_t of[LIVE_SIZE];
	static struct world here;	/* `of`, unpacked: most calls are about the same world */
	const struct move *m = &search.moves[move];
	enum packing packing;
	struct answer answer;
	struct world there;
	struct event e;

	if (memcmp(of, live_world, LIVE_SIZE) != 0) {
		memcpy(of, live_world, LIVE_SIZE);
		explore_unpack(live_world, &scope, &here);
	}
	if (calm && !NEVER_CALM && !is_calm(m, &here.player.machine))
		return false;
	if (!explore_possible(&here, m, &scope, &e))
		return false;
	there = here;
	explore_make_move(&there, m, &e, &answer);
	there.watch = (struct watch){0};
	*seen = seen_in(m, &here, &there, &answer);
	packing = explore_pack(&there, to);
	assert(packing == PACKED);
	return true;
}

int
live_can(int move, int calm)
{
	uint8_t to[LIVE_SIZE];
	int seen;

	return (unsigned)move < search.move_count && make_move((unsigned)move, calm, to, &seen);
}

int
live_make(int move, int calm)
{
	int seen = 0;
	bool can = make_move((unsigned)move, calm, live_world, &seen);

	assert(can);
	if (way.file) {
		way.moves = realloc(way.moves, (way.length + 1) * sizeof *way.moves);
		assert(way.moves);
		way.moves[way.length++] = (uint16_t)(2 * move);
	}
	return calm ? seen : 0;
}
