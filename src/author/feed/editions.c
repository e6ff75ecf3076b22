/* editions - reads a feed's history from a folder of files. */
#include "feed.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "text/feed/feed.h"
#include "text/file.h"
#include "text/instant.h"
#include "text/memory.h"

static char *
copy_text(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(memory_resize(NULL, size), text, size);
}

struct edition *
editions_add(struct editions *e, int64_t at, const char *feed, const char *name)
{
	e->list = memory_resize(e->list, (e->count + 1) * sizeof *e->list);
	e->list[e->count] = (struct edition){.at = at, .feed = copy_text(feed), .name = copy_text(name)};
	return &e->list[e->count++];
}

/* Parses the time at the beginning of a name: 2026-03-11, 2026-03-11T1055Z or 2026-03-11T10:55:32Z. */
static bool
parse_name(const char *name, int64_t *at)
{
	const char *part[3] = {"00", "00", "00"}, *next = name + 10;
	char text[INSTANT_TEXT];

	if (strlen(name) < 10)
		return false;
	for (int i = 0; i < 3 && (i > 0 || *next == 'T'); i++) {
		next += *next == 'T' || *next == ':';
		if (strspn(next, "0123456789") < 2)
			break;
		part[i] = next;
		next += 2;
	}
	snprintf(text, sizeof text, "%.10sT%.2s:%.2s:%.2sZ", name, part[0], part[1], part[2]);
	return strchr("Z_-.", *next) && instant_parse(text, at);
}

static int
is_feed(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return entry->d_name[0] != '.' && dot && !strcmp(dot, ".json");
}

static int
by_time(const void *left, const void *right)
{
	const struct edition *a = left, *b = right;

	return a->at != b->at ? (a->at > b->at) - (a->at < b->at) : strcmp(a->name, b->name);
}

static bool
open_folder(const char *folder, struct editions *e, struct messages *ms)
{
	struct dirent **entries = NULL;
	int count = scandir(folder, &entries, is_feed, alphasort);
	unsigned errors = ms->errors;

	if (count <= 0)
		message_add(ms, MESSAGE_ERROR, folder, (struct place){0}, "found no feed (*.json) in this folder");
	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;
		int64_t at;

		if (!parse_name(name, &at))
			message_add(ms, MESSAGE_ERROR, folder, (struct place){0}, "expected a name that begins with the time "
				"of publication, such as 2026-03-11T1055Z_v2.json, found \"%s\"", name);
		else if (asprintf(&editions_add(e, at, "", name)->path, "%s/%s", folder, name) < 0)
			memory_out();
		free(entries[i]);
	}
	free(entries);
	if (e->count)
		qsort(e->list, e->count, sizeof *e->list, by_time);
	return ms->errors == errors;
}

bool
editions_open(const char *path, struct editions *e, struct messages *ms)
{
	struct stat status;

	return !stat(path, &status) && S_ISDIR(status.st_mode) ? open_folder(path, e, ms) : timeline_open(path, e, ms);
}

char *
edition_read(const struct edition *e, size_t *length, struct messages *ms)
{
	if (e->path)
		return file_read(e->path, FEED_BYTES, length, ms);
	*length = e->length;
	return memcpy(memory_resize(NULL, e->length + 1), e->bytes, e->length + 1);
}

void
editions_free(struct editions *e)
{
	for (size_t i = 0; i < e->count; i++) {
		free(e->list[i].feed);
		free(e->list[i].name);
		free(e->list[i].path);
		free(e->list[i].bytes);
	}
	free(e->list);
	*e = (struct editions){0};
}
