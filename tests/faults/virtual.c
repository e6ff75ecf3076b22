/* virtual - a preloaded library that runs a program in virtual time: another process, the director, sets its clocks and
 * decides how much time passes whenever it would wait. So days take milliseconds, and every run is the same.
 *
 *	VIRTUAL_TIME	descriptor of a socket to the director; without it the library does nothing
 *
 * Lines to the director, and the line with which it answers each:
 *	now		the program starts	-> at REAL AWAKE BOOT
 *	wait MS		it would wait at most MS, -1: for ever; it sees at once what the director did before answering
 *				-> at REAL AWAKE BOOT, or ended PID: a child is about to end, wait for it
 *	child PID	it forked a child	-> any line, once the child has connected to the director
 *	kill PID SIGNAL	it sent a child a signal -> ended PID, or any other line if the child goes on
 * REAL, AWAKE and BOOT are CLOCK_REALTIME, CLOCK_MONOTONIC and CLOCK_BOOTTIME in ms. REAL may jump, when the
 * clock is set; BOOT alone goes on while the device sleeps. The program notices both as timerfd_create(2) describes. */
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The agent arms timers a fraction of a ms late, and libev fires a timer only after its time has passed, not at that time.
 * So the clocks show a little more than whole ms, and a little more with each wait. */
#define BEYOND_NS 600000
#define MORE_NS 4
#define MOST_NS 990000

#define LINE 80
#define REAL(name) ((__typeof__(&name))(uintptr_t)dlsym(RTLD_NEXT, #name))

struct clocks {
	long long real, awake, boot;	/* ms */
};

static struct clocks now;
static long beyond = BEYOND_NS;
static int director = -1;
static int clock_set = -1;		/* an eventfd in place of libev's timerfd, which reports that the clock was set */

static void
give_up(const char *why)
{
	fprintf(stderr, "virtual: %s\n", why);
	_exit(98);
}

static void
send_line(const char *line)
{
	size_t left = strlen(line);

	for (ssize_t n; left; line += n, left -= (size_t)n) {
		n = write(director, line, left);
		if (n < 0 && errno == EINTR)
			n = 0;
		if (n < 0)
			give_up("nobody directs");
	}
}

/* Sends a line and reads the answer, without its newline. Signal handlers may run while it waits. */
static void
ask(const char *line, char answer[LINE])
{
	size_t length = 0;

	send_line(line);
	do {
		ssize_t n = read(director, answer + length, 1);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			give_up("nobody directs");
		length++;
	} while (answer[length - 1] != '\n' && length < LINE);
	answer[length - 1] = '\0';
}

static void
set_clocks(const char *answer)
{
	struct clocks was = now;

	if (sscanf(answer, "at %lld %lld %lld", &now.real, &now.awake, &now.boot) != 3)
		give_up(answer);
	if (clock_set >= 0 && (now.boot - now.awake != was.boot - was.awake || now.real - now.boot != was.real - was.boot))
		eventfd_write(clock_set, 1);
}

/* Waits until the child can be waited for: by then its SIGCHLD is pending. */
static void
await_end(const char *answer)
{
	siginfo_t info;
	int pid;

	if (sscanf(answer, "ended %d", &pid) != 1)
		return;
	while (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) < 0 && errno == EINTR)
		;
}

__attribute__((constructor)) static void
begin(void)
{
	const char *fd = getenv("VIRTUAL_TIME");
	char answer[LINE];

	if (!fd)
		return;
	director = atoi(fd);
	ask("now\n", answer);
	set_clocks(answer);
}

/* --- clocks --- */

static bool
show(clockid_t id, struct timespec *t)
{
	long long ms;

	if (director < 0)
		return false;
	if (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)
		ms = now.real;
	else if (id == CLOCK_BOOTTIME)
		ms = now.boot;
	else if (id == CLOCK_MONOTONIC || id == CLOCK_MONOTONIC_RAW || id == CLOCK_MONOTONIC_COARSE)
		ms = now.awake;
	else
		return false;
	t->tv_sec = ms / 1000;
	t->tv_nsec = (long)(ms % 1000) * 1000000 + beyond;
	return true;
}

int
clock_gettime(clockid_t id, struct timespec *t)
{
	return show(id, t) ? 0 : REAL(clock_gettime)(id, t);
}

int
gettimeofday(struct timeval *restrict t, void *restrict zone)
{
	struct timespec ts;

	if (!show(CLOCK_REALTIME, &ts))
		return REAL(gettimeofday)(t, zone);
	t->tv_sec = ts.tv_sec;
	t->tv_usec = ts.tv_nsec / 1000;
	return 0;
}

time_t
time(time_t *t)
{
	struct timespec ts;

	if (!show(CLOCK_REALTIME, &ts))
		return REAL(time)(t);
	if (t)
		*t = ts.tv_sec;
	return ts.tv_sec;
}

/* --- waits --- */

int
epoll_wait(int fd, struct epoll_event *events, int most, int timeout)
{
	int (*poll_now)(int, struct epoll_event *, int, int) = REAL(epoll_wait);
	long long until = timeout < 0 ? LLONG_MAX : now.awake + timeout;
	char line[LINE];
	int got;

	while (!(got = poll_now(fd, events, most, director < 0 ? timeout : 0)) && director >= 0 && now.awake < until) {
		snprintf(line, sizeof line, "wait %lld\n", timeout < 0 ? -1LL : until - now.awake);
		ask(line, line);
		if (strncmp(line, "at ", 3) == 0)
			set_clocks(line);
		else
			await_end(line);
	}
	if (beyond < MOST_NS)
		beyond += MORE_NS;
	return got;
}

/* Only for libev's timerfd, which is set for years ahead and reports when the clock is set. Here it never expires. (If the
 * clock were set even further ahead, a real one would expire at once, and libev would spin for half a second.) */
int
timerfd_create(clockid_t id, int flags)
{
	if (director < 0)
		return REAL(timerfd_create)(id, flags);
	if (id != CLOCK_REALTIME || clock_set >= 0)
		give_up("a timerfd that is not for changes of the clock");
	clock_set = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	return clock_set;
}

int
timerfd_settime(int fd, int flags, const struct itimerspec *value, struct itimerspec *old)
{
	eventfd_t told;

	if (director < 0)
		return REAL(timerfd_settime)(fd, flags, value, old);
	if (!(flags & TFD_TIMER_CANCEL_ON_SET))
		give_up("a timerfd that is meant to expire");
	eventfd_read(fd, &told);
	return 0;
}

/* --- children --- */

pid_t
fork(void)
{
	char line[LINE];
	pid_t pid = REAL(fork)();

	if (director < 0 || pid < 0)
		return pid;
	if (pid == 0) {
		director = -1;
		return 0;
	}
	snprintf(line, sizeof line, "child %d\n", (int)pid);
	ask(line, line);
	return pid;
}

int
kill(pid_t pid, int number)
{
	int status = REAL(kill)(pid, number);
	siginfo_t info = {0};
	char line[LINE];

	/* The director need not know about a child that has ended already. */
	if (director < 0 || status < 0 || waitid(P_PID, (id_t)abs(pid), &info, WEXITED | WNOWAIT | WNOHANG) < 0)
		return status;
	snprintf(line, sizeof line, "kill %d %d\n", abs(pid), number);
	ask(line, line);
	await_end(line);
	return status;
}
