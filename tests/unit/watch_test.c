/* The watch of the promises: long stretches of time, limits that policies change, times without an agent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "core/calendar.h"
#include "qa/watch/watch.h"
#include "qa/world/random.h"
#include "core/version.h"

#define NOW INT64_C(1800000000000)
#define LENGTH (30 * MINUTE_MS)
#define HOLD (2 * MINUTE_MS)	/* as in the promise `punctual` */

static struct watcher watcher;
static struct settings rules;
static struct player player;
static struct observer observer;

static unsigned
promise(const char *name)
{
	unsigned i = 0;

	while (strcmp(machine_promise[i].name, name) != 0)
		i++;
	return i;
}

static void
begin_player(bool recorded)
{
	rules = (struct settings){.window = 5 * DAY_MS, .repeat = DAY_MS, .length = LENGTH, .warn_every = 5 * MINUTE_MS,
		.retry_wait = HOUR_MS, .recheck = HOUR_MS, .close_apps = 1, .unattended = 1};
	watcher_init(&watcher);
	player_init(&player, &rules, version_make(15, 1, 0, 0), recorded);
	observer_init(&observer, &watcher, &player);
}

static uint32_t
post_event(int64_t at, struct event e)
{
	struct answer answer;

	e.at = NOW + at;
	e.awake = PLAYER_COUNTS;
	player_step(&player, &e, &answer);
	return observer_see(&observer, &player, &e, &answer.effects);
}

static uint32_t
crash(int64_t at)
{
	player_crash(&player, NOW + at);
	return observer_see(&observer, &player, NULL, NULL);
}

static struct event
required(int64_t deadline)
{
	return (struct event){.kind = EV_REQUIRED, .version = version_make(15, 2, 0, 0),
		.target = version_make(15, 2, 0, 0), .deadline = NOW + deadline};
}

/* Plays up to the beginning of a countdown. */
static void
begin_countdown(void)
{
	begin_player(true);
	post_event(0, (struct event){.kind = EV_START});
	post_event(0, (struct event){.kind = EV_LOGIN});
	post_event(0, required(0));
	assert_int_equal(player.machine.state[REGION_UPDATE], ST_COUNTDOWN_OPEN);
}

static uint32_t
countdown_ends(int64_t at)
{
	return post_event(at, (struct event){.kind = EV_TIMER, .timer = TM_COUNTDOWN});
}

static void
a_deadline_within_a_stretch(void **state)
{
	struct watch w;
	unsigned late = promise("no-reminder-delays"), punctual = promise("punctual");
	int64_t deadline = 3 * DAY_MS + 12345, most = LENGTH + HOLD;

	(void)state;
	begin_player(false);
	post_event(0, (struct event){.kind = EV_START});
	post_event(0, required(deadline));
	w = observer.watch;
	assert_int_equal(watch_time(&watcher, &w, &player, NOW + deadline, deadline), 0);
	assert_int_equal(w.left[punctual], 0);
	w = observer.watch;
	assert_int_equal(watch_time(&watcher, &w, &player, NOW + deadline + 1, deadline + 1), 1u << late);
	assert_int_equal(w.left[punctual], 1 + most - 1);
	w = observer.watch;
	assert_int_equal(watch_time(&watcher, &w, &player, NOW + deadline + most, deadline + most), 1u << late);
	w = observer.watch;
	assert_int_equal(watch_time(&watcher, &w, &player, NOW + deadline + most + 1, deadline + most + 1),
		1u << late | 1u << punctual);
	/* Asleep for all but one minute, which may be any. */
	w = observer.watch;
	assert_int_equal(watch_time(&watcher, &w, &player, NOW + deadline + DAY_MS, MINUTE_MS), 0);
}

/* No timer fires, so promises break: a stretch of time must give the same result as its pieces. */
static void
a_stretch_equals_its_pieces(void **state)
{
	static const enum event_kind kinds[] = {EV_LOGIN, EV_LOGOUT, EV_REMIND, EV_WINDOW_CLOSED, EV_OPEN_TIMER, EV_SLEEP,
		EV_WAKE, EV_BUSY, EV_FREE, EV_START_NOW, EV_APPS_CLOSED, EV_INSTALL_FAILED, EV_HALT, EV_START, EV_COMPLIANT};
	struct random r = random_of(4, 0);
	uint32_t seen = 0;

	(void)state;
	begin_player(true);
	post_event(0, (struct event){.kind = EV_START});
	for (int i = 0; i < 20000; i++) {
		int64_t from = player.at, to = from + random_between(&r, 1, 2 * HOUR_MS), at = from, next;
		struct watch whole = observer.watch, pieces = whole;
		struct player walking = player;
		uint32_t once = watch_time(&watcher, &whole, &player, to, player.asleep ? 0 : to - from), often = 0;

		for (; at < to; at = next) {
			next = random_between(&r, at + 1, to);
			often |= watch_time(&watcher, &pieces, &walking, next, player.asleep ? 0 : next - at);
			player_wait(&walking, next);
		}
		assert_int_equal(once, often);
		assert_memory_equal(&whole, &pieces, sizeof whole);
		seen |= once;
		observer.watch = whole;
		player_wait(&player, to);
		observer.before = player;
		if (random_chance(&r, 200))
			post_event(to - NOW, required(to - NOW + random_between(&r, -HOUR_MS, 5 * HOUR_MS)));
		else
			post_event(to - NOW, (struct event){.kind = kinds[random_below(&r, sizeof kinds / sizeof *kinds)]});
	}
	assert_int_equal(seen, 1u << promise("no-reminder-delays") | 1u << promise("punctual") | 1u << promise("warned"));
}

