/* monitor - the machine's promises, watched from outside: from what a trace says, never from the machine's own
 * flags or timers. It keeps the clocks itself. Pure; a copy of a monitor is another monitor.
 *
 * The promises are those of machine/update.yaml. Where the outside knows less than the machine (when exactly a
 * deadline that was moved counts), a monitor believes what asks less, so that it never accuses wrongly. */
#ifndef MONITOR_H
#define MONITOR_H

#include "player.h"

enum watched { PROMISE_CONSENT, PROMISE_PUNCTUAL, PROMISE_WARNED, PROMISE_NO_REMINDER_DELAYS, PROMISE_CALM,
	PROMISE_FORWARD, PROMISE_ONCE, PROMISES };
/* All of a monitor's promises hold so far. */
#define PROMISES_KEPT PROMISES

extern const char *const promise_name[PROMISES];

struct monitor {
	enum state state;		/* of the region update, as last said */
	int64_t at;			/* UTC ms of what was last seen */
	int64_t awake;			/* ms that the device has been awake so far, in any boot */
	int64_t served;			/* of them, those with an agent running */
	bool asleep, absent;
	int64_t length;			/* in force */
	int64_t length_most, warn_most, minimum;	/* the most of all settings so far */

	int64_t required, first_heard, deadline;	/* 0: nothing is required */
	int64_t installed;		/* as last told */
	bool nobody;
	int64_t nobody_from;		/* awake: how long there has been nobody, or no boot */
	int64_t countdown_from;		/* awake: when this countdown began */
	int64_t countdown_length;	/* ms: what was in force then */
	bool granted;			/* the right to close apps and restart, in this cycle */
	int64_t quiet_from;		/* served: when the device was last punctual, or had a reason not to be */
	int64_t warned_from;		/* served: the last warning, or when the window was closed */
	bool badge, banner, window;	/* shown */
	bool rebooting;
	int64_t reboot_asked;		/* awake */
};

void monitor_init(struct monitor *, const struct settings *, int64_t installed);
/* The machine goes by these from here on. */
void monitor_settings(struct monitor *, const struct settings *);
/* The agent is gone without a word. */
void monitor_crash(struct monitor *, int64_t at);
/* An event, after the machine has answered it. The first promise that does not hold, or PROMISES_KEPT. */
enum watched monitor_see(struct monitor *, const struct event *, const struct answer *);

#endif
