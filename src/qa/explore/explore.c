/* explore - the subcommand: proves the promises, or shows how one is broken. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "text/memory.h"
#include "text/command.h"
#include "explore.h"

#define MINUTE INT64_C(60000)

/* Durations are short, so that every moment can be visited, but relate to each other as in real policies: several warnings
 * in a countdown, a reminder longer than the time left, a wait shorter than the notice. A policy that changes keeps its
 * countdown's length, because which of two lengths is promised would depend on the moment. From the deadline on, `shipped`
 * is the default policy minute by minute: its countdown, retries and waits. */
#define SMALL .window = 2 * MINUTE, .repeat = 2 * MINUTE, .retry_wait = MINUTE, .recheck = MINUTE

const struct scope explore_scopes[] = {
	{"everything", {SMALL, .minimum = MINUTE, .length = 3 * MINUTE, .warn_every = MINUTE, .retry_times = 1,
		.close_apps = 1, .unattended = 1}, .without = " "},
	{"longer", {SMALL, .minimum = MINUTE, .length = 5 * MINUTE, .warn_every = 2 * MINUTE, .retry_times = 2,
		.close_apps = 1, .unattended = 1}, .settled = true, .without = " clock busy free "},
	{"waiting", {SMALL, .length = 3 * MINUTE, .warn_every = MINUTE, .retry_times = 1}, .settled = true,
		.without = " learn-more "},
	{"caching", {SMALL, .minimum = MINUTE, .length = 2 * MINUTE, .warn_every = MINUTE, .retry_times = 1, .close_apps = 1,
		.unattended = 1, .cache = 1}, .without = " clock learn-more busy free dismissed "},
	{"changing", {SMALL, .length = 3 * MINUTE, .warn_every = MINUTE, .retry_times = 1, .close_apps = 1},
		.settled = true, .without = " learn-more busy free dismissed ",
		.other = &(const struct settings){SMALL, .minimum = MINUTE, .length = 3 * MINUTE, .warn_every = 2 * MINUTE,
			.retry_times = 2, .unattended = 1, .cache = 1}},
	{"shipped", {.window = 2 * MINUTE, .repeat = 2 * MINUTE, .recheck = MINUTE, .length = 30 * MINUTE,
		.warn_every = 5 * MINUTE, .retry_times = 3, .retry_wait = 15 * MINUTE, .close_apps = 1, .unattended = 1},
		.settled = true, .without = " clock learn-more busy free dismissed remind "},
	{0},
};

#define PLAIN SMALL, .minimum = MINUTE, .length = 2 * MINUTE, .warn_every = MINUTE

/* For --paths: timers fire by themselves, and the notice is long enough for a banner to be repeated. */
const struct scope explore_stories[] = {
	{"story", {.window = 4 * MINUTE, .repeat = MINUTE, .retry_wait = MINUTE, .recheck = MINUTE, .minimum = MINUTE,
		.length = 2 * MINUTE, .warn_every = MINUTE, .retry_times = 1, .close_apps = 1, .unattended = 1, .cache = 1},
		.automatic = true, .near = true, .without = " "},
	{"plain", {PLAIN}, .automatic = true, .without = " ", .other = &(const struct settings){PLAIN, .unattended = 1}},
	{"patient", {PLAIN}, .automatic = true,
		.settled = true, .without = " start booted halt compliant remind dismissed learn-more open-timer window-closed "
		"logout sleep wake clock busy free downloaded download-failed crash install-failed progress "},
	{0},
};

#define STATES_LIMIT 1000000000

struct job {
	const char *traces, *paths;	/* folders, or NULL */
	uint64_t states_max;
	bool first;			/* stops at the first scope that breaks a promise */
	uint32_t broken;		/* promises, as bits */
	bool whole;			/* every scope was explored to its end */
	uint64_t states, steps;
};

/* Creates a file. Returns NULL, after printing why, if that fails. */
static FILE *
open_trace(const char *folder, const char *promise, const char *scope, char path[4096])
{
	FILE *out = NULL;

	if (snprintf(path, 4096, "%s/%s-%s.trace", folder, promise, scope) < 4096)
		out = fopen(path, "w");
	if (!out)
		fprintf(stderr, "lastcall explore: %s: %s\n", path, strerror(errno));
	return out;
}

/* Writes a trace that breaks a promise, into a file of its own or to standard output. */
static void
write_counterexample(const struct job *j, const struct search *s, unsigned promise)
{
	const struct promise *p = &machine_promise[promise];
	char path[4096] = "below";
	FILE *out = j->traces ? open_trace(j->traces, p->name, s->scope->name, path) : stdout;
	uint16_t *way;
	size_t length = search_way(s, s->breaking[promise], &way);

	printf("BROKEN  %s (line %u): %s\n        %s in %zu steps: %s\n", p->name, p->line, p->says, s->scope->name, length,
		path);
	if (out && !(explore_write(s, way, length, p->says, out) >> promise & 1))
		printf("        the trace itself does not break it: the exploration treats all long past times alike\n");
	if (out && out != stdout && !explore_close(out))
		fprintf(stderr, "lastcall explore: %s: %s\n", path, strerror(errno));
	free(way);
}

