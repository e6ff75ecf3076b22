#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_DESCRIPTORS 1024	/* beyond what an agent with its few clients ever holds */

static bool
ours_alone(const char *path, bool executable, char why[256])
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
spawn_trusted(const char *folder, const char *path, char why[256])
{
	return ours_alone(folder, false, why) && ours_alone(path, true, why);
}

/* What the agent changed for itself, a driver finds as init left it. */
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
become(const char *path, int (*body)(int argc, char **argv), char **argv, const char *home, int output)
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
	/* Where a body runs, no exec closes the journal and its lock, nor the loop. */
	for (int fd = STDERR_FILENO + 1; fd < MOST_DESCRIPTORS; fd++)
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

/* pipe2 is not everywhere. */
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

pid_t
spawn(const char *path, int (*body)(int argc, char **argv), char **argv, const char *home, int *output)
{
	int ends[2], saved;
	pid_t pid;

	if (!open_pipe(ends))
		return -1;
	fflush(stdout);	/* or a body would say again what we have said */
	pid = fork();
	saved = errno;
	if (pid == 0)
		become(path, body, argv, home, ends[1]);
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		errno = saved;
		return -1;
	}
	*output = ends[0];
	return pid;
}

void
spawn_signal(pid_t pid, int signal)
{
	/* Before the child has come to its setsid there is no such group yet. */
	if (kill(-pid, signal) < 0 && errno == ESRCH)
		kill(pid, signal);
}
