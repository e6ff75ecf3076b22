/* A rollout: what is asked of every version on every day is computed once; then each device lives through the days. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/calendar.h"
#include "../core/plan.h"
#include "../core/version.h"
#include "../text/knowledge.h"
#include "../text/memory.h"
#include "../text/policy.h"
#include "../text/zone.h"
#include "cli.h"
#include "inputs.h"
#include "simulate.h"
#include "simulate_report.h"
#include "workers.h"

#define RECENT 8		/* releases that devices begin with: the newest ones before the start, each as likely */

struct ground {
	struct policy policy;
	struct feed_text *feed;
	struct knowledge knowledge;
	const struct zone *zone;
	int64_t start;
	uint32_t count;
	uint64_t seed;
	struct demands demands;
	int64_t *versions;
	struct demand *list;
	int64_t begin_with[RECENT];
	uint32_t beginnings;
	struct office office;
	int64_t midnights[LIVES_DAYS + 2];
};

/* --- what there is to know beforehand --- */

static const struct feed *
feed(const struct ground *f)
{
	return f->feed ? feed_of(f->feed) : NULL;
}

static bool
load(struct ground *f, const struct rollout *r, struct messages *messages)
{
	policy_load(r->policy, &f->policy, messages);
	if (r->feed)
		f->feed = inputs_feed(r->feed, messages);
	if (!messages->errors && f->policy.enforce == ENFORCE_AUTOMATIC && !f->feed)
		message_add(messages, MESSAGE_ERROR, r->policy, (struct place){0, 0},
			"an automatic policy asks for what the feed lists: --feed");
	return !messages->errors;
}

static int64_t
midnight_before(int64_t at, const struct zone *zone)
{
	struct civil c;

	calendar_local(at, zone, &c, NULL, NULL);
	c.hour = c.minute = c.second = 0;
	calendar_instant(&c, zone, &at);
	return at;
}

/* Unless said: two days before the notice of a minimum, or the day of the feed's newest release. */
static int64_t
choose_start(const struct ground *f)
{
	const struct policy *p = &f->policy;
	int64_t at = calendar_days(2026, 1, 5) * DAY_MS;

	if (p->enforce == ENFORCE_MINIMUM) {
		calendar_instant(&p->minimum.deadline, f->zone, &at);
		return at - p->notice.window - 2 * DAY_MS;
	}
	for (uint32_t i = 0; feed(f) && i < feed(f)->count; i++)
		if (i == 0 || feed(f)->releases[i].day * DAY_MS > at)
			at = feed(f)->releases[i].day * DAY_MS;
	return at + 12 * HOUR_MS;
}

static void
lay_out_days(struct ground *f, uint32_t days)
{
	int64_t at = f->start;
	struct civil c;

	calendar_local(at, f->zone, &c, NULL, NULL);
	f->office = (struct office){.midnight = f->midnights, .days = days + 1,
		.first_weekday = calendar_weekday(calendar_days(c.year, c.month, c.day))};
	for (uint32_t i = 0; i <= days; i++) {
		f->midnights[i] = at;
		at = midnight_before(at + 36 * HOUR_MS, f->zone);
	}
}

static int64_t
version_before(int64_t version)
{
	unsigned major = version_major(version);
	int64_t base = version_make(major, 0, 0, 0);

	if (version > base)
		return base;
	return major > 1 ? version_make(major - 1, 0, 0, 0) : version;
}

static void
list_versions(struct ground *f)
{
	const struct feed *all = feed(f);
	uint32_t count = all ? all->count : 0;
	int64_t floor = f->policy.enforce == ENFORCE_MINIMUM ? f->policy.minimum.version : 0;

	f->versions = memory_resize(NULL, (count + 2) * sizeof *f->versions);
	for (uint32_t i = 0; i < count; i++) {
		const struct release *release = &all->releases[i];

		f->versions[i] = release->version;
		if (release->day * DAY_MS <= f->start && f->beginnings < RECENT && !version_supplement(release->version))
			f->begin_with[f->beginnings++] = release->version;
	}
	if (floor) {
		f->versions[count++] = floor;
		f->versions[count++] = version_before(floor);
	}
	if (!f->beginnings)
		f->begin_with[f->beginnings++] = count ? f->versions[count - 1] : version_make(1, 0, 0, 0);
	f->demands.version = f->versions;
	f->demands.versions = count;
}

