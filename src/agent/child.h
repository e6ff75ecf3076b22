/* child - one child process of the agent: started with a clean environment, in a session of its own, its output read
 * line by line, and ended if it is silent for too long. Knows nothing of drivers and verbs. */
#ifndef CHILD_H
#define CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "platform/loop.h"

#define CHILD_LINE 65536	/* bytes of a line; what is beyond is cut off */

struct child {
	/* Set by the owner, borrowed. */
	struct ev_loop *loop;
	const char *name;		/* for the log */
	/* A line of output, NUL-terminated and without its end; none once the child is being ended. */
	void (*said)(void *context, const char *line);
	/* It ended, whoever still holds its pipe. ended_by: why we ended it, or NULL; status: as waitpid(2) returns it. */
	void (*over)(void *context, const char *ended_by, int status);
	void *context;

	pid_t pid;			/* 0: does not run */
	int output;
	ev_child watcher;
	ev_io readable;
	ev_timer stall, grace;
	size_t heard;			/* bytes of output */
	const char *ended_by;
	char line[CHILD_LINE + 1];	/* whose end has not come yet */
	size_t line_length;
	bool skipping;			/* the rest of a line that was too long */
};

/* Whether we may run an executable: it and its folder belong to us or root, and nobody else can write there. False:
 * why, for the log. */
bool child_trusted(const char *folder, const char *path, char why[256]);

/* Runs path, or, if body is given, body(argc, argv) in the child in its place; its standard input is empty. stall:
 * seconds of silence after which it is ended, 0: never; grace: seconds between SIGTERM and SIGKILL. False and errno:
 * it did not start. */
bool child_start(struct child *, const char *path, int (*body)(int argc, char **argv), char **argv, const char *home,
	double stall, double grace);
/* Ends it: SIGTERM, later SIGKILL. Does nothing if it does not run, or is being ended already. */
void child_end(struct child *, const char *why);
/* Kills it; over() is not called. */
void child_kill(struct child *);

#endif
