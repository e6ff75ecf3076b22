/* explore_world - what can happen to a device, and the world as bytes. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "../core/version.h"
#include "explore.h"

enum { LATE_MAX = 1, YEARS = 100000, SAME = YEARS + 1, ZERO = 8, NOT_ARMED = 255, VERSIONS = 4, LENGTH_MAX = 200 };

/* The values that are tried for the fields of events, by name or else by type: instants in units from now. */
static const struct domain {
	const char *field;
	int values[6], count;
} domains[] = {
	{"version", {1, 2, 3}, 3},
	{"target", {1, 2, 3}, 3},
	{"installed", {0, 2}, 2},
	{"deadline", {-1, 3, YEARS, SAME}, 4},
	{"was", {-YEARS, -2, -1, 2, YEARS}, 5},
	{"for", {2}, 1},
	{"duration", {1}, 1},
	{"instant", {1}, 1},
	{"count", {0}, 1},
	{"flag", {0, 1}, 2},
};

const struct watcher *
explore_watcher(void)
{
	static struct watcher watcher;

	if (!watcher.promises)
		watcher_init(&watcher);
	return &watcher;
}

int64_t
explore_version(int64_t n)
{
	return n ? version_make(15, (unsigned)n, 0, 0) : 0;
}

static uint8_t
version_number(int64_t version)
{
	static _Thread_local int64_t known[VERSIONS];
	uint8_t n = 0;

	for (unsigned i = 0; !known[VERSIONS - 1] && i < VERSIONS; i++)
		known[i] = explore_version(i);
	for (unsigned i = 1; i < VERSIONS; i++)	/* no branch that could be guessed wrong */
		n = (uint8_t)(n + (known[i] <= version));
	return n;
}

void
explore_begin(struct world *w, const struct scope *scope, int64_t at)
{
	struct event start = {.kind = EV_START, .at = at, .awake = PLAYER_COUNTS};
	struct answer answer;

	*w = (struct world){0};
	player_init(&w->player, &scope->settings, explore_version(1), true);
	player_step(&w->player, &start, &answer);
	watch_step(explore_watcher(), &w->watch, &w->player, &start, &answer.effects);
}

static const struct domain *
domain_of(const struct field *f)
{
	const struct domain *found = NULL;

	for (size_t i = 0; i < sizeof domains / sizeof *domains; i++) {
		if (!strcmp(domains[i].field, f->name))
			return &domains[i];
		if (!strcmp(domains[i].field, f->type))
			found = &domains[i];
	}
	assert(found);
	return found;
}

static int64_t *
field_in(struct event *e, const struct field *f)
{
	return (int64_t *)((char *)e + f->offset);
}

/* Nobody asks for a target below the floor, and what is obsolete is so at any time. */
static bool
sensible(const struct move *m, const struct scope *scope)
{
	const struct event *e = &m->event;

	if (scope->settled && (e->version == 2 || (e->kind == EV_REQUIRED && (e->version != 3 || e->deadline == -1))))
		return false;
	if (e->kind != EV_REQUIRED)
		return true;
	return e->target >= e->version && (e->version > 1 || (e->target == 1 && e->deadline == -1));
}

/* From units and numbers to milliseconds and versions; instants stay so far from now. */
static void
convert(struct event *e)
{
	const struct kind *kind = &machine_event[e->kind];

	for (unsigned i = 0; i < kind->field_count; i++) {
		int64_t *value = field_in(e, &kind->fields[i]);

		if (!strcmp(kind->fields[i].type, "version"))
			*value = explore_version(*value);
		else if (!strcmp(kind->fields[i].type, "duration") || !strcmp(kind->fields[i].type, "instant"))
			*value *= EXPLORE_UNIT;
	}
}

static void
add_moves(struct move *m, unsigned field, const struct scope *scope, struct move *list, unsigned *count)
{
	const struct kind *kind = &machine_event[m->event.kind];
	const struct domain *d;

	if (field == kind->field_count) {
		m->same = m->event.deadline == SAME;
		assert(*count < MOVES_MAX);
		if (sensible(m, scope)) {
			list[*count] = *m;
			convert(&list[(*count)++].event);
		}
		return;
	}
	d = domain_of(&kind->fields[field]);
	for (int i = 0; i < d->count; i++) {
		*field_in(&m->event, &kind->fields[field]) = d->values[i];
		add_moves(m, field + 1, scope, list, count);
	}
}

static bool
left_out(const struct scope *scope, const char *name)
{
	const char *found = strstr(scope->without, name);

	return found && found[-1] == ' ' && found[strlen(name)] == ' ';
}

