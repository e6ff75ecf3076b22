/* simulate - seeded worlds around the machine: does it keep its promises whatever happens; or, with --devices, how
 * would a rollout go. */
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "text/instant.h"
#include "cli/cli.h"
#include "face/client/inputs.h"
#include "simulate.h"
#include "life.h"
#include "workers.h"

/* --- promises --- */

static int
fail(struct life *l)
{
	unsigned long long seed = (unsigned long long)l->seed;
	unsigned long long events = (unsigned long long)l->events;
	const char *comma = "";

	life_shrink(l);
	fprintf(stderr, "seed %llu: ", seed);
	if (l->wrong)
		fprintf(stderr, "its torn journal does not bring the machine back: %s", l->wrong);
	else if (l->stuck)
		fprintf(stderr, "the device does not become compliant in a healed world");
	else
		fprintf(stderr, "breaks the promise %s", machine_promise[l->broken].name);
	fprintf(stderr, ", after %llu events, shrunk to %zu; faults: ", events, l->count);
	for (enum fault f = 0; f < FAULTS; f++)
		if (l->nature.faults >> f & 1) {
			fprintf(stderr, "%s%s", comma, fault_name[f]);
			comma = ", ";
		}
	fprintf(stderr, "%s\n", *comma ? "" : "none");
	life_print(l, stdout);
	return EXIT_DIFFERENT;
}

/* Every worker takes the next seed, until there are no more. */
struct seeds {
	pthread_mutex_t lock;
	uint64_t next, end;		/* a seed that fails is the new end: those before it have all been taken */
	uint64_t events;
	int64_t lived;			/* ms */
};

static bool
take(struct seeds *s, struct life *l)
{
	bool more;

	pthread_mutex_lock(&s->lock);
	more = s->next < s->end;
	if (more)
		*l = (struct life){.seed = s->next++, .trouble_ms = LIFE_TROUBLE_MS};
	pthread_mutex_unlock(&s->lock);
	return more;
}

static void
count_in(struct seeds *s, const struct life *l)
{
	pthread_mutex_lock(&s->lock);
	s->events += l->events;
	s->lived += l->lived;
	if (life_failed(l) && l->seed < s->end)
		s->end = l->seed;
	pthread_mutex_unlock(&s->lock);
}

static void
try_some(void *seeds, unsigned number)
{
	struct life l;

	(void)number;
	while (take(seeds, &l)) {
		life_run(&l);
		count_in(seeds, &l);
	}
}

static int
try_seeds(uint64_t first, uint64_t count)
{
	struct seeds s = {.lock = PTHREAD_MUTEX_INITIALIZER, .next = first, .end = first + count};
	struct life l = {.trouble_ms = LIFE_TROUBLE_MS};
	int code;

	workers_run(workers_count(), try_some, &s);
	if (s.end == first + count) {
		printf("seeds %llu to %llu: every promise kept, every device compliant; %llu events in %lld machine-days\n",
			(unsigned long long)first, (unsigned long long)(s.end - 1), (unsigned long long)s.events,
			(long long)(s.lived / DAY_MS));
		return EXIT_FINE;
	}
	l.seed = s.end;
	life_run(&l);
	code = fail(&l);
	free(l.records);
	return code;
}

static int
show_seed(uint64_t seed)
{
	struct life l = {.seed = seed, .trouble_ms = LIFE_TROUBLE_MS, .recording = true};
	int code;

	life_run(&l);
	life_print(&l, stdout);
	code = life_failed(&l) ? EXIT_DIFFERENT : EXIT_FINE;
	free(l.records);
	return code;
}

/* --- the command line --- */

struct wish {
	const char *seed, *seeds, *devices, *days, *start;
	bool trace;
	uint64_t count;			/* of seeds */
	struct rollout rollout;
};

/* Every number that was said; or how the command is used has been said. */
static bool
numbers(const struct wish *w, uint64_t *seed, uint64_t *seeds, uint64_t *devices, uint64_t *days)
{
	const struct {
		const char *name, *text;
		uint64_t least, most, *value;
	} all[] = {
		{"--seed", w->seed, 0, INT64_MAX, seed},
		{"--seeds", w->seeds, 1, 1000000000, seeds},
		{"--devices", w->rollout.list ? NULL : w->devices, 1, 100000000, devices},
		{"--days", w->days, 1, 366, days},
	};

	for (unsigned i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].text && !cli_number(all[i].text, all[i].least, all[i].most, all[i].value)) {
			cli_usage("simulate", "%s: expected a number from %llu to %llu, found \"%.40s\"", all[i].name,
				(unsigned long long)all[i].least, (unsigned long long)all[i].most, all[i].text);
			return false;
		}
	return true;
}

static bool
understand(struct wish *w)
{
	uint64_t devices = 0, days = 30;

	w->rollout.seed = 1;
	w->count = 1000;
	if (w->devices && strspn(w->devices, "0123456789") < strlen(w->devices))
		w->rollout.list = w->devices;
	if (!numbers(w, &w->rollout.seed, &w->count, &devices, &days))
		return false;
	w->rollout.devices = (uint32_t)devices;
	w->rollout.days = (uint32_t)days;
	if (!w->start || instant_parse(w->start, &w->rollout.start))
		return true;
	cli_usage("simulate", "--start: expected an instant such as 2026-12-04T22:00:00Z, found \"%.40s\"", w->start);
	return false;
}

static bool
rolls_out(const struct wish *w)
{
	const struct rollout *r = &w->rollout;

	return w->devices || w->days || w->start || r->policy || r->feed || r->svg || r->csv;
}

/* What of the wishes does not go together; NULL: nothing. */
static const char *
contradiction(const struct wish *w)
{
	if (!rolls_out(w))
		return w->trace && w->seeds ? "--trace shows one seed: --seed" : NULL;
	if (w->trace || w->seeds)
		return "--seeds and --trace are about promises, the other options about a rollout";
	if (!w->rollout.policy)
		return "a rollout needs a --policy";
	return w->devices ? NULL : "a rollout needs --devices, how many or a list of them";
}

int
cmd_simulate(int argc, char **argv)
{
	struct wish w = {0};
	struct rollout *r = &w.rollout;
	const struct option_of options[] = {{"--seed", &w.seed, NULL}, {"--seeds", &w.seeds, NULL},
		{"--trace", NULL, &w.trace}, {"--devices", &w.devices, NULL}, {"--policy", &r->policy, NULL},
		{"--feed", &r->feed, NULL}, {"--days", &w.days, NULL}, {"--start", &w.start, NULL}, {"--csv", NULL, &r->csv},
		{"--svg", &r->svg, NULL}, {0}};
	int others = inputs_take(argc, argv, options), code;

	if (others < 0 || !understand(&w))
		return EXIT_UNUSABLE;
	if (others > 0)
		return cli_usage("simulate", "found \"%.40s\", expected only options", argv[1]);
	if (contradiction(&w))
		return cli_usage("simulate", "%s", contradiction(&w));
	if (rolls_out(&w))
		code = simulate_rollout(r);
	else
		code = w.trace ? show_seed(r->seed) : try_seeds(r->seed, w.count);
	if (fflush(stdout) || ferror(stdout)) {
		fprintf(stderr, "lastcall simulate: standard output: %s\n", strerror(errno));
		code = EXIT_UNUSABLE;
	}
	return code;
}
