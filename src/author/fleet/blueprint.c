#include "blueprint.h"

#include <fnmatch.h>
#include <string.h>

const struct blueprint *
blueprint_of(const struct blueprints *all, const char *device)
{
	for (unsigned i = 0; i < all->count; i++)
		for (const struct node *pattern = all->list[i].devices->child; pattern; pattern = pattern->next)
			if (!fnmatch(pattern->text, device, FNM_CASEFOLD))
				return &all->list[i];
	return NULL;
}

static unsigned
percentile(const char *device)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (; *device; device++) {
		unsigned char c = (unsigned char)*device;

		hash ^= c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
		hash *= UINT64_C(0x100000001b3);
	}
	/* Names that differ in a digit would stay near each other without this. */
	hash ^= hash >> 32;
	hash *= UINT64_C(0x9e3779b97f4a7c15);
	return (unsigned)((hash >> 32) * 100 >> 32);
}

const struct blueprint_ring *
blueprint_ring(const struct blueprint *blueprint, const char *device)
{
	const struct blueprint_ring *ring = blueprint->rings;
	int64_t place = percentile(device);

	while (place >= ring->share)
		place -= ring++->share;
	return ring;
}

struct policy
blueprint_delayed(const struct policy *policy, const struct blueprint_ring *ring)
{
	struct policy later = *policy;
	struct civil *t = &later.minimum.deadline;

	later.automatic.after_release += ring->delay;
	if (later.enforce == ENFORCE_MINIMUM)
		calendar_date(calendar_days(t->year, t->month, t->day) + ring->delay / DAY_MS, t);
	return later;
}
