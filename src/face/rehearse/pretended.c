/* pretended - drivers that only pretend: they print what real ones would print, take their time, and do nothing else.
 * A rehearsal has no others: nothing in this folder closes an app, installs or restarts anything. */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "host.h"
#include "stage.h"

enum { PROGRESS_LINES = 25 };

static double speed = 1;

void
pretended_pace(double factor)
{
	speed = factor;
}

/* ms: of the rehearsal's time */
static void
pass_time(int64_t ms)
{
	double seconds = (double)ms / 1000 / speed;
	struct timespec t = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};

	nanosleep(&t, NULL);
}

/* Returns the effect that a driver carries out, or EFFECTS. */
static enum effect_kind
effect_of(const char *job, const char *verb)
{
	enum effect_kind kind = 0;

	while (kind < EFFECTS && (!machine_effect[kind].verb || strcmp(machine_effect[kind].job, job) != 0 ||
		strcmp(machine_effect[kind].verb, verb) != 0))
		kind++;
	return kind;
}

/* Passes the time that the work takes, with lines of progress. Flushes each: the agent reads a pipe. */
static int
pretend_work(const char *job, int argc, char **argv, int lines)
{
	enum effect_kind kind = argc > 1 ? effect_of(job, argv[1]) : EFFECTS;
	const struct host_work *work = kind == EFFECTS ? NULL : host_work(kind);

	for (int i = 1; work && i <= lines; i++) {
		pass_time(work->takes / lines);
		printf("progress %d\n", 100 * i / lines);
		fflush(stdout);
	}
	if (work && !lines)
		pass_time(work->takes);
	if (work && lines)
		puts(machine_event[host_done(kind)].name);
	return 0;
}

static int
pretend_updater(int argc, char **argv)
{
	return pretend_work("updater", argc, argv, PROGRESS_LINES);
}

/* Runs until the agent ends it or dies. */
static void
hold_apps(void)
{
	pid_t agent = getppid();

	while (getppid() == agent)
		sleep(1);
}

static int
pretend_apps(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], machine_effect[FX_HOLD_APPS].verb))
		hold_apps();
	return pretend_work("apps", argc, argv, 0);
}

static int
pretend_power(int argc, char **argv)
{
	(void)argc, (void)argv;
	puts("message this device would restart now");
	return 0;
}

const struct pretence pretended_drivers[] = {
	{"updater", pretend_updater}, {"apps", pretend_apps}, {"power", pretend_power}, {NULL, NULL},
};
