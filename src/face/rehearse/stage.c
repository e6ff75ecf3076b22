/* stage - plays a rehearsal: the real agent, a faster clock, pretended drivers and a pretended person. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "platform/log.h"
#include "text/command.h"
#include "face/terminal/tty.h"
#include "stage.h"

#define FRAME 0.1		/* seconds between two drawings of the screen */
#define DOWN_LEAST 0.1		/* real seconds of a pretended restart, so that drivers have ended */
#define DOWN_MOST 2.0
#define LAST_LOOK 3.0		/* seconds that the last screen stays */
#define TO_DEADLINE 21.0	/* seconds from start to deadline without --speed: five days at 1 day = 4 s */
#define COUNTDOWN 10.0		/* seconds of the countdown without --speed */

/* --- speed --- */

static void
set_pace(struct stage *s, double speed)
{
	if (speed == s->speed)
		return;
	s->speed = speed;
	stage_describe_pace(speed, s->pace);
	pretended_pace(speed);
	if (s->agent)
		agent_pace(s->agent, speed);
}

/* The days of notice fly by; what follows is slow enough to watch. A restart is awaited in real time: at a high speed,
 * the machine's time-out of ten minutes may be shorter than it takes to start the driver's process. */
static void
choose_pace(struct stage *s)
{
	const struct machine *m = agent_machine(s->agent);

	if (s->over)
		return;
	if (machine_in(m, ST_REBOOTING))
		set_pace(s, 1);
	else
		set_pace(s, machine_in(m, ST_IDLE) || machine_in(m, ST_NOTIFY_WINDOW) ? s->fast : s->slow);
}

static void
plan_pace(struct stage *s)
{
	const struct rehearsal *r = s->rehearsal;
	int64_t notice = r->scenario.requirement.deadline - r->scenario.start;

	s->fast = s->slow = r->speed;
	if (r->speed > 0)
		return;
	s->fast = (double)notice / 1000 / TO_DEADLINE;
	s->slow = (double)r->policy->countdown.length / 1000 / COUNTDOWN;
	s->fast = s->fast < 1 ? 1 : s->fast;
	s->slow = s->slow < 1 ? 1 : s->slow;
}

/* --- the person --- */

static void
send_intent(struct stage *s, const struct event *intent)
{
	const char *why = s->agent ? agent_intent(s->agent, intent) : "the device is restarting";
	char text[FACE_LINE];

	if (why) {
		snprintf(text, sizeof text, "> person   refused: %.150s", why);
		stage_log(s, clock_now(&s->clock).at, text);
	}
	stage_draw(s);
}

static void
on_answer(struct ev_loop *loop, ev_timer *w, int events)
{
	struct stage *s = w->data;
	const struct reaction *answer = s->answer;

	(void)loop, (void)events;
	if (!answer || clock_now(&s->clock).at < s->answer_at)
		return;
	s->answer = NULL;
	send_intent(s, &answer->intent);
}

/* Ends the rehearsal after some seconds. */
static void
end_after(struct stage *s, double seconds)
{
	s->over = true;
	ev_timer_stop(s->loop, &s->curtain);
	ev_timer_set(&s->curtain, seconds, 0);
	ev_timer_start(s->loop, &s->curtain);
}

/* Stops the agent in order, if one runs: while the device is down there is none. */
static void
on_curtain(struct ev_loop *loop, ev_timer *w, int events)
{
	struct stage *s = w->data;

	(void)events;
	if (s->agent)
		agent_stop(s->agent);
	else
		ev_break(loop, EVBREAK_ALL);
}

static void
on_key(struct ev_loop *loop, ev_io *w, int events)
{
	struct stage *s = w->data;
	struct event intent;
	int key = tty_key();

	(void)events;
	if (key < 0)
		ev_io_stop(loop, w);
	if (key < 0 || key == 'q')
		end_after(s, 0);
	else if (key && face_key(&s->face.view, key, &intent))
		send_intent(s, &intent);
}

static void
on_signal(struct ev_loop *loop, ev_signal *w, int events)
{
	struct stage *s = w->data;

	(void)loop, (void)events;
	if (w->signum != SIGTSTP)
		end_after(s, 0);
	else if (s->on_screen)
		tty_suspend();
	else
		raise(SIGSTOP);
}

/* --- the agent's hooks --- */

static void
on_view(void *context, const struct view *view, int64_t at)
{
	struct stage *s = context;

	(void)at;
	s->face.view = *view;
	stage_draw(s);
}

static void
on_report(struct stage *s, const struct effect *report)
{
	s->face.report = *report;
	s->face.has_report = true;
	if (report->outcome == OUTCOME_VERIFIED)
		s->verified = true;
	if (report->outcome == OUTCOME_VERIFIED || report->outcome == OUTCOME_COMPLIANT || report->outcome == OUTCOME_FAILED)
		end_after(s, s->on_screen ? LAST_LOOK : 0);
}

