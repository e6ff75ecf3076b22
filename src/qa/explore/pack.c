/* pack - worlds as bytes. A search spends much of its time here. */
#include <assert.h>
#include <string.h>

#include "explore.h"

enum { LATE_MAX = 1, ZERO = 8, LENGTH_MAX = 200, NOT_ARMED = 255, VERSIONS = 4 };

/* A field of the machine's context, or of what the watch observed; a byte when packed. */
struct cell {
	uint8_t offset, size;
	char type;		/* the first letter of its type in the YAML */
};

static struct {
	struct watcher watcher;
	int64_t versions[VERSIONS];
	struct cell cells[PACKED_MAX], observed[PACKED_MAX];
	unsigned cell_count, observed_count;
	uint8_t counters[WATCH_MAX];	/* indices in watch.left of those in use */
	unsigned counter_count;
} known;

static void
add_cell(struct cell *list, unsigned *count, size_t offset, size_t size, const char *type)
{
	assert(offset <= UINT8_MAX && *count < PACKED_MAX);
	list[(*count)++] = (struct cell){(uint8_t)offset, (uint8_t)size, *type};
}

/* Returns whether a counter is in use: a promise about a single moment has no memory. */
static bool
counter_used(unsigned counter)
{
	const struct promise *p = &machine_promise[counter];

	return counter >= known.watcher.promises || !(p->form == PROMISE_AT ||
		(p->form == PROMISE_WHILE && p->claim != PROMISE_COMES));
}

static void
prepare_packing(void)
{
	watcher_init(&known.watcher);
	for (unsigned i = 0; i < VERSIONS; i++)
		known.versions[i] = explore_version(i);
	for (const struct remembered *r = machine_context; r->name; r++)
		add_cell(known.cells, &known.cell_count, r->offset, r->size, r->type);
	for (unsigned i = 0; i < machine_observed.field_count; i++)
		add_cell(known.observed, &known.observed_count, machine_observed.fields[i].offset, sizeof(int64_t),
			machine_observed.fields[i].type);
	for (unsigned i = 0; i < known.watcher.counters; i++)
		if (counter_used(i))
			known.counters[known.counter_count++] = (uint8_t)i;
	assert(explore_packed_size() <= PACKED_MAX);
}

const struct watcher *
explore_watcher(void)
{
	if (!known.watcher.promises)
		prepare_packing();
	return &known.watcher;
}

unsigned
explore_packed_size(void)
{
	return 1 + REGIONS + MACHINE_SLOTS + known.cell_count + known.observed_count + known.counter_count;
}

static uint8_t
version_number(int64_t version)
{
	unsigned n = 0;

	for (unsigned i = 1; i < VERSIONS; i++)	/* without a branch to mispredict */
		n += known.versions[i] <= version;
	return (uint8_t)n;
}

static int64_t
read_cell(const void *from, const struct cell *c)
{
	const char *at = (const char *)from + c->offset;
	int64_t wide;
	uint32_t word;

	if (c->size == 1)
		return *(const uint8_t *)at;
	if (c->size == 4)
		return memcpy(&word, at, 4), word;
	return memcpy(&wide, at, 8), wide;
}

static void
write_cell(void *to, const struct cell *c, int64_t value)
{
	char *at = (char *)to + c->offset;
	uint32_t word = (uint32_t)value;

	if (c->size == 1)
		*(uint8_t *)at = (uint8_t)value;
	else if (c->size == 4)
		memcpy(at, &word, 4);
	else
		memcpy(at, &value, 8);
}

static uint8_t
pack_units(int64_t ms, bool *off_grid)
{
	int64_t n = ms / EXPLORE_UNIT;

	*off_grid |= n * EXPLORE_UNIT != ms || n < -ZERO || n > LENGTH_MAX;
	return (uint8_t)(n + ZERO);
}

static int64_t
at_least(int64_t ms, int64_t least)
{
	return ms > least * EXPLORE_UNIT ? ms : least * EXPLORE_UNIT;
}

/* Returns how far ahead of now an instant of the wall clock counts as. */
static int64_t
ms_ahead(const struct player *p, int64_t instant)
{
	int64_t ms = at_least(instant - p->at, -PAST_MAX), most = p->machine.settings->window + AHEAD_MAX * EXPLORE_UNIT;

	return ms < most ? ms : most;
}

