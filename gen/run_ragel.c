#include "run_ragel.h"

#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>

extern char **environ;

bool
run_ragel(const struct machine *m, const char *program, const char *flag, const char *from, const char *to)
{
	char *argv[] = {(char *)program, (char *)flag, "-o", (char *)to, (char *)from, NULL};
	pid_t child;
	int error = posix_spawnp(&child, program, NULL, NULL, argv, environ), status;

	if (error) {
		message_add(m->messages, MESSAGE_ERROR, program, (struct place){0}, "cannot be run: %s", strerror(error));
		return false;
	}
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return false;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	message_add(m->messages, MESSAGE_ERROR, from, (struct place){0}, "%s %s failed", program, flag);
	return false;
}