static void
on_progress(struct stage *s, const struct trace_line *line)
{
	int quarter = (int)line->event.percent / 25;
	char text[FACE_LINE];

	if (quarter == s->quarter || quarter < 1 || quarter > 3)
		return;
	s->quarter = quarter;
	snprintf(text, sizeof text, "  update   %d %%", 25 * quarter);
	stage_log(s, line->at, text);
}

static void
consider_answer(struct stage *s, const struct trace_line *line)
{
	const struct reaction *answer;

	if (!s->rehearsal->answers || !(answer = script_next(s->rehearsal->answers, line->effect.kind)))
		return;
	s->answer = answer;
	s->answer_at = line->at + answer->after;
}

static void
on_line(void *context, const struct trace_line *line)
{
	struct stage *s = context;
	char text[FACE_LINE];

	/* The clock stands still until the loop sleeps again: at this speed, starting a process takes hours. */
	if (line->kind == LINE_EVENT)
		clock_hold(&s->clock, line->at);
	if (face_describe(&s->face, line, !s->on_screen, text))
		stage_log(s, line->at, text);
	if (line->kind == LINE_EVENT && line->event.kind == EV_PROGRESS)
		on_progress(s, line);
	if (line->kind == LINE_EFFECT && line->effect.kind == FX_REPORT)
		on_report(s, &line->effect);
	if (line->kind == LINE_EFFECT)
		consider_answer(s, line);
}

static void
on_restart(void *context)
{
	struct stage *s = context;

	s->restarts = true;
	ev_break(s->loop, EVBREAK_ALL);
}

static bool
find_device(void *context, struct probe_device *device, char error[256])
{
	struct stage *s = context;

	(void)error;
	*device = s->rehearsal->scenario.device;
	return true;
}

static void
find_session(void *context, struct probe_session *session)
{
	(void)context;
	*session = (struct probe_session){.present = true, .console = getuid()};
}

/* --- the play --- */

/* Before the loop sleeps: chooses the speed, and how far the clock may run on meanwhile. */
static void
on_before(struct ev_loop *loop, ev_prepare *w, int events)
{
	struct stage *s = w->data;
	int64_t wake, now;

	(void)events;
	if (!s->agent)
		return;
	choose_pace(s);
	wake = machine_wake(agent_machine(s->agent));
	clock_hold(&s->clock, s->answer && s->answer_at < wake ? s->answer_at : wake);
	now = clock_now(&s->clock).at;
	if (s->answer) {
		ev_timer_stop(loop, &s->answering);
		ev_timer_set(&s->answering, now < s->answer_at ? (double)(s->answer_at - now) / 1000 / s->speed : 0, 0);
		ev_timer_start(loop, &s->answering);
	}
	if (!s->over && now > s->rehearsal->scenario.requirement.deadline + HOST_GIVE_UP)
		end_after(s, 0);
}

static void
on_frame(struct ev_loop *loop, ev_timer *w, int events)
{
	(void)loop, (void)events;
	stage_draw(w->data);
}

static void
start_watchers(struct stage *s)
{
	static const int numbers[SIGNALS] = {SIGINT, SIGTERM, SIGHUP, SIGTSTP};

	for (int i = 0; i < SIGNALS; i++) {
		ev_signal_init(&s->signals[i], on_signal, numbers[i]);
		s->signals[i].data = s;
		ev_signal_start(s->loop, &s->signals[i]);
	}
	ev_prepare_init(&s->before, on_before);
	ev_timer_init(&s->frame, on_frame, FRAME, FRAME);
	ev_timer_init(&s->answering, on_answer, 0, 0);
	ev_timer_init(&s->curtain, on_curtain, 0, 0);
	ev_io_init(&s->keys, on_key, STDIN_FILENO, EV_READ);
	s->before.data = s->frame.data = s->answering.data = s->curtain.data = s->keys.data = s;
	ev_prepare_start(s->loop, &s->before);
	if (s->on_screen) {
		ev_timer_start(s->loop, &s->frame);
		ev_io_start(s->loop, &s->keys);
	}
}

static void
stop_watchers(struct stage *s)
{
	for (int i = 0; i < SIGNALS; i++)
		ev_signal_stop(s->loop, &s->signals[i]);
	ev_prepare_stop(s->loop, &s->before);
	ev_timer_stop(s->loop, &s->frame);
	ev_timer_stop(s->loop, &s->answering);
	ev_timer_stop(s->loop, &s->curtain);
	ev_io_stop(s->loop, &s->keys);
}

