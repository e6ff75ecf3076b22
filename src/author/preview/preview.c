/* preview - the command that shows what people will see under a policy, and its form as text. */
#include <string.h>

#include "core/version.h"
#include "words/policy.h"
#include "words/words.h"
#include "platform/clock.h"
#include "text/command.h"
#include "text/feed/feed.h"
#include "face/rehearse/host.h"
#include "preview.h"
#include "face/rehearse/rehearse.h"

static void
print_introduction(const struct preview *p, FILE *out)
{
	const struct requirement *r = &p->requirement;
	char version[VERSION_TEXT], target[VERSION_TEXT], date[WORDS_TEXT], download[WORDS_TEXT], install[WORDS_TEXT],
		restart[WORDS_TEXT];

	fprintf(out, "%s: what people will see, in their own time (%s).\n", p->policy->label, p->device.zone->name);
	fprintf(out, "The device runs %s %s%s.\n", p->os, version_format(p->device.version, version),
		p->pretends ? " (an example: below what is required)" : "");
	fprintf(out, "Required: %s by %s. To be installed: %s.\n", version_format(r->version, version),
		words_moment(r->deadline, p->device.zone, date), version_format(r->target, target));
	fprintf(out, "Assumed: awake and logged in all the time; %s to download, %s to install, %s to restart.\n",
		words_span(host_work(FX_DOWNLOAD)->takes, download), words_span(host_work(FX_INSTALL)->takes, install),
		words_span(host_work(FX_REBOOT)->takes, restart));
}

static void
print_life(const struct preview *p, enum person person, FILE *out)
{
	const struct life *life = &p->lives[person];
	char date[WORDS_TEXT], pad[16];

	fprintf(out, "\n%s\n%s\n", person_about[person].who, person_about[person].does);
	for (size_t i = 0; i < life->count; i++) {
		const struct moment *m = &life->moments[i];

		snprintf(pad, sizeof pad, "%*s", 11 - grid_columns(m->who), "");
		fprintf(out, "%-16s  %s%s%s\n", words_date(m->at, p->device.zone, date), m->who, pad, m->said);
	}
	if (life->cut)
		fprintf(out, "… and more: only the first %d lines are shown\n", MOMENTS_MAX);
	else if (!life->verified)
		fprintf(out, "… and the update is not installed by %s\n", words_date(life->ends, p->device.zone, date));
}

void
preview_text(const struct preview *p, FILE *out)
{
	print_introduction(p, out);
	for (unsigned i = 0; i < PERSONS; i++)
		print_life(p, (enum person)i, out);
}

/* --- the command --- */

struct arguments {
	const char *feed, *model, *format, *language;
	int64_t os, now;
	const struct zone *zone;
};

static const struct format {
	const char *name;
	void (*write)(const struct preview *, FILE *);
} formats[] = {{"text", preview_text}, {"html", preview_html}, {"ics", preview_ics}};

static const struct format *
format_of(const char *name)
{
	const struct format *f = formats;

	while (strcmp(f->name, name) != 0)
		f++;
	return f;
}

/* Describes a device of the policy's platform. Its version stays unknown without --os; imagine_device then finds one. */
static void
describe_device(const struct arguments *a, const struct policy *policy, struct scenario *s)
{
	s->device.platform = policy->platform;
	snprintf(s->device.os, sizeof s->device.os, "%s", policy->platform == PLATFORM_MACOS ? "macOS" : "Linux");
	s->device.version = a->os;
	if (a->model)	/* a model has a comma, a board has none */
		strcpy(strchr(a->model, ',') ? s->device.model : s->device.board, a->model);
	s->zone = a->zone ? a->zone : probe_zone();
}

static const char *
text_or_null(const char *text)
{
	return *text ? text : NULL;
}

/* Finds the device's version and when the story begins: a little before the notice window, since people see nothing
 * earlier. Returns NULL, or why there is nothing to show. */
