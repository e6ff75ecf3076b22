#include "agent.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "platform/log.h"
#include "assessor.h"
#include "monitor.h"
#include "people.h"
#include "post.h"

#define QUIT_MOST 10.0		/* seconds for which a stopping agent waits for its drivers */
#define TIMERS_AT_ONCE 100	/* a machine that arms a due timer each time must not hang the agent */

struct agent {
	struct ev_loop *loop;
	struct agent_settings settings;
	struct effect_runner *effects;
	struct post post;
	struct assessor assessor;
	struct people people;
	struct monitor monitor;
	int64_t safe_until;		/* awake ms; 0: not in safe mode */
	ev_timer quit;
	ev_signal hup, term, interrupt;
};

static struct now
read_clock(const struct agent *a)
{
	return clock_now(a->settings.clock);
}

/* --- alarms and timers --- */

static void
set_alarm(struct agent *a)
{
	int64_t next = machine_wake(&a->post.player.machine);
	struct now now = read_clock(a);

	if (a->post.halted) {
		monitor_no_alarm(&a->monitor);
		return;
	}
	if (a->assessor.again < next)
		next = a->assessor.again;
	if (a->safe_until && now.at + (a->safe_until - now.awake) < next)
		next = now.at + (a->safe_until - now.awake);
	monitor_until(&a->monitor, next);
}

static void
fire_timers(struct agent *a)
{
	enum timer timer;

	for (int i = 0; i < TIMERS_AT_ONCE && !a->post.failed; i++) {
		struct now now = read_clock(a);

		if (!machine_due(&a->post.player.machine, now.at, now.awake, &timer))
			return;
		post_event(&a->post, &(struct event){.kind = EV_TIMER, .timer = timer});
	}
}

static void
leave_safe_mode(struct agent *a)
{
	if (!a->safe_until || read_clock(a).awake < a->safe_until)
		return;
	a->safe_until = 0;
	effects_set_safe_mode(a->effects, false);
	log_say(LEVEL_NOTICE, "safe mode ended", NULL);
	people_show(&a->people);
	assessor_assess(&a->assessor);
}

/* --- callbacks of the parts --- */

static void
on_due(void *context)
{
	struct agent *a = context;

	fire_timers(a);
	leave_safe_mode(a);
	if (read_clock(a).at >= a->assessor.again) {
		documents_refresh_feed(a->assessor.documents);
		assessor_update_session(&a->assessor);
		assessor_assess(&a->assessor);
	}
	set_alarm(a);
}

static void
on_jumped(void *context, bool set, int64_t was, bool slept)
{
	struct agent *a = context;

	if (set) {
		log_say(LEVEL_NOTICE, "clock was set", NULL);
		post_event(&a->post, &(struct event){.kind = EV_CLOCK, .was = was});
	}
	if (slept) {
		post_event(&a->post, &(struct event){.kind = EV_SLEEP});
		post_event(&a->post, &(struct event){.kind = EV_WAKE});
		assessor_update_session(&a->assessor);
	}
	assessor_assess(&a->assessor);
}

static void
on_changed(void *context, const bool kinds[WATCHED_KINDS])
{
	struct agent *a = context;

	if (kinds[WATCHED_SESSION])
		assessor_update_session(&a->assessor);
	if (kinds[WATCHED_POLICIES] && documents_load_policies(a->assessor.documents))
		assessor_assess(&a->assessor);
	if (kinds[WATCHED_POLICIES])
		documents_refresh_feed(a->assessor.documents);
	set_alarm(a);
}

static void
on_feed(void *context)
{
	struct agent *a = context;

	assessor_assess(&a->assessor);
}

static void
on_line(void *context, const struct trace_line *line)
{
	struct agent *a = context;

	if (a->settings.hooks.line)
		a->settings.hooks.line(a->settings.hooks.context, line);
}

static void
on_settled(void *context)
{
	struct agent *a = context;

	if (a->post.must_assess) {
		a->post.must_assess = false;
		assessor_assess(&a->assessor);
	}
	set_alarm(a);
	people_show(&a->people);
}

