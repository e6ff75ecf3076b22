#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/log.h"

#define MOST_DESCRIPTORS 1024	/* more than an agent with its few clients ever holds */
#define OUTPUT_MOST (10u << 20)	/* bytes of one run that are read as lines */
#define LAST_READS 16		/* buffers of output that are read after the child has ended */

/* --- output, split into lines --- */

static void
finish_line(struct child *c, bool cut)
{
	c->line[c->line_length] = '\0';
	c->line_length = 0;
	if (cut)
		log_say(LEVEL_WARNING, "driver line too long: cut", "driver", c->name, NULL);
	if (!c->ended_by)
		c->printed(c->context, c->line);
}

static void
add_byte(struct child *c, char byte)
{
	if (byte == '\n' || byte == '\r') {
		if (c->line_length)
			finish_line(c, false);
		c->skipping = false;
		return;
	}
	if (c->skipping)
		return;
	c->line[c->line_length++] = byte ? byte : ' ';
	if (c->line_length == CHILD_LINE) {
		c->skipping = true;
		finish_line(c, true);
	}
}

/* Output beyond the limit is read, so that the driver does not block, but ignored: the stall timer goes on. */
static void
add_output(struct child *c, const char *bytes, size_t length)
{
	size_t left = OUTPUT_MOST - c->received;

	if (length < left) {
		c->received += length;
		for (size_t i = 0; i < length; i++)
			add_byte(c, bytes[i]);
		if (!c->ended_by)
			ev_timer_again(c->loop, &c->stall);
		return;
	}
	if (left) {
		c->received = OUTPUT_MOST;
		log_say(LEVEL_WARNING, "driver output too long: the rest is ignored", "driver", c->name, NULL);
	}
}

/* One bufferful at a time, so that a flood delays nothing else. Returns false if there is no more to read now. */
static bool
read_output(struct child *c)
{
	char bytes[16384];
	ssize_t got = read(c->output, bytes, sizeof bytes);

	if (got > 0)
		add_output(c, bytes, (size_t)got);
	else if (got == 0)
		ev_io_stop(c->loop, &c->readable);
	return got == (ssize_t)sizeof bytes;
}

static void
on_readable(struct ev_loop *loop, ev_io *w, int events)
{
	(void)loop, (void)events;
	read_output(w->data);
}

/* --- end of the child --- */

static void
send_signal(pid_t pid, int signal)
{
	/* To the whole process group, which does not exist until the child has called setsid. */
	if (kill(-pid, signal) < 0 && errno == ESRCH)
		kill(pid, signal);
}

static void
on_stall(struct ev_loop *loop, ev_timer *w, int events)
{
	(void)events;
	ev_timer_stop(loop, w);
	child_end(w->data, "no output for too long");
}

static void
on_grace(struct ev_loop *loop, ev_timer *w, int events)
{
	struct child *c = w->data;

	(void)events;
	ev_timer_stop(loop, w);
	send_signal(c->pid, SIGKILL);
}

static void
stop_watchers(struct child *c)
{
	ev_child_stop(c->loop, &c->watcher);
	ev_io_stop(c->loop, &c->readable);
	ev_timer_stop(c->loop, &c->stall);
	ev_timer_stop(c->loop, &c->grace);
	close(c->output);
	c->pid = 0;
}

/* What it wrote before its end is in the pipe now; what a grandchild may write later does not count. */
static void
on_end(struct ev_loop *loop, ev_child *w, int events)
{
	struct child *c = w->data;

	(void)loop, (void)events;
	for (int i = 0; i < LAST_READS && read_output(c); i++)
		;
	if (c->line_length)
		finish_line(c, false);
	if (c->ended_by)
		kill(-c->pid, SIGKILL);	/* processes of its group that ignored SIGTERM */
	stop_watchers(c);
	c->ended(c->context, c->ended_by, w->rstatus);
}

void
child_end(struct child *c, const char *why)
{
	if (!c->pid || c->ended_by)
		return;
	c->ended_by = why;
	log_say(LEVEL_INFO, "ending driver", "driver", c->name, "why", why, NULL);
	ev_timer_stop(c->loop, &c->stall);
	ev_timer_start(c->loop, &c->grace);
	send_signal(c->pid, SIGTERM);
}

