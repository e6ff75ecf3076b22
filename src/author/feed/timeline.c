/* timeline - reads a feed's history from a table of changes. */
#include "feed.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "text/csv.h"
#include "text/feed/feed.h"
#include "text/file.h"
#include "text/instant.h"
#include "text/memory.h"

enum column { TIME, OS, VERSION, DATE, NEEDED, FEED = NEEDED, BUILD, EXPLOITED, COLUMNS };

static const char *const columns[COLUMNS] = {"commit_time_utc", "os_version", "latest_product_version",
	"latest_release_date", "feed", "latest_build", "latest_exploited_cves"};

struct timeline {
	const char *path;
	struct csv csv;
	unsigned at[COLUMNS];	/* the position of each column, from 1; 0: no such column */
	unsigned width;
	json_t *feeds;		/* by name, up to the current row */
	struct editions *editions;
	struct messages *messages;
};

static bool
refuse_table(const struct timeline *t, struct place place, const char *why)
{
	message_add(t->messages, MESSAGE_ERROR, t->path, place, "%s", why);
	return false;
}

static bool
read_header(struct timeline *t)
{
	enum csv_row row = csv_next(&t->csv);

	if (row != CSV_GOOD)
		return refuse_table(t, row == CSV_BAD ? t->csv.bad : (struct place){0}, row == CSV_BAD ? t->csv.why :
			"empty: expected a first row that names the columns");
	t->width = t->csv.count;
	for (unsigned i = 0; i < t->width; i++)
		for (unsigned c = 0; c < COLUMNS; c++)
			if (strcmp(t->csv.field[i].text, columns[c]) == 0)
				t->at[c] = i + 1;
	for (unsigned c = 0; c < NEEDED; c++)
		if (!t->at[c])
			message_add(t->messages, MESSAGE_ERROR, t->path, (struct place){1, 0}, "missing column \"%s\": a history "
				"needs %s, %s, %s and %s", columns[c], columns[TIME], columns[OS], columns[VERSION], columns[DATE]);
	return t->at[TIME] && t->at[OS] && t->at[VERSION] && t->at[DATE];
}

static const char *
column_text(const struct timeline *t, enum column column)
{
	return t->at[column] ? t->csv.field[t->at[column] - 1].text : "";
}

/* "Sequoia 15" and "macOS 15" have the same major version. */
static long
major_of(const char *os)
{
	const char *last = strrchr(os, ' ');

	return strtol(last ? last + 1 : os, NULL, 10);
}

static json_t *
os_of(json_t *feed, const char *name)
{
	json_t *all = json_object_get(feed, "OSVersions"), *os;
	size_t i;

	json_array_foreach(all, i, os)
		if (major_of(json_string_value(json_object_get(os, "OSVersion"))) == major_of(name))
			return os;
	json_array_append_new(all, json_pack("{s:s, s:[]}", "OSVersion", name, "SecurityReleases"));
	return json_array_get(all, json_array_size(all) - 1);
}

/* Puts the release first in the list; if its version is listed already, replaces that entry. */
static void
list_release(json_t *os, json_t *release)
{
	json_t *all = json_object_get(os, "SecurityReleases"), *one;
	const char *version = json_string_value(json_object_get(release, "ProductVersion"));
	size_t i;

	json_array_foreach(all, i, one)
		if (strcmp(json_string_value(json_object_get(one, "ProductVersion")), version) == 0) {
			json_array_set(all, i, release);
			return;
		}
	if (*version)
		json_array_insert(all, 0, release);
}

static json_t *
feed_of_row(const struct timeline *t)
{
	const char *name = column_text(t, FEED);
	json_t *feed = json_object_get(t->feeds, name);

	if (feed)
		return feed;
	feed = json_pack("{s:[]}", "OSVersions");
	if (!feed || json_object_set_new(t->feeds, name, feed) != 0)
		memory_out();
	return feed;
}

