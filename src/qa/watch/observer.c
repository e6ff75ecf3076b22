/* observer - follows one player, and gives its watch the time that passes between events. */
#include "watch.h"

void
observer_init(struct observer *o, const struct watcher *all, const struct player *p)
{
	*o = (struct observer){.watcher = all, .before = *p, .settings = *p->machine.settings};
	watch_begin(&o->watch, p);
}

/* Returns whether no agent ran before the event; in a recording the event itself shows it. */
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
	if (e && e->kind == EV_BOOTED)	/* the awake clock started again at 0 */
		return before->asleep ? 0 : until - before->at + before->uncounted;
	return now->awake - before->awake;
}

/* Once a timer is due, only stays count. More awake time than that may have passed even by the wall clock's `until`, since
 * the milliseconds of the two clocks round differently. If a crash ended the time, the agent may have been gone since the
 * timer was due. */
static uint32_t
watch_until_due(struct observer *o, int64_t due, int64_t until, int64_t awake, bool crashed)
{
	int64_t served = awake < due - o->before.at ? awake : due - o->before.at;
	uint32_t broken = watch_time(o->watcher, &o->watch, &o->before, due < until ? due : until, served);

	if (due < until)
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
		if (before->absent)
			broken = watch_time(o->watcher, &o->watch, before, until, awake);
		else
			broken = watch_until_due(o, due > before->at ? due : before->at, until, awake, !e && now->absent);
	}
	if (e)
		broken |= watch_step(o->watcher, &o->watch, now, e, fx);
	*before = *now;
	o->settings = *now->machine.settings;
	return broken;
}
