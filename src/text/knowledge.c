#include "knowledge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/version.h"
#include "instant.h"
#include "memory.h"

#define MOST 4096	/* more than any feed has releases */
#define LINE (POLICY_NAME + INSTANT_TEXT + VERSION_TEXT)

static bool
add(struct knowledge *k, int64_t version, int64_t at)
{
	for (uint32_t i = 0; i < k->seen_count; i++)
		if (k->seen[i].version == version)
			return false;
	if (k->seen_count == MOST)
		return false;
	k->seen = memory_resize(k->seen, (k->seen_count + 1) * sizeof *k->seen);
	k->seen[k->seen_count++] = (struct sighting){version, at};
	return true;
}

static bool
tidy(struct knowledge *k, int64_t installed, int64_t now)
{
	uint32_t kept = 0, had = k->seen_count;
	bool changed = false;

	for (uint32_t i = 0; i < had; i++) {
		struct sighting s = k->seen[i];

		if (s.version <= installed)
			continue;
		changed |= s.at > now;
		s.at = s.at < now ? s.at : now;
		k->seen[kept++] = s;
	}
	k->seen_count = kept;
	return changed || kept != had;
}

bool
knowledge_see(struct knowledge *k, const struct feed *feed, int64_t installed, int64_t now)
{
	bool changed = tidy(k, installed, now);

	for (uint32_t i = 0; feed && i < feed->count; i++) {
		const struct release *one = &feed->releases[i];

		if (one->exploited && one->version > installed && one->day * DAY_MS <= now)
			changed |= add(k, one->version, now);
	}
	return changed;
}

void
knowledge_assume(struct knowledge *k, const struct feed *feed, int64_t from)
{
	for (uint32_t i = 0; feed && i < feed->count; i++) {
		const struct release *one = &feed->releases[i];

		if (one->exploited)
			add(k, one->version, one->day * DAY_MS > from ? one->day * DAY_MS : from);
	}
}

bool
knowledge_hold(struct knowledge *k, const struct requirement *required)
{
	struct held held = {.version = VERSION_NONE};

	if (required && required->release) {
		held.version = required->release->version;
		memcpy(held.policy, required->policy->name, sizeof held.policy);
	}
	if (held.version == k->held.version && strcmp(held.policy, k->held.policy) == 0)
		return false;
	k->held = held;
	return true;
}

void
knowledge_lend(const struct knowledge *k, struct device *device)
{
	device->seen = k->seen;
	device->seen_count = k->seen_count;
	device->held = k->held.version ? &k->held : NULL;
}

/* "seen TIME VERSION" or "held POLICY VERSION"; a version may have a space of its own. */
static void
read_line(struct knowledge *k, char *line)
{
	char *word = strchr(line, ' '), *rest = word ? strchr(word + 1, ' ') : NULL;
	int64_t version, at;

	if (!rest || !version_parse(rest + 1, &version))
		return;
	*word++ = *rest = '\0';
	if (strcmp(line, "seen") == 0 && instant_parse(word, &at))
		add(k, version, at);
	if (strcmp(line, "held") == 0 && strlen(word) < sizeof k->held.policy) {
		k->held = (struct held){.version = version};
		strcpy(k->held.policy, word);
	}
}

void
knowledge_read(struct knowledge *k, const char *text)
{
	char line[LINE];

	while (*text) {
		size_t length = strcspn(text, "\n");

		if (length < sizeof line) {
			memcpy(line, text, length);
			line[length] = '\0';
			read_line(k, line);
		}
		text += length + (text[length] == '\n');
	}
}

char *
knowledge_text(const struct knowledge *k, size_t *length)
{
	char *text = memory_resize(NULL, (k->seen_count + 1) * LINE + 1), at[INSTANT_TEXT], version[VERSION_TEXT];
	size_t used = 0;

	for (uint32_t i = 0; i < k->seen_count; i++)
		used += (size_t)sprintf(text + used, "seen %s %s\n", instant_format(k->seen[i].at, at),
			version_format(k->seen[i].version, version));
	if (k->held.version)
		used += (size_t)sprintf(text + used, "held %s %s\n", k->held.policy, version_format(k->held.version, version));
	text[used] = '\0';
	*length = used;
	return text;
}

void
knowledge_free(struct knowledge *k)
{
	free(k->seen);
	*k = (struct knowledge){0};
}
