#include "moves.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/memory.h"

#define ROOM 4096

struct moves {
	const struct cohorts *was, *is;
	struct fleet *fleet;
	int64_t now;
	unsigned long counts[MOVES], unlisted;
	unsigned long *hurried;		/* of each new cohort */
	struct move last;
	struct move alike[ROOM];	/* devices: 0 for free ones */
	unsigned used;
	const struct move *sorted[ROOM];
};

struct moves *
moves_new(const struct cohorts *was, const struct cohorts *is, const struct feed *feed, int64_t now)
{
	struct moves *m = memory_resize(NULL, sizeof *m);

	memset(m, 0, sizeof *m);
	m->was = was;
	m->is = is;
	m->now = now;
	m->fleet = fleet_new(feed, now);
	m->hurried = memory_resize(NULL, is->count * sizeof *m->hurried);
	memset(m->hurried, 0, is->count * sizeof *m->hurried);
	return m;
}

void
moves_free(struct moves *m)
{
	if (!m)
		return;
	fleet_free(m->fleet);
	free(m->hurried);
	free(m);
}

static enum move_kind
kind_of(const struct move *m, int64_t now)
{
	if (!m->was || !m->is)
		return m->was ? MOVE_RELEASED : m->is ? MOVE_INCLUDED : MOVE_NONE;
	if (m->was_due <= now && m->is_due <= now)
		return MOVE_OVERDUE;
	if (m->was_due != m->is_due)
		return m->is_due < m->was_due ? MOVE_EARLIER : MOVE_LATER;
	return m->was == m->is ? MOVE_NONE : MOVE_VERSION;
}

/* Who is newly included gets the least notice by itself, from when it hears of
 * the policy; without one it may find itself in a countdown. */
static bool
hurried(const struct moves *m, const struct move *move, const struct judgement *after)
{
	const struct policy *p = after->outlook.requirement.policy;

	if (move->kind == MOVE_INCLUDED)
		return after->outlook.counts_down &&
			!(p->enforce == ENFORCE_AUTOMATIC && p->automatic.accept_immediate_countdown);
	return move->kind == MOVE_EARLIER && move->is_due < m->now + p->notice.minimum;
}

/* Among those alike: all is the same but the count and the names. */
static bool
same(const struct move *a, const struct move *b)
{
	return a->kind == b->kind && a->hurried == b->hurried && a->zone == b->zone && a->zone_said == b->zone_said &&
		a->from == b->from && a->to == b->to &&
		a->was == b->was && a->was_due == b->was_due && a->is == b->is && a->is_due == b->is_due;
}

static struct move *
find(struct moves *m, const struct move *move)
{
	uint64_t hash = (uint64_t)move->was_due * 31 + (uint64_t)move->is_due * 37 + (uint64_t)(uintptr_t)move->zone * 41 +
		(uint64_t)move->was * 43 + (uint64_t)move->is * 47 + (uint64_t)(uintptr_t)move->from * 53 +
		(uint64_t)(uintptr_t)move->to * 59;
	size_t at = (size_t)((hash * UINT64_C(0x9e3779b97f4a7c15)) >> 40) % ROOM;

	while (m->alike[at].devices && !same(&m->alike[at], move))
		at = (at + 1) % ROOM;
	if (m->alike[at].devices)
		return &m->alike[at];
	if (m->used == ROOM / 2)
		return NULL;
	m->used++;
	m->alike[at] = *move;
	return &m->alike[at];
}

static void
count(struct moves *m, const char *name)
{
	struct move *alike;

	m->counts[m->last.kind]++;
	if (m->last.hurried)
		m->hurried[m->last.to - m->is->list]++;
	if (m->last.kind == MOVE_NONE || m->last.kind == MOVE_OVERDUE)
		return;
	alike = find(m, &m->last);
	if (!alike)
		m->unlisted++;
	else if (alike->devices++ < MOVE_NAMES)
		snprintf(alike->names[alike->devices - 1], MOVE_NAME, "%s", name);
}

/* False: those that have blueprints all miss the one that the list says. */
static bool
find_cohorts(const struct moves *m, const struct listed_device *l, struct move *move)
{
	bool was = cohorts_find(m->was, l, &move->from), is = cohorts_find(m->is, l, &move->to);

	return (was && m->was->blueprints) || (is && m->is->blueprints) || (was && is);
}

/* What its policies ask of it: nothing, when there are none. */
static struct judgement
judge(struct moves *m, const struct cohort *c, const struct listed_device *l, int64_t *version, int64_t *due)
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

const struct move *
moves_add(struct moves *m, const struct listed_device *device)
{
	struct listed_device l = *device;
	struct move *last = &m->last;
	struct judgement after;

	*last = (struct move){.zone = l.device.zone, .zone_said = l.zone_said};
	if (!find_cohorts(m, &l, last))
		return NULL;
	if (!l.platform_said && (last->to || last->from))
		l.device.platform = (last->to ? last->to : last->from)->policies[0]->platform;
	l.platform_said = true;
	judge(m, last->from, &l, &last->was, &last->was_due);
	after = judge(m, last->to, &l, &last->is, &last->is_due);
	last->kind = kind_of(last, m->now);
	last->hurried = hurried(m, last, &after);
	count(m, l.name);
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
	return m->hurried[c - m->is->list];
}

unsigned long
moves_unlisted(const struct moves *m)
{
	return m->unlisted;
}

static int
order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int
compare(const void *left, const void *right)
{
	const struct move *a = *(const struct move *const *)left, *b = *(const struct move *const *)right;
	const int by[] = {order(b->hurried, a->hurried), order(a->kind, b->kind),
		strcmp(a->zone->name, b->zone->name), order(a->was_due, b->was_due), order(a->is_due, b->is_due),
		order(a->was, b->was), order(a->is, b->is), order(a->zone_said, b->zone_said),
		order((intptr_t)a->from, (intptr_t)b->from), order((intptr_t)a->to, (intptr_t)b->to)};

	for (unsigned i = 0; i < sizeof by / sizeof *by; i++)
		if (by[i])
			return by[i];
	return 0;
}

unsigned
moves_list(struct moves *m, const struct move *const **list)
{
	unsigned n = 0;

	for (unsigned i = 0; i < ROOM; i++)
		if (m->alike[i].devices)
			m->sorted[n++] = &m->alike[i];
	qsort(m->sorted, n, sizeof *m->sorted, compare);
	*list = m->sorted;
	return n;
}
