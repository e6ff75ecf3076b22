/* agent - the host of the machine: loop, clock, journal, drivers, people. One agent, one loop, no threads.
 *
 * Everything that happens goes through one door: it is stamped, journaled, stepped through the core, and the
 * effects that come of it are journaled and started. Outcomes come back through the same door as events. */
#ifndef AGENT_H
#define AGENT_H

#include "core/view.h"
#include "platform/probe.h"
#include "text/trace.h"
#include "platform/clock.h"
#include "driver.h"
#include "loop.h"

/* What a face in the same process may want to know. Each may be NULL; none may free the agent. */
struct agent_hooks {
	void *context;
	/* The view, whenever it changed, and once when the agent is ready. */
	void (*view)(void *context, const struct view *, int64_t at);
	/* Each line that the journal gets, headers left out. */
	void (*line)(void *context, const struct trace_line *);
	/* The power driver did its work: a real device goes down now. */
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
	const char *socket;		/* path; NULL: nobody can connect */
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
/* Tells the machine, ends the drivers, and breaks the loop when all is quiet. */
void agent_stop(struct agent *);
/* Without a word to the machine, as a crash would: the journal says what was. */
void agent_free(struct agent *);

/* Runs the loop until agent_stop, SIGTERM or SIGINT; SIGHUP reloads the policies. The exit status: 0, or 1 when
 * the agent could not go on (its journal failed) and wants to be started again. */
int agent_run(struct agent *);

/* What a person wants: remind, learn-more, start-now, open-timer, window-closed, dismissed; only kind and payload
 * are read. NULL: accepted; else why not, in words for that person (static). */
const char *agent_intent(struct agent *, const struct event *);

/* A scaled clock goes on at another speed. */
void agent_pace(struct agent *, double speed);

void agent_view(const struct agent *, struct view *, int64_t *at);
const struct machine *agent_machine(const struct agent *);

#endif
