/* rollout - plays each device through the days, and counts. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/memory.h"
#include "text/command.h"
#include "rollout.h"
#include "workers.h"

/* --- one device --- */

/* The counts of one device. */
struct count {
	struct lives *all;
	struct day_lives *day;
	uint32_t banners, countdowns;
	bool counting;		/* a countdown runs */
	bool installing;
};

static bool
in_office_hours(const struct office *o, int64_t at)
{
	uint32_t day = 0;
	int64_t hour;
	int weekday;

	while (day + 1 < o->days && o->midnight[day + 1] <= at)
		day++;
	hour = at - o->midnight[day];
	weekday = (o->first_weekday + (int)day) % 7;
	return weekday != 0 && weekday != 6 && hour >= 9 * HOUR_MS && hour < 17 * HOUR_MS;
}

static void
count_effects(struct count *c, const struct world *w)
{
	for (unsigned i = 0; i < w->answer.effects.count; i++) {
		const struct effect *fx = &w->answer.effects.list[i];

		if (fx->kind == FX_BANNER) {
			c->banners++;
			c->day->banners++;
		} else if (fx->kind == FX_WARNING) {
			c->day->warnings++;
		} else if (fx->kind == FX_REBOOT) {
			c->day->restarts++;
			c->day->outside += !in_office_hours(w->nature.office, w->event.at);
		} else if (fx->kind == FX_REPORT) {
			c->all->retries += fx->outcome == OUTCOME_RETRY;
			c->all->failures += fx->outcome == OUTCOME_FAILED;
		}
	}
}

static void
count_install(struct count *c, const struct event *e)
{
	if (e->kind == EV_START_NOW)
		c->all->asked++;
	else if (e->kind == EV_TIMER && e->timer == TM_QUIET)
		c->all->unattended++;
	else
		c->all->by_countdown++;
}

static void
count_event(struct count *c, const struct world *w)
{
	const struct machine *m = &w->player.machine;
	bool counting = machine_in(m, ST_COUNTDOWN), installing = machine_in(m, ST_INSTALLING);

	c->all->events++;
	count_effects(c, w);
	if (counting && !c->counting) {
		c->countdowns++;
		c->day->countdowns++;
	}
	if (installing && !c->installing)
		count_install(c, &w->event);
	c->counting = counting;
	c->installing = installing;
}

void
lives_count(struct lives *t, struct world *w, const struct office *days)
{
	struct count c = {.all = t};
	struct demand left;

	for (uint32_t day = 0; day + 1 < days->days; day++) {
		c.day = &t->days[day];
		for (enum happened what; (what = world_next(w, days->midnight[day + 1] - 1)) != HAPPENED_NOTHING;)
			if (what == HAPPENED_EVENT)
				count_event(&c, w);
		left = world_demand(w);
		c.day->compliant += !left.version;
		c.day->overdue += left.version && left.deadline <= w->now + w->offset;
	}
	t->banners[c.banners < TALLY_MOST ? c.banners : TALLY_MOST]++;
	t->countdowns[c.countdowns < TALLY_MOST ? c.countdowns : TALLY_MOST]++;
}

void
lives_add(struct lives *to, const struct lives *from)
{
	uint64_t *sum = (uint64_t *)to;
	const uint64_t *more = (const uint64_t *)from;

	_Static_assert(sizeof *to % sizeof *sum == 0, "a tally is sums");
	for (size_t i = 0; i < sizeof *to / sizeof *sum; i++)
		sum[i] += more[i];
}

/* --- the devices --- */

static uint32_t
fault_bit(enum fault fault)
{
	return UINT32_C(1) << fault;
}

/* People differ: some mostly start at once, others hardly react. */
static void
draw_temper(struct temper *t, struct random *r)
{
	t->starts = random_chance(r, 150) ? 400 : 20;
	t->snoozes_hour = random_below(r, 200);
	t->snoozes_day = random_below(r, 250);
	t->dismisses = random_below(r, 200);
	t->reads = random_below(r, 100);
	t->closes_timer = random_below(r, 600);
	t->reaction = random_between(r, MINUTE_MS, 20 * MINUTE_MS);
}

static void
play_device(const struct ground *f, uint32_t number, struct lives *t)
{
	struct random random = random_of(f->seed, number);
	struct nature n = {.fault_per_mille = 15};
	struct world w;

	n.faults = fault_bit(FAULT_DOWNLOAD) | fault_bit(FAULT_APPS) | fault_bit(FAULT_INSTALL_FAILS) | fault_bit(FAULT_INSTALL_LIES) |
		fault_bit(FAULT_INSTALL_HANGS) | fault_bit(FAULT_INSTALL_SLOW) | fault_bit(FAULT_NO_RESTART);
	ground_place(f, number, &random, &n);
	draw_temper(&n.temper, &random);
	world_begin(&w, &n, random);
	lives_count(t, &w, &f->hours[0]->office);
}

struct counting {
	const struct ground *ground;
	unsigned workers;
	struct lives *tallies;		/* a worker's own */
};

static void
play_share(void *context, unsigned number)
{
	const struct counting *c = context;

	for (uint64_t i = number; i < c->ground->count; i += c->workers)
		play_device(c->ground, (uint32_t)i, &c->tallies[number]);
}

static void
play_all(const struct ground *f, struct lives *tally)
{
	struct counting c = {.ground = f, .workers = workers_count()};

	c.tallies = memory_zeroed(c.workers * sizeof *c.tallies);
	workers_run(c.workers, play_share, &c);
	for (unsigned i = 0; i < c.workers; i++)
		lives_add(tally, &c.tallies[i]);
	free(c.tallies);
}

/* --- the answer --- */

static int
print_report(const struct ground *f, const struct rollout *r, const struct lives *tally)
{
	struct rollout_report all = {f->policy.name, f->zone, tally, &f->hours[0]->office, f->count, f->days, f->seed};
	FILE *svg = r->svg ? fopen(r->svg, "w") : NULL;
	bool fine = !r->svg;

	if (svg) {
		report_svg(&all, svg);
		fine = !ferror(svg);
		fine = !fclose(svg) && fine;
	}
	if (!fine)
		fprintf(stderr, "%s: error: cannot write the chart: %s\n", r->svg, strerror(errno));
	if (r->csv)
		report_csv(&all, stdout);
	else
		report_table(&all, stdout);
	return fine ? EXIT_FINE : EXIT_UNUSABLE;
}

static void
warn_left_out(const char *list, const struct inventory *i)
{
	if (i->elsewhere || i->unknown)
		fprintf(stderr, "%s: warning: left out: %llu of another platform, %llu of unknown version\n",
			list, (unsigned long long)i->elsewhere, (unsigned long long)i->unknown);
}

int
simulate_rollout(const struct rollout *r)
{
	struct ground *f = ground_new(r);
	struct lives *tally;
	int code;

	if (!f)
		return EXIT_UNUSABLE;
	warn_left_out(r->list, &f->inventory);
	tally = memory_zeroed(sizeof *tally);
	play_all(f, tally);
	code = print_report(f, r, tally);
	free(tally);
	ground_free(f);
	return code;
}
