/* player - a machine in virtual time: its two clocks, sleep, power, and the timers that fire by themselves.
 * Pure, and plain data: a copy of a player is another player. Replay, preview and exploration play on it.
 *
 * The awake clock begins at 0, and again with every `booted`; it stops between `sleep` and `wake`. From
 * `halt` or a crash to the next `start` or `booted` no agent runs, so no timer fires.
 *
 * A recording may say what the device's awake clock showed. The device reads and rounds its two clocks separately, and
 * its wall clock may be corrected by a second: counted by the wall clock, awake time can run ahead of what the next line
 * says. So where awake was measured, only an event without awake time counts on from there. */
#ifndef PLAYER_H
#define PLAYER_H

#include "machine.h"

#define PLAYER_COUNTS INT64_C(-1)	/* awake of an event or a line: as the player has counted it */

struct player {
	struct machine machine;
	int64_t at, awake;		/* now */
	int64_t uncounted;		/* ms up to at that a measured awake leaves out until the next event */
	bool measured;			/* awake comes from a line, not from counting */
	bool begun, asleep, absent;	/* absent: no agent runs */
	bool recorded;			/* timers fire only by events, as late as they really were */
};

/* What the machine answers to one event. */
struct answer {
	enum state states[REGIONS];	/* new leaf states, of the regions that changed */
	unsigned state_count;
	struct effects effects;
};

/* Why the player refuses an event now. */
enum player_refusal { PLAYER_ACCEPTS, PLAYER_AT_BACK, PLAYER_WAS_BACK, PLAYER_AWAKE_BACK, PLAYER_ASLEEP, PLAYER_ABSENT };

/* settings must outlive the machine, or be replaced in it. installed: a version, or 0. */
void player_init(struct player *, const struct settings *, int64_t installed, bool recorded);

/* The wall-clock time at which an event came: `was` for `clock`, `at` for all others. */
int64_t player_event_time(const struct event *);
enum player_refusal player_refuses(const struct player *, const struct event *);

/* The next timer that is due at or before `until`, as the event to step. Returns false if none is. A timer that became
 * due while the device slept or no agent ran is due now. */
bool player_due(const struct player *, int64_t until, struct event *);

/* Moves time on and steps the machine. The event must not be refused. */
void player_step(struct player *, const struct event *, struct answer *);
/* Returns true if the host must assess again: `required` is ignored while installing, so the state reached may rest on
 * stale input. */
bool player_needs_assessment(const struct event *, const struct answer *);
/* Which transitions player_step would take. */
unsigned player_taken(const struct player *, const struct event *, struct taken[MACHINE_TAKEN]);
/* Moves time on without an event; at must not be earlier than now, nor later than a timer that is due. */
void player_wait(struct player *, int64_t at);
/* Moves time on to a line that is not an event and must not be refused. awake: ms, or PLAYER_COUNTS if the line has none;
 * in a recording a measured awake then stays as it is until the next event. */
enum player_refusal player_refuses_line(const struct player *, int64_t at, int64_t awake);
void player_reach(struct player *, int64_t at, int64_t awake);
/* The agent crashes. */
void player_crash(struct player *, int64_t at);

#endif
