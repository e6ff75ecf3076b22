/* trouble - the faults that strike by themselves, and the nature of a seed. */
#include "core/version.h"
#include "parts.h"

const char *const fault_name[FAULTS] = {"crash", "torn journal", "agent stopped", "power cut", "clock set",
	"time zone changes", "policy moves", "policy removed", "settings change", "new release", "no assessment",
	"updated in another way", "late intents", "late outcomes of drivers", "download fails", "apps stay open",
	"install fails", "install reports success in vain", "install hangs", "install restarts the device", "install is slow",
	"no restart", "sleeps", "away", "logs out", "shuts down", "busy", "installed version required"};

bool
world_fault(struct world *w, enum fault fault)
{
	return w->nature.faults >> fault & 1 && random_chance(&w->random, w->nature.fault_per_mille);
}

static enum happened
schedule_assessment(struct world *w)
{
	if (world_can_post(w))
		w->due[THING_ASSESS] = w->now;
	return HAPPENED_NOTHING;
}

static enum happened
crash_agent(struct world *w)
{
	return world_can_post(w) ? world_crash(w, random_between(&w->random, 0, 40 * MINUTE_MS)) : HAPPENED_NOTHING;
}

static enum happened
stop_agent(struct world *w)
{
	if (!world_can_post(w))
		return HAPPENED_NOTHING;
	w->due[THING_SESSION] = w->due[THING_ASSESS] = NEVER;
	world_end_drivers(w);
	world_schedule(w, THING_POWER, SECOND_MS, 3 * HOUR_MS);
	return world_post(w, (struct event){.kind = EV_HALT});
}

static enum happened
cut_power(struct world *w)
{
	if (w->off)
		return HAPPENED_NOTHING;
	return world_shut_down(w, false, random_between(&w->random, MINUTE_MS, 12 * HOUR_MS));
}

static enum happened
set_clock(struct world *w)
{
	static const int64_t steps[] = {5 * MINUTE_MS, HOUR_MS, 30 * HOUR_MS, 3 * 365 * DAY_MS};
	int64_t most = steps[random_below(&w->random, 4)], was = w->now + w->offset;

	if (w->player.asleep)
		return HAPPENED_NOTHING;
	if (w->offset && random_chance(&w->random, 400))	/* correct it */
		w->offset = 0;
	else
		w->offset += random_between(&w->random, -most, most);
	if (!world_can_post(w))
		return HAPPENED_NOTHING;
	return world_post(w, (struct event){.kind = EV_CLOCK, .was = was, .at = w->now + w->offset});
}

/* Sets the clock to the true time, in a healed world. */
static enum happened
correct_clock(struct world *w)
{
	int64_t was = w->now + w->offset;

	if (w->player.asleep) {
		w->due[THING_TROUBLE] = w->now + HOUR_MS;
		return HAPPENED_NOTHING;
	}
	w->offset = 0;
	if (!world_can_post(w) || was == w->now)
		return HAPPENED_NOTHING;
	return world_post(w, (struct event){.kind = EV_CLOCK, .was = was});
}

static enum happened
change_zone(struct world *w)
{
	w->nature.demand.deadline += random_between(&w->random, -12, 12) * HOUR_MS;
	return schedule_assessment(w);
}

static enum happened
move_policy(struct world *w)
{
	struct demand *d = &w->nature.demand;

	d->deadline += random_between(&w->random, -4 * DAY_MS, 4 * DAY_MS);
	if (d->version && random_chance(&w->random, 300))
		d->version = d->target = version_make(15, 2 + random_below(&w->random, 4), 0, 0);
	return schedule_assessment(w);
}

static enum happened
toggle_policy(struct world *w)
{
	struct demand *d = &w->nature.demand;

	if (d->version)
		d->version = 0;
	else
		d->version = d->target;
	return schedule_assessment(w);
}

static enum happened
release_version(struct world *w)
{
	struct demand *d = &w->nature.demand;

	if (d->target < version_make(15, 9, 0, 0))
		d->target += version_make(1, 1, 0, 0) - version_make(1, 0, 0, 0);
	return schedule_assessment(w);
}

/* Not an initializer, in which the compiler could choose the order of the draws. */
static void
draw_settings(struct settings *s, struct random *r)
{
	static const int64_t lengths[] = {MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS};

	s->window = random_between(r, 0, 7) * DAY_MS;
	s->repeat = random_between(r, 1, 48) * HOUR_MS;
	s->minimum = random_chance(r, 500) ? 0 : random_between(r, 1, 72) * HOUR_MS;
	s->length = lengths[random_below(r, 4)];
	s->warn_every = lengths[random_below(r, 3)];
	s->retry_wait = random_between(r, 1, 240) * MINUTE_MS;
	s->retry_times = random_below(r, 4);
	s->recheck = random_between(r, 1, 24) * HOUR_MS;
	s->cache = random_chance(r, 700);
	s->close_apps = random_chance(r, 800);
	s->unattended = random_chance(r, 700);
}