unsigned
explore_moves(const struct scope *scope, struct move list[MOVES_MAX])
{
	unsigned count = 0;

	list[count++] = (struct move){.kind = MOVE_TIMER};
	for (unsigned kind = 0; kind < EV_TIMER; kind++)
		if (!left_out(scope, machine_event[kind].name))
			add_moves(&(struct move){.kind = MOVE_EVENT, .event.kind = (enum event_kind)kind}, 0, scope, list, &count);
	if (!left_out(scope, "crash"))
		list[count++] = (struct move){.kind = MOVE_CRASH};
	list[count++] = (struct move){.kind = MOVE_TIME};
	return count;
}

static bool
timer_due(const struct world *w, enum timer *t)
{
	const struct player *p = &w->player;

	return !p->asleep && !p->absent && machine_due(&p->machine, p->at, p->awake, t);
}

static void
make_event(const struct world *w, const struct move *m, struct event *e)
{
	const struct kind *kind = &machine_event[m->event.kind];

	*e = m->event;
	e->at = w->player.at;
	e->awake = PLAYER_COUNTS;
	for (unsigned i = 0; i < kind->field_count; i++)
		if (kind->fields[i].type[0] == 'i')
			*field_in(e, &kind->fields[i]) += w->player.at;
	if (m->same)
		e->deadline = w->player.machine.deadline;
	if (e->kind == EV_CLOCK) {
		e->at = e->was;
		e->was = w->player.at;
	}
}

/* In a recording anything is taken; what cannot be seen by an agent that sleeps or is gone does not come here. */
static bool
present(const struct player *p, enum event_kind kind)
{
	if (kind == EV_START)
		return p->absent;
	if (kind == EV_BOOTED)
		return true;
	if (p->absent)
		return false;
	return p->asleep == (kind == EV_WAKE);
}

bool
explore_possible(const struct world *w, const struct move *m, const struct scope *scope, struct event *e)
{
	enum timer t;

	switch (m->kind) {
	case MOVE_TIME:
		return !timer_due(w, &t);
	case MOVE_CRASH:
		return !w->player.absent && !w->player.asleep;
	case MOVE_TIMER:
		if (!timer_due(w, &t))
			return false;
		*e = (struct event){.kind = EV_TIMER, .timer = t, .at = w->player.at, .awake = PLAYER_COUNTS};
		return true;
	default:
		if (!present(&w->player, m->event.kind) || (m->same && !w->player.machine.required) ||
				(scope->automatic && timer_due(w, &t)))
			return false;
		make_event(w, m, e);
		return true;
	}
}

int
explore_happen(struct world *w, const struct move *m, const struct event *e, struct answer *answer)
{
	const struct watcher *watcher = explore_watcher();
	uint32_t broken;


	answer->state_count = answer->effects.count = 0;
	if (m->kind == MOVE_TIME) {
		int64_t later = w->player.at + EXPLORE_UNIT;

		broken = watch_time(watcher, &w->watch, &w->player, later, w->player.asleep ? 0 : EXPLORE_UNIT);
		player_wait(&w->player, later);
		return watch_first(broken);
	}
	if (m->kind == MOVE_CRASH) {
		player_crash(&w->player, w->player.at);
		return -1;
	}
	player_step(&w->player, e, answer);
	return watch_first(watch_step(watcher, &w->watch, &w->player, e, &answer->effects));
}

int
explore_lose(struct world *w, const struct watch *before, const struct event *e)
{
	static const struct effects none;
	uint32_t broken;

	w->watch = *before;
	broken = watch_step(explore_watcher(), &w->watch, &w->player, e, &none);
	player_crash(&w->player, w->player.at);
	return watch_first(broken);
}

/* What is remembered, in bytes. Most of the time of a search goes by here. */
static int64_t
read_context(const struct machine *m, const struct remembered *r)
{
	const char *at = (const char *)m + r->offset;
	int64_t wide;
	uint32_t word;

	if (r->size == 1)
		return *(const uint8_t *)at;
	if (r->size == 4)
		return memcpy(&word, at, 4), word;
	return memcpy(&wide, at, 8), wide;
}

static void
write_context(struct machine *m, const struct remembered *r, int64_t value)
{
	char *at = (char *)m + r->offset;
	uint32_t word = (uint32_t)value;

	if (r->size == 1)
		*(uint8_t *)at = (uint8_t)value;
	else if (r->size == 4)
		memcpy(at, &word, 4);
	else
		memcpy(at, &value, 8);
}

/* In units, a byte. */
static enum packing
pack_time(int64_t ms, uint8_t *out)
{
	int64_t units = ms / EXPLORE_UNIT;

	*out = (uint8_t)(units + ZERO);
	return ms % EXPLORE_UNIT || units < -ZERO || units > LENGTH_MAX ? PACK_OFF_GRID : PACKED;
}

static int64_t
at_least(int64_t ms, int64_t units)
{
	return ms > units * EXPLORE_UNIT ? ms : units * EXPLORE_UNIT;
}

/* How far ahead of now an instant of the wall clock counts as. */
static int64_t
ahead(const struct player *p, int64_t instant)
{
	int64_t ms = at_least(instant - p->at, -PAST_MAX), most = p->machine.settings->window + 2 * EXPLORE_UNIT;

	return ms < most ? ms : most;
}

