#include "life.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "text/memory.h"
#include "text/trace/trace.h"
#include "qa/replay/shrink.h"
#include "disk.h"

#define HEALS_WITHIN (15 * DAY_MS)	/* after deadline and healing: several times what all retries and rechecks take */
#define EVENTS_MAX 2000000u		/* a life with more events counts as stuck */

/* --- a life --- */

static void
add_record(struct life *l, const struct world *w, enum happened what)
{
	int64_t at = w->event.at;

	if (!l->recording)
		return;
	if (what == HAPPENED_EVENT && w->event.kind == EV_TIMER) {
		l->fired = l->fired_at == at ? l->fired + 1 : 1;
		l->fired_at = at;
		return;
	}
	l->records = array_grow(l->records, &l->room, l->count + 1, sizeof *l->records);
	l->records[l->count++] = (struct record){what, w->event, w->settings, l->fired_at == at ? l->fired : 0, l->lost_clock};
	l->fired = 0;
	l->lost_clock = NEVER;
}

static void
play_world(struct life *l, struct world *w, struct observer *o, int64_t until, bool healed)
{
	while (l->broken < 0 && l->events < EVENTS_MAX && !(healed && world_compliant(w))) {
		enum happened what = world_next(w, until);

		if (what == HAPPENED_NOTHING)
			return;
		if (l->disk && !disk_write(l->disk, w, what)) {
			if (l->disk->wrong)
				return;
			if (w->event.kind == EV_CLOCK && !w->player.absent)
				l->lost_clock = w->event.was;
			continue;
		}
		add_record(l, w, what);
		l->broken = watch_first(observer_see(o, &w->player, what == HAPPENED_EVENT ? &w->event : NULL,
			&w->answer.effects));
		l->events++;
	}
}

/* Returns by when a healed world must be compliant. */
static int64_t
compliant_by(const struct world *w)
{
	int64_t deadline = w->nature.demand.deadline + w->settings.minimum;

	return (deadline > w->now ? deadline : w->now) + HEALS_WITHIN;
}

/* Plays the part with faults. A journal that is never torn need not be written. */
static void
play_troubles(struct life *l, struct world *w, struct observer *o, int64_t until)
{
	struct disk disk;

	if (l->nature.faults >> FAULT_TEAR & 1) {
		disk_begin(&disk, w, l->seed);
		l->disk = &disk;
	}
	play_world(l, w, o, until, false);
	if (!l->disk)
		return;
	if (!disk.wrong && random_chance(&disk.random, 125))	/* takes as long as everything else */
		disk_check(&disk);
	l->wrong = disk.wrong;
	disk_free(&disk);
	l->disk = NULL;
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
	l->wrong = NULL;
	l->events = l->count = 0;
	l->lost_clock = NEVER;
	world_begin(&w, &l->nature, random);
	watcher_init(&watcher);
	observer_init(&o, &watcher, &w.player);
	play_troubles(l, &w, &o, w.now + (trouble < l->trouble_ms ? trouble : l->trouble_ms));
	if (l->broken < 0 && !l->wrong) {
		world_heal(&w);
		l->troubles = l->count;
		l->healed = w;
		play_world(l, &w, &o, compliant_by(&w), true);
	}
	l->stuck = l->broken < 0 && !l->wrong && !world_compliant(&w);
	l->at = l->broken < 0 ? w.now + w.offset : w.event.at;
	l->lived = w.now - l->nature.start;
}

bool
life_failed(const struct life *l)
{
	return l->broken >= 0 || l->wrong || l->stuck;
}

/* --- the same, replayed from its records --- */

struct replaying {
	struct player player;
	struct watcher watcher;
	struct observer observer;
	struct settings settings;
	struct answer answer;
	struct trace_line line;
	int broken;
	bool must_assess;		/* the agent has started, or an attempt has failed: it assesses before any timer fires */
	FILE *out;			/* or NULL */
};

static void
print_line(struct replaying *t, enum line_kind kind, int64_t at)
{
	char text[TRACE_LINE_MAX];

	if (!t->out)
		return;
	t->line.kind = kind;
	t->line.at = at;
	trace_encode(&t->line, text);
	fprintf(t->out, "%s\n", text);
}

/* Checks the promises after an event or, with NULL, after something else or time alone. */
static void
check_promises(struct replaying *t, const struct event *e)
{
	uint32_t broken = observer_see(&t->observer, &t->player, e, &t->answer.effects);

	if (t->broken < 0)
		t->broken = watch_first(broken);
}

