#include "remembered.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/version.h"
#include "instant.h"
#include "memory.h"

#define MOST 4096	/* more than any feed has releases */
#define LINE (POLICY_NAME + INSTANT_TEXT + VERSION_TEXT)

static bool
add(struct remembered *r, int64_t version, int64_t at)
{
	for (uint32_t i = 0; i < r->seen_count; i++)
		if (r->seen[i].version == version)
			return false;
	if (r->seen_count == MOST)
		return false;
	r->seen = memory_resize(r->seen, (r->seen_count + 1) * sizeof *r->seen);
	r->seen[r->seen_count++] = (struct sighting){version, at};
	return true;
}

static bool
tidy(struct remembered *r, int64_t installed, int64_t now)
{
	uint32_t kept = 0, had = r->seen_count;
	bool changed = false;

	for (uint32_t i = 0; i < had; i++) {
		struct sighting s = r->seen[i];

		if (s.version <= installed)
			continue;
		changed |= s.at > now;
		s.at = s.at < now ? s.at : now;
		r->seen[kept++] = s;
	}
	r->seen_count = kept;
	return changed || kept != had;
}

bool
remembered_see(struct remembered *r, const struct feed *feed, int64_t installed, int64_t now)
{
	bool changed = tidy(r, installed, now);

	for (uint32_t i = 0; feed && i < feed->count; i++) {
		const struct release *one = &feed->releases[i];

		if (one->exploited && one->version > installed && one->day * DAY_MS <= now)
			changed |= add(r, one->version, now);
	}
	return changed;
}

bool
remembered_hold(struct remembered *r, const struct requirement *required)
{
	struct held held = {.version = VERSION_NONE};

	if (required && required->release) {
		held.version = required->release->version;
		memcpy(held.policy, required->policy->name, sizeof held.policy);
	}
	if (held.version == r->held.version && strcmp(held.policy, r->held.policy) == 0)
		return false;
	r->held = held;
	return true;
}

void
remembered_lend(const struct remembered *r, struct device *device)
{
	device->seen = r->seen;
	device->seen_count = r->seen_count;
	device->held = r->held.version ? &r->held : NULL;
}

/* "seen TIME VERSION" or "held POLICY VERSION"; a version may have a space of its own. */
static void
read_line(struct remembered *r, char *line)
{
	char *word = strchr(line, ' '), *rest = word ? strchr(word + 1, ' ') : NULL;
	int64_t version, at;

	if (!rest || !version_parse(rest + 1, &version))
		return;
	*word++ = *rest = '\0';
	if (strcmp(line, "seen") == 0 && instant_parse(word, &at))
		add(r, version, at);
	if (strcmp(line, "held") == 0 && strlen(word) < sizeof r->held.policy) {
		r->held = (struct held){.version = version};
		strcpy(r->held.policy, word);
	}
}

void
remembered_read(struct remembered *r, const char *text)
{
	char line[LINE];

	while (*text) {
		size_t length = strcspn(text, "\n");

		if (length < sizeof line) {
			memcpy(line, text, length);
			line[length] = '\0';
			read_line(r, line);
		}
		text += length + (text[length] == '\n');
	}
}

char *
remembered_text(const struct remembered *r, size_t *length)
{
	char *text = memory_resize(NULL, (r->seen_count + 1) * LINE + 1), at[INSTANT_TEXT], version[VERSION_TEXT];
	size_t used = 0;

	for (uint32_t i = 0; i < r->seen_count; i++)
		used += (size_t)sprintf(text + used, "seen %s %s\n", instant_format(r->seen[i].at, at),
			version_format(r->seen[i].version, version));
	if (r->held.version)
		used += (size_t)sprintf(text + used, "held %s %s\n", r->held.policy, version_format(r->held.version, version));
	text[used] = '\0';
	*length = used;
	return text;
}

void
remembered_free(struct remembered *r)
{
	free(r->seen);
	*r = (struct remembered){0};
}
