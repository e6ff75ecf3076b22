/* check - every problem of every policy named, or found in the folders named, in one run; and with a list of devices,
 * what the policies would do to them. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"
#include "inputs.h"
#include "radius.h"
#include "../text/memory.h"
#include "../text/zone.h"

#define DEPTH 16	/* of folders in folders */

struct arguments {
	const char *feed, *devices, *now;
	bool list;
};

struct tally {
	unsigned files;		/* looked at */
	unsigned faulty;	/* of them */
	bool unusable;		/* one could not even be read as text */
	bool refused;		/* something is wrong with the devices, or for them */
	struct messages messages;
	struct policy_source *good;	/* of them, while there are devices to ask about */
	unsigned good_count;
};

static void
keep(struct tally *tally, const char *path, const struct policy_source *source)
{
	tally->good = memory_resize(tally->good, (tally->good_count + 1) * sizeof *tally->good);
	tally->good[tally->good_count] = *source;
	tally->good[tally->good_count++].path = strdup(path);
}

static void
check_file(const char *path, struct tally *tally)
{
	size_t before = tally->messages.count;
	struct policy_source source;

	tally->files++;
	if (policysource_load(path, &source, &tally->messages)) {
		keep(tally, path, &source);
		return;
	}
	tally->faulty++;
	for (size_t i = before; i < tally->messages.count && i < MESSAGES_KEPT; i++)
		if (!tally->messages.list[i].place.line)
			tally->unusable = true;
}

static void
refuse(const char *path, const char *why, struct tally *tally)
{
	message_add(&tally->messages, MESSAGE_ERROR, path, (struct place){0}, "%s", why);
	tally->unusable = true;
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

/* In the order of names, folders within folders too; links to folders are not followed. */
static void
check_folder(const char *path, int depth, struct tally *tally)
{
	struct dirent **entries = NULL;
	int count = depth < DEPTH ? scandir(path, &entries, is_visible, alphasort) : -1;

	if (count < 0)
		refuse(path, depth < DEPTH ? "this folder cannot be listed" : "too many folders within folders", tally);
	for (int i = 0; i < count; i++) {
		struct stat status;
		char *inner;

		if (asprintf(&inner, "%s%s%s", path, path[strlen(path) - 1] == '/' ? "" : "/", entries[i]->d_name) < 0)
			memory_out();
		if (!lstat(inner, &status) && S_ISDIR(status.st_mode))
			check_folder(inner, depth + 1, tally);
		else if (is_policy(inner))
			check_file(inner, tally);
		free(inner);
		free(entries[i]);
	}
	free(entries);
}

static void
check_path(const char *path, struct tally *tally)
{
	struct stat status;
	unsigned files = tally->files;

	if (stat(path, &status) || !S_ISDIR(status.st_mode)) {
		check_file(path, tally);
		return;
	}
	check_folder(path, 0, tally);
	if (files == tally->files)
		refuse(path, "there is no policy (*.yaml) in this folder", tally);
}

/* Without the feed nobody knows what an automatic policy asks. */
static bool
lacks_feed(const struct arguments *a, const struct tally *tally)
{
	for (unsigned i = 0; i < tally->good_count; i++)
		if (!a->feed && tally->good[i].policy.enforce == ENFORCE_AUTOMATIC)
			return true;
	return false;
}

static void
check_devices(const struct arguments *a, int64_t now, struct tally *tally)
{
	unsigned errors = tally->messages.errors;
	struct feed_text *feed = a->feed ? inputs_feed(a->feed, &tally->messages) : NULL;
	struct radius *radius = NULL;

	if (a->feed && !feed) {
		tally->unusable = true;
	} else if (lacks_feed(a, tally)) {
		refuse(a->devices, "an automatic policy follows the list of releases: say which with --feed", tally);
	} else {
		radius = radius_new(tally->good, tally->good_count, feed ? feed_of(feed) : NULL, now);
		if (radius_read(radius, a->devices, a->list ? stdout : NULL, &tally->messages))
			radius_print(radius, stdout);
		else
			tally->unusable = true;
	}
	tally->refused = tally->messages.errors > errors;
	radius_free(radius);
	feed_free(feed);
}

static void
print_count(unsigned count, const char *one, const char *many)
{
	printf("%u %s", count, count == 1 ? one : many);
}

static void
summarize(const struct tally *tally)
{
	unsigned warnings = 0;

	for (size_t i = 0; i < tally->messages.count; i++)
		warnings += tally->messages.list[i].severity == MESSAGE_WARNING;
	if (tally->faulty) {
		print_count(tally->messages.errors, "error", "errors");
		printf(" in %u of ", tally->faulty);
		print_count(tally->files, "policy\n", "policies\n");
	} else if (tally->messages.errors) {
		print_count(tally->messages.errors, "error\n", "errors\n");
	} else {
		print_count(tally->files, "policy, ", "policies, ");
		if (warnings)
			print_count(warnings, "warning\n", "warnings\n");
		else
			puts("no problems");
	}
}

static int
conclude(struct tally *tally)
{
	char *text = message_text(&tally->messages);

	fputs(text, stdout);
	free(text);
	summarize(tally);
	message_free(&tally->messages);
	for (unsigned i = 0; i < tally->good_count; i++) {
		policysource_free(&tally->good[i]);
		free((char *)tally->good[i].path);
	}
	free(tally->good);
	zones_free();
	return tally->unusable ? EXIT_UNUSABLE : tally->faulty || tally->refused ? EXIT_DIFFERENT : EXIT_FINE;
}

int
cmd_check(int argc, char **argv)
{
	struct arguments a = {0};
	const struct option_of options[] = {{"--feed", &a.feed, NULL}, {"--devices", &a.devices, NULL},
		{"--now", &a.now, NULL}, {"--list", NULL, &a.list}, {0}};
	struct tally tally = {0};
	int64_t now;
	int count = inputs_take(argc, argv, options);

	if (count < 1)
		return count < 0 ? EXIT_UNUSABLE : cli_usage(argv[0], "name at least one policy or folder");
	if (!inputs_now(a.now, &now))
		return cli_usage(argv[0], "--now takes a time such as 2026-11-30T09:00:00Z, not \"%.40s\"", a.now);
	for (int i = 1; i <= count; i++)
		check_path(argv[i], &tally);
	if (a.devices)
		check_devices(&a, now, &tally);
	return conclude(&tally);
}
