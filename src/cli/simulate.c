/* simulate - seeded worlds around the machine: does it keep its promises whatever happens; or, with --devices, how
 * would a rollout go. */
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/calendar.h"
#include "../text/instant.h"
#include "cli.h"
#include "simulate.h"
#include "simulate_life.h"

struct wish {
	uint64_t seeds;
	bool trace;
	struct rollout rollout;
};

/* --- promises --- */

static int
fail(struct life *l)
{
	unsigned long long seed = (unsigned long long)l->seed;
	unsigned long long events = (unsigned long long)l->events;
	const char *comma = "";

	life_shrink(l);
	fprintf(stderr, "seed %llu: ", seed);
	if (l->stuck)
		fprintf(stderr, "the device does not become compliant in a healed world");
	else
		fprintf(stderr, "breaks the promise %s", promise_name[l->broken]);
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

static int
try_seeds(uint64_t first, uint64_t count)
{
	uint64_t events = 0;
	int64_t lived = 0;

	for (uint64_t i = 0; i < count; i++) {
		struct life l = {.seed = first + i, .trouble_ms = LIFE_TROUBLE_MS};

		life_run(&l);
		events += l.events;
		lived += l.lived;
		if (l.broken != PROMISES_KEPT || l.stuck) {
			int code = fail(&l);

			free(l.records);
			return code;
		}
	}
	printf("seeds %llu to %llu: every promise kept, every device compliant; %llu events in %lld machine-days\n",
		(unsigned long long)first, (unsigned long long)(first + count - 1), (unsigned long long)events,
		(long long)(lived / DAY_MS));
	return EXIT_FINE;
}

static int
show_seed(uint64_t seed)
{
	struct life l = {.seed = seed, .trouble_ms = LIFE_TROUBLE_MS, .recording = true};
	int code;

	life_run(&l);
	life_print(&l, stdout);
	code = l.broken != PROMISES_KEPT || l.stuck ? EXIT_DIFFERENT : EXIT_FINE;
	free(l.records);
	return code;
}

/* --- the command line --- */

static bool
number(const char *text, uint64_t least, uint64_t most, uint64_t *value)
{
	char *end;

	errno = 0;
	*value = strtoull(text, &end, 10);
	return *text >= '0' && *text <= '9' && !*end && !errno && *value >= least && *value <= most;
}

enum { SEED, SEEDS, TRACE, DEVICES, DAYS, POLICY, FEED, START, CSV, SVG };
static const struct option names[] = {
	{"seed", required_argument, NULL, SEED}, {"seeds", required_argument, NULL, SEEDS},
	{"trace", no_argument, NULL, TRACE}, {"devices", required_argument, NULL, DEVICES},
	{"days", required_argument, NULL, DAYS}, {"policy", required_argument, NULL, POLICY},
	{"feed", required_argument, NULL, FEED}, {"start", required_argument, NULL, START},
	{"csv", no_argument, NULL, CSV}, {"svg", required_argument, NULL, SVG}, {0},
};

/* What is wrong with an option's value; NULL: nothing. */
static const char *
take(struct wish *w, int option)
{
	uint64_t n = 0;

	switch (option) {
	case SEED:
		return number(optarg, 0, UINT64_MAX / 2, &w->rollout.seed) ? NULL : "expected a number";
	case SEEDS:
		return number(optarg, 1, 1000000000, &w->seeds) ? NULL : "expected a number from 1";
	case DEVICES:
		if (!number(optarg, 1, 100000000, &n))
			return "expected a number from 1 to 100000000";
		w->rollout.devices = (uint32_t)n;
		return NULL;
	case DAYS:
		if (!number(optarg, 1, 366, &n))
			return "expected a number from 1 to 366";
		w->rollout.days = (uint32_t)n;
		return NULL;
	case START:
		return instant_parse(optarg, &w->rollout.start) ? NULL :
			"expected an instant such as 2026-12-04T22:00:00Z";
	case POLICY:
		w->rollout.policy = optarg;
		return NULL;
	case FEED:
		w->rollout.feed = optarg;
		return NULL;
	case SVG:
		w->rollout.svg = optarg;
		return NULL;
	default:
		w->trace |= option == TRACE;
		w->rollout.csv |= option == CSV;
		return NULL;
	}
}

/* What of the wishes does not go together; NULL: nothing. */
static const char *
contradiction(const struct wish *w, bool rollout)
{
	const struct rollout *r = &w->rollout;

	if (rollout && (w->trace || w->seeds))
		return "--seeds and --trace are about promises, the other options about a rollout";
	if (rollout && !r->policy)
		return "a rollout needs a --policy";
	if (rollout && !r->devices)
		return "a rollout needs --devices, how many";
	return w->trace && w->seeds ? "--trace shows one seed: --seed" : NULL;
}

int
cmd_simulate(int argc, char **argv)
{
	struct wish w = {.rollout = {.seed = 1, .days = 0}};
	const struct rollout *r = &w.rollout;
	const char *wrong;
	bool rollout;
	int option, code;

	while ((option = getopt_long(argc, argv, "", names, NULL)) != -1) {
		if (option == '?')
			return cli_usage("simulate", NULL);
		wrong = take(&w, option);
		if (wrong)
			return cli_usage("simulate", "--%s: %s, found \"%.40s\"", names[option].name, wrong, optarg);
	}
	if (optind < argc)
		return cli_usage("simulate", "found \"%.40s\", expected only options", argv[optind]);
	rollout = r->devices || r->policy || r->feed || r->svg || r->start || r->csv || r->days;
	wrong = contradiction(&w, rollout);
	if (wrong)
		return cli_usage("simulate", "%s", wrong);
	if (rollout)
		code = simulate_rollout(r);
	else
		code = w.trace ? show_seed(r->seed) : try_seeds(r->seed, w.seeds ? w.seeds : 1000);
	if (fflush(stdout) || ferror(stdout)) {
		fprintf(stderr, "lastcall simulate: standard output: %s\n", strerror(errno));
		code = EXIT_UNUSABLE;
	}
	return code;
}
