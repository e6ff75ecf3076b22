#include "blueprint.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

#include "core/version.h"
#include "text/key.h"

bool
blueprints_like(const char *text)
{
	static const char key[] = "blueprints:";

	while (text && strncmp(text, key, sizeof key - 1) != 0) {
		text = strchr(text, '\n');
		text += text != NULL;
	}
	return text;
}

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
	/* Without this, names that differ in one digit would get neighbouring places. */
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

/* --- checks --- */

#define PATTERN_ROOM 512
#define complain(code, place, ...) message_coded(messages, code, file, place, __VA_ARGS__)

struct pair {
	const struct blueprint_policy *first, *second;	/* in file order */
	const char *file;
	struct messages *messages;
};

static void
check_names(const struct blueprint *b, const char *file, struct messages *messages)
{
	for (unsigned i = 0; i < b->ring_count; i++)
		for (unsigned k = 0; k < i; k++)
			if (!strcmp(b->rings[i].name, b->rings[k].name))
				complain(CODE_NAMED_TWICE, b->rings[i].place, "a second ring \"%s\" (the first is on line %u)",
					b->rings[i].name, b->rings[k].place.line);
	for (unsigned i = 0; i < b->policy_count; i++)
		for (unsigned k = 0; k < i; k++)
			if (!strcmp(b->policies[i].policy.label, b->policies[k].policy.label))
				complain(CODE_NAMED_TWICE, b->policies[i].place, "a second policy with the label \"%s\" "
					"(the first is on line %u): give one of them another label",
					b->policies[i].policy.label, b->policies[k].place.line);
}

static void
check_shares(const struct blueprint *b, const char *file, struct messages *messages)
{
	int64_t sum = 0;

	for (unsigned i = 0; i < b->ring_count; i++)
		sum += b->rings[i].share;
	if (sum != 100)
		complain(CODE_SHARES, b->rings[0].place, "the shares of the rings of \"%s\" add up to %lld %%: expected "
			"100 %%", b->name, (long long)sum);
}

/* Checks that a ring's later deadline exists: on that day daylight saving may skip or repeat the policy's time. */
static void
check_deadline(const struct blueprint_policy *p, const struct blueprint_ring *ring, const char *file,
	struct messages *messages)
{
	struct policy later = blueprint_delayed(&p->policy, ring);
	char text[VALUE_LOCAL];
	enum local_time how;
	int64_t at;

	if (!ring->delay || later.enforce != ENFORCE_MINIMUM || !later.minimum.zone)
		return;
	how = calendar_instant(&later.minimum.deadline, later.minimum.zone, &at);
	if (how != LOCAL_ONCE)
		complain(how == LOCAL_SKIPPED ? CODE_SKIPPED : CODE_DOUBLED, ring->place,
			"ring \"%s\" moves the deadline of \"%s\" to %s, which %s in %s", ring->name, p->policy.label,
			value_local_text(&later.minimum.deadline, text),
			how == LOCAL_SKIPPED ? "does not exist" : "occurs twice", later.minimum.zone->name);
}

static void
complain_of_pair(const struct pair *p, enum message_code code, const char *what)
{
	message_coded(p->messages, code, p->file, p->second->place, "\"%s\" and \"%s\" (line %u) %s",
		p->second->policy.label, p->first->policy.label, p->first->place.line, what);
}

/* Sets *order below zero if a's deadline is earlier, above if it is later. Returns false if that depends on the device. */
static bool
compare_deadlines(const struct policy *a, const struct policy *b, int64_t *order)
{
	int64_t one, two;

	if (a->minimum.zone != b->minimum.zone && (!a->minimum.zone || !b->minimum.zone))
		return false;
	calendar_instant(&a->minimum.deadline, a->minimum.zone ? a->minimum.zone : &calendar_utc, &one);
	calendar_instant(&b->minimum.deadline, b->minimum.zone ? b->minimum.zone : &calendar_utc, &two);
	*order = one - two;
	return true;
}

