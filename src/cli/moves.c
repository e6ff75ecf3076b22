#include "moves.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../text/memory.h"

#define ROOM 4096

struct moves {
	const struct policy *was, *is;	/* as fleets want them: borrowed lists of one */
	struct fleet *before, *after;
	int64_t now;
	unsigned long counts[MOVES], hurried, unlisted;
	struct move last;
	struct move alike[ROOM];	/* devices: 0 for free ones */
	unsigned used;
	const struct move *sorted[ROOM];
};

struct moves *
moves_new(const struct policy *was, const struct policy *is, const struct feed *feed, int64_t now)
{
	struct moves *m = memory_resize(NULL, sizeof *m);

	memset(m, 0, sizeof *m);
	m->was = was;
	m->is = is;
	m->now = now;
	m->before = fleet_new(&m->was, 1, feed, now);
	m->after = fleet_new(&m->is, 1, feed, now);
	return m;
}

void
moves_free(struct moves *m)
{
	if (!m)
		return;
	fleet_free(m->before);
	fleet_free(m->after);
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
	bool accepted = m->is->enforce == ENFORCE_AUTOMATIC && m->is->automatic.accept_immediate_countdown;

	if (move->kind == MOVE_INCLUDED)
		return after->outlook.counts_down && !accepted;
	return move->kind == MOVE_EARLIER && move->is_due < m->now + m->is->notice.minimum;
}

/* Among those alike: all is the same but the count and the names. */
static bool
same(const struct move *a, const struct move *b)
{
	return a->kind == b->kind && a->hurried == b->hurried && a->zone == b->zone && a->zone_said == b->zone_said &&
		a->was == b->was && a->was_due == b->was_due && a->is == b->is && a->is_due == b->is_due;
}

static struct move *
find(struct moves *m, const struct move *move)
{
	uint64_t hash = (uint64_t)move->was_due * 31 + (uint64_t)move->is_due * 37 + (uint64_t)(uintptr_t)move->zone * 41 +
		(uint64_t)move->was * 43 + (uint64_t)move->is * 47;
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
	m->hurried += m->last.hurried;
	if (m->last.kind == MOVE_NONE || m->last.kind == MOVE_OVERDUE)
		return;
	alike = find(m, &m->last);
	if (!alike)
		m->unlisted++;
	else if (alike->devices++ < MOVE_NAMES)
		snprintf(alike->names[alike->devices - 1], MOVE_NAME, "%s", name);
}

const struct move *
moves_add(struct moves *m, const struct listed_device *device)
{
	struct listed_device l = *device;
	const struct judgement *j;

	if (!l.platform_said)
		l.device.platform = m->is->platform;
	l.platform_said = true;
	m->last = (struct move){.zone = l.device.zone, .zone_said = l.zone_said};
	j = fleet_judge(m->before, &l);
	if (j->outlook.required) {
		m->last.was = j->outlook.requirement.version;
		m->last.was_due = j->outlook.requirement.deadline;
	}
	j = fleet_judge(m->after, &l);
	if (j->outlook.required) {
		m->last.is = j->outlook.requirement.version;
		m->last.is_due = j->outlook.requirement.deadline;
	}
	m->last.kind = kind_of(&m->last, m->now);
	m->last.hurried = hurried(m, &m->last, j);
	count(m, l.name);
	return &m->last;
}

unsigned long
moves_count(const struct moves *m, enum move_kind kind)
{
	return m->counts[kind];
}

unsigned long
moves_hurried(const struct moves *m)
{
	return m->hurried;
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
		order(a->was, b->was), order(a->is, b->is), order(a->zone_said, b->zone_said)};

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
