/* rehearse - lives through a policy: the real agent, machine and faces, a faster clock, drivers that only pretend. */
#define _XOPEN_SOURCE 700
#include "rehearse.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "platform/clock.h"
#include "core/version.h"
#include "text/feed.h"
#include "text/file.h"
#include "text/instant.h"
#include "words/policy.h"
#include "text/zone.h"
#include "cli/cli.h"

#define ANSWERS_BYTES 65536

struct arguments {
	const char *policy, *speed, *start, *answers, *feed;
	bool plain;
};

static bool
arguments(int argc, char **argv, struct arguments *a)
{
	const struct {
		const char *name, **value;
	} options[] = {
		{"--speed", &a->speed}, {"--start", &a->start}, {"--answers", &a->answers}, {"--feed", &a->feed},
	};

	for (int i = 1; i < argc; i++) {
		const char **value = argv[i][0] == '-' ? NULL : &a->policy;

		if (!strcmp(argv[i], "--plain")) {
			a->plain = true;
			continue;
		}
		for (size_t k = 0; k < sizeof options / sizeof *options; k++)
			if (!strcmp(argv[i], options[k].name))
				value = options[k].value;
		if (!value)
			return cli_usage("rehearse", "no option %s", argv[i]), false;
		if (value != &a->policy && ++i == argc)
			return cli_usage("rehearse", "%s needs a value", argv[i - 1]), false;
		if (*value)
			return cli_usage("rehearse", "one %s, not two", value == &a->policy ? "policy" : argv[i - 1]), false;
		*value = argv[i];
	}
	return a->policy || (cli_usage("rehearse", "which policy?"), false);
}

/* "1d=4s": a day in four seconds. */
static bool
speed_parse(const char *text, double *speed)
{
	char left[DURATION_TEXT];
	const char *equals = strchr(text, '=');
	int64_t shown, taken;

	if (!equals || equals - text >= DURATION_TEXT)
		return false;
	snprintf(left, sizeof left, "%.*s", (int)(equals - text), text);
	if (!duration_parse(left, &shown) || !duration_parse_exact(equals + 1, &taken) || !shown || !taken || shown < taken)
		return false;
	*speed = (double)shown / (double)taken;
	return true;
}

/* An instant, or a local time of the device without seconds and zone, "2026-11-30 09:00". */
static bool
start_parse(const char *text, const struct zone *zone, int64_t *at)
{
	char instant[INSTANT_TEXT];
	struct civil local;

	if (instant_parse(text, at))
		return true;
	if (strlen(text) != 16 || text[10] != ' ')
		return false;
	snprintf(instant, sizeof instant, "%.10sT%.5s:00Z", text, text + 11);
	if (!instant_parse(instant, at))
		return false;
	calendar_local(*at, &calendar_utc, &local, NULL, NULL);
	calendar_instant(&local, zone, at);
	return true;
}

static struct answers *
load_answers(const char *path, struct answers *answers, struct messages *messages)
{
	size_t length;
	char *text = file_read(path, ANSWERS_BYTES, &length, messages);
	bool good = text && answers_parse(path, text, length, answers, messages);

	free(text);
	return good ? answers : NULL;
}

static struct feed_text *
load_feed(const char *path, struct messages *messages)
{
	size_t length;
	char *text = file_read(path, FEED_BYTES, &length, messages);
	struct feed_text *feed = text ? feed_decode(path, text, length, NULL, messages) : NULL;

	free(text);
	return feed;
}

/* What cannot be told about this device is pretended. */
static void
load_device(struct scenario *s)
{
	char error[256];
	const char *why;

	if (!probe_device("", &s->device, error))
		s->device.version = VERSION_NONE;
	s->zone = zone_load(s->device.time_zone, &why);
	if (s->zone)
		return;
	s->zone = &calendar_utc;
	snprintf(s->device.time_zone, sizeof s->device.time_zone, "UTC");
}

static int
remove_one(const char *path, const struct stat *status, int flag, struct FTW *ftw)
{
	(void)status, (void)flag, (void)ftw;
	return remove(path);
}

static int
play(struct rehearsal *r)
{
	const char *base = getenv("TMPDIR");
	char folder[1024];
	int status;

	snprintf(folder, sizeof folder, "%s/lastcall-rehearsal.XXXXXX", base && *base ? base : "/tmp");
	if (!mkdtemp(folder)) {
		fprintf(stderr, "lastcall rehearse: no temporary folder %s: %s\n", folder, strerror(errno));
		return EXIT_UNUSABLE;
	}
	status = rehearsal_play(r, folder);
	nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	return status;
}

/* Everything that somebody wrote is read, and complained about, before anything begins. */
static bool
load(const struct arguments *a, struct policy *policy, struct answers *answers, struct feed_text **feed)
{
	struct messages messages = {0};
	char *said;
	bool good = policy_load(a->policy, policy, &messages);

	if (a->answers && !load_answers(a->answers, answers, &messages))
		good = false;
	if (a->feed && !(*feed = load_feed(a->feed, &messages)))
		good = false;
	said = message_text(&messages);
	if (said && !good)
		fputs(said, stderr);
	free(said);
	message_free(&messages);
	return good;
}

static int
rehearse(const struct arguments *a, struct rehearsal *r, const struct feed *feed)
{
	int64_t start = 0;
	struct clock clock;
	const char *why;

	if (a->speed && !speed_parse(a->speed, &r->speed))
		return cli_usage("rehearse", "--speed takes two durations such as 1d=4s, not \"%.40s\"", a->speed);
	load_device(&r->scenario);
	if (a->start && !start_parse(a->start, r->scenario.zone, &start))
		return cli_usage("rehearse", "--start takes a time such as \"2026-11-30 09:00\" or 2026-11-30T09:00:00Z, not "
			"\"%.40s\"", a->start);
	clock_real(&clock);
	why = scenario_find(r->policy, feed, start, clock_now(&clock).at, &r->scenario);
	if (!why)
		return play(r);
	fprintf(stderr, "%s: %s\n", a->policy, why);
	return EXIT_UNUSABLE;
}

int
cmd_rehearse(int argc, char **argv)
{
	struct arguments a = {0};
	struct policy policy;
	struct answers answers;
	struct feed_text *feed = NULL;
	int status = EXIT_UNUSABLE;

	if (!arguments(argc, argv, &a))
		return EXIT_UNUSABLE;
	if (load(&a, &policy, &answers, &feed)) {
		struct rehearsal r = {.policy_path = a.policy, .feed_path = a.feed, .policy = &policy,
			.answers = a.answers ? &answers : NULL, .plain = a.plain};

		status = rehearse(&a, &r, feed ? feed_of(feed) : NULL);
	}
	if (feed)
		feed_free(feed);
	zones_free();
	return status;
}
