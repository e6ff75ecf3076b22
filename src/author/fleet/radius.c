#include "radius.h"

#include <stdlib.h>

#include "core/version.h"
#include "text/memory.h"
#include "words/words.h"

struct radius *
radius_new(const struct feed *feed, int64_t now)
{
	struct radius *r = memory_resize(NULL, sizeof *r);

	*r = (struct radius){.now = now, .fleet = fleet_new(feed, now)};
	return r;
}

static struct impact *
add_impact(struct radius *r, const char *path)
{
	const struct table empty = {.rows = {.entry = sizeof (struct row), .key = DEVICES_BLUEPRINT, .text = true,
		.most = ROWS_MOST}};

	r->impacts = memory_resize(r->impacts, (r->count + 1) * sizeof *r->impacts);
	r->impacts[r->count] = (struct impact){.path = path, .zones = empty, .blueprints = empty};
	return &r->impacts[r->count++];
}

static void
allocate_counts(struct impact *im)
{
	im->rings = memory_zeroed(im->cohorts.count * sizeof *im->rings);
	im->countdowns = memory_zeroed(im->cohorts.policies * sizeof *im->countdowns);
}

void
radius_add_policy(struct radius *r, const struct policy_source *source)
{
	struct impact *im = add_impact(r, source->path);

	im->source = source;
	cohorts_of_policy(&im->cohorts, &source->policy);
	allocate_counts(im);
}

void
radius_add_blueprints(struct radius *r, const struct blueprints *blueprints, const char *path)
{
	struct impact *im = add_impact(r, path);

	cohorts_of_blueprints(&im->cohorts, blueprints);
	allocate_counts(im);
}

void
radius_free(struct radius *r)
{
	for (unsigned i = 0; i < r->count; i++) {
		struct impact *im = &r->impacts[i];

		cohorts_free(&im->cohorts);
		free(im->rings);
		free(im->countdowns);
		tally_free(&im->zones.rows);
		tally_free(&im->blueprints.rows);
	}
	fleet_free(r->fleet);
	free(r->impacts);
	free(r);
}

/* --- counting --- */

static void
note_deadline(struct counts *c, int64_t due, const struct zone *zone)
{
	if (c->zone && c->due <= due)
		return;
	c->due = due;
	c->zone = zone;
}

static void
add_device(struct counts *c, const struct listed_device *l, const struct judgement *j)
{
	c->devices++;
	c->groups[j->group]++;
	c->at_once += j->group == FATE_NOTIFIED && j->outlook.state != ST_IDLE;
	if (j->group == FATE_CANNOT_RUN && j->beyond > c->beyond)
		c->beyond = j->beyond;
	if (j->group == FATE_NOTIFIED)
		note_deadline(c, j->outlook.deadline, l->device.zone);
}

static void
add_counts(struct counts *sum, const struct counts *c)
{
	sum->devices += c->devices;
	for (unsigned i = 0; i < GROUPS; i++)
		sum->groups[i] += c->groups[i];
	sum->at_once += c->at_once;
	if (c->beyond > sum->beyond)
		sum->beyond = c->beyond;
	if (c->zone)
		note_deadline(sum, c->due, c->zone);
}

struct counts
radius_sum(const struct impact *im, const struct cohort *first)
{
	struct counts sum = {0};

	for (unsigned i = 0; i < first->blueprint->ring_count; i++)
		add_counts(&sum, &im->rings[first - im->cohorts.list + i]);
	return sum;
}

static struct counts *
row_of(struct table *t, const char *name)
{
	struct row *row = tally_entry(&t->rows, name);

	return row ? &row->counts : &t->others;
}

/* Returns the counter of the policy that sets the device's deadline, or NULL if nothing is required of it. */
static struct countdowns *
countdowns_of(const struct impact *im, const struct cohort *c, const struct judgement *j)
{
	for (unsigned i = 0; j->outlook.required && i < c->count; i++)
		if (c->policies[i] == j->outlook.requirement.policy)
			return &im->countdowns[c->first + i];
	return NULL;
}

static void
count_device(struct impact *im, const struct listed_device *l, const struct cohort *c, const struct judgement *j)
{
	struct countdowns *countdowns = countdowns_of(im, c, j);

	add_device(&im->all, l, j);
	add_device(&im->rings[c - im->cohorts.list], l, j);
	add_device(row_of(&im->zones, l->zone_given ? l->device.zone->name : ""), l, j);
	if (im->source)
		add_device(row_of(&im->blueprints, l->blueprint), l, j);
	if (countdowns && j->group == FATE_COUNTDOWN) {
		countdowns->total++;
		countdowns->overdue += j->outlook.requirement.policy->enforce == ENFORCE_AUTOMATIC && !j->ahead;
	}
}

/* --- reading --- */

static void
print_device(const struct impact *im, const struct listed_device *l, const struct cohort *c, const struct judgement *j,
	FILE *out)
{
	char version[VERSION_TEXT], moment[WORDS_TEXT], ring[COHORT_TEXT];

	fprintf(out, "%s: %s: %s", im->path, l->name, group_words[j->group]);
	if (j->group == FATE_CANNOT_RUN)
		fprintf(out, " %s", version_format(j->beyond, version));
	if (l->device.version != VERSION_NONE)
		fprintf(out, ", on %s", version_format(l->device.version, version));
	if (c->blueprint)
		fprintf(out, ", in %s", cohort_text(c, ring));
	if (j->group == FATE_NOTIFIED || j->group == FATE_COUNTDOWN)
		fprintf(out, ": %s by %s", version_format(j->outlook.requirement.target, version),
			words_moment(j->outlook.deadline, l->device.zone, moment));
	fputc('\n', out);
}

/* Counts one device under one impact. path: the list's, for messages. */
static void
read_device(struct radius *r, struct impact *im, const char *path, const struct listed_device *l, FILE *list,
	struct messages *ms)
{
	const struct judgement *j;
	const struct cohort *c;

	if (!cohorts_find(&im->cohorts, l, &c)) {
		cohorts_complain(&im->cohorts, im->path, path, l, ms);
	} else if (!c) {
		im->uncovered++;
		if (list)
			fprintf(list, "%s: %s: in no blueprint\n", im->path, l->name);
	} else {
		j = fleet_judge(r->fleet, c, l);
		count_device(im, l, c, j);
		if (list)
			print_device(im, l, c, j, list);
	}
}

bool
radius_read(struct radius *r, const char *path, FILE *list, struct messages *ms)
{
	struct devices *devices = devices_open(path, ms);
	struct listed_device l;

	if (!devices)
		return false;
	while (devices_next(devices, &l, ms)) {
		r->names_blueprints = r->names_blueprints || *l.blueprint;
		for (unsigned i = 0; i < r->count; i++)
			read_device(r, &r->impacts[i], path, &l, list, ms);
	}
	devices_close(devices);
	for (unsigned i = 0; i < r->count; i++)
		radius_complain(&r->impacts[i], ms);
	return true;
}