/* Complains of two minimums for one device: core/plan makes of them the earlier deadline with the higher version. */
static void
check_minimums(const struct pair *p)
{
	const struct policy *a = &p->first->policy, *b = &p->second->policy;
	int64_t order, newer = a->minimum.version - b->minimum.version;

	if (!compare_deadlines(a, b, &order))
		return;
	if (!newer && order)
		complain_of_pair(p, CODE_CONTRADICTION, "require the same version by two deadlines: keep one of them");
	else if (!newer || order == 0 || (newer > 0) == (order < 0))
		complain_of_pair(p, CODE_REDUNDANT, "can be one policy: the newer version is required no later than the older one");
	else
		complain_of_pair(p, CODE_CONTRADICTION, "together require the newer version by the earlier deadline of devices below both");
}

static void
check_pair(const struct pair *p)
{
	const struct policy *a = &p->first->policy, *b = &p->second->policy;

	if (a->platform != b->platform)
		return;
	if (a->enforce == ENFORCE_NOTHING && b->enforce == ENFORCE_NOTHING)
		complain_of_pair(p, CODE_REDUNDANT, "can be one policy: both require nothing");
	else if (a->enforce == ENFORCE_NOTHING || b->enforce == ENFORCE_NOTHING)
		complain_of_pair(p, CODE_CONTRADICTION, "contradict each other: do_not_manage must be the only policy");
	else if (a->enforce == ENFORCE_MINIMUM && b->enforce == ENFORCE_MINIMUM)
		check_minimums(p);
	else if (a->enforce == b->enforce && a->automatic.upgrades == b->automatic.upgrades &&
		 a->automatic.supplements == b->automatic.supplements)
		complain_of_pair(p, CODE_CONTRADICTION, "give the same releases two deadlines: keep one of them");
}

void
blueprint_check(const struct blueprint *b, const char *file, struct messages *messages)
{
	check_names(b, file, messages);
	check_shares(b, file, messages);
	for (unsigned i = 0; i < b->policy_count; i++) {
		for (unsigned k = 0; k < b->ring_count; k++)
			check_deadline(&b->policies[i], &b->rings[k], file, messages);
		for (unsigned k = 0; k < i; k++)
			check_pair(&(struct pair){&b->policies[k], &b->policies[i], file, messages});
	}
}

/* Writes a name that matches the pattern: `any` for each *, and for each ? a character that no real name has. */
static void
write_matching_name(const char *pattern, const char *any, char out[PATTERN_ROOM])
{
	size_t used = 0;

	for (; *pattern && used < PATTERN_ROOM - 8; pattern++)
		used += (size_t)sprintf(out + used, "%s", *pattern == '*' ? any : *pattern == '?' ? "\1"
			: (char[]){*pattern, '\0'});
}

/* Returns an earlier group that matches every name that the pattern matches, or NULL. Tries only two names, the pattern's
 * shortest and a longer one, and no patterns with brackets. */
static const struct blueprint *
find_shadowing_group(const struct blueprints *all, unsigned before, const char *pattern)
{
	const struct blueprints earlier = {all->list, before, NULL};
	char name[PATTERN_ROOM];

	if (strpbrk(pattern, "[\\"))
		return NULL;
	write_matching_name(pattern, "", name);
	if (!blueprint_of(&earlier, name))
		return NULL;
	write_matching_name(pattern, "\1\1\1\1\1", name);
	return blueprint_of(&earlier, name);
}

void
blueprints_check(const struct blueprints *all, const char *file, struct messages *messages)
{
	for (unsigned i = 0; i < all->count; i++) {
		for (unsigned k = 0; k < i; k++)
			if (!strcmp(all->list[i].name, all->list[k].name))
				complain(CODE_NAMED_TWICE, all->list[i].place, "a second blueprint \"%s\" (the first is on line %u)",
					all->list[i].name, all->list[k].place.line);
		for (const struct node *p = all->list[i].devices->child; p; p = p->next) {
			const struct blueprint *first = find_shadowing_group(all, i, p->text);

			if (first)
				complain(CODE_UNREACHED, p->place, "the pattern \"%s\" has no effect: \"%s\" "
					"(line %u) comes first and matches the same names", p->text, first->name, first->place.line);
		}
	}
}
