/* player - a machine in virtual time: its two clocks, sleep, power, and the timers that fire by themselves.
 * Pure, and plain data: a copy of a player is another player. Replay, preview and exploration play on it.
 *
 * The awake clock begins at 0, and again with every `booted`; it stands still between `sleep` and `wake`. From
 * `halt` or a crash to the next `start` or `booted` no agent runs, so no timer fires.
 *
 * A recording may say what the device's awake clock showed. The device reads and rounds its two clocks separately, and
 * its wall clock may be corrected by a second: counted by the wall clock, awake time can run ahead of what the next line
 * says. So where awake was measured, only an event without awake time counts on from there. */
#ifndef PLAYER_H
#define PLAYER_H

#include "machine.h"

#define PLAYER_COUNTS INT64_C(-1)	/* awake of an event or a line: whatever the player has counted */

struct player {
	struct machine machine;
	int64_t at, awake;		/* now */
	int64_t uncounted;		/* ms up to at that are left out of a measured awake until an event comes */
	bool measured;			/* the last line that set awake said it */
	bool begun, asleep, absent;	/* absent: no agent runs */
	bool recorded;			/* timers fire only by events, as late as they really were */
};

/* What the machine answers to one event. */
struct answer {
	enum state states[REGIONS];	/* new leaf states, of the regions that changed */
	unsigned state_count;
	struct effects effects;
};

/* Why an event cannot come now. */
enum player_refusal { PLAYER_WELCOME, PLAYER_AT_BACK, PLAYER_WAS_BACK, PLAYER_AWAKE_BACK, PLAYER_ASLEEP, PLAYER_ABSENT };

/* settings must outlive the machine, or be replaced in it. installed: a version, or 0. */
void player_init(struct player *, const struct settings *, int64_t installed, bool recorded);

/* Time by the clock as it stood when the event came: all but a `clock` event show it as at. */
int64_t player_comes(const struct event *);
enum player_refusal player_refuses(const struct player *, const struct event *);

/* The next timer that is due at or before `until`, as the event to step; false: none is. A timer that came due
 * while the device slept or no agent ran is due late, now. */
bool player_due(const struct player *, int64_t until, struct event *);

/* Moves time on and hands the event over. Not one that is refused. */
void player_step(struct player *, const struct event *, struct answer *);
/* Whether the host ought to look again at what is required: while the machine was at work it had no ear for that, and
 * what it has come to is not what somebody has just told it. */
bool player_missed(const struct event *, const struct answer *);
/* Which transitions player_step would take. */
unsigned player_taken(const struct player *, const struct event *, struct taken[MACHINE_TAKEN]);
/* Time runs on, and nothing happens. Not back, and not past a timer that is due. */
void player_wait(struct player *, int64_t at);
/* Time runs on to a line that is not an event. awake: ms, or PLAYER_COUNTS if the line does not say; in a recording a
 * measured awake then stays as it is until the next event. Not a line that is refused. */
enum player_refusal player_refuses_line(const struct player *, int64_t at, int64_t awake);
void player_reach(struct player *, int64_t at, int64_t awake);
/* The agent is gone without a word. */
void player_crash(struct player *, int64_t at);

#endif