void
child_kill(struct child *c)
{
	if (!c->pid)
		return;
	send_signal(c->pid, SIGKILL);
	stop_watchers(c);
}

/* --- start of the child --- */

static bool
is_ours_alone(const char *path, bool executable, char why[256])
{
	struct stat s;

	if (stat(path, &s) < 0)
		snprintf(why, 256, "%s: %s", path, strerror(errno));
	else if (executable ? !S_ISREG(s.st_mode) : !S_ISDIR(s.st_mode))
		snprintf(why, 256, "%s is not a %s", path, executable ? "file" : "folder");
	else if (s.st_uid != geteuid() && s.st_uid != 0)
		snprintf(why, 256, "%s belongs to user %u", path, (unsigned)s.st_uid);
	else if (s.st_mode & (S_IWGRP | S_IWOTH))
		snprintf(why, 256, "%s can be written by others", path);
	else if (executable && access(path, X_OK) < 0)
		snprintf(why, 256, "%s cannot be executed", path);
	else
		return true;
	return false;
}

bool
child_trusted(const char *folder, const char *path, char why[256])
{
	return is_ours_alone(folder, false, why) && is_ours_alone(path, true, why);
}

/* Restores the signals that the agent handles, ignores or blocks: a driver starts with the defaults. */
static void
restore_signals(void)
{
	static const int changed[] = {SIGHUP, SIGINT, SIGTERM, SIGCHLD, SIGPIPE};
	sigset_t none;

	for (unsigned i = 0; i < sizeof changed / sizeof *changed; i++)
		signal(changed[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static _Noreturn void
run_child(const char *path, int (*body)(int argc, char **argv), char **argv, const char *home, int output)
{
	char home_is[1024];
	char *environment[] = {"PATH=/usr/bin:/bin:/usr/sbin:/sbin", "LANG=C", "LC_ALL=C", "LASTCALL_DRIVER=1", home_is, NULL};
	int argc = 0, null = open("/dev/null", O_RDONLY);

	snprintf(home_is, sizeof home_is, "HOME=%s", home);
	setsid();
	restore_signals();
	if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 ||
	    dup2(output, STDERR_FILENO) < 0)
		_exit(126);
	/* A body runs without exec, so nothing else closes the journal, its lock and the loop. The lock is closed last: an
	 * agent that waits for it must not find the socket of a killed one still listening. */
	for (int fd = MOST_DESCRIPTORS - 1; fd > STDERR_FILENO; fd--)
		close(fd);
	while (argv[argc])
		argc++;
	if (body) {
		argc = body(argc, argv);
		fflush(stdout);
		_exit(argc);
	}
	execve(path, argv, environment);
	_exit(127);
}

/* macOS has no pipe2. */
static bool
open_pipe(int ends[2])
{
	if (pipe(ends) < 0)
		return false;
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	return true;
}

static pid_t
fork_child(const char *path, int (*body)(int argc, char **argv), char **argv, const char *home, int *output)
{
	int ends[2], saved;
	pid_t pid;

	if (!open_pipe(ends))
		return -1;
	fflush(stdout);	/* or a body would print our buffered output a second time */
	pid = fork();
	saved = errno;
	if (pid == 0)
		run_child(path, body, argv, home, ends[1]);
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		errno = saved;
		return -1;
	}
	*output = ends[0];
	return pid;
}

bool
child_start(struct child *c, const char *path, int (*body)(int argc, char **argv), char **argv, const char *home,
	double stall, double grace)
{
	pid_t pid = fork_child(path, body, argv, home, &c->output);

	if (pid < 0)
		return false;
	c->pid = pid;
	c->received = 0;
	c->ended_by = NULL;
	c->line_length = 0;
	c->skipping = false;
	ev_child_init(&c->watcher, on_end, pid, 0);
	ev_io_init(&c->readable, on_readable, c->output, EV_READ);
	ev_timer_init(&c->stall, on_stall, 0, stall);
	ev_timer_init(&c->grace, on_grace, grace, 0);
	c->watcher.data = c->readable.data = c->stall.data = c->grace.data = c;
	ev_child_start(c->loop, &c->watcher);
	ev_io_start(c->loop, &c->readable);
	ev_timer_again(c->loop, &c->stall);	/* does nothing for 0 */
	return true;
}
