/* What the oracle (tests/calendar) cannot test: dates without a zone, the first and last instants, invented zones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/calendar.h"

static void
dates_and_days_follow_each_other(void **state)
{
	struct civil c = {1600, 1, 1, 0, 0, 0}, next;
	int64_t days = calendar_days(1600, 1, 1);

	(void)state;
	assert_int_equal(calendar_days(1970, 1, 1), 0);
	assert_int_equal(calendar_days(2000, 2, 29), 11016);
	for (; c.year < 2500; c = next, days++) {
		calendar_date(days + 1, &next);
		next.hour = next.minute = next.second = 0;
		assert_int_equal(calendar_days(c.year, c.month, c.day), days);
		assert_int_equal(calendar_weekday(days + 1), (calendar_weekday(days) + 1) % 7);
		if (next.day == 1)
			assert_true(next.month == c.month % 12 + 1 && next.year == c.year + (c.month == 12));
		else
			assert_true(next.day == c.day + 1 && next.month == c.month && next.year == c.year);
	}
	assert_int_equal(calendar_weekday(calendar_days(2026, 12, 4)), 5);
}

static void
only_dates_that_exist_are_valid(void **state)
{
	static const struct {
		struct civil c;
		bool valid;
	} cases[] = {
		{{2026, 12, 4, 17, 0, 0}, true}, {{1900, 1, 1, 0, 0, 0}, true}, {{9999, 12, 31, 23, 59, 59}, true},
		{{2024, 2, 29, 0, 0, 0}, true}, {{2000, 2, 29, 0, 0, 0}, true}, {{2026, 2, 29, 0, 0, 0}, false},
		{{2100, 2, 29, 0, 0, 0}, false}, {{1900, 2, 29, 0, 0, 0}, false}, {{2026, 2, 30, 0, 0, 0}, false},
		{{2026, 4, 31, 0, 0, 0}, false}, {{2026, 0, 1, 0, 0, 0}, false}, {{2026, 13, 1, 0, 0, 0}, false},
		{{2026, 1, 0, 0, 0, 0}, false}, {{2026, 1, 32, 0, 0, 0}, false}, {{1899, 12, 31, 0, 0, 0}, false},
		{{10000, 1, 1, 0, 0, 0}, false}, {{2026, 1, 1, 24, 0, 0}, false}, {{2026, 1, 1, -1, 0, 0}, false},
		{{2026, 1, 1, 0, 60, 0}, false}, {{2026, 1, 1, 0, -1, 0}, false}, {{2026, 6, 30, 23, 59, 60}, false},
		{{2026, 1, 1, 0, 0, -1}, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (calendar_valid(&cases[i].c) != cases[i].valid)
			fail_msg("case %zu", i);
}

static void
utc_needs_no_file(void **state)
{
	struct civil c = {2026, 12, 4, 22, 0, 5};
	const char *name;
	int32_t offset = 1;
	int64_t at;

	(void)state;
	assert_int_equal(calendar_instant(&c, &calendar_utc, &at), LOCAL_ONCE);
	assert_int_equal(at, INT64_C(1796421605000));
	calendar_local(at + 999, &calendar_utc, &c, &name, &offset);
	assert_true(c.year == 2026 && c.month == 12 && c.day == 4 && c.hour == 22 && c.second == 5);
	assert_string_equal(name, "UTC");
	assert_int_equal(offset, 0);
	calendar_local(-1, &calendar_utc, &c, NULL, NULL);
	assert_true(c.year == 1969 && c.month == 12 && c.day == 31 && c.hour == 23 && c.second == 59);
}

/* Returns a zone that has only a footer. */
static struct zone
footer_zone(int32_t standard, int32_t summer, struct zone_rule begin, struct zone_rule end)
{
	return (struct zone){.footer = true, .daylight = true, .standard = standard, .summer = summer,
		.standard_name = "STD", .summer_name = "DST", .begin = begin, .end = end};
}

static const char *
name_on(const struct zone *z, int year, int month, int day)
{
	struct civil c;
	const char *name;

	calendar_local(calendar_days(year, month, day) * DAY_MS, z, &c, &name, NULL);
	return name;
}

static void
summer_may_last_all_year(void **state)
{
	struct zone z = footer_zone(-5 * 3600, -4 * 3600, (struct zone_rule){'D', 0, 0, 0, 0},
		(struct zone_rule){'J', 0, 0, 365, 25 * 3600});

	(void)state;
	for (int year = 2023; year < 2030; year++) {
		struct civil c = {year, 1, 1, 0, 0, 0};
		int64_t at;

		for (int month = 1; month <= 12; month++)
			assert_string_equal(name_on(&z, year, month, 1), "DST");
		assert_int_equal(calendar_instant(&c, &z, &at), LOCAL_ONCE);
		assert_int_equal(at, calendar_days(year, 1, 1) * DAY_MS + 4 * HOUR_MS);
	}
}

static void
southern_summer_spans_new_year(void **state)
{
	struct zone z = footer_zone(10 * 3600, 11 * 3600, (struct zone_rule){'M', 10, 1, 0, 7200},
		(struct zone_rule){'M', 4, 1, 0, 10800});

	(void)state;
	assert_string_equal(name_on(&z, 2026, 1, 1), "DST");
	assert_string_equal(name_on(&z, 2026, 4, 4), "DST");
	assert_string_equal(name_on(&z, 2026, 4, 5), "STD");
	assert_string_equal(name_on(&z, 2026, 10, 3), "STD");
	assert_string_equal(name_on(&z, 2026, 10, 4), "DST");
	assert_string_equal(name_on(&z, 2026, 12, 31), "DST");
}