static const char *
imagine_device(const struct arguments *a, struct preview *p, struct scenario *s, int64_t now)
{
	bool given = s->device.version != VERSION_NONE;
	const char *why = scenario_find(p->policy, p->feed, 0, now, s);

	if (why)
		return why;
	if (given && s->pretends != AS_IT_IS)
		return "this version is compliant: nothing is required of it";
	p->pretends = !given;
	p->start = a->now && s->start < now ? now : s->start;
	p->requirement = s->requirement;
	/* The machine gives notice.minimum in the same way. */
	if (p->policy->notice.minimum && p->requirement.deadline < p->start + p->policy->notice.minimum)
		p->requirement.deadline = p->start + p->policy->notice.minimum;
	p->os = s->device.os;
	p->device = (struct device){.platform = s->device.platform, .version = s->device.version,
		.model = text_or_null(s->device.model), .board = text_or_null(s->device.board), .zone = s->zone};
	knowledge_assume(&p->knowledge, p->feed, s->start);
	knowledge_lend(&p->knowledge, &p->device);
	return NULL;
}

static int
show_preview(const char *path, const struct arguments *a, struct preview *p)
{
	struct scenario s = {0};
	const char *why;

	describe_device(a, p->policy, &s);
	why = imagine_device(a, p, &s, a->now ? a->now : clock_utc());
	if (why) {
		fprintf(stderr, "%s: %s\n", path, why);
		return EXIT_UNUSABLE;
	}
	texts_choose(p->policy->text, a->language ? a->language : texts_locale(), &p->texts);
	preview_live(p);
	format_of(a->format)->write(p, stdout);
	preview_free(p);
	return EXIT_FINE;
}

static bool
load_inputs(const char *path, const char *feed_path, struct policy *policy, struct feed_text **feed)
{
	struct messages messages = {0};
	bool good = policy_load(path, policy, &messages);

	*feed = feed_path ? feed_load(feed_path, &messages) : NULL;
	message_print(&messages, stderr);
	return good && (*feed || !feed_path);
}

extern const struct command command_preview;

static int
preview(void *arguments, unsigned count, char **operands)
{
	const struct arguments *a = arguments;
	struct feed_text *feed = NULL;
	struct policy policy;
	char quoted[QUOTED_SIZE];
	int status = EXIT_UNUSABLE;

	(void)count;
	if (a->model && strlen(a->model) >= sizeof (struct probe_device){0}.model)
		return command_misused(&command_preview, "option --model needs a model such as Mac15,6, found %s",
			message_quote(a->model, strlen(a->model), quoted));
	if (load_inputs(operands[0], a->feed, &policy, &feed)) {
		struct preview p = {.policy = &policy, .feed = feed ? feed_of(feed) : NULL};

		status = show_preview(operands[0], a, &p);
	}
	feed_free(feed);
	return status;
}

#define AT(member) offsetof(struct arguments, member)

static const struct option options[] = {
	{"feed", "FEED", OPTION_TEXT, AT(feed), .about = "read the list of releases from FEED"},
	{"os", "VERSION", OPTION_VERSION, AT(os),
	 .about = "the version that the device runs; by default one just below what is required"},
	{"model", "MODEL", OPTION_TEXT, AT(model), .about = "its model or board"},
	{"zone", "ZONE", OPTION_ZONE, AT(zone), .about = "its time zone; by default this device's"},
	{"now", "TIME", OPTION_TIME, AT(now), .about = "begin at TIME, when the device hears of the policy late"},
	{"language", "TAG", OPTION_TEXT, AT(language), .about = "the language of the texts, such as de; by default the locale's"},
	{"format", "text|html|ics", OPTION_CHOICE, AT(format), .about = "print text, a page or a calendar", .fallback = "text"},
	{0},
};

const struct command command_preview = {
	.name = "preview", .about = "show what people will see under a policy, hour by hour",
	.operands = {"POLICY"}, .options = options, .size = sizeof(struct arguments), .run = preview,
};