static void
step_event(struct replaying *t, const struct event *e)
{
	t->line.event = *e;
	print_line(t, LINE_EVENT, e->at);
	player_step(&t->player, e, &t->answer);
	if (e->kind == EV_START || e->kind == EV_BOOTED)
		t->must_assess = !machine_in(&t->player.machine, ST_VERIFYING);
	t->must_assess |= !t->player.absent && player_needs_assessment(e, &t->answer);
	if (e->kind == EV_REQUIRED || e->kind == EV_COMPLIANT || t->player.absent)
		t->must_assess = false;
	check_promises(t, e);
	for (unsigned i = 0; i < t->answer.state_count; i++) {
		t->line.state = t->answer.states[i];
		print_line(t, LINE_STATE, e->at);
	}
	for (unsigned i = 0; i < t->answer.effects.count; i++) {
		t->line.effect = t->answer.effects.list[i];
		print_line(t, LINE_EFFECT, e->at);
	}
}

/* Fires the next timer that is due by then. Returns false if there is none. */
static bool
fire_timer(struct replaying *t, int64_t until)
{
	struct event timer;

	if (t->broken >= 0 || !player_due(&t->player, until, &timer))
		return false;
	step_event(t, &timer);
	return true;
}

static void
fire_timers(struct replaying *t, int64_t at)
{
	while (fire_timer(t, at))
		;
}

/* Lets time run on after the last record, until a promise is broken. */
static void
run_to_end(struct replaying *t, int64_t at)
{
	if (t->must_assess || t->player.at > at)
		return;
	fire_timers(t, at);
	if (t->broken < 0) {
		player_wait(&t->player, at);
		check_promises(t, NULL);
	}
	print_line(t, LINE_END, t->player.at);
}

/* Replays a record. Returns false if it cannot happen then. */
static bool
replay_record(struct replaying *t, const struct record *r)
{
	int64_t comes = r->happened == HAPPENED_EVENT ? player_event_time(&r->event) : r->event.at;

	if (comes < t->player.at || (r->happened == HAPPENED_EVENT && player_refuses(&t->player, &r->event)))
		return false;
	if (t->must_assess && comes > t->player.at)
		return false;
	if (!t->must_assess && r->happened != HAPPENED_CRASH)
		fire_timers(t, comes);
	else if (!t->must_assess && comes > t->player.at)
		fire_timers(t, comes - 1 < r->served ? comes - 1 : r->served);	/* the agent may have died before later ones */
	for (unsigned i = 0; i < r->timers && !t->must_assess && fire_timer(t, comes); i++)
		;
	if (t->broken >= 0)
		return true;
	t->line.header.settings = r->settings;
	if (r->happened == HAPPENED_EVENT) {
		step_event(t, &r->event);
	} else if (r->happened == HAPPENED_CRASH) {
		t->must_assess = false;
		print_line(t, LINE_CRASH, r->event.at);
		player_crash(&t->player, r->event.at);
		check_promises(t, NULL);
	} else {
		print_line(t, LINE_SETTINGS, r->event.at);
		t->settings = r->settings;
		player_wait(&t->player, r->event.at);
		check_promises(t, NULL);
	}
	return true;
}

static void
begin_replaying(struct replaying *t, const struct life *l, FILE *out)
{
	*t = (struct replaying){.settings = l->nature.settings, .broken = -1, .out = out};
	player_init(&t->player, &t->settings, l->nature.installed, false);
	watcher_init(&t->watcher);
	observer_init(&t->observer, &t->watcher, &t->player);
	t->line.header.has_settings = true;
	t->line.header.recorded = true;
	t->line.header.settings = l->nature.settings;
	t->line.header.version = l->nature.installed;
	snprintf(t->line.header.machine, sizeof t->line.header.machine, "%s", machine_hash);
}

/* Returns whether the records without those of a stretch still break the same promise. */
static bool
breaks_without(const struct life *l, size_t from, size_t count)
{
	struct replaying t;

	begin_replaying(&t, l, NULL);
	for (size_t i = 0; i < l->count && t.broken < 0; i++)
		if ((i < from || i >= from + count) && !replay_record(&t, &l->records[i]))
			return false;
	if (t.broken < 0)
		run_to_end(&t, l->at);
	return t.broken == l->broken;
}

/* Puts the replayed machine into the healed world. Returns false if its states differ from those of the machine there,
 * whose drivers would then do another machine's work. */
