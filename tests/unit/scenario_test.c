/* The device that a rehearsal pretends to be, and the time at which it begins. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "face/rehearse/rehearse.h"
#include "core/version.h"

#define NOW (calendar_days(2026, 11, 20) * DAY_MS)
#define V(a, b, c) version_make(a, b, c, 0)

static struct scenario
device(enum platform platform, int64_t version)
{
	return (struct scenario){.zone = &calendar_utc,
		.device = {.platform = platform, .version = version, .build = "24B83", .model = "Mac15,6"}};
}

static struct policy
minimum(int64_t version)
{
	return (struct policy){.platform = PLATFORM_MACOS, .enforce = ENFORCE_MINIMUM,
		.minimum = {version, {2026, 12, 4, 17, 0, 0}, &calendar_utc}, .notice = {.window = 5 * DAY_MS}};
}

static struct policy
automatic(void)
{
	return (struct policy){.platform = PLATFORM_MACOS, .enforce = ENFORCE_AUTOMATIC,
		.automatic = {.after_release = 14 * DAY_MS, .at = 17 * HOUR_MS, .zone = &calendar_utc}, .notice = {.window = 5 * DAY_MS}};
}

static void
begins_before_the_notice(void **state)
{
	struct policy p = minimum(V(15, 2, 0));
	struct scenario s = device(PLATFORM_MACOS, V(15, 1, 0));

	(void)state;
	assert_null(scenario_find(&p, NULL, 0, NOW, &s));
	assert_int_equal(s.pretends, AS_IT_IS);
	assert_int_equal(s.start, calendar_days(2026, 11, 29) * DAY_MS + 11 * HOUR_MS);
	assert_int_equal(s.requirement.version, V(15, 2, 0));
	assert_string_equal(s.device.model, "Mac15,6");
}

static void
begins_when_told(void **state)
{
	struct policy p = minimum(V(15, 2, 0));
	struct scenario s = device(PLATFORM_MACOS, V(15, 1, 0));

	(void)state;
	assert_null(scenario_find(&p, NULL, NOW + DAY_MS, NOW, &s));
	assert_int_equal(s.start, NOW + DAY_MS);
}

static void
pretends_when_compliant(void **state)
{
	const struct {
		int64_t required, pretended;
	} cases[] = {
		{V(15, 2, 0), V(15, 1, 0)}, {V(15, 2, 3), V(15, 2, 2)}, {V(15, 0, 0), V(14, 0, 0)},
		{version_make(13, 4, 1, 'a'), V(13, 4, 1)},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct policy p = minimum(cases[i].required);
		struct scenario s = device(PLATFORM_MACOS, V(26, 0, 0));

		assert_null(scenario_find(&p, NULL, 0, NOW, &s));
		assert_int_equal(s.pretends, NOTHING_REQUIRED);
		assert_int_equal(s.device.version, cases[i].pretended);
		assert_int_equal(s.requirement.version, cases[i].required);
		assert_string_equal(s.device.build, "");
		assert_string_equal(s.device.model, "Mac15,6");
	}
}

static void
pretends_another_platform(void **state)
{
	struct policy p = minimum(V(15, 2, 0));
	struct scenario s = device(PLATFORM_LINUX, V(12, 8, 0));

	(void)state;
	assert_null(scenario_find(&p, NULL, 0, NOW, &s));
	assert_int_equal(s.pretends, OTHER_PLATFORM);
	assert_string_equal(s.device.os, "macOS");
	assert_int_equal(s.device.platform, PLATFORM_MACOS);
	assert_string_equal(s.device.model, "");
}

static void
pretends_when_not_known(void **state)
{
	struct policy p = minimum(V(15, 2, 0));
	struct scenario s = device(PLATFORM_MACOS, VERSION_NONE);

	(void)state;
	assert_null(scenario_find(&p, NULL, 0, NOW, &s));
	assert_int_equal(s.device.version, V(15, 1, 0));
}

/* 15.7.2 is the newest release of the same major; the policy does not require 26.0, which is another. */
static void
follows_the_feed(void **state)
{
	struct release releases[] = {
		{.version = V(26, 0, 0), .day = (int32_t)calendar_days(2026, 9, 15)},
		{.version = V(15, 7, 2), .day = (int32_t)calendar_days(2026, 11, 10)},
		{.version = V(15, 7, 1), .day = (int32_t)calendar_days(2026, 9, 29)},
	};
	struct feed feed = {.releases = releases, .count = 3, .majors = {26, 15}, .major_count = 2};
	struct policy p = automatic();
	struct scenario s = device(PLATFORM_MACOS, V(15, 7, 1)), done = device(PLATFORM_MACOS, V(15, 7, 2));

	(void)state;
	assert_null(scenario_find(&p, &feed, 0, NOW, &s));
	assert_int_equal(s.pretends, AS_IT_IS);
	assert_int_equal(s.requirement.version, V(15, 7, 2));
	assert_int_equal(s.start, calendar_days(2026, 11, 19) * DAY_MS + 11 * HOUR_MS);
	assert_null(scenario_find(&p, &feed, 0, NOW, &done));
	assert_int_equal(done.pretends, NOTHING_REQUIRED);
	assert_int_equal(done.device.version, V(15, 7, 1));
}

/* A notice window that would begin before the release: the rehearsal begins with the release. */
static void
begins_with_the_release(void **state)
{
	struct release release = {.version = V(15, 7, 2), .day = (int32_t)calendar_days(2026, 11, 10)};
	struct feed feed = {.releases = &release, .count = 1, .majors = {15}, .major_count = 1};
	struct policy p = automatic();
	struct scenario s = device(PLATFORM_MACOS, V(15, 7, 1));

	(void)state;
	p.notice.window = 30 * DAY_MS;
	assert_null(scenario_find(&p, &feed, 0, NOW, &s));
	assert_int_equal(s.start, calendar_days(2026, 11, 10) * DAY_MS);
}

static void
says_why_not(void **state)
{
	struct policy nothing = {.enforce = ENFORCE_NOTHING}, follows = automatic(), first = minimum(V(1, 0, 0));
	struct feed empty = {0};
	struct scenario s = device(PLATFORM_MACOS, V(15, 1, 0));

	(void)state;
	assert_non_null(strstr(scenario_find(&nothing, NULL, 0, NOW, &s), "do_not_manage"));
	assert_non_null(strstr(scenario_find(&follows, NULL, 0, NOW, &s), "--feed"));
	assert_non_null(strstr(scenario_find(&follows, &empty, 0, NOW, &s), "nothing now"));
	assert_non_null(strstr(scenario_find(&first, NULL, NOW, NOW, &s), "at that time"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(begins_before_the_notice),
		cmocka_unit_test(begins_when_told),
		cmocka_unit_test(pretends_when_compliant),
		cmocka_unit_test(pretends_another_platform),
		cmocka_unit_test(pretends_when_not_known),
		cmocka_unit_test(follows_the_feed),
		cmocka_unit_test(begins_with_the_release),
		cmocka_unit_test(says_why_not),
	};

	return cmocka_run_group_tests_name("scenario", tests, NULL, NULL);
}
