/* player - a machine in virtual time: its two clocks, sleep, power, and the timers that fire by themselves. Pure, and
 * plain data: a copy of a player is another player. Replay, preview and exploration use it.
 *
 * The awake clock begins at 0, and again with every `booted`; it stops between `sleep` and `wake`. From `halt`
 * or a crash to the next `start` or `booted` no agent runs, so no timer fires.
 *
 * A line of a recording may carry the awake time that the device measured. The device reads and rounds its two clocks
 * separately, and its wall clock may be corrected by a second, so awake time estimated from the wall clock can exceed
 * the time measured for the next line. Lines without awake time therefore leave a measured one unchanged, until an
 * event without awake time adds the wall-clock time since then. */
#ifndef PLAYER_H
#define PLAYER_H

#include "machine.h"

#define PLAYER_COUNTS INT64_C(-1)	/* awake of an event or line without one: the player counts it */

struct player {
	struct machine machine;
	int64_t at, awake;		/* now */
	int64_t uncounted;		/* ms since awake was measured, to be added by an event without awake time */
	bool measured;			/* awake was read from a line, not counted */
	bool begun, asleep, absent;	/* absent: no agent runs */
	bool recorded;			/* timers fire only by events, as late as they really were */
};

/* What the machine answers to one event. */
struct answer {
	enum state states[REGIONS];	/* new leaf states, of the regions that changed */
	unsigned state_count;
	struct effects effects;
};

/* Why the player refuses an event or a line. */
enum player_refusal {
	PLAYER_ACCEPTS,
	PLAYER_AT_BACK,		/* `at` goes back */
	PLAYER_WAS_BACK,	/* `was` of a clock event goes back */
	PLAYER_AWAKE_BACK,	/* `awake` goes back */
	PLAYER_ASLEEP,		/* the device sleeps */
	PLAYER_ABSENT		/* no agent runs */
};

/* settings must outlive the machine, or be replaced in it. installed: a version, or 0. */
void player_init(struct player *, const struct settings *, int64_t installed, bool recorded);

/* Returns the wall-clock time at which an event occurred: `was` for `clock`, `at` for all others. */
int64_t player_event_time(const struct event *);
enum player_refusal player_refuses(const struct player *, const struct event *);

/* Gets the next timer that is due at or before `until`, as an event to step. Returns false if there is none. A timer
 * that became due while the device slept or no agent ran is due now. */
bool player_due(const struct player *, int64_t until, struct event *);

/* Moves time on and steps the machine. The event must not be refused. */
void player_step(struct player *, const struct event *, struct answer *);
/* Returns true if the host must assess again: `required` is ignored while installing, so the state reached may rest on
 * stale input. */
bool player_needs_assessment(const struct event *, const struct answer *);
/* Gets the transitions that player_step would take. Returns their number. */
unsigned player_taken(const struct player *, const struct event *, struct taken[MACHINE_TAKEN]);
/* Moves time on without an event; at must not be earlier than now, nor later than a timer that is due. */
void player_wait(struct player *, int64_t at);
/* For lines that are not events. awake: ms, or PLAYER_COUNTS if the line has none. */
enum player_refusal player_refuses_line(const struct player *, int64_t at, int64_t awake);
/* Moves time on to such a line, which must not be refused. */
void player_reach(struct player *, int64_t at, int64_t awake);
/* The agent crashes. */
void player_crash(struct player *, int64_t at);

#endif
