/* Properties of the plan over random feeds, devices and policies. tests/plan has a story for each of its rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/plan.h"
#include "core/version.h"

enum { ROUNDS = 20000, RELEASES = 12, POLICIES = 3 };

static uint64_t seed;

static int
draw(int below)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (int)((seed >> 33) % (uint64_t)below);
}

static int64_t
any_version(void)
{
	return version_make((unsigned)draw(3) + 14, (unsigned)draw(4), (unsigned)draw(3),
		(char)(draw(5) ? 0 : 'a' + draw(3)));
}

static const char *const board[] = {"J1AP"}, *const model[] = {"Mac2,2"};

struct world {
	struct policy policy[POLICIES];
	const struct policy *policies[POLICIES];
	struct release release[RELEASES];
	struct feed feed;
	struct device device;
	int64_t now;
};

enum { TODAY = 20000 };

static void
any_policy(struct policy *p)
{
	*p = (struct policy){.enforce = (enum enforce)draw(3)};
	p->automatic.after_release = draw(30) * DAY_MS;
	p->automatic.at = draw(24) * HOUR_MS;
	p->automatic.upgrades = draw(2);
	p->automatic.supplements = draw(2);
	p->minimum.version = any_version();
	calendar_date(TODAY - 30 + draw(60), &p->minimum.deadline);
	p->install.target = (enum install_target)draw(2);
}

static void
any_world(struct world *w)
{
	memset(w, 0, sizeof *w);
	for (int i = 0; i < POLICIES; i++) {
		any_policy(&w->policy[i]);
		w->policies[i] = &w->policy[i];
	}
	for (int i = 0; i < RELEASES; i++) {
		int listed = draw(6);

		w->release[i] = (struct release){.version = any_version(), .day = TODAY - 40 + draw(45),
			.devices = listed == 1 ? board : model, .device_count = listed == 1 || listed == 2};
	}
	w->feed = (struct feed){.releases = w->release, .count = (uint32_t)draw(RELEASES)};
	w->device = (struct device){.version = any_version(), .zone = &calendar_utc,
		.board = draw(2) ? "J1AP" : draw(2) ? "J9AP" : NULL, .model = draw(2) ? "Mac2,2" : NULL};
	w->now = TODAY * DAY_MS + draw(24) * HOUR_MS;
}

static bool
ask(const struct world *w, unsigned policies, struct requirement *r)
{
	memset(r, 0, sizeof *r);
	return plan_requirement(w->policies, policies, &w->feed, &w->device, w->now, r);
}

static void
nothing_ever_goes_down(void **state)
{
	struct world w;
	struct requirement r;
	unsigned asked = 0;

	(void)state;
	seed = 1;
	for (int i = 0; i < ROUNDS; i++) {
		any_world(&w);
		if (!ask(&w, POLICIES, &r))
			continue;
		asked++;
		assert_true(r.version > w.device.version);
		assert_true(r.target >= r.version);
		assert_non_null(r.policy);
		assert_true((r.release != NULL) == (r.policy->enforce == ENFORCE_AUTOMATIC));
		if (r.release)
			assert_true(plan_can_run(r.release, &w.device) && r.release->day * DAY_MS <= w.now);
	}
	assert_in_range(asked, ROUNDS / 4, ROUNDS - 1);
}

static void
the_order_of_releases_does_not_matter(void **state)
{
	struct world w;
	struct requirement a, b;

	(void)state;
	seed = 2;
	for (int i = 0; i < ROUNDS; i++) {
		any_world(&w);
		bool before = ask(&w, POLICIES, &a);

		for (uint32_t j = w.feed.count; j > 1; j--) {
			int other = draw((int)j);
			struct release swap = w.release[j - 1];

			w.release[j - 1] = w.release[other];
			w.release[other] = swap;
		}
		assert_int_equal(before, ask(&w, POLICIES, &b));
		assert_true(a.version == b.version && a.target == b.target && a.deadline == b.deadline);
		assert_ptr_equal(a.policy, b.policy);
	}
}

static void
another_release_never_moves_the_deadline_later(void **state)
{
	struct world w;
	struct requirement a, b;
	unsigned earlier = 0, newer = 0;

	(void)state;
	seed = 3;
	for (int i = 0; i < ROUNDS; i++) {
		unsigned policies = (unsigned)draw(POLICIES) + 1;

		any_world(&w);
		if (w.feed.count == RELEASES || !ask(&w, policies, &a))
			continue;
		w.feed.count++;
		assert_true(ask(&w, policies, &b));
		assert_true(b.deadline <= a.deadline);
		if (policies == 1 && b.deadline == a.deadline)
			assert_true(b.version >= a.version && b.target >= a.target);
		earlier += b.deadline < a.deadline;
		newer += b.target > a.target;
	}
	/* Both cases must have occurred, or the test shows nothing. */
	assert_true(earlier > 100 && newer > 100);
}

