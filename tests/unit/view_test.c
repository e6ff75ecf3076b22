/* What a person is shown in each state: events lead the machine there, and the view is compared as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "core/version.h"
#include "core/view.h"

#define NOW INT64_C(1800000000000)
#define HELLO {.kind = EV_LOGIN}
#define REQUIRED(in) {.kind = EV_REQUIRED, .version = VERSION, .target = VERSION, .deadline = NOW + (in)}
#define VERSION (INT64_C(16) << 40)

static struct settings rules;
static struct policy policy;
static struct machine m;
static int64_t now;

static void
begin(void)
{
	policy = (struct policy){.notice = {.window = 5 * DAY_MS, .remind = {HOUR_MS, DAY_MS}, .reminds = 2,
		.repeat = DAY_MS}, .countdown = {.length = 30 * MINUTE_MS, .warn_every = 5 * MINUTE_MS},
		.install = {.retry_times = 0, .retry_wait = HOUR_MS, .close_apps = true}, .recheck = HOUR_MS};
	policy_settings(&policy, &rules);
	machine_init(&m, &rules);
	now = NOW;
}

static void
post_event(struct event e)
{
	struct effects effects;

	e.at = now;
	e.awake = now - NOW;
	machine_step(&m, &e, &effects);
}

/* Lets time pass and fires the timers that become due. */
static void
pass_time(int64_t ms)
{
	enum timer timer;
	int64_t until = now + ms;

	while (machine_wake(&m) <= until) {
		if (machine_wake(&m) > now)
			now = machine_wake(&m);
		if (!machine_due(&m, now, now - NOW, &timer))
			break;
		post_event((struct event){.kind = EV_TIMER, .timer = timer});
	}
	now = until;
}

/* Timers fire one by one until the machine is in that state, whatever lies on the way. */
static void
pass_until(enum state state)
{
	while (!machine_in(&m, state) && machine_wake(&m) < NOW + 2 * DAY_MS)
		pass_time(machine_wake(&m) - now);
	assert_true(machine_in(&m, state));
}

static const char *
view(void)
{
	static char text[512];
	struct view v;

	view_of(&m, &policy, now, now - NOW, &v);
	snprintf(text, sizeof text, "%s:%s%s screen=%s banner=%s%s%s%s reminds=%u left=%lld progress=%d reminder=%lld",
		machine_state[v.state].path, v.badge ? " badge" : "", v.offered ? " offered" : "", screen_name[v.screen],
		banner_name[v.banner], v.start_now ? " start" : "", v.learn_more ? " learn" : "",
		v.open_timer ? " timer" : "", v.reminds, (long long)(v.left < 0 ? -1 : v.left / 1000), v.progress,
		(long long)(v.reminder ? (v.reminder - now) / 1000 : 0));
	return text;
}

static void
calm(void **state)
{
	(void)state;
	begin();
	assert_string_equal(view(), "idle: screen=none banner=none reminds=0 left=-1 progress=-1 reminder=0");
	post_event((struct event)HELLO);
	post_event((struct event)REQUIRED(10 * DAY_MS));
	assert_string_equal(view(), "idle: screen=none banner=none reminds=0 left=-1 progress=-1 reminder=0");
}

static void
notice(void **state)
{
	(void)state;
	begin();
	post_event((struct event)HELLO);
	post_event((struct event)REQUIRED(4 * DAY_MS));
	assert_string_equal(view(), "notify-window.banner: badge offered screen=none banner=update start learn reminds=2 "
		"left=-1 progress=-1 reminder=0");
	post_event((struct event){.kind = EV_LEARN_MORE});
	assert_string_equal(view(), "notify-window.banner: badge offered screen=info banner=update start reminds=2 "
		"left=-1 progress=-1 reminder=0");
	post_event((struct event){.kind = EV_WINDOW_CLOSED});
	post_event((struct event){.kind = EV_REMIND, .for_ = HOUR_MS});
	pass_time(MINUTE_MS);
	assert_string_equal(view(), "notify-window.snoozed: badge offered screen=none banner=none start learn reminds=0 "
		"left=-1 progress=-1 reminder=3540");
	pass_time(HOUR_MS);
	assert_non_null(strstr(view(), "notify-window.banner"));
}

