/* The parts of fetching that need no server: which URLs are usable, and when to try next. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "agent/fetch.h"
#include "agent/transfer.h"

static void
usable(void **state)
{
	static const struct {
		const char *text, *path, *shown;
	} cases[] = {
		{"feed.json", "feed.json", "feed.json"},
		{"/var/lib/feed.json", "/var/lib/feed.json", "/var/lib/feed.json"},
		{"file:///var/lib/feed%20two.json", "/var/lib/feed two.json", "file:///var/lib/feed%20two.json"},
		{"file://localhost/feed", "/feed", "file:///feed"},
		{"https://example.org/v1/feed.json", NULL, "https://example.org/v1/feed.json"},
		{"http://example.org:8080/feed", NULL, "http://example.org:8080/feed"},
		{"HTTPS://example.org/feed", NULL, "https://example.org/feed"},
		{"https://me:secret@example.org/feed", NULL, "https://example.org/feed"},
		{"https://me@example.org/feed?token=secret#secret", NULL, "https://example.org/feed"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char reason[LOCATION_REASON] = "";
		struct location s;

		if (!location_parse(cases[i].text, &s, reason))
			fail_msg("%s: %s", cases[i].text, reason);
		assert_string_equal(s.shown, cases[i].shown);
		assert_int_equal(!s.path, !cases[i].path);
		if (s.path)
			assert_string_equal(s.path, cases[i].path);
		location_free(&s);
	}
}

static void
unusable(void **state)
{
	static const struct {
		const char *text, *reason;
	} cases[] = {
		{"ftp://me:secret@example.org/feed",
		 "expected a path, or an https, http or file URL, found scheme \"ftp\""},
		{"htps://example.org/", "expected a path, or an https, http or file URL, found scheme \"htps\""},
		{"https://", "not a URL"},
		{"https://secret:x@:99999999/", "not a URL"},
		{"https://exa mple.org/secret", "not a URL"},
		{"file://elsewhere/feed", "not a URL"},
		{"file:///feed%00secret", "not a URL"},
		{"://", "not a URL"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char reason[LOCATION_REASON] = "";
		struct location s;

		if (location_parse(cases[i].text, &s, reason))
			fail_msg("%s was taken for %s", cases[i].text, s.shown);
		if (strncmp(reason, cases[i].reason, strlen(cases[i].reason)) || strstr(reason, "secret"))
			fail_msg("%s: %s", cases[i].text, reason);
		location_free(&s);
	}
}

static void
waits(void **state)
{
	const double hour = 3600;

	(void)state;
	for (unsigned i = 0; i < 100000; i += 7) {
		unsigned random = i * 2654435761U;

		assert_true(fetch_wait(hour, 0, random) >= .9 * hour);
		assert_true(fetch_wait(hour, 0, random) < 1.1 * hour);
		assert_true(fetch_wait(hour, 1, random) >= 60 && fetch_wait(hour, 1, random) < 120);
		assert_true(fetch_wait(hour, 3, random) >= 240 && fetch_wait(hour, 3, random) < 480);
		assert_true(fetch_wait(hour, 6, random) <= hour);
		assert_true(fetch_wait(hour, 4000000000U, random) == hour);
		assert_true(fetch_wait(10, 1, random) == 10);
	}
}

/* A fleet with different random numbers spreads evenly: a quarter of it comes in the first quarter of the span. */
static void
spread(void **state)
{
	unsigned early = 0;

	(void)state;
	for (unsigned i = 0; i < 10000; i++)
		early += fetch_wait(1000, 0, i * 2654435761U) < 950;
	assert_in_range(early, 2300, 2700);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(usable), cmocka_unit_test(unusable), cmocka_unit_test(waits), cmocka_unit_test(spread),
	};

	return cmocka_run_group_tests_name("fetch", tests, NULL, NULL);
}
