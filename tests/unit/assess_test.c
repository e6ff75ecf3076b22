/* Assessments: the machine's event and settings, and when to assess again, by policies, feed, device and knowledge. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/assess.h"
#include "core/version.h"

#define DAY(n) ((n) * DAY_MS)
#define MOST 3

enum name { END, LAB, LATE, MAC, AUTO, NOTHING };	/* a list ends with END */

static struct policy policy[] = {
	[LAB] = {.name = "lab", .platform = PLATFORM_LINUX, .enforce = ENFORCE_MINIMUM, .recheck = 6 * HOUR_MS,
		.notice = {.window = 5 * DAY_MS}, .minimum = {.deadline = {2026, 3, 1, 17, 0, 0}}},
	[LATE] = {.name = "late", .platform = PLATFORM_LINUX, .enforce = ENFORCE_MINIMUM, .recheck = 2 * HOUR_MS,
		.notice = {.window = 2 * DAY_MS}, .minimum = {.deadline = {2026, 4, 1, 17, 0, 0}}},
	[MAC] = {.name = "mac", .platform = PLATFORM_MACOS, .enforce = ENFORCE_MINIMUM, .recheck = HOUR_MS,
		.notice = {.window = DAY_MS}, .minimum = {.deadline = {2026, 2, 1, 17, 0, 0}}},
	[AUTO] = {.name = "auto", .platform = PLATFORM_LINUX, .enforce = ENFORCE_AUTOMATIC, .recheck = 6 * HOUR_MS,
		.notice = {.window = 5 * DAY_MS}, .automatic = {.after_release = 14 * DAY_MS, .at = 17 * HOUR_MS,
		.exploited = 3 * DAY_MS, .supplements = true}},
	[NOTHING] = {.name = "nothing", .platform = PLATFORM_LINUX, .recheck = 12 * HOUR_MS},
};

static int64_t
v(const char *text)
{
	int64_t version = 0;

	assert_true(version_parse(text, &version));
	return version;
}

static int64_t
noon(int month, int day)
{
	return DAY(calendar_days(2026, month, day)) + 12 * HOUR_MS;
}

/* Writes "required 12.8 -> 12.9 by 60d17h (lab, 5d, again in 6h)", in days since the beginning of the year. */
static void
describe(const struct assessment *a, int64_t now, char out[160])
{
	char version[VERSION_TEXT], target[VERSION_TEXT];
	int64_t hours = (a->event.deadline - DAY(calendar_days(2026, 1, 1))) / HOUR_MS;
	int length = 0;

	if (a->event.kind == EV_REQUIRED)
		length = snprintf(out, 160, "required %s -> %s by %dd%dh", version_format(a->event.version, version),
			version_format(a->event.target, target), (int)(hours / 24), (int)(hours % 24));
	else
		length = snprintf(out, 160, "%s", machine_event[a->event.kind].name);
	if (!a->policy)
		snprintf(out + length, 160 - (size_t)length, " (no policy)");
	else
		snprintf(out + length, 160 - (size_t)length, " (%s, %dd, again in %dh)%s", a->policy->name,
			(int)(a->settings.window / DAY_MS), (int)((a->again - now) / HOUR_MS), a->learned ? " learned" : "");
}

static const struct {
	const char *story;
	enum name policies[MOST];
	const char *installed;
	bool flagged;			/* the feed says that 12.9 closes an exploited hole */
	const char *expected;
} cases[] = {
	{"no policy at all", {END}, "12.7", false, "compliant (no policy)"},
	{"below the minimum", {LAB, END}, "12.7", false, "required 12.8 -> 12.9 by 59d17h (lab, 5d, again in 6h)"},
	{"at the minimum", {LAB, END}, "12.8", false, "compliant (lab, 5d, again in 6h)"},
	{"above the minimum", {LAB, END}, "12.9", false, "compliant (lab, 5d, again in 6h)"},
	{"settings follow the earliest deadline", {LATE, LAB, END}, "12.7", false,
		"required 12.8 -> 12.9 by 59d17h (lab, 5d, again in 6h)"},
	{"nothing required: the first policy's settings", {LATE, LAB, END}, "12.8", false,
		"compliant (late, 2d, again in 2h)"},
	{"another platform's policy asks nothing", {MAC, LATE, END}, "12.7", false,
		"required 12.8 -> 12.9 by 90d17h (late, 2d, again in 2h)"},
	{"nothing required: the platform's own settings", {MAC, LATE, END}, "12.8", false,
		"compliant (late, 2d, again in 2h)"},
	{"none for the platform: the last one's settings", {MAC, END}, "12.7", false, "compliant (mac, 1d, again in 1h)"},
	{"nothing enforced", {NOTHING, END}, "12.7", false, "compliant (nothing, 0d, again in 12h)"},
	{"a release's own deadline", {AUTO, END}, "12.8", false,
		"required 12.9 -> 12.9 by 54d17h (auto, 5d, again in 6h) learned"},
	{"an exploited hole: sooner", {AUTO, END}, "12.8", true,
		"required 12.9 -> 12.9 by 48d17h (auto, 5d, again in 6h) learned"},
	{"already installed: the flag is not news", {AUTO, END}, "12.9", true, "compliant (auto, 5d, again in 6h)"},
};