static void
counting_down(void **state)
{
	(void)state;
	begin();
	post_event((struct event)HELLO);
	post_event((struct event)REQUIRED(HOUR_MS));
	pass_time(HOUR_MS + MINUTE_MS);
	assert_string_equal(view(), "countdown.open: badge offered screen=timer banner=none start learn reminds=0 "
		"left=1740 progress=-1 reminder=0");
	post_event((struct event){.kind = EV_LEARN_MORE});
	assert_non_null(strstr(view(), "screen=info"));
	post_event((struct event){.kind = EV_WINDOW_CLOSED});
	assert_non_null(strstr(view(), "countdown.open: badge offered screen=timer"));
	post_event((struct event){.kind = EV_WINDOW_CLOSED});
	assert_string_equal(view(), "countdown.closed: badge offered screen=none banner=none start learn timer reminds=0 "
		"left=1740 progress=-1 reminder=0");
	pass_time(5 * MINUTE_MS);
	assert_string_equal(view(), "countdown.closed: badge offered screen=none banner=warning start learn timer "
		"reminds=0 left=1440 progress=-1 reminder=0");
}

static void
at_work(void **state)
{
	(void)state;
	begin();
	post_event((struct event)HELLO);
	post_event((struct event)REQUIRED(HOUR_MS));
	post_event((struct event){.kind = EV_START_NOW});
	assert_string_equal(view(), "installing.closing-apps: badge screen=progress banner=none reminds=0 left=-1 "
		"progress=0 reminder=0");
	post_event((struct event){.kind = EV_APPS_CLOSED});
	post_event((struct event){.kind = EV_PROGRESS, .percent = 42});
	assert_non_null(strstr(view(), "screen=progress banner=none reminds=0 left=-1 progress=42"));
	post_event((struct event){.kind = EV_INSTALLED});
	pass_until(ST_REBOOTING);
	assert_string_equal(view(), "rebooting: badge screen=progress banner=none reminds=0 left=-1 progress=100 reminder=0");
	post_event((struct event){.kind = EV_BOOTED, .version = 1});
	assert_string_equal(view(), "verifying: badge screen=none banner=none reminds=0 left=-1 progress=-1 reminder=0");
}

static void
failing(void **state)
{
	(void)state;
	begin();
	post_event((struct event)HELLO);
	post_event((struct event)REQUIRED(HOUR_MS));
	post_event((struct event){.kind = EV_START_NOW});
	post_event((struct event){.kind = EV_APPS_CLOSED});
	post_event((struct event){.kind = EV_INSTALL_FAILED});
	assert_string_equal(view(), "failed: badge offered screen=none banner=failed start learn reminds=0 left=-1 "
		"progress=-1 reminder=0");
	post_event((struct event){.kind = EV_DISMISSED});
	assert_non_null(strstr(view(), "banner=none"));
}

static void
sameness(void **state)
{
	struct view a, b;

	(void)state;
	begin();
	post_event((struct event)HELLO);
	post_event((struct event)REQUIRED(HOUR_MS));
	pass_time(2 * HOUR_MS - HOUR_MS);
	view_of(&m, &policy, now, now - NOW, &a);
	view_of(&m, &policy, now + 1000, now - NOW + 1000, &b);
	assert_int_not_equal(a.left, b.left);
	assert_true(view_same(&a, &b));		/* the clock changes it by itself */
	b.safe_mode = true;
	assert_false(view_same(&a, &b));
	post_event((struct event){.kind = EV_WINDOW_CLOSED});
	view_of(&m, &policy, now, now - NOW, &b);
	assert_false(view_same(&a, &b));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calm), cmocka_unit_test(notice), cmocka_unit_test(counting_down), cmocka_unit_test(at_work),
		cmocka_unit_test(failing), cmocka_unit_test(sameness),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
