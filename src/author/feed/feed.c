/* feed - shows what feeds list and what is suspicious, in the order in which an agent would get them; with --history, what
 * a policy required while a feed changed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/version.h"
#include "text/file.h"
#include "words/policy.h"
#include "text/zone.h"
#include "platform/clock.h"
#include "text/command.h"
#include "text/feed/feed.h"
#include "feed.h"

struct arguments {
	const char *history, *policy, *model;
	int64_t os, now;
	const struct zone *zone;
};

/* --- one feed --- */

static void
print_major(const struct feed_text *own, unsigned major)
{
	const struct feed *feed = feed_of(own);
	const struct release *latest = NULL;
	unsigned count = 0, exploited = 0;
	int32_t first = INT32_MAX;
	char version[VERSION_TEXT], date[FEED_DAY];

	for (uint32_t i = 0; i < feed->count; i++) {
		const struct release *r = &feed->releases[i];

		if (version_major(r->version) != major)
			continue;
		count++;
		exploited += r->exploited;
		first = r->day < first ? r->day : first;
		latest = r->version == feed_latest(own, major) ? r : latest;
	}
	printf("  %u: ", major);
	if (latest)
		printf("latest %s%s%s%s of %s", version_format(latest->version, version), *latest->build ? " (" : "",
			latest->build, *latest->build ? ")" : "", feed_day(latest->day, date));
	else
		fputs("no latest", stdout);
	printf("; %u release%s since %s", count, count == 1 ? "" : "s", feed_day(first, date));
	if (exploited)
		printf(", %u against known attacks%s", exploited, latest && latest->exploited ? ", the latest too" : "");
	putchar('\n');
}

static void
print_majors(const struct feed_text *own)
{
	const struct feed *feed = feed_of(own);

	for (uint32_t i = 0; i < feed->count; i++)
		if (i == 0 || version_major(feed->releases[i].version) != version_major(feed->releases[i - 1].version))
			print_major(own, version_major(feed->releases[i].version));
}

/* --- changes since the previous feed --- */

static void
print_release_change(const struct release *was, const struct release *is)
{
	char version[VERSION_TEXT], before[FEED_DAY], now[FEED_DAY];

	version_format(is ? is->version : was->version, version);
	if (!was)
		printf("  new: %s of %s\n", version, feed_day(is->day, now));
	else if (!is)
		printf("  gone: %s of %s\n", version, feed_day(was->day, before));
	else if (was->day != is->day)
		printf("  date changed: %s, %s before, %s now\n", version, feed_day(was->day, before), feed_day(is->day, now));
	if (is && is->exploited && (!was || !was->exploited))
		printf("  against known attacks now: %s\n", version);
	if (was && is && was->exploited && !is->exploited)
		printf("  against known attacks no longer: %s\n", version);
}

/* Compares the feeds release by release; both list the newest first. */
static void
print_changes(const struct feed *was, const struct feed *is)
{
	uint32_t i = 0, j = 0;

	while (i < was->count || j < is->count) {
		const struct release *a = i < was->count ? &was->releases[i] : NULL, *b = j < is->count ? &is->releases[j] : NULL;

		if (a && b && a->version > b->version)
			b = NULL;
		else if (a && b && b->version > a->version)
			a = NULL;
		print_release_change(a, b);
		i += a != NULL;
		j += b != NULL;
	}
}

static void
print_feed(const char *path, const struct feed_text *own, const struct feed_text *previous, const struct messages *ms)
{
	printf("%s: %s\n", path, ms->errors ? "must not be adopted" : "can be adopted");
	for (size_t i = 0; i < ms->count; i++)
		if (ms->list[i].severity == MESSAGE_ERROR)
			printf("  error: %s\n", ms->list[i].text);
	print_majors(own);
	if (previous)
		print_changes(feed_of(previous), feed_of(own));
	for (size_t i = 0; i < ms->count; i++)
		if (ms->list[i].severity == MESSAGE_WARNING)
			printf("  suspicious: %s\n", ms->list[i].text);
}

/* Compares the feed with the last one that could be adopted, as an agent would. */
static enum exit_code
examine_feed(const char *path, struct feed_text **last, int32_t today)
{
	struct messages ms = {0};
	size_t length;
	char *bytes = file_read(path, FEED_BYTES, &length, &ms);
	struct feed_text *next;
	bool adopted;

	if (!bytes) {
		message_print(&ms, stdout);
		return EXIT_UNUSABLE;
	}
	next = feed_examine(path, bytes, length, *last ? feed_of(*last) : NULL, today, &ms);
	adopted = !ms.errors;
	print_feed(path, next, *last, &ms);
	feed_free(adopted ? *last : next);
	if (adopted)
		*last = next;
	message_free(&ms);
	free(bytes);
	return adopted ? EXIT_FINE : EXIT_DIFFERENT;
}

static int
examine_all(char **paths, unsigned count, const struct arguments *a)
{
	struct feed_text *last = NULL;
	int worst = EXIT_FINE;
	int64_t now = a->now ? a->now : clock_utc();

	for (unsigned i = 0; i < count; i++) {
		int status = (int)examine_feed(paths[i], &last, (int32_t)(now / DAY_MS));

		worst = status > worst ? status : worst;
	}
	feed_free(last);
	return worst;
}

/* --- history --- */

static int
play_history(const struct arguments *a)
{
	struct messages ms = {0};
	struct editions editions = {0};
	struct policy_source source = {0};
	struct device device = {.version = a->os, .zone = a->zone ? a->zone : &calendar_utc};
	int wrong = -1;

	if (a->model)
		plan_name_device(&device, a->model);
	policysource_load(a->policy, &source, &ms);
	editions_open(a->history, &editions, &ms);
	if (!ms.errors) {
		device.platform = source.policy.platform;
		wrong = history_run(&editions, &source.policy, &device, &ms);
	}
	message_print(&ms, stderr);
	editions_free(&editions);
	policysource_free(&source);
	return wrong < 0 ? EXIT_UNUSABLE : wrong ? EXIT_DIFFERENT : EXIT_FINE;
}

static int
feed(void *arguments, unsigned count, char **operands)
{
	const struct arguments *a = arguments;

	return a->history ? play_history(a) : examine_all(operands, count, a);
}

#define AT(member) offsetof(struct arguments, member)
#define OF_HISTORY .forms = FORM(1)

static const struct option options[] = {
	{"now", "TIME", OPTION_TIME, AT(now), .about = "judge the feeds as if it were TIME", .forms = FORM(0)},
	{"history", "FOLDER|CSV", OPTION_TEXT, AT(history),
	 .about = "show what the policy made of every change in this history", .required = true, OF_HISTORY},
	{"policy", "POLICY", OPTION_TEXT, AT(policy), .about = "the policy that the device follows", .required = true,
	 OF_HISTORY},
	{"os", "VERSION", OPTION_VERSION, AT(os), .about = "the version that the device runs", .required = true, OF_HISTORY},
	{"model", "MODEL", OPTION_TEXT, AT(model),
	 .about = "its model or board; by default every release counts as able to run on it", OF_HISTORY},
	{"zone", "ZONE", OPTION_ZONE, AT(zone), .about = "its time zone; by default UTC", OF_HISTORY},
	{0},
};

const struct command command_feed = {
	.name = "feed", .about = "explain lists of releases, or what a policy made of their history",
	.operands = {"FILE...", ""}, .options = options, .size = sizeof(struct arguments), .run = feed,
};
