/* monitor - watches the clocks, the due instant and files: calls its owner when a clock jumps, the device has slept,
 * the instant comes, or a file changes. Posts nothing itself.
 *
 * Nothing here polls. Between due instants libev sleeps in epoll_wait. On Linux its periodic timers are backed by a
 * timerfd on CLOCK_REALTIME with TFD_TIMER_CANCEL_ON_SET, which the kernel makes readable when the clock is set, by a
 * person or on waking from sleep (timerfd_create(2)): so the loop wakes then, and the clocks are compared. Without a
 * timerfd libev itself wakes once a minute to look.
 *
 * Files are watched by inotify where there is one, on the filesystems that libev knows to be local; elsewhere libev
 * looks at an interval. A warning is logged when Linux has no inotify instance or watch left. A file that is being
 * saved changes more than once, and libev compares times of whole seconds only: so a change is reported once files have
 * been left alone for a little over a second. */
#ifndef MONITOR_H
#define MONITOR_H

#include <stdbool.h>

#include "platform/clock.h"
#include "platform/loop.h"

#define MONITOR_FILES 24

enum watched { WATCHED_POLICIES, WATCHED_SESSION, WATCHED_KINDS };

struct monitor {
	/* Set by the owner before monitor_begin, borrowed. */
	struct ev_loop *loop;
	const struct clock *clock;
	int64_t slack;			/* ms by which the wall clock must jump to count as set */
	/* Called when the clock was set (was: what it would show now otherwise), or the device slept, or both. */
	void (*jumped)(void *context, bool set, int64_t was, bool slept);
	void (*due)(void *context);	/* called at the instant of monitor_until; sets the next one */
	void (*changed)(void *context, const bool kinds[WATCHED_KINDS]);	/* all false: the clocks changed */
	void *context;

	ev_periodic alarm;
	ev_check clocks;
	ev_timer settle;
	struct now seen;		/* the clocks when last compared */
	ev_stat files[MONITOR_FILES];
	char *paths[MONITOR_FILES];	/* owned */
	unsigned file_count;
	bool polling;			/* logged that files cannot be watched */
	bool stale[WATCHED_KINDS];
};

void monitor_begin(struct monitor *);
/* Sets the alarm: due() is called at this instant, UTC ms, and never earlier; NEVER: not at all. */
void monitor_until(struct monitor *, int64_t at);
void monitor_no_alarm(struct monitor *);
void monitor_file(struct monitor *, const char *path, enum watched);
/* Reports all kinds as changed a moment later: libev misses a change within the second in which it began to watch. */
void monitor_recheck(struct monitor *);
void monitor_end(struct monitor *);

#endif
