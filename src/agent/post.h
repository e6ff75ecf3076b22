/* post - every event enters here: timestamp, journal, step, start effects. All other lines of the journal are written
 * here, too. Reads the clock; does not decide what to post. */
#ifndef POST_H
#define POST_H

#include "core/player.h"
#include "platform/clock.h"
#include "platform/probe.h"
#include "text/trace/recovery.h"
#include "effects.h"
#include "journal.h"

#define SAFE_MODE_LENGTH (10 * MINUTE_MS)	/* and the time within which starts are counted */
#define POST_CLOCK_SLACK INT64_C(2000)	/* ms by which the wall clock must jump to count as set */

/* An effect's handler posts at most one event before it returns, and so does each callback. */
#define POST_ROOM (4 * MACHINE_EFFECTS)

struct post {
	/* Set by the owner before post_open, borrowed. */
	struct ev_loop *loop;		/* broken if the journal fails */
	const struct clock *clock;
	struct effect_runner *effects;
	const struct probe_device *device;	/* for the journal's header */
	const struct probe_session *session;	/* who is logged in, for a new journal */
	void (*line)(void *context, const struct trace_line *);	/* called for every line written except headers */
	void (*settled)(void *context);	/* called when all events are handled */
	void *context;

	/* Read-only for others. */
	struct journal *journal;
	struct player player;		/* the machine, and the clocks as of the last line */
	struct settings settings;	/* in force now; borrowed by the player */
	bool failed;			/* the journal failed: no more events are accepted */
	bool halted;			/* `halt` was posted: no more events are accepted */
	bool must_assess;		/* `required` was ignored: assess once settled; the owner clears it */

	struct recovery recovery;	/* from the journal, as it was when opened */
	bool left_idle;			/* since this journal began */
	bool busy;			/* an event is being handled */
	unsigned first, waiting;	/* events that wait, in a ring */
	struct event queue[POST_ROOM];
};

/* Opens the journal in folder and recovers the machine from it, or begins a new one with these settings. Returns false
 * and writes one line to error if the folder or the file cannot be used. */
bool post_open(struct post *, const char *folder, const struct settings *, char error[512]);
/* Finishes the answer that a crash cut short, then posts `start`, or `booted` after a restart of the device. */
void post_resume(struct post *);

/* Counts this start of an agent in folder, at UTC ms. Returns true if there were too many within SAFE_MODE_LENGTH,
 * and this agent must start in safe mode. */
bool post_too_many_starts(const char *folder, int64_t at);

/* Handles the event at once, or after the one being handled. Sets its at and awake. */
void post_event(struct post *, const struct event *);
/* Posts `halt`, the last event; later ones are dropped, since the next agent assesses again. */
void post_halt(struct post *);
/* Journals new settings and puts them in force. Returns false if the journal failed. */
bool post_settings(struct post *, const struct settings *, const char *policy);

/* Writes a line. Returns false if the journal failed: the caller must not act on this line. */
bool post_line(struct post *, const struct trace_line *);
/* Writes the effect's line, then begins the effect. */
void post_effect(struct post *, const struct effect *, int64_t at);
/* Writes the header of a journal and resets the machine accordingly. */
bool post_header(struct post *);

void post_close(struct post *);

#endif