static void
another_policy_never_asks_for_less(void **state)
{
	struct world w;
	struct requirement a, b;

	(void)state;
	seed = 4;
	for (int i = 0; i < ROUNDS; i++) {
		any_world(&w);
		if (!ask(&w, POLICIES - 1, &a))
			continue;
		assert_true(ask(&w, POLICIES, &b));
		assert_true(b.deadline <= a.deadline && b.version >= a.version);
	}
}

static void
time_alone_moves_no_minimum(void **state)
{
	struct world w;
	struct requirement a, b;

	(void)state;
	seed = 5;
	for (int i = 0; i < ROUNDS; i++) {
		any_world(&w);
		w.policy[0].enforce = ENFORCE_MINIMUM;
		if (!ask(&w, 1, &a))
			continue;
		w.now += draw(100) * DAY_MS;
		assert_true(ask(&w, 1, &b));
		assert_true(b.deadline == a.deadline && b.version == a.version && b.target >= a.target);
	}
}

static void
installing_the_target_satisfies_the_plan(void **state)
{
	struct world w;
	struct requirement r;

	(void)state;
	seed = 6;
	for (int i = 0; i < ROUNDS; i++) {
		any_world(&w);
		/* Each round installs the target; a plan that is never satisfied would restart the device for ever. */
		for (int rounds = 0; ask(&w, POLICIES, &r); rounds++) {
			assert_in_range(rounds, 0, RELEASES + POLICIES);
			w.device.version = r.target;
		}
	}
}

static void
settings_follow_the_policy(void **state)
{
	struct policy p = {.notice = {.window = 1, .repeat = 2, .minimum = 3}, .countdown = {4, 5}, .recheck = 8,
		.install = {.retry_wait = 6, .retry_times = 7, .cache = true, .unattended = UNATTENDED_WAIT}};
	struct settings s;

	(void)state;
	policy_settings(&p, &s);
	assert_true(s.window == 1 && s.repeat == 2 && s.minimum == 3 && s.length == 4 && s.warn_every == 5);
	assert_true(s.retry_wait == 6 && s.retry_times == 7 && s.recheck == 8);
	assert_true(s.cache == 1 && s.close_apps == 0 && s.unattended == 0);
	p.install.cache = false;
	p.install.close_apps = true;
	p.install.unattended = UNATTENDED_INSTALL;
	policy_settings(&p, &s);
	assert_true(s.cache == 0 && s.close_apps == 1 && s.unattended == 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_ever_goes_down),
		cmocka_unit_test(the_order_of_releases_does_not_matter),
		cmocka_unit_test(another_release_never_moves_the_deadline_later),
		cmocka_unit_test(another_policy_never_asks_for_less),
		cmocka_unit_test(time_alone_moves_no_minimum),
		cmocka_unit_test(installing_the_target_satisfies_the_plan),
		cmocka_unit_test(settings_follow_the_policy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
