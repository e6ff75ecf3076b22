/* Promise 2, for ever: an overdue update is not put off for ever, whatever people do.
 *
 * `lastcall explore` proves that, once overdue, installing begins within a countdown and the hold limit while nothing
 * disturbs. This is the rest: from any moment of any history, also one of crashes, failed attempts and clocks set, and
 * with people who go on to log in and out, close lids and windows and ask to be reminded for as long as they like.
 *
 * A world may be disturbed as often as it likes, then it may become calm (see goes_on in liveness.c). In a calm world
 * this is assumed of what is not ours, and of nobody else:
 *   time     time passes again and again while the device is awake,
 *   told     the agent assesses again and again, and says what is required,
 *   ends     the updater, once at work, comes to an end (its driver is ended when it says nothing for long),
 *   logs in  only where the policy waits for a person: somebody logs in again and again.
 * The moves are C: SPIN decides only which is made. (A call in c_expr has a space before its bracket, or SPIN suspects
 * side effects.) */
c_decl {
\#include "liveness.h"
}
c_track "live_world" "LIVE_SIZE" "Matched"

bool calm;
byte seen;	/* of the last move, in a calm world */
byte so_far;	/* of what is assumed, in this round */
bool round;	/* all of it was seen once more */

#define time_passes	1
#define told		2
#define ends		4
#define logs_in		8
#define installs	16

#ifndef ASSUMED
#define ASSUMED time_passes | told | ends
#endif

/* What can happen in a calm world can happen before, so that it is enough to look from the moment it becomes calm. */
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
	MOVES(0) MOVES(8) MOVES(16) MOVES(24) MOVES(32) MOVES(40) MOVES(48) MOVES(56) MOVES(64) MOVES(72)
	:: !calm -> calm = true
	od
}