static void
on_outcome(void *context, const struct event *e)
{
	struct agent *a = context;

	post_event(&a->post, e);
}

static void
on_driver_ended(void *context, enum effect_kind effect, bool done)
{
	struct agent *a = context;

	if (done && effect == FX_REBOOT && a->settings.hooks.restarts)
		a->settings.hooks.restarts(a->settings.hooks.context);
	if (a->post.halted && !effects_running(a->effects))
		ev_break(a->loop, EVBREAK_ALL);
}

/* --- for faces in this process --- */

void
agent_view(const struct agent *a, struct view *view, int64_t *at)
{
	people_view(&a->people, view, at);
}

const struct machine *
agent_machine(const struct agent *a)
{
	return &a->post.player.machine;
}

const char *
agent_intent(struct agent *a, const struct event *e)
{
	return people_intent(&a->people, e);
}

void
agent_pace(struct agent *a, double speed)
{
	clock_pace(a->settings.clock, speed);
	set_alarm(a);
}

/* --- start --- */

/* Gives each part its settings, the parts that it uses, and its callbacks. */
static void
connect_parts(struct agent *a)
{
	const struct agent_settings *s = &a->settings;
	const struct agent_hooks *hooks = &s->hooks;

	a->post = (struct post){.loop = a->loop, .clock = s->clock, .effects = a->effects, .device = &a->assessor.device,
		.session = &a->assessor.session, .line = on_line, .settled = on_settled, .context = a};
	a->assessor = (struct assessor){.clock = s->clock, .state = s->state, .root = s->root ? s->root : "",
		.post = &a->post, .probe_device = hooks->device, .probe_session = hooks->session, .context = hooks->context};
	a->people = (struct people){.loop = a->loop, .post = &a->post, .assessor = &a->assessor, .effects = a->effects,
		.view = hooks->view, .context = hooks->context};
	a->monitor = (struct monitor){.loop = a->loop, .clock = s->clock, .slack = POST_CLOCK_SLACK, .jumped = on_jumped,
		.due = on_due, .changed = on_changed, .context = a};
}

static bool
open_effects(struct agent *a)
{
	const struct agent_settings *s = &a->settings;
	struct effects_settings settings = {.drivers = {.folder = s->drivers, .pretended = s->pretended, .home = s->state,
		.stall = s->stall}, .outcome = on_outcome, .ended = on_driver_ended, .context = a};

	a->effects = effects_new(a->loop, &settings);
	return a->effects;
}

static bool
open_state(struct agent *a, char error[512])
{
	const struct agent_settings *s = &a->settings;
	struct documents_settings documents = {.policies = s->policies, .policy_count = s->policy_count, .feed = s->feed,
		.folder = s->state, .feed_changed = on_feed, .context = a};
	struct settings settings;
	char why[256];

	mkdir(s->state, 0700);	/* if that fails, opening the journal says why */
	a->assessor.documents = documents_new(a->loop, &documents, error);
	if (!a->assessor.documents)
		return false;
	if (!assessor_open(&a->assessor, why)) {
		snprintf(error, 512, "cannot probe this device: %s", why);
		return false;
	}
	policy_settings(a->assessor.policy, &settings);
	return post_open(&a->post, s->state, &settings, error);
}

static void
consider_safe_mode(struct agent *a)
{
	struct now now = read_clock(a);

	if (!post_too_many_starts(a->settings.state, now.at))
		return;
	a->safe_until = now.awake + SAFE_MODE_LENGTH;
	effects_set_safe_mode(a->effects, true);
	log_say(LEVEL_ERROR, "too many starts in a short time: safe mode, nothing is closed, installed or restarted", NULL);
}

static void
watch_files(struct agent *a)
{
	const struct agent_settings *s = &a->settings;
	char path[1024];

	for (unsigned i = 0; i < s->policy_count; i++)
		monitor_file(&a->monitor, s->policies[i], WATCHED_POLICIES);
	if (s->feed && !strstr(s->feed, "://"))
		monitor_file(&a->monitor, s->feed, WATCHED_POLICIES);
	for (unsigned i = 0; !s->hooks.session && probe_watch[i]; i++) {
		snprintf(path, sizeof path, "%s%s", a->assessor.root, probe_watch[i]);
		monitor_file(&a->monitor, path, WATCHED_SESSION);
	}
	monitor_recheck(&a->monitor);
}

