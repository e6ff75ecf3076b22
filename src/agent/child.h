/* child - one child process of the agent: starts it with a clean environment in a session of its own, reads its output
 * line by line, and ends it if it prints nothing for too long. Knows nothing of drivers and verbs. */
#ifndef CHILD_H
#define CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "platform/loop.h"

#define CHILD_LINE 65536	/* bytes of a line; the rest of a longer one is cut off */

struct child {
	/* Set by the owner, borrowed. */
	struct ev_loop *loop;
	const char *name;		/* for the log */
	/* Called for each line of output, NUL-terminated, without its newline; not after child_end. */
	void (*printed)(void *context, const char *line);
	/* Called when the process has ended, even if another one still holds its pipe. ended_by: the reason given to
	 * child_end, or NULL; status: as waitpid(2) returns it. */
	void (*ended)(void *context, const char *ended_by, int status);
	void *context;

	pid_t pid;			/* 0: not running */
	int output;
	ev_child watcher;
	ev_io readable;
	ev_timer stall, grace;
	size_t received;		/* bytes of output */
	const char *ended_by;
	char line[CHILD_LINE + 1];	/* the line being read */
	size_t line_length;
	bool skipping;			/* the rest of a line that was too long is being read */
};

/* Returns true if the executable may be run: it and its folder belong to our user or root, and no other user can write
 * to them. If not, writes why, for the log. */
bool child_trusted(const char *folder, const char *path, char why[256]);

/* Starts a child that executes path, or calls body(argc, argv) if body is not NULL; its standard input is empty. stall:
 * seconds without output after which it is ended, 0: never; grace: seconds between SIGTERM and SIGKILL. Returns false
 * and sets errno if it cannot start. */
bool child_start(struct child *, const char *path, int (*body)(int argc, char **argv), char **argv, const char *home,
	double stall, double grace);
/* Ends the child: SIGTERM, later SIGKILL. Does nothing if it is not running, or is being ended already. */
void child_end(struct child *, const char *why);
/* Kills the child; ended() is not called. */
void child_kill(struct child *);

#endif