static enum packing
pack_context(const struct player *p, const struct remembered *r, uint8_t *out)
{
	int64_t value = read_context(&p->machine, r);

	switch (r->type[0]) {
	case 'i':	/* instant */
		return pack_time(ahead(p, value), out);
	case 'd':	/* duration */
		return pack_time(value, out);
	case 'v':	/* version */
		*out = version_number(value);
		return PACKED;
	default:
		*out = (uint8_t)value;
		return value < 255 ? PACKED : PACK_OFF_GRID;
	}
}

/* When it is due; one that goes by the deadline is as far from it as it ever was. */
static enum packing
pack_timer(const struct player *p, enum timer t, int64_t due, uint8_t *out)
{
	int64_t deadline = p->machine.deadline;

	if (machine_timer_awake[t])
		return pack_time(at_least(due - p->awake, -LATE_MAX), out);
	if (due == deadline || due == deadline - p->machine.settings->window)
		return pack_time(due - deadline + ahead(p, deadline), out);
	return pack_time(at_least(due - p->at, -LATE_MAX), out);
}

static enum packing
pack_timers(const struct player *p, uint8_t *out)
{
	enum packing worst = PACKED;

	for (unsigned slot = 0; slot < MACHINE_SLOTS && worst == PACKED; slot++) {
		enum timer t = machine_running(&p->machine, slot);

		if (t == TIMERS)
			out[slot] = NOT_ARMED;
		else
			worst = pack_timer(p, t, p->machine.due[slot], &out[slot]);
	}
	return worst;
}

/* 0 stays 0; what is left of a time, in units, is one more. */
static enum packing
pack_watch(const struct watch *w, uint8_t *out)
{
	enum packing worst = PACKED;
	unsigned count = explore_watcher()->counters;

	for (unsigned i = 0; i < count && worst == PACKED; i++) {
		int64_t left = w->left[i] - 1, units = left / EXPLORE_UNIT;

		out[i] = left < 0 ? 0 : (uint8_t)(units + 1);
		if (left > 0 && (left % EXPLORE_UNIT || units > LENGTH_MAX))
			worst = PACK_OFF_GRID;
	}
	return worst;
}

static void
unpack_watch(const uint8_t *in, struct watch *w)
{
	unsigned count = explore_watcher()->counters;

	for (unsigned i = 0; i < count; i++)
		w->left[i] = in[i] ? 1 + (in[i] - 1) * EXPLORE_UNIT : 0;
}

enum packing
explore_pack(const struct world *w, uint8_t out[PACKED_MAX])
{
	const struct player *p = &w->player;
	enum packing worst;

	memset(out, 0, PACKED_MAX);
	*out++ = (uint8_t)(p->asleep | p->absent << 1);
	for (unsigned i = 0; i < REGIONS; i++)
		*out++ = (uint8_t)p->machine.state[i];
	worst = pack_timers(p, out);
	out += MACHINE_SLOTS;
	for (const struct remembered *r = machine_context; r->name && worst == PACKED; r++)
		worst = pack_context(p, r, out++);
	return worst == PACKED ? pack_watch(&w->watch, out) : worst;
}

unsigned
explore_packed_size(void)
{
	unsigned size = 1 + REGIONS + MACHINE_SLOTS + explore_watcher()->counters;

	for (const struct remembered *r = machine_context; r->name; r++)
		size++;
	return size;
}

static void
unpack_context(struct player *p, const struct remembered *r, uint8_t in)
{
	int64_t value = in;

	if (r->type[0] == 'i')
		value = p->at + (in - ZERO) * EXPLORE_UNIT;
	else if (r->type[0] == 'd')
		value = (in - ZERO) * EXPLORE_UNIT;
	else if (r->type[0] == 'v')
		value = explore_version(in);
	write_context(&p->machine, r, value);
}

void
explore_unpack(const uint8_t in[PACKED_MAX], const struct scope *scope, struct world *w)
{
	struct player *p = &w->player;

	*w = (struct world){.player = {.begun = true, .recorded = true}};
	p->at = p->awake = EXPLORE_BASE * EXPLORE_UNIT;
	p->machine.settings = &scope->settings;
	p->machine.at = p->at;
	p->machine.awake = p->awake;
	p->asleep = *in & 1;
	p->absent = *in++ >> 1 & 1;
	for (unsigned i = 0; i < REGIONS; i++)
		p->machine.state[i] = *in++;
	for (unsigned i = 0; i < MACHINE_SLOTS; i++, in++)
		p->machine.due[i] = *in == NOT_ARMED ? NEVER : p->at + (*in - ZERO) * EXPLORE_UNIT;
	for (const struct remembered *r = machine_context; r->name; r++)
		unpack_context(p, r, *in++);
	unpack_watch(in, &w->watch);
}