/* Returns the row's edition; rows with the same time share one. Returns NULL if the row is earlier than the last edition. */
static struct edition *
edition_of_row(const struct timeline *t, int64_t at)
{
	struct edition *last = NULL;
	char name[32];

	for (size_t i = t->editions->count; i-- > 0 && !last;)
		if (strcmp(t->editions->list[i].feed, column_text(t, FEED)) == 0)
			last = &t->editions->list[i];
	if (last && last->at == at)
		return last;
	snprintf(name, sizeof name, "line %u", t->csv.field[0].place.line);
	return last && last->at > at ? NULL : editions_add(t->editions, at, column_text(t, FEED), name);
}

static bool
add_row(const struct timeline *t, int64_t at)
{
	json_t *feed = feed_of_row(t), *os = os_of(feed, column_text(t, OS)), *release, *holes = json_array();
	struct edition *edition = edition_of_row(t, at);

	if (strtol(column_text(t, EXPLOITED), NULL, 10) > 0)
		json_array_append_new(holes, json_string("not named"));
	release = json_pack("{s:s, s:s, s:s, s:o}", "ProductVersion", column_text(t, VERSION), "ReleaseDate",
		column_text(t, DATE), "Build", column_text(t, BUILD), "ActivelyExploitedCVEs", holes);
	if (!release)
		memory_out();
	list_release(os, release);
	json_object_set_new(os, "Latest", release);
	if (!edition)
		return refuse_table(t, t->csv.field[t->at[TIME] - 1].place,
			"expected the rows of a feed in order of time: this one is earlier than the one before");
	free(edition->bytes);
	edition->bytes = json_dumps(feed, JSON_COMPACT);
	if (!edition->bytes)
		memory_out();
	edition->length = strlen(edition->bytes);
	return true;
}

static bool
is_text(const struct csv_field *field)
{
	json_t *text = json_stringn(field->text, field->length);
	bool good = text;

	json_decref(text);
	return good;
}

static bool
read_row(const struct timeline *t)
{
	int64_t at;

	for (unsigned i = 0; i < t->csv.count; i++)
		if (!is_text(&t->csv.field[i]))
			return refuse_table(t, t->csv.field[i].place, "expected UTF-8 text");
	if (t->csv.count != t->width)
		return refuse_table(t, (struct place){t->csv.field[0].place.line, 0},
			"expected as many fields as in the first row");
	if (!instant_parse(column_text(t, TIME), &at))
		return refuse_table(t, t->csv.field[t->at[TIME] - 1].place, "expected a time such as 2026-03-11T10:55:32Z");
	if (major_of(column_text(t, OS)) < 1)
		return refuse_table(t, t->csv.field[t->at[OS] - 1].place,
			"expected an OS with its major version, such as Sequoia 15");
	return add_row(t, at);
}

static int
by_feed(const void *left, const void *right)
{
	const struct edition *a = left, *b = right;
	int order = strcmp(a->feed, b->feed);

	return order ? order : (a->at > b->at) - (a->at < b->at);
}

static void
read_table(struct timeline *t)
{
	enum csv_row row;

	t->feeds = json_object();
	if (!t->feeds)
		memory_out();
	if (read_header(t))
		while ((row = csv_next(&t->csv)) != CSV_END) {
			if (row == CSV_BAD)
				refuse_table(t, t->csv.bad, t->csv.why);
			else
				read_row(t);
		}
	json_decref(t->feeds);
}

bool
timeline_open(const char *path, struct editions *e, struct messages *ms)
{
	struct timeline *t = memory_resize(NULL, sizeof *t);
	unsigned errors = ms->errors;
	size_t length;
	char *bytes = file_read(path, FEED_BYTES, &length, ms);

	*t = (struct timeline){.path = path, .editions = e, .messages = ms};
	t->csv.in = bytes && length ? fmemopen(bytes, length, "r") : NULL;
	if (t->csv.in) {
		read_table(t);
		fclose(t->csv.in);
	} else if (bytes) {
		refuse_table(t, (struct place){0}, length ? strerror(errno) :
			"empty: expected a first row that names the columns");
	}
	if (e->count)
		qsort(e->list, e->count, sizeof *e->list, by_feed);
	else if (ms->errors == errors)
		refuse_table(t, (struct place){0}, "found no rows below the column names");
	free(t);
	free(bytes);
	return ms->errors == errors;
}
