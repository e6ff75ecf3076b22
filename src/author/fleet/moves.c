#include "moves.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/memory.h"
#include "words/tally.h"

#define MOVES_MOST 2048		/* different moves that are listed */

_Static_assert(sizeof (struct move_key) == 4 * sizeof (int64_t) + 3 * sizeof (void *) + 8, "a gap in the key");

struct moves {
	const struct cohorts *before, *after;
	struct fleet *fleet;
	int64_t now;
	unsigned long counts[MOVES], unlisted;
	unsigned long *hurried;		/* number of devices, by new cohort */
	struct move_key last;
	struct tally alike;		/* entries are struct move */
	const struct move **sorted;
};

struct moves *
moves_new(const struct cohorts *before, const struct cohorts *after, const struct feed *feed, int64_t now)
{
	struct moves *m = memory_resize(NULL, sizeof *m);

	*m = (struct moves){.before = before, .after = after, .now = now, .fleet = fleet_new(feed, now),
		.hurried = memory_zeroed(after->count * sizeof *m->hurried),
		.alike = {.entry = sizeof (struct move), .key = sizeof (struct move_key), .most = MOVES_MOST}};
	return m;
}

void
moves_free(struct moves *m)
{
	if (!m)
		return;
	fleet_free(m->fleet);
	tally_free(&m->alike);
	free(m->sorted);
	free(m->hurried);
	free(m);
}

static enum move_kind
kind_of(const struct move_key *move, int64_t now)
{
	if (!move->old_version || !move->new_version)
		return move->old_version ? MOVE_RELEASED : move->new_version ? MOVE_INCLUDED : MOVE_NONE;
	if (move->old_due <= now && move->new_due <= now)
		return MOVE_OVERDUE;
	if (move->old_due != move->new_due)
		return move->new_due < move->old_due ? MOVE_EARLIER : MOVE_LATER;
	return move->old_version == move->new_version ? MOVE_NONE : MOVE_VERSION;
}

/* A newly included device gets notice.minimum from when it first hears of the policy; if that is 0, it may go straight into
 * a countdown. */
static bool
is_hurried(const struct moves *m, const struct move_key *move, const struct judgement *after)
{
	const struct policy *p = after->outlook.requirement.policy;

	if (move->kind == MOVE_INCLUDED)
		return after->outlook.counts_down &&
			!(p->enforce == ENFORCE_AUTOMATIC && p->automatic.accept_immediate_countdown);
	return move->kind == MOVE_EARLIER && move->new_due < m->now + p->notice.minimum;
}

static void
count_move(struct moves *m, const char *name)
{
	struct move *alike;

	m->counts[m->last.kind]++;
	if (m->last.hurried)
		m->hurried[m->last.to - m->after->list]++;
	if (m->last.kind == MOVE_NONE || m->last.kind == MOVE_OVERDUE)
		return;
	alike = tally_entry(&m->alike, &m->last);
	if (!alike)
		m->unlisted++;
	else if (alike->devices++ < MOVE_NAMES)
		snprintf(alike->names[alike->devices - 1], MOVE_NAME, "%s", name);
}

/* Finds the device's cohorts before and after. Returns false if its row names a blueprint that neither side has. */
static bool
find_cohorts(const struct moves *m, const struct listed_device *l, struct move_key *move)
{
	bool was = cohorts_find(m->before, l, &move->from), is = cohorts_find(m->after, l, &move->to);

	return (was && m->before->blueprints) || (is && m->after->blueprints) || (was && is);
}

/* Sets *version and *due if the cohort's policies require something; c: NULL if the device is in no cohort. */
static struct judgement
judge_side(struct moves *m, const struct cohort *c, const struct listed_device *l, int64_t *version, int64_t *due)
{
	struct judgement j = {0};

	if (c)
		j = *fleet_judge(m->fleet, c, l);
	if (j.outlook.required) {
		*version = j.outlook.requirement.version;
		*due = j.outlook.requirement.deadline;
	}
	return j;
}

const struct move_key *
moves_add(struct moves *m, const struct listed_device *device)
{
	struct listed_device l = *device;
	struct move_key *last = &m->last;
	struct judgement after;

	*last = (struct move_key){.zone = l.device.zone, .zone_given = l.zone_given};
	if (!find_cohorts(m, &l, last))
		return NULL;
	if (!l.platform_given && (last->to || last->from))
		l.device.platform = (last->to ? last->to : last->from)->policies[0]->platform;
	l.platform_given = true;
	judge_side(m, last->from, &l, &last->old_version, &last->old_due);
	after = judge_side(m, last->to, &l, &last->new_version, &last->new_due);
	last->kind = kind_of(last, m->now);
	last->hurried = is_hurried(m, last, &after);
	count_move(m, l.name);
	return last;
}

unsigned long
moves_count(const struct moves *m, enum move_kind kind)
{
	return m->counts[kind];
}

unsigned long
moves_hurried(const struct moves *m, const struct cohort *c)
{
	return m->hurried[c - m->after->list];
}

unsigned long
moves_unlisted(const struct moves *m)
{
	return m->unlisted;
}

static int
compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int
by_urgency(const void *left, const void *right)
{
	const struct move_key *a = &(*(const struct move *const *)left)->key, *b = &(*(const struct move *const *)right)->key;
	const int by[] = {compare_numbers(b->hurried, a->hurried), compare_numbers(a->kind, b->kind),
		strcmp(a->zone->name, b->zone->name), compare_numbers(a->old_due, b->old_due),
		compare_numbers(a->new_due, b->new_due), compare_numbers(a->old_version, b->old_version),
		compare_numbers(a->new_version, b->new_version),
		compare_numbers(a->zone_given, b->zone_given), compare_numbers((intptr_t)a->from, (intptr_t)b->from),
		compare_numbers((intptr_t)a->to, (intptr_t)b->to)};

	for (unsigned i = 0; i < sizeof by / sizeof *by; i++)
		if (by[i])
			return by[i];
	return 0;
}

size_t
moves_list(struct moves *m, const struct move *const **list)
{
	const struct move *moves = m->alike.entries;

	m->sorted = memory_resize(m->sorted, m->alike.count * sizeof *m->sorted);
	for (size_t i = 0; i < m->alike.count; i++)
		m->sorted[i] = &moves[i];
	qsort(m->sorted, m->alike.count, sizeof *m->sorted, by_urgency);
	*list = m->sorted;
	return m->alike.count;
}
