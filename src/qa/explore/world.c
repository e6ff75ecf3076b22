/* world - what can happen to a device, and what follows from it. */
#include <assert.h>
#include <string.h>

#include "core/version.h"
#include "explore.h"

/* FAR: units that stand for any great distance. SAME: stands for the current deadline. */
enum { FAR = 100, SAME = 1000 };

/* The values tried for the fields of events, by a field's name or else by its type; instants in units from now. */
static const struct domain {
	const char *field;
	int values[6], count;
} domains[] = {
	{"version", {1, 2, 3}, 3},
	{"target", {1, 2, 3}, 3},
	{"installed", {0, 2}, 2},
	{"deadline", {-1, 3, FAR, SAME}, 4},
	{"was", {-2, -1, 2, -FAR, FAR}, 5},
	{"for", {2}, 1},
	{"duration", {1}, 1},
	{"instant", {1}, 1},
	{"count", {0}, 1},
	{"flag", {0, 1}, 2},
};

int64_t
explore_version(int64_t n)
{
	return n ? version_make(15, (unsigned)n, 0, 0) : 0;
}

void
explore_begin(struct world *w, const struct scope *scope, int64_t at)
{
	struct event start = {.kind = EV_START, .at = at, .awake = PLAYER_COUNTS};
	struct answer answer;

	*w = (struct world){0};
	player_init(&w->player, &scope->settings, explore_version(1), true);
	watch_begin(&w->watch, &w->player);
	player_step(&w->player, &start, &answer);
	watch_step(explore_watcher(), &w->watch, &w->player, &start, &answer.effects);
}

static const struct domain *
find_domain(const struct field *f)
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

/* Leaves out a target below the required version, and all but one deadline of an obsolete requirement. */
static bool
worth_trying(const struct move *m, const struct scope *scope)
{
	const struct event *e = &m->event;

	if (scope->near && (e->deadline == FAR || e->was == FAR || e->was == -FAR))
		return false;
	if (scope->settled && (e->version == 2 || (e->kind == EV_REQUIRED && (e->version != 3 || e->deadline == -1))))
		return false;
	if (e->kind != EV_REQUIRED)
		return true;
	return e->target >= e->version && (e->version > 1 || (e->target == 1 && e->deadline == -1));
}

/* Converts units to ms and numbers to versions; instants stay relative to now. */
static void
convert_event(struct event *e)
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
		if (worth_trying(m, scope)) {
			list[*count] = *m;
			convert_event(&list[(*count)++].event);
		}
		return;
	}
	d = find_domain(&kind->fields[field]);
	for (int i = 0; i < d->count; i++) {
		*field_in(&m->event, &kind->fields[field]) = d->values[i];
		add_moves(m, field + 1, scope, list, count);
	}
}

static bool
is_left_out(const struct scope *scope, const char *name)
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
		if (!is_left_out(scope, machine_event[kind].name))
			add_moves(&(struct move){.kind = MOVE_EVENT, .event.kind = (enum event_kind)kind}, 0, scope, list, &count);
	if (!is_left_out(scope, "crash"))
		list[count++] = (struct move){.kind = MOVE_CRASH};
	list[count++] = (struct move){.kind = MOVE_TIME};
	if (scope->other) {
		list[count++] = (struct move){.kind = MOVE_POLICY, .settings = scope->other};
		list[count++] = (struct move){.kind = MOVE_POLICY, .settings = &scope->settings};
	}
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

/* Returns whether the agent can see such an event now. A recording would accept it even if not. */
static bool
can_be_seen(const struct player *p, enum event_kind kind)
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
	case MOVE_POLICY:
		return !w->player.absent && !w->player.asleep && w->player.machine.settings != m->settings &&
			!(scope->automatic && timer_due(w, &t));
	case MOVE_TIMER:
		if (!timer_due(w, &t))
			return false;
		*e = (struct event){.kind = EV_TIMER, .timer = t, .at = w->player.at, .awake = PLAYER_COUNTS};
		return true;
	default:
		if (!can_be_seen(&w->player, m->event.kind) || (m->same && !w->player.machine.required) ||
				(scope->automatic && timer_due(w, &t)))
			return false;
		make_event(w, m, e);
		return true;
	}
}

uint32_t
explore_make_move(struct world *w, const struct move *m, const struct event *e, struct answer *answer)
{
	const struct watcher *watcher = explore_watcher();

	answer->state_count = answer->effects.count = 0;
	if (m->kind == MOVE_TIME) {
		int64_t later = w->player.at + EXPLORE_UNIT;
		uint32_t broken = watch_time(watcher, &w->watch, &w->player, later, w->player.asleep ? 0 : EXPLORE_UNIT);

		player_wait(&w->player, later);
		return broken;
	}
	if (m->kind == MOVE_CRASH) {
		player_crash(&w->player, w->player.at);
		return 0;
	}
	if (m->kind == MOVE_POLICY) {
		w->player.machine.settings = m->settings;
		w->other = !w->other;
		return 0;
	}
	player_step(&w->player, e, answer);
	return watch_step(watcher, &w->watch, &w->player, e, &answer->effects);
}

uint32_t
explore_crash_after(struct world *w, const struct watch *before, const struct event *e)
{
	static const struct effects none;
	uint32_t broken;

	w->watch = *before;
	broken = watch_step(explore_watcher(), &w->watch, &w->player, e, &none);
	player_crash(&w->player, w->player.at);
	return broken;
}
