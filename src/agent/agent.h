/* agent - the host of the machine: connects the clock, the journal, the drivers, the people and the assessment of the
 * device. One agent, one loop, no threads.
 *
 *	monitor, people, assessor -> post -> journal, step, effects -> drivers
 *
 * Every event goes through post, and so does the outcome of a driver. */
#ifndef AGENT_H
#define AGENT_H

#include "core/view.h"
#include "platform/clock.h"
#include "platform/probe.h"
#include "text/trace/trace.h"
#include "driver.h"
#include "platform/loop.h"

/* Callbacks for a face in the same process. Each may be NULL; none may free the agent. */
struct agent_hooks {
	void *context;
	/* Called when the view has changed, and once when the agent is ready. */
	void (*view)(void *context, const struct view *, int64_t at);
	/* Called for each line written to the journal, except headers. */
	void (*line)(void *context, const struct trace_line *);
	/* Called when the power driver has succeeded: a real device restarts now. */
	void (*restarts)(void *context);
	/* Called in place of probe_device and probe_session. */
	bool (*device)(void *context, struct probe_device *, char error[256]);
	void (*session)(void *context, struct probe_session *);
};

struct agent_settings {		/* strings, arrays and clock are borrowed and must outlive the agent */
	const char *const *policies;	/* files */
	unsigned policy_count;
	const char *feed;		/* file or URL; NULL: none */
	const char *state;		/* folder of journal, last good policies and feed; created if missing */
	const char *socket;		/* path; NULL: none */
	const char *drivers;		/* folder of the executables */
	const struct pretence *pretended;	/* run in place of executables; NULL: none */
	double stall;			/* seconds without output after which a driver is ended; 0: the default */
	const char *root;		/* folder that the probe reads as if it were /; "" or NULL: the device itself */
	struct clock *clock;
	struct agent_hooks hooks;
};

struct agent;

/* Opens the state folder, recovers from the journal, and assesses; the caller then runs the loop, which must be that of
 * ev_default_loop(). Returns NULL and writes one line to error if the agent cannot start. */
struct agent *agent_new(struct ev_loop *, const struct agent_settings *, char error[512]);
/* Posts `halt`, ends the drivers, and breaks the loop once they have ended. */
void agent_stop(struct agent *);
/* Posts nothing, like a crash: the next agent recovers from the journal. */
void agent_free(struct agent *);

/* Runs the loop until agent_stop, SIGTERM or SIGINT; SIGHUP reloads the policies. Returns the exit status: 0, or 1 if
 * the journal failed and the agent must be started again. */
int agent_run(struct agent *);

/* Posts an intent of a person (remind, learn-more, start-now, open-timer, window-closed, dismissed); only kind and
 * payload are read. Returns NULL if it was accepted, or why not, in words for that person; valid until the next
 * call. */
const char *agent_intent(struct agent *, const struct event *);

/* Changes the speed of a scaled clock. */
void agent_pace(struct agent *, double speed);

void agent_view(const struct agent *, struct view *, int64_t *at);
const struct machine *agent_machine(const struct agent *);

#endif
