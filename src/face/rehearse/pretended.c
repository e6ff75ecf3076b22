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

/* Flushes each line: the agent reads a pipe. */
static int
updater(int argc, char **argv)
{
	const struct host_work *work = host_work(argc > 1 && !strcmp(argv[1], "install") ? FX_INSTALL : FX_DOWNLOAD);

	for (int i = 1; i <= PROGRESS_LINES; i++) {
		pass_time(work->takes / PROGRESS_LINES);
		printf("progress %d\n", 100 * i / PROGRESS_LINES);
		fflush(stdout);
	}
	puts(machine_event[work->done].name);
	return 0;
}

/* Runs until the agent ends it or dies. */
static void
hold(void)
{
	pid_t agent = getppid();

	while (getppid() == agent)
		sleep(1);
}

static int
apps(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "close"))
		pass_time(host_work(FX_CLOSE_APPS)->takes);
	else if (argc > 1 && !strcmp(argv[1], "hold"))
		hold();
	return 0;
}

static int
power(int argc, char **argv)
{
	(void)argc, (void)argv;
	puts("message this device would restart now");
	return 0;
}

const struct pretence pretended_drivers[] = {
	{"updater", updater}, {"apps", apps}, {"power", power}, {NULL, NULL},
};
