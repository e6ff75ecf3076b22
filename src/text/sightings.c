#include "sightings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/version.h"
#include "instant.h"
#include "memory.h"

#define MOST 4096	/* more than any feed has releases */
#define LINE (INSTANT_TEXT + VERSION_TEXT + 2)

static bool
add(struct sightings *s, int64_t version, int64_t at)
{
	for (uint32_t i = 0; i < s->count; i++)
		if (s->list[i].version == version)
			return false;
	if (s->count == MOST)
		return false;
	s->list = memory_resize(s->list, (s->count + 1) * sizeof *s->list);
	s->list[s->count++] = (struct sighting){version, at};
	return true;
}

static bool
tidy(struct sightings *s, int64_t installed, int64_t now)
{
	uint32_t kept = 0, had = s->count;
	bool changed = false;

	for (uint32_t i = 0; i < had; i++) {
		if (s->list[i].version <= installed)
			continue;
		s->list[kept] = s->list[i];
		if (s->list[kept].at > now) {
			s->list[kept].at = now;
			changed = true;
		}
		kept++;
	}
	s->count = kept;
	return changed || kept != had;
}

bool
sightings_note(struct sightings *s, const struct feed *feed, int64_t installed, int64_t now)
{
	bool changed = tidy(s, installed, now);

	for (uint32_t i = 0; feed && i < feed->count; i++) {
		const struct release *r = &feed->releases[i];

		if (r->exploited && r->version > installed && r->day * DAY_MS <= now)
			changed |= add(s, r->version, now);
	}
	return changed;
}

static void
read_line(struct sightings *s, char *line)
{
	char *space = strchr(line, ' ');
	int64_t version, at;

	if (!space)
		return;
	*space = '\0';
	if (instant_parse(line, &at) && version_parse(space + 1, &version))
		add(s, version, at);
}

void
sightings_read(struct sightings *s, const char *text)
{
	char line[LINE];

	while (*text) {
		size_t length = strcspn(text, "\n");

		if (length < sizeof line) {
			memcpy(line, text, length);
			line[length] = '\0';
			read_line(s, line);
		}
		text += length + (text[length] == '\n');
	}
}

char *
sightings_text(const struct sightings *s, size_t *length)
{
	char *text = memory_resize(NULL, s->count * LINE + 1), at[INSTANT_TEXT], version[VERSION_TEXT];
	size_t used = 0;

	for (uint32_t i = 0; i < s->count; i++)
		used += (size_t)sprintf(text + used, "%s %s\n", instant_format(s->list[i].at, at),
			version_format(s->list[i].version, version));
	text[used] = '\0';
	*length = used;
	return text;
}

void
sightings_free(struct sightings *s)
{
	free(s->list);
	*s = (struct sightings){0};
}
