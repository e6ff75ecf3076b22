/* check - finds every problem in policies, given as files or folders, in one run; with a list of devices, also counts what
 * the policies would do to them. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "platform/clock.h"
#include "text/command.h"
#include "text/feed/feed.h"
#include "author/fleet/radius.h"
#include "check.h"
#include "text/memory.h"

#define DEPTH 16	/* how many levels of folders are searched */

static const struct format {
	const char *name;
	void (*report)(const struct report *, FILE *);
} formats[] = {{"plain", report_plain}, {"json", report_json}, {"sarif", report_sarif}, {0}};

struct check {
	const char *feed_path, *devices, *format_name;	/* arguments */
	int64_t now;
	bool list, json, strict;
	const struct format *format;
	struct feed_text *feed;		/* NULL: none given, or unusable */
	struct lint lint;
	struct messages messages;
	struct policy_source *good;	/* policies without errors, for check_devices */
	unsigned good_count;
	char *blueprints_path;		/* the first file of blueprints, or NULL */
	struct blueprints *blueprints;	/* from that file; NULL: it has errors */
	unsigned files, faulty;
	bool unusable;			/* something could not be read at all */
};

static void
keep_policy(struct check *c, const struct policy_source *source)
{
	c->good = memory_resize(c->good, (c->good_count + 1) * sizeof *c->good);
	c->good[c->good_count] = *source;
	c->good[c->good_count++].path = strdup(source->path);
}

static void
check_blueprints(const char *path, struct check *c)
{
	struct blueprints *blueprints = blueprints_load(path, &c->messages);

	if (c->blueprints_path) {
		if (c->devices)
			message_coded(&c->messages, CODE_TWO_BLUEPRINTS, path, (struct place){1, 0},
				"a second file of blueprints, after %s: with --devices give only one", c->blueprints_path);
		blueprints_free(blueprints);
		return;
	}
	c->blueprints_path = strdup(path);
	c->blueprints = blueprints;
}

static void
check_file(const char *path, struct check *c)
{
	size_t before = c->messages.count;
	unsigned errors = c->messages.errors;
	struct policy_source source;

	c->files++;
	if (blueprints_are_in(path)) {
		check_blueprints(path, c);
	} else if (policysource_load(path, &source, &c->messages)) {
		lint_policy(&source, &c->lint, &c->messages);
		keep_policy(c, &source);
	}
	c->faulty += c->messages.errors > errors;
	for (size_t i = before; i < c->messages.count; i++)
		if (!c->messages.list[i].place.line)
			c->unusable = true;
}

static void
refuse_input(const char *path, enum message_code code, const char *why, struct check *c)
{
	message_coded(&c->messages, code, path, (struct place){0}, "%s", why);
	c->unusable = true;
}

static int
is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static bool
is_policy(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && (!strcmp(dot, ".yaml") || !strcmp(dot, ".yml"));
}

/* Checks the folder's files and subfolders in order of their names. Does not follow links to folders. */
static void
check_folder(const char *path, int depth, struct check *c)
{
	struct dirent **entries = NULL;
	int count = depth < DEPTH ? scandir(path, &entries, is_visible, alphasort) : -1;

	if (count < 0)
		refuse_input(path, CODE_FILE, depth < DEPTH ? "cannot list this folder" : "folders are nested too deeply", c);
	for (int i = 0; i < count; i++) {
		struct stat status;
		char *inner;

		if (asprintf(&inner, "%s%s%s", path, path[strlen(path) - 1] == '/' ? "" : "/", entries[i]->d_name) < 0)
			memory_out();
		if (!lstat(inner, &status) && S_ISDIR(status.st_mode))
			check_folder(inner, depth + 1, c);
		else if (is_policy(inner))
			check_file(inner, c);
		free(inner);
		free(entries[i]);
	}
	free(entries);
}

static void
check_path(const char *path, struct check *c)
{
	struct stat status;
	unsigned files = c->files;

	if (stat(path, &status) || !S_ISDIR(status.st_mode)) {
		check_file(path, c);
		return;
	}
	check_folder(path, 0, c);
	if (files == c->files)
		refuse_input(path, CODE_FILE, "found no policy (*.yaml) in this folder", c);
}

/* Returns true if a policy is automatic, so that what it requires depends on the feed, and no feed was given. */
static bool
lacks_feed(const struct check *c)
{
	bool lacks = false;

	for (unsigned i = 0; i < c->good_count && !c->blueprints_path; i++)
		lacks = lacks || c->good[i].policy.enforce == ENFORCE_AUTOMATIC;
	for (unsigned i = 0; c->blueprints && i < c->blueprints->count; i++)
		for (unsigned k = 0; k < c->blueprints->list[i].policy_count; k++)
			lacks = lacks || c->blueprints->list[i].policies[k].policy.enforce == ENFORCE_AUTOMATIC;
	return lacks && !c->feed_path;
}

