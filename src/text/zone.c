#include <assert.h>
#include <fts.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "zone.h"

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

static void *
must(void *memory)
{
	if (memory)
		return memory;
	fputs("lastcall: out of memory\n", stderr);
	exit(1);
}

static const char *
folder(void)
{
	return zones.folder ? zones.folder : ZONE_FOLDER;
}

void
zones_from(const char *other)
{
	zones_free();
	zones.folder = other;
}

/* Every IANA name's parts begin with a capital, unlike whatever else lies there: right/, posix/, localtime,
 * posixrules, tzdata.zi. */
static bool
named(const char *part)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-";

	return *part >= 'A' && *part <= 'Z' && part[strspn(part, allowed)] == '\0';
}

static void
remember(const char *name)
{
	if (strlen(name) >= sizeof ((struct zone *)0)->name)
		return;
	if (zones.count + 1 == zones.room) {
		zones.room *= 2;
		zones.names = must(realloc(zones.names, zones.room * sizeof *zones.names));
	}
	zones.names[zones.count++] = must(strdup(name));
	zones.names[zones.count] = NULL;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* One walk over the folder finds every name: some twenty folders, 600 files. */
static void
look_up(void)
{
	if (zones.names)
		return;
	zones.room = 1024;
	zones.names = must(calloc(zones.room, sizeof *zones.names));

	char *roots[] = {(char *)folder(), NULL};
	FTS *walk = fts_open(roots, FTS_COMFOLLOW | FTS_PHYSICAL | FTS_NOCHDIR | FTS_NOSTAT, NULL);
	FTSENT *entry;

	while (walk && (entry = fts_read(walk))) {
		if (entry->fts_level == FTS_ROOTLEVEL)
			continue;
		if (!named(entry->fts_name))
			fts_set(walk, entry, FTS_SKIP);
		else if (entry->fts_info != FTS_D && entry->fts_info != FTS_DP)
			remember(entry->fts_path + strlen(folder()) + 1);
	}
	if (walk)
		fts_close(walk);
	qsort(zones.names, zones.count, sizeof *zones.names, by_name);
}

const char *const *
zone_names(void)
{
	look_up();
	return (const char *const *)zones.names;
}

static bool
known(const char *name)
{
	look_up();
	return bsearch(&name, zones.names, zones.count, sizeof *zones.names, by_name);
}

/* Where a name's links end, unless that is outside the folder. Caller frees. */
static char *
real_file(const char *name, const char **why)
{
	char path[PATH_MAX];
	char *root = realpath(folder(), NULL), *file = NULL;

	snprintf(path, sizeof path, "%s/%s", folder(), name);
	if (root)
		file = realpath(path, NULL);
	if (!file) {
		*why = "its file cannot be read";
	} else if (strncmp(file, root, strlen(root)) != 0 || file[strlen(root)] != '/') {
		*why = "its file is a link that leads out of the time zone folder";
		free(file);
		file = NULL;
	}
	free(root);
	return file;
}

static bool
load(const char *name, struct zone *z, const char **why)
{
	struct messages ignored = {0};
	char *path = real_file(name, why), *bytes = NULL;
	size_t length;
	bool good = false;

	if (path && !(bytes = file_read(path, ZONE_FILE_MAX, &length, &ignored)))
		*why = "its file cannot be read";
	if (bytes)
		good = zone_decode(bytes, length, name, z, why);
	message_free(&ignored);
	free(bytes);
	free(path);
	return good;
}

const struct zone *
zone_load(const char *name, const char **why)
{
	struct loaded *l;

	for (l = zones.loaded; l; l = l->next)
		if (strcmp(l->zone.name, name) == 0)
			return &l->zone;
	if (!known(name)) {
		*why = zones.count ? "there is no such time zone" : "no time zones are installed (tzdata)";
		return NULL;
	}
	l = must(calloc(1, sizeof *l));
	if (!load(name, &l->zone, why)) {
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
folded(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return c == ' ' || c == '-' ? '_' : c;
}

/* The same but for case, and for what stands between words. */
static bool
alike(const char *a, const char *b)
{
	while (*a && folded(*a) == folded(*b))
		a++, b++;
	return !*a && !*b;
}

static const char *
city(const char *name)
{
	const char *slash = strrchr(name, '/');

	return slash ? slash + 1 : name;
}

/* What people write who mean a place but know its clocks by another name. */
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
meant(const char *name)
{
	for (size_t i = 0; i < sizeof means / sizeof *means; i++)
		if (alike(means[i][0], name) && known(means[i][1]))
			return means[i][1];
	return NULL;
}

/* The best of: the same name written otherwise, what it is known to mean, the same city elsewhere, a slip. */
const char *
zone_near(const char *name)
{
	const char *const *all = zone_names();
	const char *found;

	for (const char *const *n = all; *n; n++)
		if (alike(*n, name))
			return *n;
	if ((found = meant(name)))
		return found;
	for (const char *const *n = all; *n; n++)
		if (alike(city(*n), city(name)))
			return *n;
	return message_near(name, all);
}
