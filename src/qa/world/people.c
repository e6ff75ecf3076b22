/* people - the person: where they are, and how they react to what is shown. */
#include "parts.h"

static bool
has_fault(const struct world *w, enum fault fault)
{
	return w->nature.faults >> fault & 1;
}

/* --- where they are --- */

/* A closed lid stops the drivers. */
static void
pause_drivers(struct world *w)
{
	for (enum thing i = THING_DOWN; i < THINGS; i++)
		if (i == THING_DOWN || i == THING_DOWNLOAD || i == THING_APPS || i == THING_INSTALL || i == THING_WORK) {
			w->paused[i] = w->due[i] == NEVER ? NEVER : w->due[i] - w->now;
			w->due[i] = NEVER;
		}
}

static void
resume_drivers(struct world *w)
{
	for (enum thing i = 0; i < THINGS; i++) {
		if (w->paused[i] != NEVER)
			w->due[i] = w->now + w->paused[i];
		w->paused[i] = NEVER;
	}
}

static enum happened
open_lid(struct world *w)
{
	resume_drivers(w);
	if (w->player.absent && !w->off)
		w->due[THING_POWER] = w->now;
	w->due[THING_SESSION] = w->now;
	if (w->player.absent || !w->player.asleep)
		return HAPPENED_NOTHING;
	if (w->due[THING_ASSESS] == NEVER)	/* it was due during sleep */
		w->due[THING_ASSESS] = w->now;
	return world_post(w, (struct event){.kind = EV_WAKE});
}

static enum happened
close_lid(struct world *w)
{
	enum happened what = HAPPENED_NOTHING;

	if (world_can_post(w))
		what = world_post(w, (struct event){.kind = EV_SLEEP});
	pause_drivers(w);
	return what;
}

static enum happened
move_person(struct world *w, enum presence to)
{
	enum presence from = w->presence;

	w->presence = to;
	if (w->off) {
		if (from == SHUT_DOWN && w->due[THING_POWER] == NEVER)
			w->due[THING_POWER] = w->now;
		return HAPPENED_NOTHING;
	}
	w->due[THING_SESSION] = w->now;
	if (from == LID_CLOSED && to != LID_CLOSED) {
		if (to == SHUT_DOWN)
			w->presence = AT_DESK;
		return open_lid(w);
	}
	if (to == AT_DESK)
		world_show(w);
	if (to == SHUT_DOWN)
		return world_shut_down(w, true, NEVER);
	return to == LID_CLOSED && from != LID_CLOSED ? close_lid(w) : HAPPENED_NOTHING;
}

/* --- office hours --- */

enum { ARRIVES, LUNCH, BACK, LEAVES, STEPS };

static bool
works_today(struct world *w)
{
	int weekday = (w->nature.office->first_weekday + (int)w->day) % 7;

	return weekday != 0 && weekday != 6 && !random_chance(&w->random, 60);
}

static int64_t
hour_of_step(struct world *w)
{
	int64_t jitter = random_between(&w->random, -20 * MINUTE_MS, 20 * MINUTE_MS);

	switch (w->step) {
	case ARRIVES:
		return w->arrives + jitter;
	case LUNCH:
		return 12 * HOUR_MS + jitter;
	case BACK:
		return 13 * HOUR_MS + jitter;
	default:
		return w->leaves + jitter;
	}
}

static void
plan_step(struct world *w)
{
	const struct office *o = w->nature.office;

	while (w->step == 0 && w->day < o->days && !works_today(w))
		w->day++;
	if (w->day >= o->days)
		return;
	w->due[THING_PRESENCE] = o->midnight[w->day] + hour_of_step(w);
	if (w->step == ARRIVES && random_chance(&w->random, 300))
		w->due[THING_BUSY] = w->due[THING_PRESENCE] + random_between(&w->random, HOUR_MS, 6 * HOUR_MS);
}

/* People leave a device alone while it shows the progress of an update. */
static bool
shows_progress(const struct world *w)
{
	return machine_shows(&w->player.machine, SHOWN_PROGRESS);
}

static enum happened
take_step(struct world *w)
{
	static const enum presence at[STEPS] = {AT_DESK, AWAY, AT_DESK, AWAY};
	enum presence to = at[w->step];

	if (w->step == LEAVES && !shows_progress(w))
		to = w->nights;
	w->step = (w->step + 1) % STEPS;
	w->day += w->step == 0;
	plan_step(w);
	return move_person(w, to);
}

/* The world begins at night. */
static void
draw_habits(struct world *w)
{
	uint32_t kind = random_below(&w->random, 100);

	w->arrives = random_between(&w->random, 7 * HOUR_MS + 30 * MINUTE_MS, 10 * HOUR_MS);
	w->leaves = random_between(&w->random, 16 * HOUR_MS, 19 * HOUR_MS);
	w->nights = kind < 70 ? LID_CLOSED : kind < 85 ? AWAY : kind < 92 ? SHUT_DOWN : LOGGED_OUT;
	w->presence = w->nights == LID_CLOSED ? SHUT_DOWN : w->nights;
	w->session = w->presence == AWAY;
	w->off = w->presence == SHUT_DOWN;
	if (w->off)
		w->due[THING_POWER] = NEVER;
	plan_step(w);
}

