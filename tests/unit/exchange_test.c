/* A policy exported and imported again requires the same of every device at all times; and the local times in Apple's
 * declarations are the policy's instants. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <jansson.h>

#include "core/plan.h"
#include "core/version.h"
#include "author/exchange/exchange.h"
#include "author/exchange/nudge_file.h"
#include "words/policy.h"
#include "text/zone.h"

static const struct zone *
zone(const char *name)
{
	const char *why;
	const struct zone *z = zone_load(name, &why);

	assert_non_null(z);
	return z;
}

static const struct {
	const char *version;
	int year, month, day;
} published[] = {	/* newest first */
	{"26.1", 2026, 11, 20}, {"26.0.1", 2026, 10, 9}, {"26.0", 2026, 9, 15}, {"15.7.2", 2026, 11, 18},
	{"15.7.1", 2026, 9, 29}, {"15.7", 2026, 9, 15}, {"14.8.1", 2026, 9, 29}, {"14.8", 2026, 9, 15},
};

enum { RELEASES = sizeof published / sizeof *published };

static struct release releases[RELEASES];
static const struct feed feed = {.releases = releases, .count = RELEASES};

static int
publish(void **state)
{
	(void)state;
	for (int i = 0; i < RELEASES; i++) {
		assert_true(version_parse(published[i].version, &releases[i].version));
		releases[i].day = (int32_t)calendar_days(published[i].year, published[i].month, published[i].day);
	}
	return 0;
}

static int
close_zones(void **state)
{
	(void)state;
	zones_free();
	return 0;
}

static void
decode(const char *text, struct policy_source *source)
{
	struct messages messages = {0};

	assert_true(policysource_decode("policy.yaml", text, strlen(text), source, &messages));
	message_free(&messages);
}

/* Expects both policies to require the same of a device. */
static void
compare(const struct policy *a, const struct policy *b, const struct device *device, int64_t now)
{
	struct requirement one = {0}, other = {0};
	bool asked = plan_requirement(&a, 1, &feed, device, now, &one);

	assert_int_equal(asked, plan_requirement(&b, 1, &feed, device, now, &other));
	assert_int_equal(one.version, other.version);
	assert_int_equal(one.target, other.target);
	assert_int_equal(one.deadline, other.deadline);
}

static void
compare_everywhere(const struct policy *a, const struct policy *b)
{
	static const char *const versions[] = {"13.7", "14.7", "14.8", "14.8.1", "15.6", "15.7", "15.7.1", "15.7.2", "26.0",
		"26.0.1", "26.1", "26.2"};
	static const char *const zones[] = {"America/Los_Angeles", "Asia/Kathmandu", "Pacific/Kiritimati"};

	for (size_t v = 0; v < sizeof versions / sizeof *versions; v++)
		for (size_t z = 0; z < sizeof zones / sizeof *zones; z++) {
			struct device device = {.platform = PLATFORM_MACOS, .zone = zone(zones[z])};
			int64_t begin = calendar_days(2026, 9, 1) * DAY_MS;

			assert_true(version_parse(versions[v], &device.version));
			for (int64_t now = begin; now < begin + 120 * DAY_MS; now += 7 * HOUR_MS)
				compare(a, b, &device, now);
		}
}

static void
there_and_back(const char *text)
{
	struct messages messages = {0};
	struct policy_source source;
	struct policy again;
	char *json;

	decode(text, &source);
	json = nudge_encode(&source, &messages);
	assert_non_null(json);
	assert_true(nudge_decode("nudge.json", json, strlen(json), "again", &again, &messages));
	compare_everywhere(&source.policy, &again);
	assert_int_equal(source.policy.notice.repeat, again.notice.repeat);
	assert_int_equal(source.policy.countdown.warn_every, again.countdown.warn_every);
	assert_int_equal(source.policy.install.cache, again.install.cache);
	if (source.policy.enforce == ENFORCE_AUTOMATIC) {
		assert_int_equal(source.policy.notice.window, again.notice.window);
		assert_int_equal(source.policy.recheck, again.recheck);
	}
	free(json);
	message_free(&messages);
	policysource_free(&source);
}

