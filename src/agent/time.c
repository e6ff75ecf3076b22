/* time - the agent's clocks compared, its timers fired, its one alarm set.
 *
 * Nothing here polls. Between due timers libev sleeps in epoll_wait; on Linux its periodic timers are backed by a
 * timerfd on CLOCK_REALTIME with TFD_TIMER_CANCEL_ON_SET, which the kernel makes readable when the clock is set,
 * by a person or on waking from sleep (timerfd_create(2)). So the loop wakes then, and the check below compares
 * the clocks. Without a timerfd libev itself wakes once a minute to look. */
#include <stdlib.h>

#include "host.h"
#include "platform/log.h"

#define SLEPT_LEAST INT64_C(1000)	/* ms asleep that count as sleep */
#define FAR_AWAY 1e10			/* seconds; an alarm that is not due in this age */
#define TIMERS_AT_ONCE 100

struct now
host_now(const struct agent *a)
{
	return clock_now(a->settings.clock);
}

static int64_t
jump(const struct now *was, const struct now *is)
{
	return (is->at - is->awake - is->slept) - (was->at - was->awake - was->slept);
}

static void
compare_clocks(struct agent *a)
{
	struct now now = host_now(a);
	int64_t jumped = jump(&a->seen, &now), slept = now.slept - a->seen.slept;

	if (llabs(jumped) < CLOCK_SLACK && slept < SLEPT_LEAST)
		return;
	a->seen = now;
	if (llabs(jumped) >= CLOCK_SLACK) {
		log_say(LEVEL_NOTICE, "the clock was set", NULL);
		host_post(a, &(struct event){.kind = EV_CLOCK, .was = now.at - jumped});
	}
	if (slept >= SLEPT_LEAST) {
		host_post(a, &(struct event){.kind = EV_SLEEP});
		host_post(a, &(struct event){.kind = EV_WAKE});
		host_see_session(a);
	}
	host_assess(a);
	/* libev reads the real clock twice a second at most, and goes by the old one until it is woken after that. */
	ev_timer_again(a->loop, &a->settle);
}

static void
on_check(struct ev_loop *loop, ev_check *w, int events)
{
	(void)loop, (void)events;
	compare_clocks(w->data);
}

static void
fire_timers(struct agent *a)
{
	enum timer timer;

	for (int i = 0; i < TIMERS_AT_ONCE && !a->failed; i++) {
		struct now now = host_now(a);

		if (!machine_due(host_machine(a), now.at, now.awake, &timer))
			return;
		host_post(a, &(struct event){.kind = EV_TIMER, .timer = timer});
	}
}

static void
leave_safe_mode(struct agent *a)
{
	if (!a->safe_until || host_now(a).awake < a->safe_until)
		return;
	a->safe_until = 0;
	log_say(LEVEL_NOTICE, "safe mode is over", NULL);
	host_show(a);
	host_assess(a);
}

static void
on_alarm(struct ev_loop *loop, ev_periodic *w, int events)
{
	struct agent *a = w->data;

	(void)events;
	fire_timers(a);
	leave_safe_mode(a);
	if (host_now(a).at >= a->reassess_at) {
		if (a->releases)
			releases_refresh(a->releases);
		host_see_session(a);
		host_assess(a);
	}
	if (ev_now(loop) < ev_time() + 1) {
		host_arm(a);
		return;
	}
	/* libev still goes by a clock that was set back since: until it looks again, it would call at once, over and over. */
	ev_periodic_stop(loop, w);
	ev_timer_again(loop, &a->settle);
}

void
host_arm(struct agent *a)
{
	struct now now = host_now(a);
	int64_t next = machine_wake(host_machine(a));

	if (a->stopping) {
		ev_periodic_stop(a->loop, &a->alarm);
		return;
	}
	if (a->reassess_at < next)
		next = a->reassess_at;
	if (a->safe_until && now.at + (a->safe_until - now.awake) < next)
		next = now.at + (a->safe_until - now.awake);
	/* Half a millisecond late is never early. */
	ev_periodic_set(&a->alarm, next == NEVER ? FAR_AWAY : clock_when(a->settings.clock, next) + 0.0005, 0, 0);
	ev_periodic_again(a->loop, &a->alarm);
}

void
host_watch_time(struct agent *a)
{
	a->seen = host_now(a);
	ev_periodic_init(&a->alarm, on_alarm, FAR_AWAY, 0, 0);
	ev_check_init(&a->clocks, on_check);
	ev_set_priority(&a->clocks, EV_MAXPRI);	/* what happened meanwhile happened after the clocks changed */
	a->alarm.data = a->clocks.data = a;
	ev_check_start(a->loop, &a->clocks);
	host_arm(a);
}

void
host_unwatch_time(struct agent *a)
{
	ev_check_stop(a->loop, &a->clocks);
	ev_periodic_stop(a->loop, &a->alarm);
}