/* Each scope is explored in a thread of its own; they share nothing that changes. */
struct walk {
	struct search search;
	enum search_end end;
	double seconds;		/* of processor time */
	pthread_t thread;
};

static void *
explore_scope(void *data)
{
	struct walk *w = data;
	struct timespec used;

	w->end = search_run(&w->search);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
	w->seconds = (double)used.tv_sec + (double)used.tv_nsec / 1e9;
	return NULL;
}

static void
start_walk(struct walk *w, const struct job *j, const struct scope *scope)
{
	w->search = (struct search){.scope = scope, .states_max = j->states_max, .first_only = j->first};
	if (pthread_create(&w->thread, NULL, explore_scope, w) != 0)
		memory_out();
}

static void
finish_walk(struct walk *w, struct job *j)
{
	static const char *const ends[] = {
		[SEARCH_WHOLE] = "", [SEARCH_FOUND] = "", [SEARCH_FULL] = ", not all: stopped early",
		[SEARCH_OFF_GRID] = ", not all: a duration is not a multiple of a minute",
	};
	struct search *s = &w->search;

	pthread_join(w->thread, NULL);
	printf("%-12s %9zu states %11llu transitions %6.1f s of CPU, %.1f million a second%s\n", s->scope->name, s->count,
		(unsigned long long)s->steps, w->seconds, (double)s->steps / w->seconds / 1e6, ends[w->end]);
	for (unsigned i = 0; machine_promise[i].name; i++)
		if (s->broken >> i & 1 && !(j->broken >> i & 1)) {
			write_counterexample(j, s, i);
			j->broken |= UINT32_C(1) << i;
		}
	j->whole &= w->end == SEARCH_WHOLE;
	j->states += s->count;
	j->steps += s->steps;
	search_free(s);
}

static int
prove_promises(struct job *j)
{
	static struct walk walks[sizeof explore_scopes / sizeof *explore_scopes - 1];
	const size_t count = sizeof walks / sizeof *walks;

	explore_watcher();	/* prepared before there are threads */
	for (size_t i = 0; i < count && j->whole; i++) {
		start_walk(&walks[i], j, &explore_scopes[i]);
		if (j->first)	/* the rest may not be needed */
			finish_walk(&walks[i], j);
	}
	for (size_t i = 0; i < count && !j->first; i++)
		finish_walk(&walks[i], j);
	for (unsigned i = 0; machine_promise[i].name; i++) {
		printf("%s  %-18s %s\n", j->broken >> i & 1 ? "BROKEN" : j->whole ? "proved" : "open  ", machine_promise[i].name,
			machine_promise[i].says);
	}
	printf("%llu states, %llu transitions\n", (unsigned long long)j->states, (unsigned long long)j->steps);
	return j->whole && !j->broken ? EXIT_FINE : EXIT_DIFFERENT;
}

static bool
make_folder(const char *path)
{
	struct stat there;

	if (mkdir(path, 0777) == 0 || (errno == EEXIST && stat(path, &there) == 0 && S_ISDIR(there.st_mode)))
		return true;
	errno = errno == EEXIST ? ENOTDIR : errno;
	fprintf(stderr, "lastcall explore: %s: %s\n", path, strerror(errno));
	return false;
}

static int
explore(void *arguments, unsigned count, char **operands)
{
	struct job *j = arguments;
	int code;

	(void)count, (void)operands;
	j->whole = true;
	if ((j->traces && !make_folder(j->traces)) || (j->paths && !make_folder(j->paths)))
		return EXIT_UNUSABLE;
	code = j->paths ? explore_paths(explore_stories, j->paths) : prove_promises(j);
	if (fflush(stdout) || ferror(stdout)) {
		fprintf(stderr, "lastcall explore: standard output: %s\n", strerror(errno));
		code = EXIT_UNUSABLE;
	}
	return code;
}

#define AT(member) offsetof(struct job, member)

static const struct option options[] = {
	{"traces", "FOLDER", OPTION_TEXT, AT(traces),
	 .about = "write the way to each broken promise into FOLDER, not to standard output", .forms = FORM(0)},
	{"states", "N", OPTION_NUMBER, AT(states_max), .about = "give up a policy after N states",
	 .fallback = "20000000", .least = 1, .most = STATES_LIMIT, .forms = FORM(0)},
	{"first", NULL, OPTION_FLAG, AT(first), .about = "stop at the first broken promise", .forms = FORM(0)},
	{"paths", "FOLDER", OPTION_TEXT, AT(paths), .about = "write traces that together take every transition into FOLDER",
	 .required = true, .forms = FORM(1)},
	{0},
};

const struct command command_explore = {
	.name = "explore", .about = "prove what the machine promises, or show how a promise is broken", .operands = {"", ""},
	.options = options, .size = sizeof(struct job), .run = explore,
};