static void
nudge_minimum(void **state)
{
	static const char *const versions[] = {"14.8", "15.7.1", "26.0", "26.0.1"};
	static const char *const deadlines[] = {"2026-09-30 00:00", "2026-10-25 03:30", "2026-11-01 01:59",
		"2026-12-31 23:59"};
	static const char *const zones[] = {"device", "UTC", "Asia/Tokyo", "Australia/Lord_Howe"};
	char text[400];

	(void)state;
	for (size_t i = 0; i < 64; i++) {
		snprintf(text, sizeof text, "policy: 1\nname: lab\nenforce: {minimum: {version: \"%s\", deadline: %s, "
			"time_zone: %s}}\nnotice: {repeat: %zuh}\ninstall: {cache: %s}\n", versions[i % 4],
			deadlines[i / 4 % 4], zones[i / 16], i + 1, i % 3 ? "true" : "false");
		there_and_back(text);
	}
}

static void
nudge_automatic(void **state)
{
	char text[400];

	(void)state;
	for (int days = 1; days <= 31; days += 6)
		for (int upgrades = 0; upgrades < 2; upgrades++) {
			snprintf(text, sizeof text, "policy: 1\nname: lab\nenforce: {automatic: {after_release: %dd, "
				"at: \"00:00\", time_zone: Etc/UTC, upgrades: %s}}\nnotice: {window: %dd}\nrecheck: %dh\n"
				"countdown: {warn_every: %ds}\n", days, upgrades ? "true" : "false", (days + 1) / 2, days,
				days);
			there_and_back(text);
		}
}

static void
nudge_nothing(void **state)
{
	(void)state;
	there_and_back("policy: 1\nname: lab\nenforce: {do_not_manage: true}\n");
}

/* Exports a deadline at every hour of a year, where possible, and reads it back by the devices' clocks. */
static void
ddm_local_times(void **state)
{
	static const char *const zones[] = {"Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu"};
	unsigned refused = 0;

	(void)state;
	for (int64_t hour = 0; hour < 365 * 24; hour += 1) {
		const struct zone *there = zone(zones[hour % 4]);
		struct messages messages = {0};
		struct policy_source source;
		struct civil t = {0};
		char text[200], *json;
		const char *local;
		int64_t at = calendar_days(2027, 1, 1) * DAY_MS + hour * HOUR_MS, again;
		json_t *root;

		calendar_local(at, &calendar_utc, &t, NULL, NULL);
		snprintf(text, sizeof text, "policy: 1\nname: lab\nenforce: {minimum: {version: \"26.1.1\", deadline: "
			"%04d-%02d-%02d %02d:00, time_zone: UTC}}\n", t.year, t.month, t.day, t.hour);
		decode(text, &source);
		json = ddm_encode(&source, there, &messages);
		policysource_free(&source);
		refused += !json;
		if (json) {
			root = json_loads(json, 0, NULL);
			local = json_string_value(json_object_get(json_object_get(root, "Payload"), "TargetLocalDateTime"));
			assert_int_equal(strlen(local), 19);
			assert_int_equal(sscanf(local, "%d-%d-%dT%d:%d:%d", &t.year, &t.month, &t.day, &t.hour, &t.minute,
				&t.second), 6);
			assert_int_equal(calendar_instant(&t, there, &again), LOCAL_ONCE);
			assert_int_equal(at, again);
			json_decref(root);
		}
		free(json);
		message_free(&messages);
	}
	/* Only hours that come twice in autumn are refused, if the grid meets them. */
	assert_in_range(refused, 1, 8);
}

static void
expect_place(const char *text, const char *path, unsigned line, unsigned column)
{
	struct place place = jsonpath_place(text, path);

	assert_int_equal(place.line, line);
	assert_int_equal(place.column, column);
}

static void
json_places(void **state)
{
	static const char text[] = "{ \"a\": [1, {\"b\\\"]\": \"}\", \"c\":null}],\n\t\"\xc3\xa9\": {}, \"list\": [ [ ],\n  2 , 3]}";

	(void)state;
	expect_place(text, "", 1, 1);
	expect_place(text, "a", 1, 3);
	expect_place(text, "a[0]", 1, 9);
	expect_place(text, "a[1].c", 1, 26);
	expect_place(text, "\xc3\xa9", 2, 2);
	expect_place(text, "list", 2, 11);
	expect_place(text, "list[1]", 3, 3);
	expect_place(text, "list[2]", 3, 7);
	/* A path that leads nowhere gets the place of its last part that exists. */
	expect_place(text, "list[3]", 2, 11);
	expect_place(text, "a[1].x.y", 1, 12);
	expect_place(text, "nothing", 1, 1);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(nudge_minimum),
		cmocka_unit_test(nudge_automatic),
		cmocka_unit_test(nudge_nothing),
		cmocka_unit_test(ddm_local_times),
		cmocka_unit_test(json_places),
	};

	return cmocka_run_group_tests_name("exchange", tests, publish, close_zones);
}
