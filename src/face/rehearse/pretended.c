#include "pretended.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* What a device of some years takes, in minutes of the rehearsal's time. */
enum { DOWNLOADING = 300, INSTALLING = 18, CLOSING = 1, STEPS = 25 };

static double speed = 1;

void
pretended_pace(double factor)
{
	speed = factor;
}

static void
take(double minutes)
{
	double seconds = minutes * 60 / speed;
	struct timespec t = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};

	nanosleep(&t, NULL);
}

/* One line a step, at once: the agent reads a pipe. */
static void
work(double minutes)
{
	for (int i = 1; i <= STEPS; i++) {
		take(minutes / STEPS);
		printf("progress %d\n", 100 * i / STEPS);
		fflush(stdout);
	}
}

static int
updater(int argc, char **argv)
{
	bool install = argc > 1 && !strcmp(argv[1], "install");

	work(install ? INSTALLING : DOWNLOADING);
	puts(install ? "installed" : "downloaded");
	return 0;
}

/* Until the agent ends it, or is itself gone without a word. */
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
		take(CLOSING);
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
