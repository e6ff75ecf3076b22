/* Warns of what is inconsistent in a feed but no reason to refuse it, for tools that examine feeds. */
#include <stdarg.h>
#include <stdio.h>

#include "core/version.h"
#include "parts.h"

#define WORDS 512

const char *
feed_day(int32_t day, char out[FEED_DAY])
{
	struct civil t;

	calendar_date(day, &t);
	snprintf(out, FEED_DAY, "%04u-%02u-%02u", (unsigned)t.year % 10000, (unsigned)t.month % 100, (unsigned)t.day % 100);
	return out;
}

__attribute__((format(printf, 3, 4)))
static void
add_warning(const struct parts *p, const struct entry *e, const char *format, ...)
{
	char words[WORDS], version[VERSION_TEXT];
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof words, format, args);
	va_end(args);
	message_add(p->messages, MESSAGE_WARNING, p->file, (struct place){0}, "%s: %s %s", e->path,
		version_format(e->release.version, version), words);
}

static void
check_entry(const struct parts *p, const struct entry *e, int32_t today)
{
	char date[FEED_DAY], version[VERSION_TEXT];

	if (e->release.day > today)
		add_warning(p, e, "has a date in the future, %s: it does not count until then", feed_day(e->release.day, date));
	if (e->successor && e->successor <= e->release.version)
		add_warning(p, e, "is superseded by %s, which is not newer", version_format(e->successor, version));
}

/* Compares neighbours. left is newer, or of the same version. */
static void
check_pair(const struct parts *p, const struct entry *left, const struct entry *right)
{
	int64_t newer = left->release.version, older = right->release.version;
	char date[FEED_DAY], other[FEED_DAY], version[VERSION_TEXT];

	if (version_major(newer) != version_major(older) || left->release.day == right->release.day)
		return;
	if (newer != older && version_supplement(older))	/* a supplement may be dated after the next release */
		return;
	feed_day(left->release.day, date);
	feed_day(right->release.day, other);
	if (newer == older)
		add_warning(p, right, "has the date %s here and %s at %s: the earlier one counts", other, date, left->path);
	else if (left->release.day < right->release.day)
		add_warning(p, right, "has the date %s, after the newer %s of %s", other, version_format(newer, version), date);
}

static const struct entry *
newest_of(const struct parts *p, unsigned major)
{
	for (size_t i = 0; i < p->count; i++)
		if (version_major(p->entries[i].release.version) == major && !version_supplement(p->entries[i].release.version))
			return &p->entries[i];
	return NULL;
}

static void
check_latest(const struct parts *p, const struct entry *latest)
{
	int64_t version = latest->release.version;
	const struct entry *newest = newest_of(p, version_major(version));
	unsigned listed = 0, others = 0;
	bool exploited = latest->release.exploited;
	char text[VERSION_TEXT];

	for (size_t i = 0; i < p->count; i++) {
		listed += !p->entries[i].latest && p->entries[i].release.version == version;
		exploited |= p->entries[i].release.version == version && p->entries[i].release.exploited;
		others += p->entries[i].latest && version_major(p->entries[i].release.version) == version_major(version);
	}
	if (newest && newest->release.version > version)
		add_warning(p, latest, "is the latest, but %s is listed%s", version_format(newest->release.version, text),
			newest->narrow ? ", for certain devices only" : "");
	if (!listed)
		add_warning(p, latest, "is the latest, but missing from the list of releases");
	if (latest->flagged && !exploited)
		add_warning(p, latest, "is flagged as exploited, but not in the list of releases: the flag does not count");
	if (others > 1)
		add_warning(p, latest, "is one of several latest entries of major %u", version_major(version));
}

void
feed_warn(const struct parts *p, int32_t today)
{
	for (size_t i = 0; i < p->count; i++) {
		const struct entry *e = &p->entries[i];

		check_entry(p, e, today);
		if (e->latest)
			check_latest(p, e);
		if (i > 0)
			check_pair(p, e - 1, e);
	}
}
