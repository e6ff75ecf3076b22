/* A rollout: each device lives through the days, on the ground that all share. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/memory.h"
#include "text/command.h"
#include "ground.h"
#include "report.h"
#include "workers.h"

/* --- the devices --- */

static uint32_t
bit(enum fault fault)
{
	return UINT32_C(1) << fault;
}

/* People differ: some start at once, some never look. */
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
live(const struct ground *f, uint32_t number, struct lives *t)
{
	struct random random = random_of(f->seed, number);
	struct nature n = {.fault_per_mille = 15};
	struct world w;

	n.faults = bit(FAULT_DOWNLOAD) | bit(FAULT_APPS) | bit(FAULT_INSTALL_FAILS) | bit(FAULT_INSTALL_LIES) |
		bit(FAULT_INSTALL_HANGS) | bit(FAULT_INSTALL_SLOW) | bit(FAULT_NO_RESTART);
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
work(void *context, unsigned number)
{
	const struct counting *c = context;

	for (uint64_t i = number; i < c->ground->count; i += c->workers)
		live(c->ground, (uint32_t)i, &c->tallies[number]);
}

static void
live_all(const struct ground *f, struct lives *tally)
{
	struct counting c = {.ground = f, .workers = workers_count()};

	c.tallies = memory_zeroed(c.workers * sizeof *c.tallies);
	workers_run(c.workers, work, &c);
	for (unsigned i = 0; i < c.workers; i++)
		lives_add(tally, &c.tallies[i]);
	free(c.tallies);
}

/* --- the answer --- */

static int
answer(const struct ground *f, const struct rollout *r, const struct lives *tally)
{
	struct rollout_report report = {f->policy.name, f->zone, tally, &f->hours[0]->office, f->count, f->days, f->seed};
	FILE *svg = r->svg ? fopen(r->svg, "w") : NULL;
	bool fine = !r->svg;

	if (svg) {
		report_svg(&report, svg);
		fine = !ferror(svg);
		fine = !fclose(svg) && fine;
	}
	if (!fine)
		fprintf(stderr, "%s: error: cannot be written: %s\n", r->svg, strerror(errno));
	if (r->csv)
		report_csv(&report, stdout);
	else
		report_table(&report, stdout);
	return fine ? EXIT_FINE : EXIT_UNUSABLE;
}

static void
tell_left_out(const char *list, const struct inventory *i)
{
	if (i->elsewhere || i->unknown)
		fprintf(stderr, "%s: warning: left out: devices of another platform, %llu; whose version is not known, %llu\n",
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
	tell_left_out(r->list, &f->inventory);
	tally = memory_zeroed(sizeof *tally);
	live_all(f, tally);
	code = answer(f, r, tally);
	free(tally);
	ground_free(f);
	return code;
}
