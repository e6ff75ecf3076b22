#include <assert.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "memory.h"
#include "zone.h"

enum { NAME_SIZE = sizeof ((struct zone *)0)->name, PATH_SIZE = 4096 };

struct loaded {
	struct zone zone;
	struct loaded *next;
};

static struct {
	const char *folder;	/* NULL: ZONE_FOLDER */
	char **names;		/* sorted, NULL-terminated; NULL: not looked up yet */
	size_t count, room;
	struct loaded *loaded;
} zones;

static const char *
zone_folder(void)
{
	return zones.folder ? zones.folder : ZONE_FOLDER;
}

static const char *
zone_path(const char *name, char path[PATH_SIZE])
{
	snprintf(path, PATH_SIZE, "%s/%s", zone_folder(), name);
	return path;
}

void
zones_from(const char *other)
{
	zones_free();
	zones.folder = other;
}

/* Whether part can be part of a zone's name. These begin with a capital, unlike everything else in the folder: right/,
 * posix/, localtime, posixrules, tzdata.zi. */
static bool
is_name_part(const char *part)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-";

	return *part >= 'A' && *part <= 'Z' && part[strspn(part, allowed)] == '\0';
}

static void
add_name(const char *name)
{
	zones.names = array_grow(zones.names, &zones.room, zones.count + 2, sizeof *zones.names);
	zones.names[zones.count++] = strcpy(memory_resize(NULL, strlen(name) + 1), name);
	zones.names[zones.count] = NULL;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Gets what is at a name: of a link, the link. */
static bool
look_at(const char *name, struct stat *found)
{
	char path[PATH_SIZE];

	return lstat(zone_path(name, path), found) == 0;
}

/* Adds the names below a region, or all for "": about twenty folders and 600 files. Follows no links. */
static void
add_names_of(const char *region)
{
	char path[PATH_SIZE], name[NAME_SIZE];
	DIR *folder = opendir(zone_path(region, path));
	const struct dirent *entry;
	struct stat found;

	while (folder && (entry = readdir(folder))) {
		if (!is_name_part(entry->d_name) ||
			snprintf(name, sizeof name, "%s%s%s", region, *region ? "/" : "", entry->d_name) >= (int)sizeof name ||
			!look_at(name, &found))
			continue;
		if (S_ISDIR(found.st_mode))
			add_names_of(name);
		else
			add_name(name);
	}
	if (folder)
		closedir(folder);
}

static void
find_names(void)
{
	if (zones.names)
		return;
	zones.room = 1024;
	zones.names = memory_zeroed(zones.room * sizeof *zones.names);
	add_names_of("");
	qsort(zones.names, zones.count, sizeof *zones.names, by_name);
}

const char *const *
zone_names(void)
{
	find_names();
	return (const char *const *)zones.names;
}

static bool
name_exists(const char *name)
{
	find_names();
	return bsearch(&name, zones.names, zones.count, sizeof *zones.names, by_name);
}

static bool
names_file(const char *name, const struct stat *file)
{
	struct stat found;

	return look_at(name, &found) && S_ISREG(found.st_mode) && found.st_dev == file->st_dev &&
		found.st_ino == file->st_ino;
}

/* Whether the file that a name leads to is itself one of the folder's, so that a link cannot lead out of it. */
static bool
is_inside(const char *name, const struct stat *file)
{
	if (names_file(name, file))
		return true;
	for (char *const *other = zones.names; *other; other++)
		if (names_file(*other, file))
			return true;
	return false;
}

static bool
load_file(const char *name, struct zone *z, const char **why)
{
	struct messages ignored = {0};
	struct stat file;
	char path[PATH_SIZE], *bytes = NULL;
	size_t length;
	bool good = false;

	*why = "its file cannot be read";
	if (stat(zone_path(name, path), &file) == 0 && S_ISREG(file.st_mode)) {
		if (is_inside(name, &file))
			bytes = file_read(path, ZONE_FILE_MAX, &length, &ignored);
		else
			*why = "its file is a link that leads out of the time zone folder";
	}
	if (bytes)
		good = zone_decode(bytes, length, name, z, why);
	message_free(&ignored);
	free(bytes);
	return good;
}

const struct zone *
zone_load(const char *name, const char **why)
{
	struct loaded *l;

	for (l = zones.loaded; l; l = l->next)
		if (strcmp(l->zone.name, name) == 0)
			return &l->zone;
	if (!name_exists(name)) {
		*why = zones.count ? "no such time zone" : "no time zones are installed (tzdata)";
		return NULL;
	}
	l = memory_zeroed(sizeof *l);
	if (!load_file(name, &l->zone, why)) {
		free(l);
		return NULL;
	}
	l->next = zones.loaded;
	zones.loaded = l;
	return &l->zone;
}

void
zones_free(void)
{
	struct loaded *l;

	while ((l = zones.loaded)) {
		zones.loaded = l->next;
		zone_release(&l->zone);
		free(l);
	}
	for (size_t i = 0; i < zones.count; i++)
		free(zones.names[i]);
	free(zones.names);
	memset(&zones, 0, sizeof zones);
}

static char
fold(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return c == ' ' || c == '-' ? '_' : c;
}

/* Whether two names differ only in case and in the characters between words. */
static bool
same_spelling(const char *a, const char *b)
{
	while (*a && fold(*a) == fold(*b))
		a++, b++;
	return !*a && !*b;
}

static const char *
city(const char *name)
{
	const char *slash = strrchr(name, '/');

	return slash ? slash + 1 : name;
}

/* Other names of time zones that people write, and the IANA name that they mean. */
static const char *const means[][2] = {
	{"AKST", "America/Anchorage"}, {"AKDT", "America/Anchorage"}, {"PST", "America/Los_Angeles"},
	{"PDT", "America/Los_Angeles"}, {"PST8", "America/Los_Angeles"}, {"Pacific", "America/Los_Angeles"},
	{"Pacific Time", "America/Los_Angeles"}, {"Pacific Standard Time", "America/Los_Angeles"},
	{"MDT", "America/Denver"}, {"MST7", "America/Denver"}, {"Mountain", "America/Denver"},
	{"Mountain Time", "America/Denver"}, {"Mountain Standard Time", "America/Denver"},
	{"CDT", "America/Chicago"}, {"CST", "America/Chicago"}, {"CST6", "America/Chicago"},
	{"Central", "America/Chicago"}, {"Central Time", "America/Chicago"},
	{"Central Standard Time", "America/Chicago"}, {"EDT", "America/New_York"}, {"EST5", "America/New_York"},
	{"Eastern", "America/New_York"}, {"Eastern Time", "America/New_York"},
	{"Eastern Standard Time", "America/New_York"}, {"BST", "Europe/London"}, {"GMT Standard Time", "Europe/London"},
	{"CEST", "Europe/Berlin"}, {"W. Europe Standard Time", "Europe/Berlin"},
	{"Romance Standard Time", "Europe/Paris"}, {"JST", "Asia/Tokyo"}, {"AEST", "Australia/Sydney"},
	{"AEDT", "Australia/Sydney"}, {"NZST", "Pacific/Auckland"}, {"NZDT", "Pacific/Auckland"},
	{"Z", "Etc/UTC"}, {"UTC+0", "Etc/UTC"}, {"UTC0", "Etc/UTC"},
};

static const char *
known_alias(const char *name)
{
	for (size_t i = 0; i < sizeof means / sizeof *means; i++)
		if (same_spelling(means[i][0], name) && name_exists(means[i][1]))
			return means[i][1];
	return NULL;
}

/* In this order: another spelling of the name, a known alias, the same city in another region, a misspelling. */
const char *
zone_near(const char *name)
{
	const char *const *all = zone_names();
	const char *found;

	if (name_exists(name))
		return NULL;
	for (const char *const *n = all; *n; n++)
		if (same_spelling(*n, name))
			return *n;
	if ((found = known_alias(name)))
		return found;
	for (const char *const *n = all; *n; n++)
		if (same_spelling(city(*n), city(name)))
			return *n;
	return message_near(name, all);
}
