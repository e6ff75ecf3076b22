/* host - what the parts of the agent share among themselves, and with nobody else. */
#ifndef HOST_H
#define HOST_H

#include "core/player.h"
#include "text/knowledge_text.h"
#include "text/recovery.h"
#include "agent.h"
#include "journal.h"
#include "policyfiles.h"
#include "queue.h"
#include "releases.h"
#include "socket.h"

#define HOST_WATCHES 24
#define HOST_PROBED 4
#define CLOCK_SLACK INT64_C(2000)		/* ms by which a clock that was set is off at least */
#define SAFE_STARTS 5				/* so many starts */
#define SAFE_WITHIN (10 * MINUTE_MS)		/* within so long mean that something is badly wrong */

struct agent {
	struct ev_loop *loop;
	struct agent_settings settings;
	struct journal *journal;
	struct drivers *drivers;
	struct socket *socket;			/* NULL: none */
	struct policyfiles *policies;
	struct releases *releases;		/* NULL: no feed */
	struct knowledge knowledge;		/* what it said, and what followed */

	struct player player;			/* the machine, and its clocks as the journal has them */
	struct settings rules;			/* that the machine goes by; the player borrows them */
	const struct policy *policy;		/* that they are from, never NULL */
	struct probe_device device;
	struct probe_session session;

	struct recovery recovery;		/* what the journal said, not begun: it has no past */
	struct queue queue;
	bool busy;				/* an event is being handled */
	bool cycle;				/* the machine has left idle since the journal began */
	bool failed;				/* the journal did: nothing is taken any more */
	bool stopping;
	bool reassess;				/* when all that came is handled */
	bool outcome_posted[VERBS];		/* of a run, by a line that it printed */
	int percent;				/* last posted of an installation */
	double percent_at;			/* and when, by the loop's clock */
	double allowance, allowance_at;		/* intents that people may still have, and as of when */
	char refusal[128];

	int64_t reassess_at;			/* UTC ms */
	int64_t safe_until;			/* awake ms; 0: not in safe mode */
	struct now seen;			/* when the clocks were last compared */
	struct view shown;

	ev_periodic alarm;			/* the only timer between events */
	ev_check clocks;
	ev_timer settle, quit;
	ev_signal hup, term, interrupt;
	ev_stat watches[HOST_WATCHES];
	unsigned watch_count;
	char probed[HOST_PROBED][1024];		/* their paths, of those that the probe reads */
	bool stale_policies, stale_session;	/* read them again when the files have settled */
};

/* post.c: the one door. Stamped, journaled, stepped, effects started; at once, or after the event at hand. */
void host_post(struct agent *, const struct event *);
/* The time of a line that is written now: never before that of the line above, whatever the clocks show. */
struct now host_line_time(const struct agent *);
/* Writes a line and shows it to the hook. False: the journal failed, and nothing may follow from this line. */
bool host_write(struct agent *, const struct trace_line *);
bool host_begin_journal(struct agent *);	/* its header, and the machine as it says */
/* Its line, and then what it asks. */
void host_begin_effect(struct agent *, const struct effect *, int64_t at);

/* agent.c: the view, if it changed. */
void host_show(struct agent *);

/* time.c: clocks compared, timers fired, one alarm set. */
struct now host_now(const struct agent *);
void host_watch_time(struct agent *);
void host_unwatch_time(struct agent *);
void host_arm(struct agent *);

/* recover.c: opens the journal and folds it. Then host_resume says how the agent came to run. */
bool host_recover(struct agent *, char error[512]);
void host_resume(struct agent *);

/* assess.c: what is required of this device now, as an event; and who is at it. */
bool host_probe(struct agent *, char error[256]);
void host_assess(struct agent *);
struct device host_device(const struct agent *);	/* as plan asks for it; borrows the agent's */
void host_see_session(struct agent *);

/* remember.c: the device's knowledge, read from its file and saved there. */
void host_recall(struct agent *);
void host_remember(struct agent *);

/* effects.c */
void host_effect(struct agent *, const struct effect *);
void host_driver_said(void *agent, enum verb, enum driver_word, int percent, const char *text);
void host_driver_ended(void *agent, enum verb, enum driver_outcome, const char *detail);

/* watch.c: files whose change matters. */
void host_watch_files(struct agent *);
void host_unwatch_files(struct agent *);
void host_reload(struct agent *);

/* people.c */
bool host_admits(void *agent, uid_t);
size_t host_greeting(void *agent, char line[SOCKET_LINE]);
bool host_heard(void *agent, const char *line, size_t length, char answer[SOCKET_LINE]);

/* explain.c: {"why":{...}}, what is required of this device now and why, as text/why tells it. The length. */
size_t host_explain(struct agent *, char line[SOCKET_LINE]);

/* words.c: what the person reads now, {"text":{...},"shown":{...}}. False: that is no such question. */
bool host_words(struct agent *, const char *question, char line[SOCKET_LINE]);

/* starts.c: how many agents began to run in this folder within SAFE_WITHIN, this one included. */
unsigned starts_count(const char *folder, int64_t at);

static inline struct machine *
host_machine(struct agent *a)
{
	return &a->player.machine;
}

#endif
