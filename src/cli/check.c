/* check - every problem of every policy named, or found in the folders named, in one run. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"
#include "../text/memory.h"
#include "../text/blueprint.h"
#include "../text/file.h"
#include "../text/policy.h"
#include "../text/zone.h"

#define DEPTH 16	/* of folders in folders */

struct tally {
	unsigned files;		/* looked at */
	unsigned faulty;	/* of them */
	bool unusable;		/* one could not even be read as text */
	struct messages messages;
};

/* A folder of policies may hold blueprints too. */
static bool
is_good(const char *path, struct messages *messages)
{
	struct messages unread = {0};
	size_t length;
	char *text = file_read(path, yaml_policy_limits.bytes, &length, &unread);
	struct blueprints *all = NULL;
	struct policy policy;
	bool good;

	if (text && blueprints_like(text))
		good = (all = blueprints_load(path, messages)) != NULL;
	else
		good = policy_load(path, &policy, messages);
	blueprints_free(all);
	message_free(&unread);
	free(text);
	return good;
}

static void
check_file(const char *path, struct tally *tally)
{
	size_t before = tally->messages.count;

	tally->files++;
	if (is_good(path, &tally->messages))
		return;
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

int
cmd_check(int argc, char **argv)
{
	struct tally tally = {0};
	char *text;

	if (argc < 2)
		return cli_usage(argv[0], "name at least one policy or folder");
	for (int i = 1; i < argc; i++)
		if (argv[i][0] == '-' && argv[i][1])
			return cli_usage(argv[0], "no option \"%s\"", argv[i]);
	for (int i = 1; i < argc; i++)
		check_path(argv[i], &tally);
	text = message_text(&tally.messages);
	fputs(text, stdout);
	if (tally.messages.errors)
		printf("%u error%s in %u of %u polic%s\n", tally.messages.errors, tally.messages.errors == 1 ? "" : "s",
			tally.faulty, tally.files, tally.files == 1 ? "y" : "ies");
	else
		printf("%u polic%s, no problems\n", tally.files, tally.files == 1 ? "y" : "ies");
	free(text);
	message_free(&tally.messages);
	zones_free();
	return tally.unusable ? EXIT_UNUSABLE : tally.faulty ? EXIT_DIFFERENT : EXIT_FINE;
}
