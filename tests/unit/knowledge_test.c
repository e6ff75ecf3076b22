/* What a device remembers of feeds: added, forgotten, written and read back, even from damaged text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/feed/knowledge.h"
#include "core/version.h"

#define DAY(n) ((n) * DAY_MS)

static int64_t
v(const char *text)
{
	int64_t version = 0;

	assert_true(version_parse(text, &version));
	return version;
}

static void
reads_as(const struct knowledge *r, const char *expected)
{
	size_t length;
	char *text = knowledge_text(r, &length);

	assert_string_equal(text, expected);
	assert_int_equal(length, strlen(expected));
	free(text);
}

static void
seen_once_and_kept(void **state)
{
	struct release releases[] = {{.version = v("15.3"), .day = 30}, {.version = v("15.2 (a)"), .day = 20, .exploited = true},
		{.version = v("15.2"), .day = 10, .exploited = true}, {.version = v("15.1"), .day = 5, .exploited = true}};
	const struct feed feed = {.releases = releases, .count = 4};
	struct knowledge r = {0};

	(void)state;
	assert_false(knowledge_see(&r, NULL, v("15.1"), DAY(11)));
	assert_true(knowledge_see(&r, &feed, v("15.1"), DAY(11)));	/* 15.2 (a) is not out, 15.1 is installed */
	reads_as(&r, "seen 1970-01-12T00:00:00Z 15.2\n");
	assert_false(knowledge_see(&r, &feed, v("15.1"), DAY(12)));
	releases[2].exploited = false;
	releases[0].exploited = true;
	assert_true(knowledge_see(&r, &feed, v("15.1"), DAY(20)));
	assert_true(knowledge_see(&r, &feed, v("15.1"), DAY(31)));
	reads_as(&r, "seen 1970-01-12T00:00:00Z 15.2\nseen 1970-01-21T00:00:00Z 15.2 (a)\nseen 1970-02-01T00:00:00Z 15.3\n");
	assert_true(knowledge_see(&r, &feed, v("15.2 (a)"), DAY(31)));
	reads_as(&r, "seen 1970-02-01T00:00:00Z 15.3\n");
	
}

static void
a_clock_that_was_ahead(void **state)
{
	struct knowledge r = {0};

	(void)state;
	knowledge_read(&r, "seen 2031-01-01T00:00:00Z 15.2\n");
	assert_true(knowledge_see(&r, NULL, v("15.1"), DAY(11)));
	reads_as(&r, "seen 1970-01-12T00:00:00Z 15.2\n");
	assert_false(knowledge_see(&r, NULL, v("15.1"), DAY(12)));
	
}

static void
held_under_automatic_only(void **state)
{
	const struct policy policy = {.name = "lab"};
	const struct release release = {.version = v("13.4.1 (a)")};
	const struct requirement automatic = {.version = v("15.2"), .policy = &policy, .release = &release};
	const struct requirement minimum = {.version = v("15.2"), .policy = &policy};
	struct knowledge r = {0}, again = {0};
	struct device device = {0};

	(void)state;
	assert_false(knowledge_hold(&r, &minimum));
	knowledge_lend(&r, &device);
	assert_null(device.held);
	assert_true(knowledge_hold(&r, &automatic));
	assert_false(knowledge_hold(&r, &automatic));
	reads_as(&r, "held lab 13.4.1 (a)\n");
	knowledge_read(&again, "held lab 13.4.1 (a)\n");
	knowledge_lend(&again, &device);
	assert_string_equal(device.held->policy, "lab");
	assert_int_equal(device.held->version, v("13.4.1 (a)"));
	assert_true(knowledge_hold(&r, NULL));
	reads_as(&r, "");
	
	
}

static void
malformed_lines_are_skipped(void **state)
{
	static const char good[] = "seen 1970-01-12T00:00:00Z 15.2\n";
	char text[1024], name[200];
	struct knowledge r = {0};

	(void)state;
	memset(name, 'a', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	snprintf(text, sizeof text, "\n \nseen\nseen x\nseen x y\nseen 1970-01-12T00:00:00Z \nheld %s 15.2\nlost a 15.2\n%s%s"
		"held lab", name, name, good);
	knowledge_read(&r, text);
	reads_as(&r, "");
	knowledge_read(&r, good);
	knowledge_read(&r, "seen 1971-01-12T00:00:00Z 15.2");
	reads_as(&r, good);
	
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(seen_once_and_kept),
		cmocka_unit_test(a_clock_that_was_ahead),
		cmocka_unit_test(held_under_automatic_only),
		cmocka_unit_test(malformed_lines_are_skipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
