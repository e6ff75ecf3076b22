#include <stdlib.h>
#include <string.h>

#include "../core/calendar.h"
#include "../text/buffer.h"
#include "../text/trace.h"
#include "simulate_life.h"

#define HEALS_WITHIN (15 * DAY_MS)	/* after the deadline, or the healing: every retry and recheck, several times */
#define EVENTS_MAX 2000000u		/* a life that never ends is one that is stuck */

/* --- a life --- */

static void
keep(struct life *l, const struct world *w, enum happened what)
{
	struct record *r;

	if (!l->recording || (what == HAPPENED_EVENT && w->event.kind == EV_TIMER))
		return;
	l->records = array_grow(l->records, &l->room, l->count + 1, sizeof *l->records);
	r = &l->records[l->count++];
	*r = (struct record){what, w->event, w->settings};
}

static void
live(struct life *l, struct world *w, struct observer *o, int64_t until, bool healed)
{
	while (l->broken < 0 && l->events < EVENTS_MAX && !(healed && world_compliant(w))) {
		enum happened what = world_next(w, until);

		if (what == HAPPENED_NOTHING)
			return;
		keep(l, w, what);
		l->broken = watch_first(observer_see(o, &w->player, what == HAPPENED_EVENT ? &w->event : NULL,
			&w->answer.effects));
		l->events++;
	}
}

static int64_t
horizon(const struct world *w)
{
	int64_t deadline = w->nature.demand.deadline + w->settings.minimum;

	return (deadline > w->now ? deadline : w->now) + HEALS_WITHIN;
}

void
life_run(struct life *l)
{
	struct random random = random_of(l->seed, 0);
	struct watcher watcher;
	struct observer o;
	struct world w;
	int64_t trouble;

	nature_draw(&l->nature, &random);
	l->nature.faults &= ~l->without;
	trouble = random_between(&random, DAY_MS, LIFE_TROUBLE_MS);
	l->broken = -1;
	l->events = l->count = 0;
	world_begin(&w, &l->nature, random);
	watcher_init(&watcher);
	observer_init(&o, &watcher, &w.player);
	live(l, &w, &o, w.now + (trouble < l->trouble_ms ? trouble : l->trouble_ms), false);
	if (l->broken < 0) {
		world_heal(&w);
		live(l, &w, &o, horizon(&w), true);
	}
	l->stuck = l->broken < 0 && !world_compliant(&w);
	l->at = l->broken < 0 ? w.now + w.offset : w.event.at;
	l->lived = w.now - l->nature.start;
}

/* --- the same, told from its records --- */

struct telling {
	struct player player;
	struct watcher watcher;
	struct observer observer;
	struct settings settings;
	struct answer answer;
	struct trace_line line;
	int broken;
	bool comes_up;			/* the agent did, or an attempt failed: it assesses before any timer */
	FILE *out;			/* or NULL */
};

static void
print_line(struct telling *t, enum line_kind kind, int64_t at)
{
	char text[TRACE_LINE_MAX];

	if (!t->out)
		return;
	t->line.kind = kind;
	t->line.at = at;
	trace_encode(&t->line, text);
	fprintf(t->out, "%s\n", text);
}

/* What came of an event; NULL: of something else, or just of time. */
static void
watch(struct telling *t, const struct event *e)
{
	uint32_t broken = observer_see(&t->observer, &t->player, e, &t->answer.effects);

	if (t->broken < 0)
		t->broken = watch_first(broken);
}

static void
hear(struct telling *t, const struct event *e)
{
	t->line.event = *e;
	print_line(t, LINE_EVENT, e->at);
	player_step(&t->player, e, &t->answer);
	if (e->kind == EV_START || e->kind == EV_BOOTED)
		t->comes_up = !machine_in(&t->player.machine, ST_VERIFYING);
	for (unsigned i = 0; i < t->answer.state_count; i++)
		t->comes_up |= t->answer.states[i] == ST_RETRY || t->answer.states[i] == ST_FAILED;
	if (e->kind == EV_REQUIRED || e->kind == EV_COMPLIANT)
		t->comes_up = false;
	watch(t, e);
	for (unsigned i = 0; i < t->answer.state_count; i++) {
		t->line.state = t->answer.states[i];
		print_line(t, LINE_STATE, e->at);
	}
	for (unsigned i = 0; i < t->answer.effects.count; i++) {
		t->line.effect = t->answer.effects.list[i];
		print_line(t, LINE_EFFECT, e->at);
	}
}

static void
come_to(struct telling *t, int64_t at)
{
	struct event timer;

	while (t->broken < 0 && player_due(&t->player, at, &timer))
		hear(t, &timer);
}

/* Time runs on after the last of the records, until a promise is broken. */
static void
run_on(struct telling *t, int64_t at)
{
	if (t->comes_up || t->player.at > at)
		return;
	come_to(t, at);
	if (t->broken < 0) {
		player_wait(&t->player, at);
		watch(t, NULL);
	}
	print_line(t, LINE_END, t->player.at);
}

