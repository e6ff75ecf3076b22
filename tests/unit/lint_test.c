/* Policies for the same devices that contradict each other. What one policy alone makes doubtful: tests/policy/doubtful. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/lint.h"
#include "text/zone.h"

#define HEAD "policy: 1\nname: lab\nenforce: "
#define NOTHING HEAD "{do_not_manage: true}\n"
#define RELEASES HEAD "{automatic: {}}\n"
#define DECEMBER HEAD "{minimum: {version: 15.2, deadline: 2026-12-04 17:00}}\n"
#define JANUARY HEAD "{minimum: {version: 15.4, deadline: 2027-01-15 17:00}}\n"
#define JANUARY_LESS HEAD "{minimum: {version: 15.1, deadline: 2027-01-15 17:00}}\n"
#define DECEMBER_LINUX "platform: linux\n" DECEMBER

/* All that is said of the two; the caller frees. */
static char *
said(const char *a, const char *b)
{
	struct messages messages = {0};
	struct policy_source one, two;
	const struct policy_source *both[] = {&one, &two};
	char *text;

	assert_true(policysource_decode("a.yaml", a, strlen(a), &one, &messages));
	assert_true(policysource_decode("b.yaml", b, strlen(b), &two, &messages));
	lint_together(both, 2, &messages);
	text = message_text(&messages);
	message_free(&messages);
	policysource_free(&one);
	policysource_free(&two);
	zones_free();
	return text;
}

static void
expect(const char *a, const char *b, const char *expected)
{
	char *text = said(a, b);

	assert_string_equal(text, expected);
	free(text);
}

static void
not_managed_and_managed(void **state)
{
	static const char both[] = "b.yaml:3:1: error: contradicts a.yaml, for the same devices: one of the two says do_not_manage\n";

	(void)state;
	expect(NOTHING, DECEMBER, both);
	expect(RELEASES, NOTHING, both);
	expect(NOTHING, NOTHING, "");
	expect(NOTHING, DECEMBER_LINUX, "");
}

static void
a_later_step_that_comes_early(void **state)
{
	(void)state;
	expect(DECEMBER, JANUARY,
		"b.yaml:3:36: error: 15.4 would be required by the earlier deadline of a.yaml, for the same devices\n");
	expect(JANUARY, DECEMBER,
		"a.yaml:3:36: error: 15.4 would be required by the earlier deadline of b.yaml, for the same devices\n");
	expect(DECEMBER, JANUARY_LESS, "");
	expect(DECEMBER, DECEMBER, "");
	expect(DECEMBER, RELEASES, "");
	expect(JANUARY, DECEMBER_LINUX, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(not_managed_and_managed),
		cmocka_unit_test(a_later_step_that_comes_early),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