static struct demand
ask(const struct ground *f, int64_t version, int64_t now)
{
	const struct policy *policy = &f->policy;
	struct device device = {.platform = policy->platform, .version = version, .zone = f->zone};
	struct requirement r;

	knowledge_lend(&f->knowledge, &device);
	if (!plan_requirement(&policy, 1, feed(f), &device, now, &r))
		return (struct demand){0};
	return (struct demand){r.version, r.target, r.deadline};
}

static void
lay_out_demands(struct ground *f)
{
	struct demands *d = &f->demands;
	struct demand *next;

	d->first_day = f->start / DAY_MS;
	d->days = f->office.days + 2;
	next = f->list = memory_resize(NULL, (size_t)d->versions * d->days * 2 * sizeof *f->list);
	for (uint32_t v = 0; v < d->versions; v++)
		for (uint32_t day = 0; day < d->days; day++, next += 2) {
			int64_t begins = (d->first_day + day) * DAY_MS;

			next[0] = next[1] = ask(f, d->version[v], begins);
			if (next[0].version && next[0].deadline > begins && next[0].deadline < begins + DAY_MS)
				next[1] = ask(f, d->version[v], next[0].deadline);
		}
	d->list = f->list;
}

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
	struct nature n = {.start = f->start, .demands = &f->demands, .office = &f->office, .fault_per_mille = 15};
	struct world w;

	n.faults = bit(FAULT_DOWNLOAD) | bit(FAULT_APPS) | bit(FAULT_INSTALL_FAILS) | bit(FAULT_INSTALL_LIES) |
		bit(FAULT_INSTALL_HANGS) | bit(FAULT_INSTALL_SLOW) | bit(FAULT_NO_RESTART);
	policy_settings(&f->policy, &n.settings);
	n.installed = f->begin_with[random_below(&random, f->beginnings)];
	draw_temper(&n.temper, &random);
	world_begin(&w, &n, random);
	lives_count(t, &w);
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
	workers_run(work, &c);
	for (unsigned i = 0; i < c.workers; i++)
		lives_add(tally, &c.tallies[i]);
	free(c.tallies);
}

/* --- the answer --- */

static int
answer(const struct ground *f, const struct rollout *r, const struct lives *tally)
{
	struct rollout_report report = {f->policy.name, f->zone, tally, &f->office, f->count, f->office.days - 1, f->seed};
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

static int
roll_out(struct ground *f, const struct rollout *r)
{
	const struct policy *p = &f->policy;
	struct lives *tally = memory_resize(NULL, sizeof *tally);
	int code;

	memset(tally, 0, sizeof *tally);
	f->zone = p->enforce == ENFORCE_AUTOMATIC ? p->automatic.zone : p->minimum.zone;
	if (!f->zone)
		f->zone = &calendar_utc;
	f->start = midnight_before(r->start ? r->start : choose_start(f), f->zone);
	f->count = r->devices;
	f->seed = r->seed;
	knowledge_assume(&f->knowledge, feed(f), f->start);
	lay_out_days(f, r->days);
	list_versions(f);
	lay_out_demands(f);
	live_all(f, tally);
	code = answer(f, r, tally);
	free(tally);
	return code;
}

int
simulate_rollout(const struct rollout *r)
{
	struct messages messages = {0};
	struct ground *f = memory_resize(NULL, sizeof *f);
	int code = EXIT_UNUSABLE;
	char *text;

	memset(f, 0, sizeof *f);
	if (load(f, r, &messages)) {
		code = roll_out(f, r);
	} else {
		text = message_text(&messages);
		fputs(text, stderr);
		free(text);
	}
	feed_free(f->feed);
	knowledge_free(&f->knowledge);
	free(f->versions);
	free(f->list);
	free(f);
	message_free(&messages);
	zones_free();
	return code;
}