static bool
replace_machine(struct replaying *t, struct world *w)
{
	const struct player *p = &w->player;
	int64_t at = w->now + w->offset;

	if (t->player.at > at || (t->must_assess && t->player.at < at))
		return false;
	if (!t->must_assess)
		fire_timers(t, at);
	if (t->broken >= 0 || t->player.absent != p->absent || t->player.asleep != p->asleep ||
	    memcmp(t->player.machine.state, p->machine.state, sizeof p->machine.state) != 0)
		return false;
	w->settings = t->settings;
	w->player = t->player;
	w->player.machine.settings = &w->settings;
	w->assessed = w->assessed && !t->must_assess;
	if (!w->player.absent)
		w->due[THING_SESSION] = w->due[THING_ASSESS] = w->now;
	return true;
}

/* Plays the healed world again, after the records without those of a stretch. Returns false if these cannot be replayed. */
static bool
heal_again(const struct life *l, size_t from, size_t count, struct life *healed)
{
	struct world w = l->healed;
	struct replaying t;

	begin_replaying(&t, l, NULL);
	for (size_t i = 0; i < l->count; i++)
		if ((i < from || i >= from + count) && !replay_record(&t, &l->records[i]))
			return false;
	if (!replace_machine(&t, &w))
		return false;
	play_world(healed, &w, &t.observer, compliant_by(&w), true);
	healed->stuck = healed->broken < 0 && !world_compliant(&w);
	healed->at = w.now + w.offset;
	return true;
}

static bool
stuck_without(const struct life *l, size_t from, size_t count)
{
	struct life healed = {.broken = -1};

	return heal_again(l, from, count, &healed) && healed.stuck;
}

struct shortening {
	struct life *life;
	bool (*fails_without)(const struct life *, size_t from, size_t count);
};

static bool
drop_records(void *context, size_t from, size_t count)
{
	struct shortening *s = context;
	struct life *l = s->life;

	if (!s->fails_without(l, from, count))
		return false;
	memmove(&l->records[from], &l->records[from + count], (l->count - from - count) * sizeof *l->records);
	l->count -= count;
	return true;
}

static void
shrink_records(struct life *l, bool (*fails_without)(const struct life *, size_t from, size_t count))
{
	shrink_list(l->count, drop_records, &(struct shortening){l, fails_without});
}

/* Shrinks the records from before the world was healed, then records the healed world anew. */
static void
shrink_troubles(struct life *l)
{
	size_t all = l->count;

	l->count = l->troubles;
	if (!stuck_without(l, 0, 0)) {
		l->count = all;
		return;
	}
	shrink_records(l, stuck_without);
	l->troubles = l->count;
	heal_again(l, 0, 0, l);
}

/* Runs the life with fewer faults and for a shorter time. A stuck life has no event that causes it, and records hold no torn
 * lines, so records alone cannot be shrunk. */
static void
shrink_faults(struct life *l)
{
	for (enum fault f = 0; f < FAULTS; f++) {
		struct life fewer = {.seed = l->seed, .without = l->without | UINT32_C(1) << f, .trouble_ms = l->trouble_ms};

		life_run(&fewer);
		if (fewer.broken == l->broken && !fewer.wrong == !l->wrong && fewer.stuck == l->stuck)
			l->without = fewer.without;
	}
	for (int64_t part = 2; (l->stuck || l->wrong) && part <= 16 && l->trouble_ms > HOUR_MS;) {
		struct life shorter = {.seed = l->seed, .without = l->without,
			.trouble_ms = l->trouble_ms - l->trouble_ms / part};

		life_run(&shorter);
		if (shorter.stuck == l->stuck && !shorter.wrong == !l->wrong)
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
		shrink_records(l, breaks_without);
	else if (l->stuck)
		shrink_troubles(l);
}

void
life_print(const struct life *l, FILE *out)
{
	unsigned long long seed = (unsigned long long)l->seed;
	struct replaying t;

	begin_replaying(&t, l, out);
	if (l->broken >= 0)
		snprintf(t.line.header.story, sizeof t.line.header.story, "Seed %llu breaks the promise %s.", seed,
			machine_promise[l->broken].name);
	else
		snprintf(t.line.header.story, sizeof t.line.header.story, "Seed %llu%s.", seed,
			l->wrong ? " does not recover from its torn journal" :
			l->stuck ? " does not become compliant after all faults have ended" : ", every promise kept");
	print_line(&t, LINE_HEADER, 0);
	t.line.header.machine[0] = t.line.header.story[0] = '\0';
	for (size_t i = 0; i < l->count && t.broken < 0; i++) {
		bool told = replay_record(&t, &l->records[i]);

		assert(told);
	}
	run_to_end(&t, l->at);
}
