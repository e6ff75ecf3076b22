/* running - one driver while it runs: what it says, and how it ends. Knows children, not which verbs there are. */
#ifndef RUNNING_H
#define RUNNING_H

#include <sys/types.h>

#include "driver.h"
#include "lines.h"

struct running {
	struct ev_loop *loop;
	const char *name;		/* for the log */
	pid_t pid;			/* 0: does not run */
	int output;
	ev_child child;
	ev_io readable;
	ev_timer stall, grace;
	size_t heard;			/* bytes */
	const char *ended_by;		/* why we end it; NULL: it ends by itself */
	struct lines lines;
	/* A line, unless it is being ended; and the end, once. ended_by or NULL, and what waitpid(2) says. */
	void (*said)(void *context, const char *line);
	void (*over)(void *context, const char *ended_by, int status);
	void *context;
};

/* A child that was just spawned. stall: seconds of silence until it is ended, 0 for ever; grace: seconds until it is
 * killed then. */
void running_begin(struct running *, pid_t, int output, double stall, double grace);
/* Ends it, politely first. Nothing when it does not run, or is being ended already. */
void running_end(struct running *, const char *why);
/* Kills it without a word. */
void running_kill(struct running *);

#endif
