/* What the cases in tests/feed cannot show: limits, shared lists, and damage at every byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/feed/feed.h"

static const char small[] = "{\"OSVersions\":[{\"OSVersion\":\"Sequoia 15\",\"Latest\":{\"ProductVersion\":\"15.6\","
	"\"Build\":\"24G84\",\"ReleaseDate\":\"2025-07-29T00:00:00Z\",\"SupportedDevices\":[\"J1AP\",\"J2AP\"]},"
	"\"SecurityReleases\":[{\"ProductVersion\":\"15.5\",\"ReleaseDate\":\"2025-05-12\"}]}],"
	"\"BackgroundSecurityImprovements\":{\"15\":[{\"Version\":\"15.6\",\"VersionExtra\":\"(a)\","
	"\"PostingDate\":\"2025-08-01\"}]},\"Devices\":{\"J1AP\":{\"DeviceID\":\"Mac16,1\"}}}";

static void
refused(const char *bytes, size_t length, const char *why)
{
	struct messages messages = {0};
	struct feed_text *feed = feed_decode("feed", bytes, length, NULL, &messages);
	char *text = message_text(&messages);

	assert_null(feed);
	if (!strstr(text, why))
		fail_msg("no \"%s\" in: %.300s", why, text);
	free(text);
	message_free(&messages);
}

static char *
repeated(const char *piece, size_t times, size_t *length)
{
	size_t size = strlen(piece);
	char *text = malloc(size * times + 1);

	assert_non_null(text);
	for (size_t i = 0; i < times; i++)
		memcpy(text + i * size, piece, size);
	text[size * times] = 0;
	*length = size * times;
	return text;
}

static void
limits_hold(void **state)
{
	static const struct {
		const char *piece;
		size_t times;
		const char *why;
	} cases[] = {
		{" ", FEED_BYTES + 1, "at most 8 MB"},
		{" ", FEED_BYTES, "not JSON"},
		{"[", 100000, "at most 16 levels"},
		{"{\"a\":", 100000, "at most 16 levels"},
		{"[],", FEED_VALUES, "at most 300,000 values"},
		{"\"", FEED_BYTES, "not JSON"},
		{"\\", FEED_BYTES, "not JSON"},
		{"]", FEED_BYTES, "not JSON"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t length;
		char *text = repeated(cases[i].piece, cases[i].times, &length);

		refused(text, length, cases[i].why);
		free(text);
	}
}

static void
brackets_in_text_are_no_depth(void **state)
{
	static const char text[] = "{\"note\":\"[[[[[[[[[[[[[[[[[[[[ \\\" {{{{{{{{{{{{{{{{{{{{\",\"OSVersions\":[]}";

	(void)state;
	refused(text, sizeof text - 1, "OSVersions: expected a list");
}

static void
refused_with(const char *head, const char *piece, size_t times, const char *tail, const char *why)
{
	size_t length;
	char *middle = repeated(piece, times, &length), *text = malloc(strlen(head) + length + strlen(tail) + 1);

	assert_non_null(text);
	length = (size_t)sprintf(text, "%s%s%s", head, middle, tail);
	refused(text, length, why);
	free(middle);
	free(text);
}

/* A release that inherits devices costs as much as there are devices, so both numbers are limited. */
static void
too_many_releases_or_devices(void **state)
{
	static const char latest[] = "{\"OSVersions\":[{\"Latest\":{\"ProductVersion\":\"15.6\",\"ReleaseDate\":\"2025-07-29\"";
	char head[256];

	(void)state;
	snprintf(head, sizeof head, "%s},\"SecurityReleases\":[{}", latest);
	refused_with(head, ",{\"ProductVersion\":\"15.5\",\"ReleaseDate\":\"2025-05-12\"}", 5000, "]}]}",
		"at most 2047 releases");
	snprintf(head, sizeof head, "%s,\"SupportedDevices\":[\"J1AP\"", latest);
	refused_with(head, ",\"J2AP\"", 250000, "]}}]}", "at most 2047 devices");
}

static void
equal_lists_are_kept_once(void **state)
{
	struct messages messages = {0};
	struct feed_text *own = feed_decode("feed", small, sizeof small - 1, NULL, &messages);
	const struct feed *feed;

	(void)state;
	assert_non_null(own);
	feed = feed_of(own);
	assert_int_equal(feed->count, 3);
	assert_int_equal(feed->releases[2].device_count, 3);	/* two boards and the model of one */
	assert_ptr_equal(feed->releases[1].devices, feed->releases[2].devices);
	assert_int_equal(feed->releases[0].device_count, 0);
	feed_free(own);
	message_free(&messages);
}

/* A feed cut off anywhere, or with any one byte changed, is a feed or an error: never a crash, never both. */
static void
damaged_feeds_are_errors_or_feeds(void **state)
{
	static const char bytes[] = {0, '"', '[', '}', ',', '9', 'a', '-', '\\', (char)0xc3};

	(void)state;
	for (size_t at = 0; at < sizeof small - 1; at++)
		for (size_t b = 0; b <= sizeof bytes; b++) {
			struct messages messages = {0};
			char text[sizeof small];
			struct feed_text *feed;

			memcpy(text, small, sizeof small);
			if (b < sizeof bytes)
				text[at] = bytes[b];
			feed = feed_decode("feed", text, b < sizeof bytes ? sizeof small - 1 : at, NULL, &messages);
			assert_int_equal(feed != NULL, !messages.errors);
			feed_free(feed);
			message_free(&messages);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(limits_hold),
		cmocka_unit_test(brackets_in_text_are_no_depth),
		cmocka_unit_test(too_many_releases_or_devices),
		cmocka_unit_test(equal_lists_are_kept_once),
		cmocka_unit_test(damaged_feeds_are_errors_or_feeds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
