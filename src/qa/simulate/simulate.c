/* simulate - the subcommand: checks the machine's promises in seeded worlds or, with --devices, plays a rollout. */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "text/command.h"
#include "rollout.h"
#include "life.h"
#include "workers.h"

/* --- promises --- */

/* Prints how a life failed, and its shortest trace. */
static int
report_failure(struct life *l)
{
	unsigned long long seed = (unsigned long long)l->seed;
	unsigned long long events = (unsigned long long)l->events;
	const char *comma = "";

	life_shrink(l);
	fprintf(stderr, "seed %llu: ", seed);
	if (l->wrong)
		fprintf(stderr, "recovery from its torn journal failed: %s", l->wrong);
	else if (l->stuck)
		fprintf(stderr, "the device does not become compliant after all faults have ended");
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

/* The seeds that workers take one by one. */
struct seeds {
	pthread_mutex_t lock;
	uint64_t next, end;		/* a seed that fails becomes the end: all before it have been taken */
	uint64_t events;
	int64_t lived;			/* ms */
};

static bool
take_seed(struct seeds *s, struct life *l)
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
add_life(struct seeds *s, const struct life *l)
{
	pthread_mutex_lock(&s->lock);
	s->events += l->events;
	s->lived += l->lived;
	if (life_failed(l) && l->seed < s->end)
		s->end = l->seed;
	pthread_mutex_unlock(&s->lock);
}

static void
run_seeds(void *seeds, unsigned number)
{
	struct life l;

	(void)number;
	while (take_seed(seeds, &l)) {
		life_run(&l);
		add_life(seeds, &l);
	}
}

static int
try_seeds(uint64_t first, uint64_t count)
{
	struct seeds s = {.lock = PTHREAD_MUTEX_INITIALIZER, .next = first, .end = first + count};
	struct life l = {.trouble_ms = LIFE_TROUBLE_MS};
	int code;

	workers_run(workers_count(), run_seeds, &s);
	if (s.end == first + count) {
		printf("seeds %llu to %llu: every promise kept, every device compliant; %llu events in %lld machine-days\n",
			(unsigned long long)first, (unsigned long long)(s.end - 1), (unsigned long long)s.events,
			(long long)(s.lived / DAY_MS));
		return EXIT_FINE;
	}
	l.seed = s.end;
	life_run(&l);
	code = report_failure(&l);
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

struct arguments {
	uint64_t seeds, days;
	bool trace;
	const char *devices;
	struct rollout rollout;
};

#define DEVICES_MOST 100000000

extern const struct command command_simulate;

/* Parses --devices: how many, or a file that lists them. */
static bool
choose_devices(const char *text, struct rollout *r)
{
	uint64_t count = 0;

	if (text[strspn(text, "0123456789")])
		r->list = text;
	else if (!command_number(text, 1, DEVICES_MOST, &count))
		return false;
	r->devices = (uint32_t)count;
	return true;
}

static int
simulate(void *arguments, unsigned count, char **operands)
{
	struct arguments *a = arguments;
	struct rollout *r = &a->rollout;
	char quoted[QUOTED_SIZE];
	int code;

	(void)count, (void)operands;
	r->days = (uint32_t)a->days;
	if (a->devices && !choose_devices(a->devices, r))
		return command_misused(&command_simulate, "option --devices needs a number from 1 to %d or a file, found %s",
			DEVICES_MOST, message_quote(a->devices, strlen(a->devices), quoted));
	if (a->devices)
		code = simulate_rollout(r);
	else
		code = a->trace ? show_seed(r->seed) : try_seeds(r->seed, a->seeds);
	return code;
}

#define AT(member) offsetof(struct arguments, member)
#define OF_PROMISES .forms = FORM(0)
#define OF_ROLLOUT .forms = FORM(1)

static const struct option options[] = {
	{"seed", "N", OPTION_NUMBER, AT(rollout.seed), .about = "begin with seed N", .fallback = "1",
	 .most = INT64_MAX},
	{"seeds", "N", OPTION_NUMBER, AT(seeds), .about = "try N seeds", .fallback = "1000", .least = 1,
	 .most = 1000000000, .either = 1, OF_PROMISES},
	{"trace", NULL, OPTION_FLAG, AT(trace), .about = "print the whole life of one seed as a trace", .either = 1, OF_PROMISES},
	{"devices", "N|FILE", OPTION_TEXT, AT(devices),
	 .about = "count a rollout to N devices, or to those listed in FILE", .required = true, OF_ROLLOUT},
	{"policy", "POLICY", OPTION_TEXT, AT(rollout.policy), .about = "the policy that the devices follow",
	 .required = true, OF_ROLLOUT},
	{"feed", "FEED", OPTION_TEXT, AT(rollout.feed), .about = "read the list of releases from FEED",
	 OF_ROLLOUT},
	{"days", "N", OPTION_NUMBER, AT(days), .about = "let N days pass", .fallback = "30", .least = 1,
	 .most = 366, OF_ROLLOUT},
	{"start", "TIME", OPTION_TIME, AT(rollout.start),
	 .about = "begin at TIME; by default two days before the notice, or on the day of the newest release", OF_ROLLOUT},
	{"csv", NULL, OPTION_FLAG, AT(rollout.csv), .about = "print the days as comma-separated values", OF_ROLLOUT},
	{"svg", "FILE", OPTION_TEXT, AT(rollout.svg), .about = "draw a chart into FILE, too", OF_ROLLOUT},
	{0},
};

const struct command command_simulate = {
	.name = "simulate", .about = "test promises in seeded worlds, or count how a rollout would go",
	.operands = {"", ""}, .options = options, .size = sizeof(struct arguments), .run = simulate,
};