static void
read_feed(struct check *c)
{
	size_t before = c->messages.count;

	c->feed = feed_load(c->feed_path, &c->messages);
	message_stamp(&c->messages, before, CODE_FEED);
	c->unusable = !c->feed;
	c->lint.feed = c->feed ? feed_of(c->feed) : NULL;
}

/* With blueprints each device gets the policies of its own; without them each policy is tried on all devices. */
static struct radius *
new_radius(const struct check *c)
{
	struct radius *r = radius_new(c->lint.feed, c->lint.now);

	if (c->blueprints)
		radius_add_blueprints(r, c->blueprints, c->blueprints_path);
	for (unsigned i = 0; i < c->good_count && !c->blueprints_path; i++)
		radius_add_policy(r, &c->good[i]);
	return r;
}

/* Returns the devices as JSON if the report needs that, else NULL. */
static json_t *
check_devices(struct check *c)
{
	size_t before = c->messages.count;
	struct radius *radius;
	json_t *json = NULL;

	if (lacks_feed(c)) {
		refuse_input(c->devices, CODE_FEED, "an automatic policy needs the list of releases: give it with --feed", c);
		return NULL;
	}
	radius = new_radius(c);
	if (!radius_read(radius, c->devices, c->list ? stdout : NULL, &c->messages))
		c->unusable = true;
	else if (c->format->report == report_plain)
		radius_print(radius, stdout);
	else
		json = radius_json(radius);
	message_stamp(&c->messages, before, CODE_DEVICES);
	radius_free(radius);
	return json;
}

static void
free_check(struct check *c)
{
	message_free(&c->messages);
	for (unsigned i = 0; i < c->good_count; i++) {
		policysource_free(&c->good[i]);
		free((char *)c->good[i].path);
	}
	free(c->good);
	blueprints_free(c->blueprints);
	free(c->blueprints_path);
	feed_free(c->feed);
}

static int
run_check(struct check *c, unsigned count, char **paths)
{
	json_t *devices;
	bool failed;

	if (c->feed_path)
		read_feed(c);
	for (unsigned i = 0; i < count; i++)
		check_path(paths[i], c);
	devices = c->devices && (c->feed || !c->feed_path) ? check_devices(c) : NULL;
	c->format->report(&(struct report){&c->messages, c->files, c->faulty, c->unusable, devices}, stdout);
	failed = c->messages.errors || (c->strict && c->messages.warnings);
	json_decref(devices);
	free_check(c);
	return c->unusable ? EXIT_UNUSABLE : failed ? EXIT_DIFFERENT : EXIT_FINE;
}

static const struct format *
find_format(const char *name)
{
	const struct format *f = formats;

	while (f->name && strcmp(f->name, name) != 0)
		f++;
	return f->name ? f : NULL;
}

extern const struct command command_check;

static int
check(void *arguments, unsigned count, char **operands)
{
	struct check *c = arguments;

	c->format = find_format(c->json ? "json" : c->format_name);
	if (c->list && c->format->report != report_plain)
		return command_misused(&command_check, "option --list needs --format plain");
	c->lint.now_given = c->now;
	c->lint.now = c->now ? c->now : clock_utc();
	return run_check(c, count, operands);
}

#define AT(member) offsetof(struct check, member)

static const struct option options[] = {
	{"feed", "FEED", OPTION_TEXT, AT(feed_path), .about = "read the list of releases from FEED"},
	{"devices", "CSV", OPTION_TEXT, AT(devices), .about = "count what the policies would do to the devices listed in CSV"},
	{"list", NULL, OPTION_FLAG, AT(list), .about = "print a line for each device, too", .with = "devices"},
	{"now", "TIME", OPTION_TIME, AT(now), .about = "check as if it were TIME"},
	{"strict", NULL, OPTION_FLAG, AT(strict), .about = "exit 1 for warnings, too"},
	{"json", NULL, OPTION_FLAG, AT(json), .about = "the same as --format json", .either = 1},
	{"format", "plain|json|sarif", OPTION_CHOICE, AT(format_name), .about = "print the problems in this format",
	 .fallback = "plain", .either = 1},
	{0},
};

const struct command command_check = {
	.name = "check", .about = "find every problem in policies, and count the devices they affect",
	.operands = {"FILE|FOLDER..."}, .options = options, .size = sizeof(struct check), .run = check,
};
