#include "feed_parts.h"

#include "core/version.h"

#define YEAR_DAYS 365

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
line_of(const struct parts *p, unsigned major)
{
	for (unsigned i = 0; i < p->line_count; i++)
		if (version_major(p->lines[i].latest) == major)
			return &p->lines[i];
	return NULL;
}

/* Apple stops, and some day the feed does too: a major that has seen nothing for a year may go. */
static void
weigh_gone(const struct parts *p, const struct feed *previous, unsigned major)
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
		"OSVersions: major %u is gone, which the feed had before (%s)%s", major,
		last ? version_format(last->version, version) : "without releases",
		stale ? "; it had nothing new for a year" : "");
}

static bool
narrowed(const struct parts *p, int64_t version)
{
	for (size_t i = 0; i < p->count; i++)
		if (p->entries[i].release.version == version)
			return p->entries[i].narrow;
	return false;
}

/* Newer releases that the feed had before may stand above the latest only for certain devices. */
static void
weigh_line(const struct parts *p, const struct feed *previous, const struct line *line)
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
		if (back || version <= line->latest || narrowed(p, version))
			continue;
		back = true;
		message_add(p->messages, MESSAGE_ERROR, p->file, (struct place){0},
			"OSVersions[%u].Latest.ProductVersion: %s is older than %s, which the feed had before and "
			"does not list for certain devices only", line->index, latest, version_format(version, before));
	}
	if (!line->listed && listed > 1)
		message_add(p->messages, MESSAGE_ERROR, p->file, (struct place){0},
			"OSVersions[%u].SecurityReleases: lists no release; the feed had %u of major %u before",
			line->index, listed, version_major(line->latest));
}

void
feed_weigh(const struct parts *p, const struct feed *previous)
{
	for (uint32_t i = 0; i < previous->major_count; i++)
		if (!line_of(p, previous->majors[i]))
			weigh_gone(p, previous, previous->majors[i]);
	for (unsigned i = 0; i < p->line_count; i++)
		weigh_line(p, previous, &p->lines[i]);
}