static void
draw_temper(struct temper *t, struct random *r)
{
	t->starts = random_below(r, 150);
	t->snoozes_hour = random_below(r, 200);
	t->snoozes_day = random_below(r, 150);
	t->dismisses = random_below(r, 150);
	t->reads = random_below(r, 150);
	t->closes_timer = random_below(r, 200);
	t->reaction = random_between(r, 5, 1800) * SECOND_MS;
}

static enum happened
change_settings(struct world *w)
{
	struct player before = w->player;
	struct settings old = w->settings;

	if (!world_can_post(w))
		return HAPPENED_NOTHING;
	draw_settings(&w->settings, &w->random);
	w->event = (struct event){.at = w->now + w->offset};
	player_wait(&w->player, w->event.at);
	w->due[THING_ASSESS] = w->now;
	if (world_fault(w, FAULT_TEAR))
		world_tear(w, &before, &old, 1);
	return HAPPENED_SETTINGS;
}

/* The person updates the device: at once, as a small update does, or with a restart. */
static enum happened
update_otherwise(struct world *w)
{
	int64_t version = w->nature.demand.target;

	if (version <= w->version || w->off || w->presence != AT_DESK)
		return HAPPENED_NOTHING;
	if (random_chance(&w->random, 300)) {
		w->version = version;
		return HAPPENED_NOTHING;
	}
	w->pending = version;
	return world_shut_down(w, random_chance(&w->random, 800), 5 * MINUTE_MS);
}

static enum happened
post_one_of(struct world *w, const enum event_kind *kinds, uint32_t count)
{
	struct event e = {.kind = kinds[random_below(&w->random, count)]};

	if (!world_can_post(w))
		return HAPPENED_NOTHING;
	if (e.kind == EV_REMIND)
		e.for_ = random_chance(&w->random, 500) ? HOUR_MS : DAY_MS;
	e.percent = e.kind == EV_PROGRESS ? random_below(&w->random, 120) : 0;
	return world_post(w, e);
}

static enum happened
post_any_intent(struct world *w)
{
	static const enum event_kind kinds[] = {EV_REMIND, EV_DISMISSED, EV_LEARN_MORE, EV_START_NOW, EV_OPEN_TIMER,
		EV_WINDOW_CLOSED};

	return post_one_of(w, kinds, 6);
}

static enum happened
post_any_outcome(struct world *w)
{
	static const enum event_kind kinds[] = {EV_APPS_CLOSED, EV_DOWNLOADED, EV_DOWNLOAD_FAILED, EV_PROGRESS,
		EV_INSTALL_FAILED};

	return post_one_of(w, kinds, 5);
}

typedef enum happened troubling(struct world *);
static troubling *const troubles[FAULTS] = {
	[FAULT_CRASH] = crash_agent,
	[FAULT_STOP] = stop_agent,
	[FAULT_POWER] = cut_power,
	[FAULT_CLOCK] = set_clock,
	[FAULT_ZONE] = change_zone,
	[FAULT_POLICY_MOVES] = move_policy,
	[FAULT_POLICY_GONE] = toggle_policy,
	[FAULT_SETTINGS] = change_settings,
	[FAULT_RELEASE] = release_version,
	[FAULT_OTHER_MEANS] = update_otherwise,
	[FAULT_INTENTS] = post_any_intent,
	[FAULT_OUTCOMES] = post_any_outcome,
};

enum happened
world_trouble(struct world *w)
{
	uint32_t fault = random_below(&w->random, FAULT_OUTCOMES + 1);

	if (!w->nature.faults)
		return correct_clock(w);
	world_schedule(w, THING_TROUBLE, SECOND_MS, w->nature.trouble_every);
	if (!(w->nature.faults >> fault & 1) || !troubles[fault])
		return HAPPENED_NOTHING;
	return troubles[fault](w);
}

void
nature_draw(struct nature *n, struct random *r)
{
	static const int64_t every[] = {10 * MINUTE_MS, 2 * HOUR_MS, 12 * HOUR_MS, 4 * DAY_MS};

	*n = (struct nature){.installed = version_make(15, 1, 0, 0), .demand.version = version_make(15, 2, 0, 0)};
	n->start = calendar_days(2025, 12, 1) * DAY_MS + random_between(r, 0, 7 * 24 * 60) * MINUTE_MS;
	n->trouble_every = every[random_below(r, 4)];
	n->faults = random_below(r, UINT32_C(1) << FAULTS);
	n->fault_per_mille = 1 + random_below(r, 400);
	n->demand.target = version_make(15, 2 + random_below(r, 2), 0, 0);
	n->demand.deadline = n->start + random_between(r, -24, 12 * 24) * HOUR_MS;
	draw_temper(&n->temper, r);
	draw_settings(&n->settings, r);
}
