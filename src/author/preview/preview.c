/* preview - what people will see under a policy, before they do. */
#include <stdlib.h>
#include <string.h>

#include "core/version.h"
#include "words/policy.h"
#include "text/zone.h"
#include "cli/cli.h"
#include "face/client/inputs.h"
#include "preview.h"
#include "face/rehearse/rehearse.h"

struct arguments {
	const char *feed, *os, *model, *zone, *now, *format, *language;
};

static const struct format {
	const char *name;
	void (*write)(const struct preview *, FILE *);
} formats[] = {{"text", preview_text}, {"html", preview_html}, {"ics", preview_ics}, {0}};

static const struct format *
format_of(const char *name)
{
	for (const struct format *f = formats; f->name; f++)
		if (!name || !strcmp(f->name, name))
			return f;
	return NULL;
}

/* The zone that was said, or this device's. */
static const struct zone *
zone_of(const char *name, const char **why)
{
	struct probe_device device;
	char error[256];

	if (name)
		return zone_load(name, why);
	*why = NULL;
	return probe_device("", &device, error) && zone_load(device.time_zone, why) ? zone_load(device.time_zone, why)
		: &calendar_utc;
}

/* A device of the policy's platform; without --os a version is found for it. EXIT_FINE, or it was said. */
static int
describe(const struct arguments *a, const struct policy *policy, struct scenario *s)
{
	const char *why, *near;

	s->device.platform = policy->platform;
	snprintf(s->device.os, sizeof s->device.os, "%s", policy->platform == PLATFORM_MACOS ? "macOS" : "Linux");
	if (a->os && !version_parse(a->os, &s->device.version))
		return cli_usage("preview", "--os takes a version such as 15.2, not \"%.40s\"", a->os);
	if (a->model && strlen(a->model) >= sizeof s->device.model)
		return cli_usage("preview", "--model takes a model such as Mac15,6, not \"%.40s\"", a->model);
	if (a->model)	/* a model has a comma, a board has none */
		strcpy(strchr(a->model, ',') ? s->device.model : s->device.board, a->model);
	s->zone = zone_of(a->zone, &why);
	if (s->zone)
		return EXIT_FINE;
	near = zone_near(a->zone);
	return cli_usage("preview", "--zone takes a time zone such as America/New_York, not \"%.40s\"%s%s%s", a->zone,
		near ? " (did you mean \"" : ": ", near ? near : why, near ? "\"?)" : "");
}

static const char *
said(const char *text)
{
	return *text ? text : NULL;
}

/* Whoever hears of it earlier sees nothing before the notice begins; the story begins a little before that. */
static const char *
imagine(const struct arguments *a, struct preview *p, struct scenario *s, int64_t now)
{
	bool given = s->device.version != VERSION_NONE;
	const char *why = scenario_find(p->policy, p->feed, 0, now, s);

	if (why)
		return why;
	if (given && s->pretends != AS_IT_IS)
		return "nothing is required of a device that runs this version";
	p->pretends = !given;
	p->start = a->now && s->start < now ? now : s->start;
	p->requirement = s->requirement;
	/* As the machine will have it. */
	if (p->policy->notice.minimum && p->requirement.deadline < p->start + p->policy->notice.minimum)
		p->requirement.deadline = p->start + p->policy->notice.minimum;
	p->os = s->device.os;
	p->device = (struct device){.platform = s->device.platform, .version = s->device.version,
		.model = said(s->device.model), .board = said(s->device.board), .zone = s->zone};
	knowledge_assume(&p->knowledge, p->feed, s->start);
	knowledge_lend(&p->knowledge, &p->device);
	return NULL;
}

static int
show(const char *path, const struct arguments *a, struct preview *p, const struct format *format)
{
	struct scenario s = {0};
	int64_t now;
	const char *why;
	int status = describe(a, p->policy, &s);

	if (status != EXIT_FINE)
		return status;
	if (!inputs_now(a->now, &now))
		return cli_usage("preview", "--now takes a time such as 2026-11-30T09:00:00Z, not \"%.40s\"", a->now);
	why = imagine(a, p, &s, now);
	if (why) {
		fprintf(stderr, "%s: %s\n", path, why);
		return EXIT_UNUSABLE;
	}
	texts_choose(p->policy->text, a->language ? a->language : texts_locale(), &p->texts);
	preview_live(p);
	format->write(p, stdout);
	preview_free(p);
	return fflush(stdout) == 0 ? EXIT_FINE : EXIT_UNUSABLE;
}

static bool
load(const char *path, const char *feed_path, struct policy *policy, struct feed_text **feed)
{
	struct messages messages = {0};
	bool good = policy_load(path, policy, &messages);
	char *text;

	*feed = feed_path ? inputs_feed(feed_path, &messages) : NULL;
	text = message_text(&messages);
	fputs(text, stderr);
	free(text);
	message_free(&messages);
	return good && (*feed || !feed_path);
}

int
cmd_preview(int argc, char **argv)
{
	struct arguments a = {0};
	const struct option_of options[] = {{"--feed", &a.feed, NULL}, {"--os", &a.os, NULL}, {"--model", &a.model, NULL},
		{"--zone", &a.zone, NULL}, {"--now", &a.now, NULL}, {"--format", &a.format, NULL},
		{"--language", &a.language, NULL}, {0}};
	int count = inputs_take(argc, argv, options), status = EXIT_UNUSABLE;
	struct feed_text *feed = NULL;
	struct policy policy;

	if (count < 0)
		return EXIT_UNUSABLE;
	if (count != 1)
		return cli_usage("preview", count ? "one policy, not more" : "which policy?");
	if (!format_of(a.format))
		return cli_usage("preview", "--format takes text, html or ics, not \"%.40s\"", a.format);
	if (load(argv[1], a.feed, &policy, &feed)) {
		struct preview p = {.policy = &policy, .feed = feed ? feed_of(feed) : NULL};

		status = show(argv[1], &a, &p, format_of(a.format));
	}
	feed_free(feed);
	zones_free();
	return status;
}