static uint8_t
pack_cell(const struct player *p, const void *from, const struct cell *c, bool *off_grid)
{
	int64_t value = read_cell(from, c);

	switch (c->type) {
	case 'i':	/* instant */
		return pack_units(ms_ahead(p, value), off_grid);
	case 'd':	/* duration */
		return pack_units(value, off_grid);
	case 'v':	/* version */
		return version_number(value);
	default:
		*off_grid |= value > UINT8_MAX;
		return (uint8_t)value;
	}
}

/* Packs when a timer is due; one that is set relative to the deadline keeps its distance from it. */
static uint8_t
pack_timer(const struct player *p, unsigned slot, bool *off_grid)
{
	enum timer t = machine_running(&p->machine, slot);
	int64_t due = p->machine.due[slot], deadline = p->machine.deadline;

	if (t == TIMERS)
		return NOT_ARMED;
	if (machine_timer_awake[t])
		return pack_units(at_least(due - p->awake, -LATE_MAX), off_grid);
	if (due == deadline || due == deadline - p->machine.settings->window)
		return pack_units(due - deadline + ms_ahead(p, deadline), off_grid);
	return pack_units(at_least(due - p->at, -LATE_MAX), off_grid);
}

/* 0 stays 0; otherwise 1 plus the units left. */
static uint8_t
pack_left(int64_t left, bool *off_grid)
{
	return (uint8_t)(left <= 1 ? left : 1 + pack_units(left - 1, off_grid) - ZERO);
}

enum packing
explore_pack(const struct world *w, uint8_t out[PACKED_MAX])
{
	const struct player *p = &w->player;
	const unsigned cells = known.cell_count, observed = known.observed_count, counters = known.counter_count;
	bool off_grid = false;

	memset(out, 0, PACKED_MAX);
	*out++ = (uint8_t)(p->asleep | p->absent << 1 | w->other << 2);
	for (unsigned i = 0; i < REGIONS; i++)
		*out++ = p->machine.state[i];
	for (unsigned i = 0; i < MACHINE_SLOTS; i++)
		*out++ = pack_timer(p, i, &off_grid);
	for (unsigned i = 0; i < cells; i++)
		*out++ = pack_cell(p, &p->machine, &known.cells[i], &off_grid);
	for (unsigned i = 0; i < observed; i++)
		*out++ = pack_cell(p, &w->watch.observed, &known.observed[i], &off_grid);
	for (unsigned i = 0; i < counters; i++)
		*out++ = pack_left(w->watch.left[known.counters[i]], &off_grid);
	return off_grid ? PACK_OFF_GRID : PACKED;
}

static int64_t
unpack_cell(const struct player *p, const struct cell *c, uint8_t in)
{
	switch (c->type) {
	case 'i':
		return p->at + (in - ZERO) * EXPLORE_UNIT;
	case 'd':
		return (in - ZERO) * EXPLORE_UNIT;
	case 'v':
		return known.versions[in];
	default:
		return in;
	}
}

void
explore_unpack(const uint8_t in[PACKED_MAX], const struct scope *scope, struct world *w)
{
	struct player *p = &w->player;

	*w = (struct world){.player = {.begun = true, .recorded = true}, .other = *in >> 2 & 1};
	p->at = p->awake = EXPLORE_BASE * EXPLORE_UNIT;
	p->machine.settings = w->other ? scope->other : &scope->settings;
	p->machine.at = p->at;
	p->machine.awake = p->awake;
	p->asleep = *in & 1;
	p->absent = *in++ >> 1 & 1;
	for (unsigned i = 0; i < REGIONS; i++)
		p->machine.state[i] = *in++;
	for (unsigned i = 0; i < MACHINE_SLOTS; i++, in++)
		p->machine.due[i] = *in == NOT_ARMED ? NEVER : p->at + (*in - ZERO) * EXPLORE_UNIT;
	for (unsigned i = 0; i < known.cell_count; i++)
		write_cell(&p->machine, &known.cells[i], unpack_cell(p, &known.cells[i], *in++));
	for (unsigned i = 0; i < known.observed_count; i++)
		write_cell(&w->watch.observed, &known.observed[i], unpack_cell(p, &known.observed[i], *in++));
	for (unsigned i = 0; i < known.counter_count; i++, in++)
		w->watch.left[known.counters[i]] = *in ? 1 + (*in - 1) * EXPLORE_UNIT : 0;
}
