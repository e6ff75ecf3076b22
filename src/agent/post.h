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
	struct ev_loop *loop;		/* stopped when the journal fails */
	const struct clock *clock;
	struct effect_runner *effects;
	const struct probe_device *device;	/* for the journal's header */
	const struct probe_session *session;	/* at the device now, for a new journal */
	void (*line)(void *context, const struct trace_line *);	/* every line written but headers */
	void (*settled)(void *context);	/* all events are handled */
	void *context;

	/* The rest is read only for others. */
	struct journal *journal;
	struct player player;		/* the machine, and its clocks as the journal has them */
	struct settings settings;	/* in force now; borrowed by the player */
	bool failed;			/* the journal failed: no more events are accepted */
	bool halted;			/* `halt` was posted: no more events are accepted */
	bool must_assess;		/* `required` was ignored meanwhile: assess once settled; the owner clears it */

	struct recovery recovery;	/* from the journal, as it was when opened */
	bool left_idle;			/* since this journal began */
	bool busy;			/* an event is being handled */
	unsigned first, waiting;	/* events that wait, in a ring */
	struct event queue[POST_ROOM];
};

/* Opens the journal in folder and folds it, or begins a new one with these settings. False, and one clear line, if the
 * folder or the file cannot be used. */
bool post_open(struct post *, const char *folder, const struct settings *, char error[512]);
/* Finishes what a crash cut short, then posts `start`, or `booted` after a restart of the device. */
void post_resume(struct post *);

/* Counts this start of an agent in folder, at UTC ms. Returns true if there were too many within SAFE_MODE_LENGTH:
 * something is badly wrong, and this one must come up in safe mode. */
bool post_too_many_starts(const char *folder, int64_t at);

/* Handles the event at once, or after the one at hand. at and awake are set here. */
void post_event(struct post *, const struct event *);
/* `halt`, the last event: later ones are dropped, since the next agent assesses anew. */
void post_halt(struct post *);
/* Journals new settings, and puts them in force. False: the journal failed. */
bool post_settings(struct post *, const struct settings *, const char *policy);

/* Writes a line. False: the journal failed, and nothing may follow from this line. */
bool post_line(struct post *, const struct trace_line *);
/* Writes the effect's line, then begins it. */
void post_effect(struct post *, const struct effect *, int64_t at);
/* Writes the header of a journal and resets the machine accordingly. */
bool post_header(struct post *);

void post_close(struct post *);

#endif
