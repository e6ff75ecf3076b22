#include "feed.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/version.h"
#include "parts.h"
#include "text/file.h"
#include "text/memory.h"

#define YEAR_DAYS 365

static int
compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* Sorts the newest first; of one version the entry with the most devices first (an empty list means all), and one with
 * a build before one without. The order is total, so that qsort gives the same result on every system. */
static int
compare_entries(const void *left, const void *right)
{
	const struct release *a = &((const struct entry *)left)->release, *b = &((const struct entry *)right)->release;

	if (a->version != b->version)
		return compare_numbers(b->version, a->version);
	if (a->device_count != b->device_count)
		return compare_numbers((uint32_t)(b->device_count - 1), (uint32_t)(a->device_count - 1));
	return a->day != b->day ? compare_numbers(a->day, b->day) : strcmp(b->build, a->build);
}

static void
merge_release(struct release *into, const struct release *from)
{
	if (from->day < into->day)
		into->day = from->day;
	into->exploited |= from->exploited;
	if (!into->build[0] && into->devices == from->devices)
		memcpy(into->build, from->build, sizeof into->build);
}

static void
sort_entries(struct parts *p)
{
	if (p->count)
		qsort(p->entries, p->count, sizeof *p->entries, compare_entries);
}

static void
merge_entries(struct parts *p)
{
	size_t kept = 0;

	for (size_t i = 0; i < p->count; i++)
		if (kept && p->entries[kept - 1].release.version == p->entries[i].release.version)
			merge_release(&p->entries[kept - 1].release, &p->entries[i].release);
		else
			p->entries[kept++] = p->entries[i];
	p->count = kept;
}

static int32_t
newest_day(const struct parts *p)
{
	int32_t newest = 0;

	for (size_t i = 0; i < p->count; i++)
		if (p->entries[i].release.day > newest)
			newest = p->entries[i].release.day;
	return newest;
}

static const struct line *
find_line(const struct parts *p, unsigned major)
{
	for (unsigned i = 0; i < p->line_count; i++)
		if (version_major(p->lines[i].latest) == major)
			return &p->lines[i];
	return NULL;
}

/* A major without a release for a year may disappear: Apple no longer supports it, and feeds drop it in the end. */
static void
check_missing_major(const struct parts *p, const struct feed *previous, unsigned major)
{
	const struct release *last = NULL;
	char version[VERSION_TEXT];
	bool stale;

	for (uint32_t i = 0; i < previous->count; i++)
		if (version_major(previous->releases[i].version) == major)
			if (!last || previous->releases[i].day > last->day)
				last = &previous->releases[i];
	stale = !last || last->day + YEAR_DAYS < newest_day(p);
	message_add(p->messages, stale ? MESSAGE_WARNING : MESSAGE_ERROR, p->file, (struct place){0},
		"OSVersions: major %u is missing, which the feed listed before (%s)%s", major,
		last ? version_format(last->version, version) : "without releases",
		stale ? "; it had no release for a year" : "");
}

static bool
for_certain_devices(const struct parts *p, int64_t version)
{
	for (size_t i = 0; i < p->count; i++)
		if (p->entries[i].release.version == version)
			return p->entries[i].narrow;
	return false;
}

/* Refuses a latest version older than before, unless the newer release is for certain devices only. */
static void
check_latest(const struct parts *p, const struct feed *previous, const struct line *line)
{
	char latest[VERSION_TEXT], before[VERSION_TEXT];
	unsigned listed = 0;
	bool back = false;

	version_format(line->latest, latest);
	for (uint32_t i = 0; i < previous->count; i++) {
		int64_t version = previous->releases[i].version;

		if (version_major(version) != version_major(line->latest) || version_supplement(version))
			continue;
		listed++;
		if (back || version <= line->latest || for_certain_devices(p, version))
			continue;
		back = true;
		message_add(p->messages, MESSAGE_ERROR, p->file, (struct place){0},
			"OSVersions[%u].Latest.ProductVersion: %s is older than %s, which the feed listed before and "
			"does not restrict to certain devices", line->index, latest, version_format(version, before));
	}
	if (!line->listed && listed > 1)
		message_add(p->messages, MESSAGE_ERROR, p->file, (struct place){0},
			"OSVersions[%u].SecurityReleases: expected the releases of major %u, found none; the feed listed %u before",
			line->index, version_major(line->latest), listed);
}

