#include "feed.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/version.h"
#include "feed_parts.h"
#include "memory.h"

static int
order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* Newest first; of the same version the widest first, and a build before none: the same order on every system. */
static int
compare(const void *left, const void *right)
{
	const struct release *a = &((const struct entry *)left)->release, *b = &((const struct entry *)right)->release;

	if (a->version != b->version)
		return order(b->version, a->version);
	if (a->device_count != b->device_count)
		return order((uint32_t)(b->device_count - 1), (uint32_t)(a->device_count - 1));
	return a->day != b->day ? order(a->day, b->day) : strcmp(b->build, a->build);
}

static void
merge(struct release *into, const struct release *from)
{
	if (from->day < into->day)
		into->day = from->day;
	into->exploited |= from->exploited;
	if (!into->build[0] && into->devices == from->devices)
		memcpy(into->build, from->build, sizeof into->build);
}

static void
sort_all(struct parts *p)
{
	if (p->count)
		qsort(p->entries, p->count, sizeof *p->entries, compare);
}

static void
merge_all(struct parts *p)
{
	size_t kept = 0;

	for (size_t i = 0; i < p->count; i++)
		if (kept && p->entries[kept - 1].release.version == p->entries[i].release.version)
			merge(&p->entries[kept - 1].release, &p->entries[i].release);
		else
			p->entries[kept++] = p->entries[i];
	p->count = kept;
}

static void
settle(struct feed_text *own, const struct parts *p)
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
	sort_all(&parts);
	if (today)
		feed_doubt(&parts, today);
	merge_all(&parts);
	if (messages->errors == errors && previous)
		feed_weigh(&parts, previous);
	settle(own, &parts);
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