/* Restarts the device: as in a real restart, the agent is killed, and only its journal remains. */
static void
restart_device(struct stage *s)
{
	static unsigned boots;
	struct probe_device *device = &s->rehearsal->scenario.device;
	int64_t takes = host_work(FX_REBOOT)->takes;
	double seconds = (double)takes / 1000 / s->slow;
	ev_timer down;

	agent_free(s->agent);
	s->agent = NULL;
	s->restarts = false;
	s->answer = NULL;
	s->face.down = phrase_say(&s->texts, PHRASE_RESTARTS, &(struct facts){.os = s->face.os, .target = s->face.view.target},
		s->down);
	device->version = s->face.view.target;
	s->face.installed = device->version;
	snprintf(device->boot, sizeof device->boot, "rehearsal-%u", ++boots);
	clock_hold(&s->clock, clock_now(&s->clock).at + takes);
	clock_pace(&s->clock, s->speed = s->slow);
	stage_draw(s);
	seconds = seconds < DOWN_LEAST ? DOWN_LEAST : seconds > DOWN_MOST ? DOWN_MOST : seconds;
	ev_timer_init(&down, on_frame, seconds, 0);
	down.data = s;
	ev_timer_start(s->loop, &down);
	while (ev_is_active(&down) && !s->over)
		ev_run(s->loop, EVRUN_ONCE);
	ev_timer_stop(s->loop, &down);
	clock_boot(&s->clock);
	s->face.down = NULL;
}

/* Plays boot after boot until the rehearsal is over. Returns false, and why, if the agent could not go on. */
static bool
play_boots(struct stage *s, char error[512])
{
	do {
		/* The rehearsal's clock stands still while the agent starts. */
		clock_hold(&s->clock, clock_now(&s->clock).at);
		s->agent = agent_new(s->loop, &s->settings, error);
		if (!s->agent)
			return false;
		if (agent_run(s->agent) != 0) {
			snprintf(error, 512, "the agent could not go on");
			return false;
		}
		if (s->restarts && !s->over)
			restart_device(s);
		else
			s->over = true;
	} while (!s->over);
	return true;
}

/* The person of a rehearsal without a script and without a terminal: asks for the first reminder and for the last, does
 * not answer later banners, closes the countdown's window, and lets it run out. */
static void
write_script(const struct policy *policy, struct script *script)
{
	unsigned reminds = policy->notice.reminds;

	*script = (struct script){0};
	for (unsigned i = 0; i < reminds; i += reminds > 1 ? reminds - 1 : 1)
		script_add(script, ON_UPDATE, EV_REMIND, policy->notice.remind[i]);
	script_add(script, ON_TIMER, EV_WINDOW_CLOSED, 0);
}

static void
set_up_stage(struct stage *s, const char *folder)
{
	struct rehearsal *r = s->rehearsal;

	/* On an ASCII terminal only English is readable. */
	texts_choose(r->policy->text, s->look.unicode ? texts_locale() : "C", &s->texts);
	s->face = (struct face){.texts = &s->texts, .zone = r->scenario.zone, .os = r->scenario.device.os,
		.policy_label = r->policy->label, .installed = r->scenario.device.version, .countdown = r->policy->countdown.length,
		.close_apps = r->policy->install.close_apps, .pace = s->pace};
	s->face.view = (struct view){.target = r->scenario.requirement.target, .left = -1, .progress = -1};
	s->settings = (struct agent_settings){.policies = &r->policy_path, .policy_count = 1, .feed = r->feed_path,
		.state = folder, .pretended = pretended_drivers, .clock = &s->clock,
		.hooks = {.context = s, .view = on_view, .line = on_line, .restarts = on_restart, .device = find_device,
			.session = find_session}};
}

int
rehearsal_play(struct rehearsal *r, const char *folder)
{
	struct stage s = {.rehearsal = r, .loop = ev_default_loop(0), .look = tty_look()};
	struct script script;
	char error[512] = "";

	set_up_stage(&s, folder);
	plan_pace(&s);
	clock_scaled(&s.clock, r->scenario.start, s.fast);
	clock_hold(&s.clock, r->scenario.start);
	set_pace(&s, s.fast);
	stage_introduce(&s);
	s.on_screen = !r->plain && tty_open();
	if (!s.on_screen && !r->answers) {
		write_script(r->policy, &script);
		r->answers = &script;
	}
	log_set_level(LEVEL_ERROR);
	start_watchers(&s);
	if (play_boots(&s, error))
		*error = '\0';
	stop_watchers(&s);
	agent_free(s.agent);
	tty_close();
	stage_conclude(&s, error);
	return s.verified ? EXIT_FINE : EXIT_DIFFERENT;
}
