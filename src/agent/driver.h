/* driver - runs the platform's executables: one child for each effect that machine/update.yaml assigns to a driver,
 * never through a shell.
 *
 * `<folder>/<job> <verb> [version]`, in a session of its own, with a clean environment and an empty standard input; its
 * output is read line by line, within limits. A run ends when its process ends, even if another one still holds the
 * pipe. */
#ifndef DRIVER_H
#define DRIVER_H

#include <stdbool.h>
#include <stdint.h>

#include "machine.h"
#include "platform/loop.h"

enum driver_outcome { DRIVER_DONE, DRIVER_LATER, DRIVER_UNAVAILABLE, DRIVER_REFUSED, DRIVER_FAILED };
enum driver_word { DRIVER_PROGRESS, DRIVER_MESSAGE, DRIVER_OUTCOME, DRIVER_OTHER };	/* DRIVER_OUTCOME: success */

/* A pretended driver: a function that runs in the child in place of an executable. Returns the exit status; argv is
 * {job, verb, version or NULL}. */
struct pretence {
	const char *job;
	int (*run)(int argc, char **argv);
};

struct driver_settings {
	const char *folder;		/* of the executables */
	const struct pretence *pretended;	/* ends with job NULL; NULL: none. If given, no executable is ever run */
	const char *home;		/* HOME of the children: the state folder */
	double stall;			/* seconds without output, and between SIGTERM and SIGKILL; 0: the defaults */
	/* Called for each line of output; and once at the end of each run, with one line for the log. */
	void (*printed)(void *context, enum effect_kind, enum driver_word, int percent, const char *text);
	void (*ended)(void *context, enum effect_kind, enum driver_outcome, const char *detail);
	void *context;
};

struct drivers;

/* The loop must be the default one: only that one watches children. Settings are copied, strings borrowed. */
struct drivers *drivers_new(struct ev_loop *, const struct driver_settings *);
/* Starts the driver of an effect. Drivers that may not run beside it are ended first; an earlier run of the same effect
 * does not call ended(). If the driver cannot be run at all, ended() is called before this returns. */
void driver_start(struct drivers *, enum effect_kind, const char *version);
/* Ends every run but one that releases apps. */
void drivers_end(struct drivers *);
bool drivers_running(const struct drivers *);
/* Kills the drivers that still run; ended() is not called. */
void drivers_free(struct drivers *);

#endif
