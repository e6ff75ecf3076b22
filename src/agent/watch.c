/* watch - files whose change matters: policies, a feed that is a file, and what the probe reads.
 *
 * libev watches by inotify where there is one and polls nothing then, on the filesystems that it knows to be local;
 * elsewhere it looks at the interval below. A file that is being saved changes more than once, and libev compares
 * times of whole seconds only: so what changed is read when it has been left alone for a little over a second. */
#include <stdio.h>
#include <string.h>

#include "host.h"
#include "platform/log.h"

#define INTERVAL 3600.0
#define SETTLED 1.02

static void
on_settled(struct ev_loop *loop, ev_timer *w, int events)
{
	struct agent *a = w->data;

	(void)events;
	ev_timer_stop(loop, w);
	if (a->stale_session)
		host_see_session(a);
	if (a->stale_policies && policyfiles_load(a->policies))
		host_assess(a);
	if (a->stale_policies && a->releases)
		releases_refresh(a->releases);
	a->stale_session = a->stale_policies = false;
	host_arm(a);
}

static void
on_policies(struct ev_loop *loop, ev_stat *w, int events)
{
	struct agent *a = w->data;

	(void)events;
	a->stale_policies = true;
	ev_timer_again(loop, &a->settle);
}

static void
on_session(struct ev_loop *loop, ev_stat *w, int events)
{
	struct agent *a = w->data;

	(void)events;
	a->stale_session = true;
	ev_timer_again(loop, &a->settle);
}

static void
watch(struct agent *a, const char *path, void (*changed)(struct ev_loop *, ev_stat *, int))
{
	ev_stat *w = &a->watches[a->watch_count];

	if (a->watch_count == HOST_WATCHES) {
		log_say(LEVEL_WARNING, "too many files to watch: reload by SIGHUP", "file", path, NULL);
		return;
	}
	ev_stat_init(w, changed, path, INTERVAL);
	w->data = a;
	ev_stat_start(a->loop, w);
	a->watch_count++;
}

void
host_watch_files(struct agent *a)
{
	const struct agent_settings *s = &a->settings;

	ev_timer_init(&a->settle, on_settled, 0, SETTLED);
	a->settle.data = a;
	for (unsigned i = 0; i < s->policy_count; i++)
		watch(a, s->policies[i], on_policies);
	if (s->feed && !strstr(s->feed, "://"))
		watch(a, s->feed, on_policies);
	for (unsigned i = 0; !s->hooks.session && probe_watch[i] && i < HOST_PROBED; i++) {
		snprintf(a->probed[i], sizeof a->probed[i], "%s%s", s->root ? s->root : "", probe_watch[i]);
		watch(a, a->probed[i], on_session);
	}
	/* Nor does it see what changes within the second in which it first looked. */
	a->stale_session = a->stale_policies = true;
	ev_timer_again(a->loop, &a->settle);
}

void
host_unwatch_files(struct agent *a)
{
	for (unsigned i = 0; i < a->watch_count; i++)
		ev_stat_stop(a->loop, &a->watches[i]);
	ev_timer_stop(a->loop, &a->settle);
	a->watch_count = 0;
}

void
host_reload(struct agent *a)
{
	policyfiles_load(a->policies);
	if (a->releases)
		releases_refresh(a->releases);
	host_see_session(a);
	host_assess(a);
	host_show(a);
}
