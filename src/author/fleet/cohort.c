#include "cohort.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/memory.h"

void
cohorts_of_policy(struct cohorts *all, const struct policy *policy)
{
	*all = (struct cohorts){.count = 1, .policies = 1};
	all->pointers = memory_resize(NULL, sizeof *all->pointers);
	all->pointers[0] = policy;
	all->list = memory_resize(NULL, sizeof *all->list);
	all->list[0] = (struct cohort){.policies = all->pointers, .count = 1};
}

/* The policies of one ring, from place `at` on among all. */
static void
fill(struct cohorts *all, const struct blueprint *b, const struct blueprint_ring *ring, size_t at)
{
	for (unsigned i = 0; i < b->policy_count; i++) {
		all->delayed[at + i] = blueprint_delayed(&b->policies[i].policy, ring);
		all->pointers[at + i] = &all->delayed[at + i];
	}
	all->list[all->count++] = (struct cohort){b, ring, &all->pointers[at], b->policy_count, all->policies};
}

void
cohorts_of_blueprints(struct cohorts *all, const struct blueprints *blueprints)
{
	size_t rings = 0, policies = 0, at = 0;

	for (unsigned i = 0; i < blueprints->count; i++) {
		const struct blueprint *b = &blueprints->list[i];

		rings += b->ring_count;
		policies += (size_t)b->ring_count * b->policy_count;
	}
	*all = (struct cohorts){.blueprints = blueprints};
	all->list = memory_resize(NULL, rings * sizeof *all->list);
	all->pointers = memory_resize(NULL, policies * sizeof *all->pointers);
	all->delayed = memory_resize(NULL, policies * sizeof *all->delayed);
	for (unsigned i = 0; i < blueprints->count; i++) {
		const struct blueprint *b = &blueprints->list[i];

		for (unsigned k = 0; k < b->ring_count; k++, at += b->policy_count)
			fill(all, b, &b->rings[k], at);
		all->policies += b->policy_count;
	}
}

void
cohorts_free(struct cohorts *all)
{
	free(all->list);
	free(all->pointers);
	free(all->delayed);
	*all = (struct cohorts){0};
}

static const struct blueprint *
named(const struct blueprints *all, const char *name)
{
	for (unsigned i = 0; i < all->count; i++)
		if (strcmp(all->list[i].name, name) == 0)
			return &all->list[i];
	return NULL;
}

bool
cohorts_find(const struct cohorts *all, const struct listed_device *l, const struct cohort **out)
{
	const struct blueprint *b;

	*out = all->blueprints ? NULL : all->list;
	if (!all->blueprints)
		return true;
	b = *l->blueprint ? named(all->blueprints, l->blueprint) : blueprint_of(all->blueprints, l->name);
	if (!b)
		return !*l->blueprint;
	*out = all->list;
	while ((*out)->blueprint != b)
		*out += (*out)->blueprint->ring_count;
	*out += blueprint_ring(b, l->name) - b->rings;
	return true;
}

void
cohorts_complain(const struct cohorts *all, const char *file, const char *list, const struct listed_device *l,
	struct messages *ms)
{
	unsigned count = all->blueprints->count;
	const char **names = memory_resize(NULL, (count + 1) * sizeof *names), *near;
	char quoted[QUOTED_SIZE];

	for (unsigned i = 0; i < count; i++)
		names[i] = all->blueprints->list[i].name;
	names[count] = NULL;
	near = message_near(l->blueprint, names);
	message_add(ms, MESSAGE_ERROR, list, l->blueprint_place, "expected a blueprint of %s, found %s%s%s%s", file,
		message_quote(l->blueprint, strlen(l->blueprint), quoted), near ? " (did you mean \"" : "",
		near ? near : "", near ? "\"?)" : "");
	free(names);
}

const char *
cohort_text(const struct cohort *c, char out[COHORT_TEXT])
{
	bool rings = c->blueprint && c->blueprint->ring_count > 1;

	snprintf(out, COHORT_TEXT, "%s%s%s%s", c->blueprint ? c->blueprint->name : "", rings ? " (" : "",
		rings ? c->ring->name : "", rings ? ")" : "");
	return out;
}