static void
compare_with_previous(const struct parts *p, const struct feed *previous)
{
	for (uint32_t i = 0; i < previous->major_count; i++)
		if (!find_line(p, previous->majors[i]))
			check_missing_major(p, previous, previous->majors[i]);
	for (unsigned i = 0; i < p->line_count; i++)
		check_latest(p, previous, &p->lines[i]);
}

static void
make_feed(struct feed_text *own, const struct parts *p)
{
	struct feed *feed = &own->feed;

	for (unsigned line = 0; line < p->line_count; line++)
		own->latest[own->line_count++] = p->lines[line].latest;
	own->releases = memory_resize(NULL, p->count * sizeof *own->releases);
	for (size_t i = 0; i < p->count; i++) {
		uint16_t major = (uint16_t)version_major(p->entries[i].release.version);

		own->releases[i] = p->entries[i].release;
		for (unsigned line = 0; line < p->line_count; line++)
			if (version_major(p->lines[line].latest) == major &&
			    (!feed->major_count || feed->majors[feed->major_count - 1] != major))
				feed->majors[feed->major_count++] = major;
	}
	feed->releases = own->releases;
	feed->count = (uint32_t)p->count;
}

struct feed_text *
feed_examine(const char *file, const char *bytes, size_t length, const struct feed *previous, int32_t today,
	struct messages *messages)
{
	struct feed_text *own = memory_resize(NULL, sizeof *own);
	struct parts parts = {.file = file, .messages = messages};
	unsigned errors = messages->errors;

	*own = (struct feed_text){.names = json_object()};
	if (!own->names)
		memory_out();
	feed_read(bytes, length, own, &parts);
	sort_entries(&parts);
	if (today)
		feed_warn(&parts, today);
	merge_entries(&parts);
	if (messages->errors == errors && previous)
		compare_with_previous(&parts, previous);
	make_feed(own, &parts);
	free(parts.entries);
	return own;
}

struct feed_text *
feed_decode(const char *file, const char *bytes, size_t length, const struct feed *previous, struct messages *messages)
{
	unsigned errors = messages->errors;
	struct feed_text *own = feed_examine(file, bytes, length, previous, 0, messages);

	if (messages->errors == errors)
		return own;
	feed_free(own);
	return NULL;
}

const struct feed *
feed_of(const struct feed_text *own)
{
	return &own->feed;
}

int64_t
feed_latest(const struct feed_text *own, unsigned major)
{
	for (unsigned line = 0; line < own->line_count; line++)
		if (version_major(own->latest[line]) == major)
			return own->latest[line];
	return VERSION_NONE;
}

void
feed_free(struct feed_text *own)
{
	if (!own)
		return;
	for (size_t i = 0; i < own->list_count; i++)
		free(own->lists[i].names);
	free(own->lists);
	json_decref(own->names);
	free(own->releases);
	free(own);
}

struct feed_text *
feed_load(const char *path, struct messages *ms)
{
	struct messages own = {0};
	size_t length;
	char *bytes = file_read(path, FEED_BYTES, &length, ms);
	struct feed_text *feed = bytes ? feed_decode(path, bytes, length, NULL, &own) : NULL;

	for (size_t i = 0; i < own.count; i++)
		if (own.list[i].severity == MESSAGE_ERROR)
			message_add(ms, MESSAGE_ERROR, path, own.list[i].place, "%s", own.list[i].text);
	message_free(&own);
	free(bytes);
	return feed;
}
