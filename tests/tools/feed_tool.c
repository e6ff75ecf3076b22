/* feed_tool - adopts feeds one after the other, as the agent does, and prints the outcome of each and, without
 * -q, its releases. usage: feed_tool [-q] FILE... */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/version.h"
#include "text/feed/feed.h"
#include "text/file.h"

static void
print_release(const struct release *release)
{
	char version[VERSION_TEXT];
	struct civil day = {0};

	calendar_date(release->day, &day);
	printf("  %s %04d-%02d-%02d %s:", version_format(release->version, version), day.year, day.month, day.day,
		release->build[0] ? release->build : "-");
	for (uint32_t i = 0; i < release->device_count; i++)
		printf(" %s", release->devices[i]);
	puts(release->device_count ? "" : " any");
}

static void
print_feed(const struct feed *feed, bool quiet)
{
	printf("adopted, %u releases, majors", feed->count);
	for (uint32_t i = 0; i < feed->major_count; i++)
		printf(" %u", feed->majors[i]);
	puts("");
	for (uint32_t i = 0; !quiet && i < feed->count; i++)
		print_release(&feed->releases[i]);
}

static struct feed_text *
adopt(const char *path, struct feed_text *previous, bool quiet)
{
	struct messages messages = {0};
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	size_t length = 0;
	char *bytes = file_read(path, FEED_BYTES, &length, &messages), *text;
	struct feed_text *next = bytes ? feed_decode(name, bytes, length, previous ? feed_of(previous) : NULL, &messages)
		: NULL;

	printf("%s: ", name);
	if (next)
		print_feed(feed_of(next), quiet);
	else
		puts("refused");
	text = message_text(&messages);
	fputs(text, stdout);
	free(text);
	free(bytes);
	message_free(&messages);
	if (!next)
		return previous;
	feed_free(previous);
	return next;
}

int
main(int argc, char **argv)
{
	bool quiet = argc > 1 && !strcmp(argv[1], "-q");
	struct feed_text *feed = NULL;

	for (int i = quiet ? 2 : 1; i < argc; i++)
		feed = adopt(argv[i], feed, quiet);
	feed_free(feed);
	return 0;
}
