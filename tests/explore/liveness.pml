/* Promise 2, without a limit in time: an overdue update is not put off for ever, whatever people do.
 *
 * `lastcall explore` proves that installing begins within a countdown and the hold limit once the deadline is past, while
 * nothing disturbs. This proves the rest: from any moment of any history, with crashes, failed attempts and clocks set in
 * it, and while people log in and out, close lids and windows and snooze without end.
 *
 * Any number of disturbances come first; then the world may become calm (is_calm in liveness.c). A calm world assumes
 * only this:
 *   time_passes   time passes again and again while the device is awake,
 *   assesses      the agent assesses again and again, and posts what is required,
 *   ends          the updater ends (its driver is killed when it prints nothing for long),
 *   logs_in       somebody logs in again and again; assumed only where the policy waits for a person.
 * The moves are C: SPIN only chooses which to make. (A call in c_expr needs a space before its bracket, or SPIN warns of
 * side effects.) */
c_decl {
\#include "liveness.h"
}
c_track "live_world" "LIVE_SIZE" "Matched"

bool calm;
byte seen;	/* of the last move, in a calm world */
byte so_far;	/* of what is assumed: seen in this round */
bool round;	/* everything assumed was seen once more */

#define time_passes	1
#define assesses	2
#define ends		4
#define logs_in		8
#define installs	16

#ifndef ASSUMED
#define ASSUMED time_passes | assesses | ends
#endif

/* Whatever can happen in a calm world can happen before it, so it is enough to look from the moment it becomes calm. */
ltl not_for_ever { ([] <> round) -> (<> (seen & installs)) }

#define MOVE(n) :: d_step { \
	c_expr { live_can (n, now.calm) } -> c_code { now.seen = live_make(n, now.calm); }; \
	so_far = so_far | (seen & (ASSUMED)); \
	round = (so_far == (ASSUMED)); \
	so_far = (round -> 0 : so_far) }
#define MOVES(n) MOVE(n) MOVE(n + 1) MOVE(n + 2) MOVE(n + 3) MOVE(n + 4) MOVE(n + 5) MOVE(n + 6) MOVE(n + 7)

active proctype world()
{
	d_step { c_code { live_begin(); } }
	do
	MOVES(0) MOVES(8) MOVES(16) MOVES(24) MOVES(32) MOVES(40) MOVES(48) MOVES(56) MOVES(64) MOVES(72) MOVES(80) MOVES(88)
	:: !calm -> calm = true
	od
}
