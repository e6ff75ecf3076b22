#include "tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/memory.h"

#define SLOTS (2 * TALLY_ROWS)

struct tallies {
	struct tally_row rows[SLOTS];	/* by the hash of their name */
	unsigned used;
	struct tally others;
	struct tally_line sorted[TALLY_ROWS + 1];
};

static void
note_due(struct tally *t, int64_t due, const struct zone *zone)
{
	if (t->zone && t->due <= due)
		return;
	t->due = due;
	t->zone = zone;
}

void
tally_add(struct tally *t, const struct listed_device *l, const struct judgement *j)
{
	t->devices++;
	t->groups[j->group]++;
	t->at_once += j->group == FATE_NOTIFIED && j->outlook.state != ST_IDLE;
	if (j->group == FATE_CANNOT_RUN && j->beyond > t->beyond)
		t->beyond = j->beyond;
	if (j->group == FATE_NOTIFIED)
		note_due(t, j->outlook.deadline, l->device.zone);
}

void
tally_join(struct tally *t, const struct tally *part)
{
	t->devices += part->devices;
	for (unsigned i = 0; i < GROUPS; i++)
		t->groups[i] += part->groups[i];
	t->at_once += part->at_once;
	if (part->beyond > t->beyond)
		t->beyond = part->beyond;
	if (part->zone)
		note_due(t, part->due, part->zone);
}

struct tallies *
tallies_new(void)
{
	struct tallies *all = calloc(1, sizeof *all);

	if (!all)
		memory_out();
	return all;
}

void
tallies_free(struct tallies *all)
{
	free(all);
}

struct tally *
tallies_row(struct tallies *all, const char *name)
{
	unsigned hash = 5381;
	struct tally_row *row;

	for (const char *c = name; *c; c++)
		hash = hash * 33 + (unsigned char)*c;
	for (unsigned i = hash % SLOTS;; i = (i + 1) % SLOTS) {
		row = &all->rows[i];
		if (!row->tally.devices || strncmp(row->name, name, TALLY_NAME - 1) == 0)
			break;
	}
	if (row->tally.devices)
		return &row->tally;
	if (all->used == TALLY_ROWS)
		return &all->others;
	all->used++;
	snprintf(row->name, sizeof row->name, "%s", name);
	return &row->tally;
}

static int
by_name(const void *left, const void *right)
{
	const struct tally_line *a = left, *b = right;

	if (!*a->name || !*b->name)
		return !*a->name - !*b->name;
	return strcmp(a->name, b->name);
}

unsigned
tallies_list(struct tallies *all, const struct tally_line **list)
{
	unsigned n = 0;

	for (unsigned i = 0; i < SLOTS; i++)
		if (all->rows[i].tally.devices)
			all->sorted[n++] = (struct tally_line){all->rows[i].name, &all->rows[i].tally};
	qsort(all->sorted, n, sizeof *all->sorted, by_name);
	if (all->others.devices)
		all->sorted[n++] = (struct tally_line){NULL, &all->others};
	*list = all->sorted;
	return n;
}