static void
a_whole_countdown_is_consent(void **state)
{
	(void)state;
	begin_countdown();
	assert_int_equal(countdown_ends(LENGTH - 1), 1u << promise("consent"));
	begin_countdown();
	assert_int_equal(countdown_ends(LENGTH), 0);
}

/* A change of policy shortens neither the countdown that runs nor the time that a device may take. */
static void
a_change_of_policy_breaks_no_promise(void **state)
{
	(void)state;
	begin_countdown();
	post_event(10 * MINUTE_MS, (struct event){.kind = EV_BUSY});
	rules.length = MINUTE_MS;
	assert_int_equal(post_event(11 * MINUTE_MS, required(0)), 0);
	assert_int_equal(post_event(LENGTH - 1, (struct event){.kind = EV_FREE}), 0);
	assert_int_equal(countdown_ends(LENGTH), 0);
	begin_countdown();
	rules.length = 2 * HOUR_MS;
	assert_int_equal(post_event(MINUTE_MS, required(0)), 0);
	assert_int_equal(countdown_ends(LENGTH), 0);
}

static void
a_countdown_goes_on_without_an_agent(void **state)
{
	(void)state;
	begin_countdown();
	crash(MINUTE_MS);
	post_event(LENGTH - MINUTE_MS, (struct event){.kind = EV_START});
	assert_int_equal(countdown_ends(LENGTH), 0);
}

static void
a_countdown_does_not_end_without_an_agent(void **state)
{
	int64_t back = LENGTH + 20 * MINUTE_MS;

	(void)state;
	begin_countdown();
	crash(MINUTE_MS);
	post_event(back, (struct event){.kind = EV_START});
	assert_int_equal(countdown_ends(back + LENGTH - 1), 1u << promise("consent"));
	begin_countdown();
	crash(MINUTE_MS);
	post_event(back, (struct event){.kind = EV_START});
	assert_int_equal(countdown_ends(back + LENGTH), 0);
}

static void
a_boot_begins_the_quiet_minutes_again(void **state)
{
	(void)state;
	begin_player(true);
	post_event(0, (struct event){.kind = EV_START});
	post_event(0, required(0));
	post_event(4 * MINUTE_MS, (struct event){.kind = EV_BOOTED, .version = version_make(15, 1, 0, 0)});
	assert_int_equal(post_event(6 * MINUTE_MS, (struct event){.kind = EV_TIMER, .timer = TM_QUIET}), 1u << promise("consent"));
}

/* A crash that was noticed late: timers that did not fire show that the agent was gone before. */
static void
a_crash_is_as_early_as_a_timer_that_did_not_fire(void **state)
{
	(void)state;
	begin_countdown();
	post_event(MINUTE_MS, (struct event){.kind = EV_WINDOW_CLOSED});
	assert_int_equal(crash(DAY_MS), 0);
	post_event(DAY_MS, (struct event){.kind = EV_START});
	assert_int_equal(countdown_ends(DAY_MS + LENGTH - 1), 1u << promise("consent"));
}

static void
late_timers_break_no_promise(void **state)
{
	(void)state;
	begin_player(true);
	post_event(0, (struct event){.kind = EV_START});
	post_event(0, (struct event){.kind = EV_LOGIN});
	post_event(0, required(HOUR_MS));
	assert_int_equal(post_event(2 * HOUR_MS, (struct event){.kind = EV_TIMER, .timer = TM_DEADLINE}), 0);
	assert_int_equal(countdown_ends(5 * HOUR_MS), 0);
	assert_int_equal(post_event(6 * HOUR_MS, (struct event){.kind = EV_TIMER, .timer = TM_HOLD}), 0);
}

/* An event shows that an agent ran before it; a start shows that none did. */
static void
events_show_whether_an_agent_ran(void **state)
{
	(void)state;
	begin_countdown();
	post_event(MINUTE_MS, (struct event){.kind = EV_HALT});
	assert_int_equal(countdown_ends(LENGTH), 0);
	begin_countdown();
	post_event(LENGTH, (struct event){.kind = EV_START});
	assert_int_equal(countdown_ends(LENGTH + MINUTE_MS), 1u << promise("consent"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_deadline_within_a_stretch),
		cmocka_unit_test(a_stretch_equals_its_pieces),
		cmocka_unit_test(a_whole_countdown_is_consent),
		cmocka_unit_test(a_change_of_policy_breaks_no_promise),
		cmocka_unit_test(a_countdown_goes_on_without_an_agent),
		cmocka_unit_test(a_countdown_does_not_end_without_an_agent),
		cmocka_unit_test(a_boot_begins_the_quiet_minutes_again),
		cmocka_unit_test(a_crash_is_as_early_as_a_timer_that_did_not_fire),
		cmocka_unit_test(late_timers_break_no_promise),
		cmocka_unit_test(events_show_whether_an_agent_ran),
	};

	return cmocka_run_group_tests_name("watch", tests, NULL, NULL);
}