/* False: it cannot come then. */
static bool
tell(struct telling *t, const struct record *r)
{
	int64_t comes = r->happened == HAPPENED_EVENT ? player_comes(&r->event) : r->event.at;

	if (comes < t->player.at || (r->happened == HAPPENED_EVENT && player_refuses(&t->player, &r->event)))
		return false;
	if (t->comes_up && comes > t->player.at)
		return false;
	if (!t->comes_up)
		come_to(t, comes);
	if (t->broken >= 0)
		return true;
	t->line.header.settings = r->settings;
	if (r->happened == HAPPENED_EVENT) {
		hear(t, &r->event);
	} else if (r->happened == HAPPENED_CRASH) {
		t->comes_up = false;
		print_line(t, LINE_CRASH, r->event.at);
		player_crash(&t->player, r->event.at);
		watch(t, NULL);
	} else {
		print_line(t, LINE_SETTINGS, r->event.at);
		t->settings = r->settings;
		player_wait(&t->player, r->event.at);
		watch(t, NULL);
	}
	return true;
}

static void
begin(struct telling *t, const struct life *l, FILE *out)
{
	*t = (struct telling){.settings = l->nature.settings, .broken = -1, .out = out};
	player_init(&t->player, &t->settings, l->nature.installed, false);
	watcher_init(&t->watcher);
	observer_init(&t->observer, &t->watcher, &t->player);
	t->line.header.has_settings = true;
	t->line.header.recorded = true;
	t->line.header.settings = l->nature.settings;
	t->line.header.version = l->nature.installed;
	snprintf(t->line.header.machine, sizeof t->line.header.machine, "%s", machine_hash);
}

/* Whether the records without those of a stretch still break the same promise. */
static bool
breaks_without(const struct life *l, size_t from, size_t count)
{
	struct telling t;

	begin(&t, l, NULL);
	for (size_t i = 0; i < l->count && t.broken < 0; i++)
		if ((i < from || i >= from + count) && !tell(&t, &l->records[i]))
			return false;
	if (t.broken < 0)
		run_on(&t, l->at);
	return t.broken == l->broken;
}

static void
leave_out(struct life *l, size_t from, size_t count)
{
	memmove(&l->records[from], &l->records[from + count], (l->count - from - count) * sizeof *l->records);
	l->count -= count;
}

/* Stretches of half the trace, then of a quarter, and so on to single events, until none can go. */
static void
shrink_records(struct life *l)
{
	size_t size = l->count;
	bool shorter = false;

	while (size > 0) {
		shorter = false;
		for (size_t from = 0; from < l->count;) {
			size_t count = size < l->count - from ? size : l->count - from;

			if (breaks_without(l, from, count)) {
				leave_out(l, from, count);
				shorter = true;
			} else {
				from += count;
			}
		}
		if (!shorter || size > 1)
			size /= 2;
	}
}

/* A life that gets stuck has no event that does it: it is lived again with fewer faults, and for a shorter time. */
static void
shrink_faults(struct life *l)
{
	for (enum fault f = 0; f < FAULTS; f++) {
		struct life fewer = {.seed = l->seed, .without = l->without | UINT32_C(1) << f, .trouble_ms = l->trouble_ms};

		life_run(&fewer);
		if (fewer.broken == l->broken && fewer.stuck == l->stuck)
			l->without = fewer.without;
	}
	for (int64_t part = 2; l->stuck && part <= 16 && l->trouble_ms > HOUR_MS;) {
		struct life shorter = {.seed = l->seed, .without = l->without,
			.trouble_ms = l->trouble_ms - l->trouble_ms / part};

		life_run(&shorter);
		if (shorter.stuck)
			l->trouble_ms = shorter.trouble_ms;
		else
			part *= 2;
	}
}

void
life_shrink(struct life *l)
{
	shrink_faults(l);
	l->recording = true;
	life_run(l);
	if (l->broken >= 0)
		shrink_records(l);
}

void
life_print(const struct life *l, FILE *out)
{
	unsigned long long seed = (unsigned long long)l->seed;
	struct telling t;

	begin(&t, l, out);
	if (l->broken >= 0)
		snprintf(t.line.header.story, sizeof t.line.header.story, "Seed %llu breaks the promise %s.", seed,
			machine_promise[l->broken].name);
	else
		snprintf(t.line.header.story, sizeof t.line.header.story, "Seed %llu%s.", seed,
			l->stuck ? " does not become compliant in a healed world" : ", every promise kept");
	print_line(&t, LINE_HEADER, 0);
	t.line.header.machine[0] = t.line.header.story[0] = '\0';
	for (size_t i = 0; i < l->count && t.broken < 0; i++)
		tell(&t, &l->records[i]);
	run_on(&t, l->at);
}
