/* agent - the host of the machine: ties together clock, journal, drivers, people and what the device needs. One
 * agent, one loop, no threads.
 *
 *	monitor, people, assessor -> post -> journal, step, effects -> drivers
 *
 * Every event goes through post. Outcomes come back there as events, too. */
#ifndef AGENT_H
#define AGENT_H

#include "core/view.h"
#include "platform/clock.h"
#include "platform/probe.h"
#include "text/trace/trace.h"
#include "driver.h"
#include "platform/loop.h"

/* For a face in the same process. Each may be NULL; none may free the agent. */
struct agent_hooks {
	void *context;
	/* The view, whenever it changed, and once when the agent is ready. */
	void (*view)(void *context, const struct view *, int64_t at);
	/* Each line that the journal gets, headers left out. */
	void (*line)(void *context, const struct trace_line *);
	/* The power driver succeeded: a real device goes down now. */
	void (*restarts)(void *context);
	/* In place of probe_device and probe_session. */
	bool (*device)(void *context, struct probe_device *, char error[256]);
	void (*session)(void *context, struct probe_session *);
};

struct agent_settings {		/* strings, arrays and clock are borrowed and must outlive the agent */
	const char *const *policies;	/* files */
	unsigned policy_count;
	const char *feed;		/* file or URL; NULL: none */
	const char *state;		/* folder of the journal and the last good policies and feed; made when missing */
	const char *socket;		/* path; NULL: none */
	const char *drivers;		/* folder of the executables */
	const struct pretence *pretended;	/* in place of them */
	double stall;			/* seconds a driver may be silent; 0: each verb's own */
	const char *root;		/* of what the probe reads; "" or NULL: the device itself */
	struct clock *clock;
	struct agent_hooks hooks;
};

struct agent;

/* Opens the state folder, recovers, assesses; on return the agent is at work once the loop runs. The loop must be
 * ev_default_loop()'s. NULL, and one clear line, when it cannot start. */
struct agent *agent_new(struct ev_loop *, const struct agent_settings *, char error[512]);
/* Posts `halt`, ends the drivers, and breaks the loop once they have ended. */
void agent_stop(struct agent *);
/* Posts nothing, like a crash: the next agent recovers from the journal. */
void agent_free(struct agent *);

/* Runs the loop until agent_stop, SIGTERM or SIGINT; SIGHUP reloads the policies. The exit status: 0, or 1 when
 * the agent could not go on (its journal failed) and wants to be started again. */
int agent_run(struct agent *);

/* What a person wants: remind, learn-more, start-now, open-timer, window-closed, dismissed; only kind and payload
 * are read. NULL: accepted; else why not, in words for that person (static). */
const char *agent_intent(struct agent *, const struct event *);

/* Changes the speed of a scaled clock. */
void agent_pace(struct agent *, double speed);

void agent_view(const struct agent *, struct view *, int64_t *at);
const struct machine *agent_machine(const struct agent *);

#endif
