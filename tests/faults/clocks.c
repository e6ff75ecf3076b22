/* clocks - a preloaded library that moves the clocks that a program reads. The file that CLOCKS names holds three numbers
 * (ms), which are added to real time, time since boot and time awake. The kernel's own timers do not move. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

typedef int clock_reader(clockid_t, struct timespec *);

static long long
offset_of(clockid_t id)
{
	const char *path = getenv("CLOCKS");
	FILE *f = path ? fopen(path, "r") : NULL;
	long long real = 0, since_boot = 0, awake = 0;

	if (f) {
		if (fscanf(f, "%lld %lld %lld", &real, &since_boot, &awake) != 3)
			abort();
		fclose(f);
	}
	return id == CLOCK_REALTIME ? real : id == CLOCK_BOOTTIME ? since_boot : id == CLOCK_MONOTONIC ? awake : 0;
}

int
clock_gettime(clockid_t id, struct timespec *t)
{
	static clock_reader *reader;
	long long ns;
	int status;

	if (!reader)
		*(void **)&reader = dlsym(RTLD_NEXT, "clock_gettime");
	status = reader(id, t);
	ns = t->tv_nsec + offset_of(id) % 1000 * 1000000;
	t->tv_sec += offset_of(id) / 1000 + (ns >= 1000000000) - (ns < 0);
	t->tv_nsec = (long)(ns + (ns < 0) * 1000000000 - (ns >= 1000000000) * 1000000000);
	return status;
}

int
gettimeofday(struct timeval *restrict t, void *restrict zone)
{
	struct timespec now;
	int status = clock_gettime(CLOCK_REALTIME, &now);

	(void)zone;
	t->tv_sec = now.tv_sec;
	t->tv_usec = now.tv_nsec / 1000;
	return status;
}
