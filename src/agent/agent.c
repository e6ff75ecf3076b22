#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "host.h"
#include "log.h"

#define QUIT_MOST 10.0		/* seconds that drivers get to end */

/* --- the one door --- */

/* at never goes back but in a clock event; a step of less than that counts for is stood still through. */
static void
stamp(struct agent *a, struct event *e)
{
	struct now now = host_now(a);
	struct player *p = &a->player;

	e->at = now.at;
	e->awake = now.awake;
	if (!p->begun)
		return;
	if (e->kind == EV_CLOCK && e->was < p->at)
		e->was = p->at;
	if (e->kind != EV_CLOCK && e->at < p->at)
		e->at = p->at;
	if (e->kind != EV_BOOTED && e->awake < p->awake)
		e->awake = p->awake;
}

bool
host_write(struct agent *a, const struct trace_line *line)
{
	char text[TRACE_LINE_MAX];
	size_t length = trace_encode(line, text);

	if (!a->failed && !journal_append(a->journal, text, length)) {
		a->failed = true;
		log_say(LEVEL_ERROR, "the journal failed: stopping", "why", journal_error(a->journal), NULL);
		ev_break(a->loop, EVBREAK_ALL);
	}
	if (!a->failed && line->kind != LINE_HEADER && a->settings.hooks.line)
		a->settings.hooks.line(a->settings.hooks.context, line);
	return !a->failed;
}

static bool
write_event(struct agent *a, const struct event *e)
{
	struct trace_line line = {.kind = LINE_EVENT, .at = e->at, .awake = e->awake, .has_awake = true, .event = *e};

	if (e->kind == EV_START || e->kind == EV_BOOTED)
		memcpy(line.boot, a->device.boot, sizeof line.boot);
	log_say(LEVEL_INFO, "event", "event", machine_event[e->kind].name, "timer",
		e->kind == EV_TIMER ? machine_timer[e->timer] : NULL, NULL);
	return host_write(a, &line);
}

static bool
write_states(struct agent *a, const struct answer *answer, int64_t at)
{
	for (unsigned i = 0; i < answer->state_count; i++) {
		struct trace_line line = {.kind = LINE_STATE, .at = at, .state = answer->states[i]};

		log_say(LEVEL_NOTICE, "state", "state", machine_state[line.state].path, NULL);
		if (line.state != ST_IDLE)
			a->cycle = true;
		if (!host_write(a, &line))
			return false;
	}
	return true;
}

void
host_begin_effect(struct agent *a, const struct effect *effect, int64_t at)
{
	struct trace_line line = {.kind = LINE_EFFECT, .at = at, .effect = *effect};

	if (!host_write(a, &line))
		return;
	log_say(LEVEL_INFO, "effect", "effect", machine_effect[effect->kind].name, NULL);
	host_effect(a, effect);
}

static void
handle(struct agent *a, struct event *e)
{
	struct answer answer;

	stamp(a, e);
	if (!write_event(a, e))
		return;
	player_step(&a->player, e, &answer);
	if (!write_states(a, &answer, e->at))
		return;
	for (unsigned i = 0; i < answer.effects.count && !a->failed; i++)
		host_begin_effect(a, &answer.effects.list[i], e->at);
}

/* A journal is one update's story: with nothing required any more it is closed, for QA, and a new one begun. */
static void
turn_page(struct agent *a)
{
	if (!a->cycle || a->stopping || !machine_in(host_machine(a), ST_IDLE) || host_machine(a)->required)
		return;
	if (!journal_rotate(a->journal) || !host_begin_journal(a)) {
		a->failed = true;
		ev_break(a->loop, EVBREAK_ALL);
		return;
	}
	queue_put(&a->queue, &(struct event){.kind = EV_START});
	if (a->session.present)
		queue_put(&a->queue, &(struct event){.kind = EV_LOGIN});
	if (a->session.present && a->session.busy)
		queue_put(&a->queue, &(struct event){.kind = EV_BUSY});
}

void
host_post(struct agent *a, const struct event *e)
{
	queue_put(&a->queue, e);
	if (a->busy)
		return;
	a->busy = true;
	while (a->queue.count && !a->failed) {
		struct event next = queue_take(&a->queue);

		handle(a, &next);
		if (!a->queue.count && !a->failed)
			turn_page(a);
	}
	a->busy = false;
	host_arm(a);
	host_show(a);
}

bool
host_begin_journal(struct agent *a)
{
	struct trace_line line = {.kind = LINE_HEADER, .at = host_now(a).at};
	struct trace_header *h = &line.header;
	const struct probe_device *d = &a->device;

	a->cycle = false;
	snprintf(h->machine, sizeof h->machine, "%s", machine_hash);
	h->has_settings = true;
	h->recorded = true;
	h->settings = a->rules;
	snprintf(h->platform, sizeof h->platform, "%s", d->platform == PLATFORM_MACOS ? "macos" : "linux");
	memcpy(h->build, d->build, sizeof h->build);
	memcpy(h->model, d->model, sizeof h->model);
	memcpy(h->board, d->board, sizeof h->board);
	memcpy(h->time_zone, d->time_zone, sizeof h->time_zone);
	memcpy(h->boot, d->boot, sizeof h->boot);
	h->version = d->version;
	player_init(&a->player, &a->rules, d->version, true);
	return host_write(a, &line);
}

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
	a->policy = host_first_policy(a);
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
