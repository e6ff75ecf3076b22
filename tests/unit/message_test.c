/* Messages: their text, order and limit, and suggestions for misspelled words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "text/message.h"

static void
expect_text(struct messages *ms, const char *expected)
{
	char *text = message_text(ms);

	assert_string_equal(text, expected);
	free(text);
	message_free(ms);
}

static void
by_file_and_place(void **state)
{
	struct messages ms = {0};

	(void)state;
	message_add(&ms, MESSAGE_ERROR, "b", (struct place){1, 1}, "of another file");
	message_add(&ms, MESSAGE_ERROR, "a", (struct place){9, 1}, "late");
	message_add(&ms, MESSAGE_ERROR, "a", (struct place){2, 10}, "first at its place");
	message_add(&ms, MESSAGE_WARNING, "a", (struct place){2, 10}, "second at its place");
	message_add(&ms, MESSAGE_ERROR, "a", (struct place){2, 9}, "a column before");
	message_add(&ms, MESSAGE_ERROR, "a", (struct place){2, 0}, "the line");
	message_add(&ms, MESSAGE_ERROR, "a", (struct place){0, 0}, "the file, %d", 42);
	assert_int_equal(ms.errors, 6);
	expect_text(&ms, "a: error: the file, 42\na:2: error: the line\na:2:9: error: a column before\n"
		"a:2:10: error: first at its place\na:2:10: warning: second at its place\na:9:1: error: late\n"
		"b:1:1: error: of another file\n");
}

static void
one_line_each(void **state)
{
	struct messages ms = {0};

	(void)state;
	message_add(&ms, MESSAGE_ERROR, "a\nb", (struct place){0, 0}, "%s", "two\nlines\x1b[31m");
	expect_text(&ms, "a?b: error: two?lines?[31m\n");
}

static void
no_more_than_the_limit(void **state)
{
	struct messages ms = {0};
	char *text;

	(void)state;
	for (unsigned i = 0; i < MESSAGES_KEPT + 7; i++)
		message_add(&ms, MESSAGE_ERROR, "a", (struct place){i + 1, 1}, "wrong");
	assert_int_equal(ms.errors, MESSAGES_KEPT + 7);
	assert_int_equal(ms.count, MESSAGES_KEPT);
	text = message_text(&ms);
	assert_non_null(strstr(text, "and 7 more errors\n"));
	free(text);
	message_free(&ms);
}

static void
suggestions(void **state)
{
	static const char *const words[] = {"recheck", "notice", "countdown", "at", "after", "enforce", NULL};
	static const struct { const char *typed, *meant; } slips[] = {
		{"recheckk", "recheck"}, {"rehceck", "recheck"}, {"notise", "notice"}, {"count-down", "countdown"},
		{"enforec", "enforce"}, {"afte", "after"}, {"a", NULL}, {"x", NULL}, {"", NULL}, {"window", NULL},
		{"recheckrecheckrecheckrecheckrecheckrecheckrecheckrecheckrecheckrecheck", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(slips) / sizeof(*slips); i++) {
		const char *near = message_near(slips[i].typed, words);

		if (slips[i].meant ? !near || strcmp(near, slips[i].meant) != 0 : near != NULL)
			fail_msg("%s: %s", slips[i].typed, near ? near : "nothing near");
	}
}

static void
quotes(void **state)
{
	static const struct { const char *bytes, *quoted; } cases[] = {
		{"", "\"\""}, {"5 days", "\"5 days\""}, {"say \"x\"", "\"say \\\"x\\\"\""}, {"a\\b", "\"a\\\\b\""},
		{"a\tb\nc\r", "\"a\\tb\\nc\\r\""}, {"\x1b[2J\x7f", "\"\\x1b[2J\\x7f\""}, {"M\xc3\xbcnchen", "\"M\xc3\xbcnchen\""},
		{"\xc3", "\"\\xc3\""}, {"\xff\xfe", "\"\\xff\\xfe\""}, {"\xc2\x85", "\"\\xc2\\x85\""},
		{"0123456789012345678901234567890123456789", "\"0123456789012345678901234567890123456789\""},
		{"01234567890123456789012345678901234567890", "\"0123456789012345678901234567890123456789...\""},
	};
	char out[QUOTED_SIZE], worst[4 * QUOTED_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(message_quote(cases[i].bytes, strlen(cases[i].bytes), out), cases[i].quoted);
	assert_string_equal(message_quote("a\0b", 3, out), "\"a\\x00b\"");
	memset(worst, 1, sizeof(worst));
	assert_true(strlen(message_quote(worst, sizeof(worst), out)) < QUOTED_SIZE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_file_and_place),
		cmocka_unit_test(one_line_each),
		cmocka_unit_test(no_more_than_the_limit),
		cmocka_unit_test(suggestions),
		cmocka_unit_test(quotes),
	};

	return cmocka_run_group_tests_name("message", tests, NULL, NULL);
}