static void
julian_days_count_29_february_or_not(void **state)
{
	/* J60 is always 1 March; the zero-based 59 is 29 February in a leap year. */
	struct zone j = footer_zone(0, 3600, (struct zone_rule){'J', 0, 0, 60, 0}, (struct zone_rule){'J', 0, 0, 300, 0});
	struct zone d = footer_zone(0, 3600, (struct zone_rule){'D', 0, 0, 59, 0}, (struct zone_rule){'D', 0, 0, 300, 0});

	(void)state;
	assert_string_equal(name_on(&j, 2024, 2, 29), "STD");
	assert_string_equal(name_on(&j, 2024, 3, 1), "DST");
	assert_string_equal(name_on(&j, 2025, 3, 1), "DST");
	assert_string_equal(name_on(&d, 2024, 2, 28), "STD");
	assert_string_equal(name_on(&d, 2024, 2, 29), "DST");
	assert_string_equal(name_on(&d, 2025, 2, 28), "STD");
	assert_string_equal(name_on(&d, 2025, 3, 1), "DST");
}

static void
rules_may_take_effect_a_week_away(void **state)
{
	/* The Sunday before the first Thursday of April: a footer needs negative hours for that. */
	struct zone z = footer_zone(0, 3600, (struct zone_rule){'M', 4, 1, 4, -96 * 3600},
		(struct zone_rule){'M', 10, 5, 0, 167 * 3600});

	(void)state;
	assert_string_equal(name_on(&z, 2026, 3, 28), "STD");
	assert_string_equal(name_on(&z, 2026, 3, 29), "DST");
	assert_string_equal(name_on(&z, 2026, 10, 31), "DST");
	assert_string_equal(name_on(&z, 2026, 11, 1), "STD");

	/* Begins on 7 January of the next year, ends on 25 December of the year before. */
	z = footer_zone(0, 3600, (struct zone_rule){'J', 0, 0, 365, 167 * 3600}, (struct zone_rule){'J', 0, 0, 1, -167 * 3600});
	assert_string_equal(name_on(&z, 2026, 1, 6), "STD");
	assert_string_equal(name_on(&z, 2026, 1, 7), "DST");
	assert_string_equal(name_on(&z, 2026, 12, 24), "DST");
	assert_string_equal(name_on(&z, 2026, 12, 26), "STD");
}

static void
after_the_last_change_without_footer_nothing_changes(void **state)
{
	static const int64_t change[] = {0, 1000};
	static const uint8_t type[] = {1, 0}, abbreviation[] = {0, 4};
	static const int32_t offset[] = {3600, 7200};
	struct zone z = {.change = change, .type = type, .changes = 2, .offset = offset,
		.abbreviation = abbreviation, .names = "ONE\0TWO", .types = 2};

	(void)state;
	assert_string_equal(name_on(&z, 1969, 12, 31), "ONE");
	assert_string_equal(name_on(&z, 1970, 1, 1), "TWO");
	assert_string_equal(name_on(&z, 1970, 1, 2), "ONE");
	assert_string_equal(name_on(&z, 9999, 1, 1), "ONE");
}

/* For any rules, the local time of an instant leads back to it or, in an hour that comes twice, to the first time. */
static void
there_and_back(void **state)
{
	static const char kinds[] = "MJD";
	uint64_t seed = 7;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		int draw[10];
		for (int j = 0; j < 10; j++) {
			seed = seed * UINT64_C(6364136223846793005) + 1;
			draw[j] = (int)(seed >> 40);
		}
		struct zone z = footer_zone(draw[0] % 90000, draw[1] % 90000,
			(struct zone_rule){kinds[draw[2] % 3], draw[3] % 12 + 1, draw[4] % 5 + 1, draw[5] % 7,
				draw[6] % 601200},
			(struct zone_rule){kinds[draw[3] % 3], draw[6] % 12 + 1, draw[5] % 5 + 1, draw[2] % 7,
				-(draw[4] % 601200)});
		for (int n = 0; n < 50; n++) {
			struct civil c, again;
			int64_t at = (calendar_days(2024, 1, 1) + (draw[7] + n * 37) % 900) * DAY_MS +
				draw[8] % 86400 * SECOND_MS, back;

			calendar_local(at, &z, &c, NULL, NULL);
			enum local_time times = calendar_instant(&c, &z, &back);

			assert_true(times == LOCAL_ONCE ? back == at : times == LOCAL_TWICE && back <= at);
			calendar_local(back, &z, &again, NULL, NULL);
			assert_memory_equal(&c, &again, sizeof c);
		}
	}
}

static void
the_first_and_last_instants_are_harmless(void **state)
{
	struct zone z = footer_zone(-89999, 93599, (struct zone_rule){'M', 3, 5, 0, -601200},
		(struct zone_rule){'D', 0, 0, 365, 604799});
	static const int64_t ends[] = {INT64_MIN, INT64_MIN + 1, INT64_MAX, INT64_MAX - 1, 0};
	struct civil c;

	(void)state;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		calendar_local(ends[i], &z, &c, NULL, NULL);
		assert_true(c.month >= 1 && c.month <= 12 && c.day >= 1 && c.day <= 31 && c.hour < 24);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_and_days_follow_each_other),
		cmocka_unit_test(only_dates_that_exist_are_valid),
		cmocka_unit_test(utc_needs_no_file),
		cmocka_unit_test(summer_may_last_all_year),
		cmocka_unit_test(southern_summer_spans_new_year),
		cmocka_unit_test(julian_days_count_29_february_or_not),
		cmocka_unit_test(rules_may_take_effect_a_week_away),
		cmocka_unit_test(after_the_last_change_without_footer_nothing_changes),
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(the_first_and_last_instants_are_harmless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
