/* Durations, countdowns, dates and reminders, as people read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "words/words.h"

static void
spans(void **state)
{
	static const struct {
		int64_t ms;
		const char *words;
	} cases[] = {
		{-1, "0 seconds"}, {0, "0 seconds"}, {999, "0 seconds"}, {SECOND_MS, "1 second"}, {59999, "59 seconds"},
		{MINUTE_MS, "1 minute"}, {119999, "1 minute"}, {29 * MINUTE_MS + 59999, "29 minutes"}, {HOUR_MS, "1 hour"},
		{HOUR_MS + MINUTE_MS, "1 hour 1 minute"}, {2 * HOUR_MS - 1, "1 hour 59 minutes"}, {DAY_MS - 1, "23 hours 59 minutes"},
		{DAY_MS, "1 day"}, {DAY_MS + 59 * MINUTE_MS, "1 day"}, {5 * DAY_MS + 3 * HOUR_MS, "5 days 3 hours"},
		{14 * DAY_MS, "14 days"}, {3650 * DAY_MS, "3650 days"}, {INT64_MAX, "106751991167 days 7 hours"},
	};
	char out[WORDS_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(words_span(cases[i].ms, out), cases[i].words);
}

static void
countdowns(void **state)
{
	static const struct {
		int64_t ms;
		const char *words;
	} cases[] = {
		{-5, "0:00"}, {0, "0:00"}, {1, "0:01"}, {SECOND_MS, "0:01"}, {SECOND_MS + 1, "0:02"}, {30 * MINUTE_MS, "30:00"},
		{30 * MINUTE_MS - 1, "30:00"}, {29 * MINUTE_MS + 30 * SECOND_MS, "29:30"}, {HOUR_MS, "1:00:00"},
		{HOUR_MS - SECOND_MS, "59:59"}, {25 * HOUR_MS + 61 * SECOND_MS, "25:01:01"},
	};
	char out[WORDS_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(language_timer(cases[i].ms, out), cases[i].words);
}

static void
dates(void **state)
{
	static const int32_t offset = -5 * 3600;
	static const uint8_t name = 0;
	static const struct zone zone = {.name = "America/New_York", .offset = &offset, .abbreviation = &name, .names = "EST",
		.types = 1};
	char out[WORDS_TEXT];

	(void)state;
	assert_string_equal(words_date(INT64_C(1796421600000), &zone, out), "Fri 4 Dec 17:00");
	assert_string_equal(words_moment(INT64_C(1796421600000), &zone, out), "Fri 4 Dec 2026 17:00 EST");
	assert_string_equal(words_moment(INT64_C(1796421600000), &calendar_utc, out), "Fri 4 Dec 2026 22:00 UTC");
	assert_string_equal(words_date(0, &calendar_utc, out), "Thu 1 Jan 00:00");
	assert_string_equal(words_date(0, &zone, out), "Wed 31 Dec 19:00");
}

static void
reminders(void **state)
{
	char out[WORDS_TEXT];

	(void)state;
	assert_string_equal(words_remind(HOUR_MS, out), "Remind in 1 hour");
	assert_string_equal(words_remind(DAY_MS, out), "Remind Tomorrow");
	assert_string_equal(words_remind(2 * DAY_MS, out), "Remind in 2 days");
	assert_string_equal(words_remind(90 * MINUTE_MS, out), "Remind in 1 hour 30 minutes");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans),
		cmocka_unit_test(countdowns),
		cmocka_unit_test(dates),
		cmocka_unit_test(reminders),
	};

	return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