/* --- people who come and go at random --- */

static int64_t
draw_duration(struct world *w)
{
	static const int64_t most[] = {10 * MINUTE_MS, 2 * HOUR_MS, 16 * HOUR_MS, 6 * DAY_MS};

	return random_between(&w->random, SECOND_MS, most[random_below(&w->random, 4)]);
}

static enum happened
move_at_random(struct world *w)
{
	static const struct {
		enum presence to;
		enum fault fault;
	} places[] = {{AWAY, FAULT_AWAY}, {LID_CLOSED, FAULT_SLEEPS}, {LOGGED_OUT, FAULT_LOGS_OUT},
		{SHUT_DOWN, FAULT_SHUTS_DOWN}};
	uint32_t place = random_below(&w->random, 8);

	w->due[THING_PRESENCE] = w->now + draw_duration(w);
	if (place < 4 && has_fault(w, places[place].fault))
		return move_person(w, places[place].to);
	return move_person(w, AT_DESK);
}

void
world_begin_presence(struct world *w)
{
	for (unsigned i = 0; i < THINGS; i++)
		w->paused[i] = NEVER;
	if (w->nature.office) {
		draw_habits(w);
		return;
	}
	w->presence = random_chance(&w->random, 500) ? AT_DESK : LOGGED_OUT;
	w->due[THING_PRESENCE] = w->now + draw_duration(w);
	if (has_fault(w, FAULT_BUSY))
		w->due[THING_BUSY] = w->now + draw_duration(w);
}

enum happened
world_presence(struct world *w)
{
	if (w->nature.office)
		return take_step(w);
	if (w->nature.faults)
		return move_at_random(w);
	return move_person(w, AT_DESK);
}

/* Posts an event only if the session differs from what the machine last learnt. */
enum happened
world_session(struct world *w)
{
	const struct machine *m = &w->player.machine;
	bool busy;

	if (w->presence == AT_DESK)
		w->session = true;
	if (w->presence == LOGGED_OUT || w->presence == SHUT_DOWN)
		w->session = false;
	if (!world_can_post(w))
		return HAPPENED_NOTHING;
	busy = w->session && w->busy;
	if (w->session != m->session) {
		w->due[THING_SESSION] = w->now;
		return world_post(w, (struct event){.kind = w->session ? EV_LOGIN : EV_LOGOUT});
	}
	if (busy != m->busy)
		return world_post(w, (struct event){.kind = busy ? EV_BUSY : EV_FREE});
	return HAPPENED_NOTHING;
}

enum happened
world_busy(struct world *w)
{
	w->busy = !w->busy && w->presence == AT_DESK && (w->nature.office || has_fault(w, FAULT_BUSY));
	w->due[THING_SESSION] = w->now;
	if (w->busy)
		world_schedule(w, THING_BUSY, 20 * MINUTE_MS, 90 * MINUTE_MS);
	else if (has_fault(w, FAULT_BUSY))
		w->due[THING_BUSY] = w->now + draw_duration(w);
	return HAPPENED_NOTHING;
}

/* --- how they react --- */

void
world_show(struct world *w)
{
	if (w->presence == AT_DESK && w->due[THING_ANSWER] == NEVER && w->nature.temper.reaction)
		world_schedule(w, THING_ANSWER, SECOND_MS, w->nature.temper.reaction);
}

static enum happened
react(struct world *w)
{
	const struct temper *t = &w->nature.temper;
	const struct machine *m = &w->player.machine;
	bool banner = machine_shows(m, SHOWN_BANNER), timer = machine_shows(m, SHOWN_TIMER);
	const struct {
		uint32_t per_mille;
		struct event event;
	} choices[] = {
		{t->starts, {.kind = EV_START_NOW}},
		{banner ? t->snoozes_hour : 0, {.kind = EV_REMIND, .for_ = HOUR_MS}},
		{banner ? t->snoozes_day : 0, {.kind = EV_REMIND, .for_ = DAY_MS}},
		{timer ? t->closes_timer : 0, {.kind = EV_WINDOW_CLOSED}},
		{timer ? 0 : t->dismisses, {.kind = EV_DISMISSED}},
		{m->info ? 0 : t->reads, {.kind = EV_LEARN_MORE}},
		{m->info ? 500 : 0, {.kind = EV_WINDOW_CLOSED}},
		{timer || banner ? 0 : t->reads, {.kind = EV_OPEN_TIMER}},
	};
	uint32_t drawn = random_below(&w->random, 1000);

	for (unsigned i = 0; i < sizeof choices / sizeof *choices; i++) {
		if (drawn < choices[i].per_mille)
			return world_post(w, choices[i].event);
		drawn -= choices[i].per_mille;
	}
	return HAPPENED_NOTHING;
}

/* Only a person at the desk who is shown something reacts. */
enum happened
world_answer(struct world *w)
{
	const struct machine *m = &w->player.machine;
	bool something = machine_shows(m, SHOWN_BANNER) || machine_shows(m, SHOWN_COUNTDOWN) || m->banner_up || m->info;

	if (!world_can_post(w) || w->presence != AT_DESK || !w->session || !something)
		return HAPPENED_NOTHING;
	return react(w);
}
