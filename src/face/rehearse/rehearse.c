/* rehearse - the subcommand: plays a policy with the real agent, machine and faces, a faster clock and pretended drivers. */
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
#include "text/command.h"
#include "text/feed/feed.h"
#include "text/file.h"
#include "text/instant.h"
#include "words/policy.h"
#include "text/zone.h"

#define ANSWERS_BYTES 65536

struct arguments {
	const char *speed, *start, *answers, *feed;
	bool plain;
};

/* Parses "1d=4s", a day in four seconds. */
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

/* Parses an instant, or a local time of the device without seconds and zone, "2026-11-30 09:00". */
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

static bool
load_answers(const char *path, struct script *script, struct messages *messages)
{
	size_t length;
	char *text = file_read(path, ANSWERS_BYTES, &length, messages);
	bool good = text && answers_parse(path, text, length, script, messages);

	free(text);
	return good;
}

/* Pretends what the probe cannot find out about this device. */
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
remove_entry(const char *path, const struct stat *status, int flag, struct FTW *ftw)
{
	(void)status, (void)flag, (void)ftw;
	return remove(path);
}

/* Plays in a temporary folder. */
static int
play_in_folder(struct rehearsal *r)
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
	nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	return status;
}

/* Loads policy, answers and feed, and prints every problem in them. */
static bool
load_inputs(const char *path, const struct arguments *a, struct policy *policy, struct script *script, struct feed_text **feed)
{
	struct messages messages = {0};
	char *said;
	bool good = policy_load(path, policy, &messages);

	if (a->answers && !load_answers(a->answers, script, &messages))
		good = false;
	if (a->feed && !(*feed = feed_load(a->feed, &messages)))
		good = false;
	said = message_text(&messages);
	if (said && !good)
		fputs(said, stderr);
	free(said);
	message_free(&messages);
	return good;
}

extern const struct command command_rehearse;

/* Returns EXIT_FINE, or EXIT_UNUSABLE if an option's value was of the wrong kind. */
static int
parse_values(const struct arguments *a, struct rehearsal *r, int64_t *start)
{
	char quoted[QUOTED_SIZE];

	if (a->speed && !speed_parse(a->speed, &r->speed))
		return command_misused(&command_rehearse, "option --speed needs two durations such as 1d=4s, found %s",
			message_quote(a->speed, strlen(a->speed), quoted));
	if (a->start && !start_parse(a->start, r->scenario.zone, start))
		return command_misused(&command_rehearse, "option --start needs a time such as \"2026-11-30 09:00\" or "
			"2026-11-30T09:00:00Z, found %s", message_quote(a->start, strlen(a->start), quoted));
	return EXIT_FINE;
}

static int
rehearse(const struct arguments *a, struct rehearsal *r, const struct feed *feed)
{
	int64_t start = 0;
	const char *why;
	int status;

	load_device(&r->scenario);
	status = parse_values(a, r, &start);
	if (status != EXIT_FINE)
		return status;
	why = scenario_find(r->policy, feed, start, clock_utc(), &r->scenario);
	if (!why)
		return play_in_folder(r);
	fprintf(stderr, "%s: %s\n", r->policy_path, why);
	return EXIT_UNUSABLE;
}

static int
rehearse_policy(void *arguments, unsigned count, char **operands)
{
	const struct arguments *a = arguments;
	struct policy policy;
	struct script script;
	struct feed_text *feed = NULL;
	int status = EXIT_UNUSABLE;

	(void)count;
	if (load_inputs(operands[0], a, &policy, &script, &feed)) {
		struct rehearsal r = {.policy_path = operands[0], .feed_path = a->feed, .policy = &policy,
			.answers = a->answers ? &script : NULL, .plain = a->plain};

		status = rehearse(a, &r, feed ? feed_of(feed) : NULL);
	}
	feed_free(feed);
	return status;
}

#define AT(member) offsetof(struct arguments, member)

static const struct option options[] = {
	{"speed", "1d=4s", OPTION_TEXT, AT(speed), .about = "let a day pass in 4 seconds"},
	{"start", "TIME", OPTION_TEXT, AT(start), .about = "begin at TIME; by default shortly before the notice"},
	{"answers", "FILE", OPTION_TEXT, AT(answers), .about = "answer as the script in FILE says"},
	{"feed", "FEED", OPTION_TEXT, AT(feed), .about = "read the list of releases from FEED"},
	{"plain", NULL, OPTION_FLAG, AT(plain), .about = "print lines, even on a terminal"},
	{0},
};

const struct command command_rehearse = {
	.name = "rehearse", .about = "play a policy in a minute; nothing is really closed or installed",
	.operands = {"POLICY"}, .options = options, .size = sizeof(struct arguments), .run = rehearse_policy,
};
