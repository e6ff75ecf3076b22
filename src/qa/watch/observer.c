#include "observer.h"

void
observer_init(struct observer *o, const struct watcher *all, const struct player *p)
{
	*o = (struct observer){.watcher = all, .before = *p, .settings = *p->machine.settings};
	watch_begin(&o->watch, p);
}

/* In a recording the event tells who was there before it, whatever the lines above say. */
static bool
absent_before(const struct player *before, const struct event *e)
{
	bool arrives = e && (e->kind == EV_START || e->kind == EV_BOOTED);

	if (!before->recorded || !e || e->kind == EV_CLOCK)
		return before->absent;
	return arrives;
}

static int64_t
awake_between(const struct player *before, const struct player *now, int64_t until, const struct event *e)
{
	if (e && e->kind == EV_BOOTED)	/* it began again */
		return before->asleep ? 0 : until - before->at + before->uncounted;
	return now->awake - before->awake;
}

/* A timer was due before the time was over: from then on promises wait for the host. Stays go on, and if a crash was
 * the end of it, the agent may have been gone since then. */
static uint32_t
served_until(struct observer *o, int64_t due, int64_t awake, bool crashed)
{
	int64_t served = awake < due - o->before.at ? awake : due - o->before.at;
	uint32_t broken = watch_time(o->watcher, &o->watch, &o->before, due, served);

	o->before.absent = crashed;
	watch_stays(o->watcher, &o->watch, &o->before, awake - served);
	return broken;
}

uint32_t
observer_see(struct observer *o, const struct player *now, const struct event *e, const struct effects *fx)
{
	struct player *before = &o->before;
	int64_t until = e ? player_event_time(e) : now->at, due = machine_wake(&before->machine), awake;
	uint32_t broken = 0;

	before->machine.settings = &o->settings;
	if (before->begun) {
		awake = awake_between(before, now, until, e);
		before->absent = absent_before(before, e);
		if (before->absent || due >= until)
			broken = watch_time(o->watcher, &o->watch, before, until, awake);
		else
			broken = served_until(o, due > before->at ? due : before->at, awake, !e && now->absent);
	}
	if (e)
		broken |= watch_step(o->watcher, &o->watch, now, e, fx);
	*before = *now;
	o->settings = *now->machine.settings;
	return broken;
}
