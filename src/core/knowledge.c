#include "knowledge.h"

#include <string.h>

#include "version.h"

bool
knowledge_add(struct knowledge *k, int64_t version, int64_t at)
{
	for (uint32_t i = 0; i < k->seen_count; i++)
		if (k->seen[i].version == version)
			return false;
	if (k->seen_count == KNOWLEDGE_SEEN)
		return false;
	k->seen[k->seen_count++] = (struct sighting){version, at};
	return true;
}

static bool
forget_installed(struct knowledge *k, int64_t installed, int64_t now)
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
	bool changed = forget_installed(k, installed, now);

	for (uint32_t i = 0; feed && i < feed->count; i++) {
		const struct release *r = &feed->releases[i];

		if (r->exploited && r->version > installed && r->day * DAY_MS <= now)
			changed |= knowledge_add(k, r->version, now);
	}
	return changed;
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
knowledge_assume(struct knowledge *k, const struct feed *feed, int64_t from)
{
	for (uint32_t i = 0; feed && i < feed->count; i++) {
		const struct release *r = &feed->releases[i];

		if (r->exploited)
			knowledge_add(k, r->version, r->day * DAY_MS > from ? r->day * DAY_MS : from);
	}
}

void
knowledge_lend(const struct knowledge *k, struct device *device)
{
	device->seen = k->seen;
	device->seen_count = k->seen_count;
	device->held = k->held.version ? &k->held : NULL;
}