static void
every_case(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct release releases[] = {{.version = v("12.9"), .day = (int32_t)calendar_days(2026, 2, 10),
			.exploited = cases[i].flagged}, {.version = v("12.8"), .day = (int32_t)calendar_days(2025, 6, 1)}};
		const struct feed feed = {.releases = releases, .count = 2};
		const struct device device = {.platform = PLATFORM_LINUX, .version = v(cases[i].installed), .zone = &calendar_utc};
		const struct policy *list[MOST];
		static struct knowledge knowledge;
		struct assessment a;
		unsigned count = 0;
		char found[160];

		for (; cases[i].policies[count] != END; count++)
			list[count] = &policy[cases[i].policies[count]];
		knowledge = (struct knowledge){.seen_count = 0};
		assess(list, count, &feed, &device, &knowledge, noon(2, 15), &a);
		describe(&a, noon(2, 15), found);
		if (strcmp(found, cases[i].expected) != 0)
			fail_msg("%s: expected %s, found %s", cases[i].story, cases[i].expected, found);
		assert_int_equal(a.event.installed, device.version);
		assert_int_equal(a.required, a.event.kind == EV_REQUIRED);
		assert_int_equal(a.again == NEVER, count == 0);
	}
}

static const struct policy *const automatic[] = {&policy[AUTO]};

/* The deadline counts from the first sighting, which is reported once. */
static void
a_flag_is_learned_once(void **state)
{
	struct release release = {.version = v("12.9"), .day = (int32_t)calendar_days(2026, 2, 10), .exploited = true};
	const struct feed feed = {.releases = &release, .count = 1};
	const struct device device = {.platform = PLATFORM_LINUX, .version = v("12.8"), .zone = &calendar_utc};
	static struct knowledge knowledge;
	struct assessment first, later;

	(void)state;
	assess(automatic, 1, &feed, &device, &knowledge, noon(2, 15), &first);
	release.exploited = false;
	assess(automatic, 1, &feed, &device, &knowledge, noon(2, 17), &later);
	assert_true(first.learned);
	assert_false(later.learned);
	assert_int_equal(later.event.deadline, first.event.deadline);
	assert_int_equal(later.requirement.exploited, noon(2, 15));
}

/* If there is no knowledge to update, what the device has seen before still counts. */
static void
without_knowledge_to_update(void **state)
{
	const struct release release = {.version = v("12.9"), .day = (int32_t)calendar_days(2026, 2, 10), .exploited = true};
	const struct feed feed = {.releases = &release, .count = 1};
	struct device device = {.platform = PLATFORM_LINUX, .version = v("12.8"), .zone = &calendar_utc};
	static struct knowledge knowledge;
	struct assessment a;

	(void)state;
	knowledge_assume(&knowledge, &feed, noon(2, 12));
	knowledge_lend(&knowledge, &device);
	assess(automatic, 1, &feed, &device, NULL, noon(2, 17), &a);
	assert_false(a.learned);
	assert_int_equal(a.requirement.exploited, noon(2, 12));
}

/* A release that the feed lists later, with an earlier deadline, does not replace the required one. */
static void
a_required_release_is_kept(void **state)
{
	const struct release releases[] = {{.version = v("12.9"), .day = (int32_t)calendar_days(2026, 2, 10)},
		{.version = v("12.8 (a)"), .day = (int32_t)calendar_days(2026, 2, 1)}};
	const struct feed before = {.releases = releases, .count = 1}, after = {.releases = releases, .count = 2};
	const struct device device = {.platform = PLATFORM_LINUX, .version = v("12.8"), .zone = &calendar_utc};
	static struct knowledge knowledge, none;
	struct assessment held, forgetful;

	(void)state;
	assess(automatic, 1, &before, &device, &knowledge, noon(2, 11), &held);
	assess(automatic, 1, &after, &device, &knowledge, noon(2, 12), &held);
	assess(automatic, 1, &after, &device, &none, noon(2, 12), &forgetful);
	assert_int_equal(held.event.version, v("12.9"));
	assert_int_equal(forgetful.event.version, v("12.8 (a)"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case),
		cmocka_unit_test(a_flag_is_learned_once),
		cmocka_unit_test(without_knowledge_to_update),
		cmocka_unit_test(a_required_release_is_kept),
	};

	policy[LAB].minimum.version = policy[LATE].minimum.version = policy[MAC].minimum.version = v("12.8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
