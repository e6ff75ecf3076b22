#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "host.h"
#include "platform/log.h"

#define QUIT_MOST 10.0		/* seconds that drivers get to end */

/* --- what people see --- */

void
agent_view(const struct agent *a, struct view *view, int64_t *at)
{
	struct now now = host_now(a);

	view_of(&a->player.machine, a->policy, now.at, now.awake, view);
	view->safe_mode = a->safe_until != 0;
	if (at)
		*at = now.at;
}

void
host_show(struct agent *a)
{
	struct view view;
	int64_t at;

	agent_view(a, &view, &at);
	if (view_same(&view, &a->shown))
		return;
	a->shown = view;
	if (a->socket)
		socket_tell(a->socket);
	if (a->settings.hooks.view)
		a->settings.hooks.view(a->settings.hooks.context, &view, at);
}

const struct machine *
agent_machine(const struct agent *a)
{
	return &a->player.machine;
}

void
agent_pace(struct agent *a, double speed)
{
	clock_pace(a->settings.clock, speed);
	host_arm(a);
}

/* --- life --- */

static bool
open_state(struct agent *a, char error[512])
{
	const char *folder = a->settings.state;
	const struct policy *const *policies;
	unsigned count;
	char why[256];

	mkdir(folder, 0700);	/* what is wrong with it, if anything, the journal says */
	if (!host_probe(a, why)) {
		snprintf(error, 512, "this device cannot be probed: %s", why);
		return false;
	}
	a->policies = policyfiles_new(a->settings.policies, a->settings.policy_count, folder);
	if (!a->policies) {
		snprintf(error, 512, "out of memory");
		return false;
	}
	host_recall(a);
	policies = policyfiles_list(a->policies, &count);
	a->policy = policy_in_force(policies, count, a->device.platform);
	policy_settings(a->policy, &a->rules);
	return host_recover(a, error);
}

static void
feed_changed(void *context)
{
	host_assess(context);
}

static bool
open_world(struct agent *a, char error[512])
{
	const struct agent_settings *s = &a->settings;
	struct driver_settings drivers = {.folder = s->drivers, .pretended = s->pretended, .home = s->state,
		.stall = s->stall, .said = host_driver_said, .ended = host_driver_ended, .context = a};
	struct socket_settings people = {.path = s->socket, .context = a, .admits = host_admits,
		.greeting = host_greeting, .heard = host_heard};

	a->drivers = drivers_new(a->loop, &drivers);
	if (!a->drivers) {
		snprintf(error, 512, "out of memory");
		return false;
	}
	if (s->feed && !(a->releases = releases_new(a->loop, s->feed, s->state, feed_changed, a, error)))
		return false;
	return !s->socket || (a->socket = socket_new(a->loop, &people, error));
}

static void
consider_safe_mode(struct agent *a)
{
	struct now now = host_now(a);

	if (starts_count(a->settings.state, now.at) < SAFE_STARTS)
		return;
	a->safe_until = now.awake + SAFE_WITHIN;
	log_say(LEVEL_ERROR, "too many starts in a short time: in safe mode nothing is closed, installed or restarted", NULL);
}

struct agent *
agent_new(struct ev_loop *loop, const struct agent_settings *settings, char error[512])
{
	struct agent *a = calloc(1, sizeof *a);

	if (!a) {
		snprintf(error, 512, "out of memory");
		return NULL;
	}
	a->loop = loop;
	a->settings = *settings;
	a->shown.progress = -2;	/* no view has this: the first is always news */
	signal(SIGPIPE, SIG_IGN);
	if (!open_state(a, error)) {
		agent_free(a);
		return NULL;
	}
	consider_safe_mode(a);
	host_watch_time(a);
	if (!open_world(a, error)) {
		agent_free(a);
		return NULL;
	}
	host_watch_files(a);
	host_resume(a);
	if (a->failed) {
		snprintf(error, 512, "the journal failed: %s", journal_error(a->journal));
		agent_free(a);
		return NULL;
	}
	log_say(LEVEL_NOTICE, "ready", "state", machine_state[a->player.machine.state[REGION_UPDATE]].path, NULL);
	return a;
}

static void
on_quit(struct ev_loop *loop, ev_timer *w, int events)
{
	(void)w, (void)events;
	log_say(LEVEL_WARNING, "drivers did not end in time", NULL);
	ev_break(loop, EVBREAK_ALL);
}

void
agent_stop(struct agent *a)
{
	if (a->stopping) {
		ev_break(a->loop, EVBREAK_ALL);
		return;
	}
	a->stopping = true;
	host_post(a, &(struct event){.kind = EV_HALT});
	drivers_end(a->drivers);
	if (!drivers_running(a->drivers))
		ev_break(a->loop, EVBREAK_ALL);
	else
		ev_timer_start(a->loop, &a->quit);
}

static void
on_signal(struct ev_loop *loop, ev_signal *w, int events)
{
	struct agent *a = w->data;

	(void)loop, (void)events;
	log_say(LEVEL_NOTICE, "signal", "signal", w->signum == SIGHUP ? "HUP" : w->signum == SIGINT ? "INT" : "TERM", NULL);
	if (w->signum == SIGHUP)
		host_reload(a);
	else
		agent_stop(a);
}

int
agent_run(struct agent *a)
{
	ev_signal *signals[] = {&a->hup, &a->term, &a->interrupt};
	static const int numbers[] = {SIGHUP, SIGTERM, SIGINT};

	ev_timer_init(&a->quit, on_quit, QUIT_MOST, 0);
	for (unsigned i = 0; i < 3; i++) {
		ev_signal_init(signals[i], on_signal, numbers[i]);
		signals[i]->data = a;
		ev_signal_start(a->loop, signals[i]);
	}
	if (!a->failed)
		ev_run(a->loop, 0);
	for (unsigned i = 0; i < 3; i++)
		ev_signal_stop(a->loop, signals[i]);
	ev_timer_stop(a->loop, &a->quit);
	return a->failed;
}

void
agent_free(struct agent *a)
{
	if (!a)
		return;
	host_unwatch_files(a);
	host_unwatch_time(a);
	ev_timer_stop(a->loop, &a->quit);
	socket_free(a->socket);
	drivers_free(a->drivers);
	releases_free(a->releases);
	policyfiles_free(a->policies);
	journal_close(a->journal);
	free(a);
}