static void
resume_work(struct agent *a)
{
	post_resume(&a->post);
	assessor_update_session(&a->assessor);
	documents_refresh_feed(a->assessor.documents);
	assessor_assess(&a->assessor);
	people_show(&a->people);
}

static bool
start_parts(struct agent *a, char error[512])
{
	if (!open_state(a, error))
		return false;
	consider_safe_mode(a);
	monitor_begin(&a->monitor);
	set_alarm(a);
	if (!people_open(&a->people, a->settings.socket, error))
		return false;
	watch_files(a);
	resume_work(a);
	if (a->post.failed)
		snprintf(error, 512, "journal failed: %s", journal_error(a->post.journal));
	return !a->post.failed;
}

struct agent *
agent_new(struct ev_loop *loop, const struct agent_settings *settings, char error[512])
{
	struct agent *a = calloc(1, sizeof *a);

	snprintf(error, 512, "out of memory");
	if (!a)
		return NULL;
	a->loop = loop;
	a->settings = *settings;
	signal(SIGPIPE, SIG_IGN);
	if (!open_effects(a)) {
		free(a);
		return NULL;
	}
	connect_parts(a);
	if (!start_parts(a, error)) {
		agent_free(a);
		return NULL;
	}
	log_say(LEVEL_NOTICE, "ready", "state", machine_state[a->post.player.machine.state[REGION_UPDATE]].path, NULL);
	return a;
}

/* --- run and stop --- */

static void
on_quit_timeout(struct ev_loop *loop, ev_timer *w, int events)
{
	(void)w, (void)events;
	log_say(LEVEL_WARNING, "drivers did not end in time", NULL);
	ev_break(loop, EVBREAK_ALL);
}

void
agent_stop(struct agent *a)
{
	if (a->post.halted) {
		ev_break(a->loop, EVBREAK_ALL);
		return;
	}
	post_halt(&a->post);
	effects_end(a->effects);
	if (!effects_running(a->effects))
		ev_break(a->loop, EVBREAK_ALL);
	else
		ev_timer_start(a->loop, &a->quit);
}

static void
reload(struct agent *a)
{
	documents_load_policies(a->assessor.documents);
	documents_refresh_feed(a->assessor.documents);
	assessor_update_session(&a->assessor);
	assessor_assess(&a->assessor);
	people_show(&a->people);
}

static void
on_signal(struct ev_loop *loop, ev_signal *w, int events)
{
	struct agent *a = w->data;

	(void)loop, (void)events;
	log_say(LEVEL_NOTICE, "received signal", "signal", w->signum == SIGHUP ? "HUP" : w->signum == SIGINT ? "INT" : "TERM",
		NULL);
	if (w->signum == SIGHUP)
		reload(a);
	else
		agent_stop(a);
}

int
agent_run(struct agent *a)
{
	ev_signal *signals[] = {&a->hup, &a->term, &a->interrupt};
	static const int numbers[] = {SIGHUP, SIGTERM, SIGINT};

	ev_timer_init(&a->quit, on_quit_timeout, QUIT_MOST, 0);
	for (unsigned i = 0; i < 3; i++) {
		ev_signal_init(signals[i], on_signal, numbers[i]);
		signals[i]->data = a;
		ev_signal_start(a->loop, signals[i]);
	}
	if (!a->post.failed)
		ev_run(a->loop, 0);
	for (unsigned i = 0; i < 3; i++)
		ev_signal_stop(a->loop, signals[i]);
	ev_timer_stop(a->loop, &a->quit);
	return a->post.failed;
}

void
agent_free(struct agent *a)
{
	if (!a)
		return;
	monitor_end(&a->monitor);
	ev_timer_stop(a->loop, &a->quit);
	people_close(&a->people);
	effects_free(a->effects);
	documents_free(a->assessor.documents);
	post_close(&a->post);
	free(a);
}
