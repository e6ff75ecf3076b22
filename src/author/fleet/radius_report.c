/* radius_report - reports what radius counted: as errors and warnings, as text for people and as JSON for programs. */
#include "radius.h"

#include <stdlib.h>
#include <string.h>

#include "core/version.h"
#include "text/instant.h"
#include "text/memory.h"
#include "words/words.h"

/* --- complaints --- */

struct complaint {
	const struct impact *impact;
	const struct policy *policy;
	const char *of;			/* " of "laptops"", or "" */
	const char *delay;		/* what adds to after_release, " plus their ring's delay", or "" */
	unsigned long devices;		/* number of devices under the policy */
	struct place at;
	struct messages *messages;
};

#define SHARE_TEXT (POLICY_NAME + 64)

/* Writes "3 of 40 devices of "laptops"". */
static const char *
write_share(const struct complaint *c, unsigned long devices, char text[SHARE_TEXT])
{
	snprintf(text, SHARE_TEXT, "%lu of %lu %s%s", devices, c->devices, c->devices == 1 ? "device" : "devices", c->of);
	return text;
}

static void
complain_of_countdowns(const struct complaint *c, const struct countdowns *countdowns)
{
	unsigned long others = countdowns->total - countdowns->overdue;
	bool automatic = c->policy->enforce == ENFORCE_AUTOMATIC;
	const char *start = c->devices == 1 ? "starts" : "start";
	char share[SHARE_TEXT], span[DURATION_TEXT];

	if (automatic && c->policy->automatic.accept_immediate_countdown)
		return;
	if (countdowns->overdue)
		message_coded(c->messages, CODE_COUNTDOWN_AT_ONCE, c->impact->path, c->at,
			"%s %s a countdown at the next check-in: they lack releases older than %s%s, and none has come out since; "
			"give them time by notice.minimum, or write accept_immediate_countdown: true",
			write_share(c, countdowns->overdue, share), start,
			duration_format(c->policy->automatic.after_release, span), c->delay);
	if (!others)
		return;
	/* Replaces lint's warning about the same deadline, which has no number. */
	message_drop(c->messages, CODE_PAST, c->impact->path, c->at);
	message_coded(c->messages, CODE_COUNTDOWNS, c->impact->path, c->at,
		"%s %s a countdown at the next check-in: the deadline is past", write_share(c, others, share), start);
}

static void
complain_of_old_devices(const struct complaint *c, const struct counts *counts)
{
	char share[SHARE_TEXT], version[VERSION_TEXT];

	if (counts->groups[FATE_CANNOT_RUN])
		message_coded(c->messages, CODE_CANNOT_RUN, c->impact->path, c->at, "%s cannot run %s",
			write_share(c, counts->groups[FATE_CANNOT_RUN], share), version_format(counts->beyond, version));
}

static void
complain_of_policy(const struct impact *im, struct messages *ms)
{
	bool automatic = im->source->policy.enforce == ENFORCE_AUTOMATIC;
	struct complaint c = {im, &im->source->policy, "", "", im->all.devices, policysource_place(im->source,
		automatic ? "enforce.automatic.after_release" : "enforce.minimum.deadline", NULL), ms};

	complain_of_countdowns(&c, im->countdowns);
	c.at = policysource_place(im->source, automatic ? "enforce.automatic.upgrades" : "enforce.minimum.version", NULL);
	complain_of_old_devices(&c, &im->all);
}

/* Adds the complaints about a blueprint, all rings together, each at the line that names its policy. */
static void
complain_of_blueprint(const struct impact *im, const struct cohort *first, struct messages *ms)
{
	const struct blueprint *blueprint = first->blueprint;
	char of[POLICY_NAME + sizeof " of \"\""];
	struct counts sum = radius_sum(im, first);
	struct complaint c = {im, NULL, of, "", sum.devices, blueprint->place, ms};

	snprintf(of, sizeof of, " of \"%s\"", blueprint->name);
	for (unsigned i = 0; i < blueprint->ring_count; i++)
		if (blueprint->rings[i].delay)
			c.delay = " plus their ring's delay";
	complain_of_old_devices(&c, &sum);
	for (unsigned i = 0; i < blueprint->policy_count; i++) {
		c.policy = &blueprint->policies[i].policy;
		c.at = blueprint->policies[i].place;
		complain_of_countdowns(&c, &im->countdowns[first->first + i]);
	}
}

void
radius_complain(const struct impact *im, struct messages *ms)
{
	if (im->source)
		complain_of_policy(im, ms);
	for (unsigned i = 0; !im->source && i < im->cohorts.count; i += im->cohorts.list[i].blueprint->ring_count)
		complain_of_blueprint(im, &im->cohorts.list[i], ms);
}

/* --- tables, sorted --- */

static int
by_name(const void *left, const void *right)
{
	const struct row *a = *(const struct row *const *)left, *b = *(const struct row *const *)right;

	if (!*a->name || !*b->name)
		return !*a->name - !*b->name;
	return strcmp(a->name, b->name);
}

/* Returns the rows by name, "" last; the caller frees them. */
static const struct row **
sorted_rows(const struct table *t)
{
	const struct row *rows = t->rows.entries, **sorted = memory_resize(NULL, t->rows.count * sizeof *sorted);

	for (size_t i = 0; i < t->rows.count; i++)
		sorted[i] = &rows[i];
	qsort(sorted, t->rows.count, sizeof *sorted, by_name);
	return sorted;
}

/* --- for people --- */

static void
print_head(const char *what, FILE *out)
{
	fprintf(out, "  %-24s %10s %10s %10s %10s  %s\n", what, "compliant", "notified", "countdown", "cannot run",
		"next deadline, local time");
}

static void
print_counts(const char *indent, const char *name, const struct counts *c, FILE *out)
{
	char moment[WORDS_TEXT];

	fprintf(out, "  %s%-*s %10lu %10lu %10lu %10lu  %s\n", indent, 24 - (int)strlen(indent), name,
		c->groups[FATE_COMPLIANT], c->groups[FATE_NOTIFIED], c->groups[FATE_COUNTDOWN], c->groups[FATE_CANNOT_RUN],
		c->zone ? words_moment(c->due, c->zone, moment) : "-");
}

static void
print_table(const struct table *t, const char *what, const char *unsaid, FILE *out)
{
	const struct row **rows = sorted_rows(t);

	print_head(what, out);
	for (size_t i = 0; i < t->rows.count; i++)
		print_counts("", *rows[i]->name ? rows[i]->name : unsaid, &rows[i]->counts, out);
	if (t->others.devices)
		print_counts("", "all others", &t->others, out);
	free(rows);
}

static void
print_rings(const struct impact *im, FILE *out)
{
	print_head("blueprint, ring", out);
	for (unsigned i = 0; i < im->cohorts.count; i++) {
		const struct cohort *c = &im->cohorts.list[i];
		struct counts sum;

		if (c->ring == c->blueprint->rings) {
			sum = radius_sum(im, c);
			print_counts("", c->blueprint->name, &sum, out);
		}
		if (c->blueprint->ring_count > 1)
			print_counts("  ", c->ring->name, &im->rings[i], out);
	}
}

static void
print_impact(const struct radius *r, const struct impact *im, FILE *out)
{
	char now[INSTANT_TEXT], beyond[VERSION_TEXT];
	unsigned long devices = im->all.devices + im->uncovered;
	const unsigned long *g = im->all.groups;

	fprintf(out, "%s: %lu device%s checking in at %s\n", im->path, devices, devices == 1 ? "" : "s",
		instant_format(r->now, now));
	fprintf(out, "  %10lu compliant\n", g[FATE_COMPLIANT]);
	fprintf(out, "  %10lu will be notified, %lu of them at once\n", g[FATE_NOTIFIED], im->all.at_once);
	fprintf(out, "  %10lu will start a countdown at once\n", g[FATE_COUNTDOWN]);
	fprintf(out, "  %10lu cannot run %s\n", g[FATE_CANNOT_RUN],
		im->all.beyond ? version_format(im->all.beyond, beyond) : "the target");
	if (g[GROUP_ELSEWHERE])
		fprintf(out, "  %10lu of another platform\n", g[GROUP_ELSEWHERE]);
	if (g[GROUP_UNKNOWN])
		fprintf(out, "  %10lu of unknown version\n", g[GROUP_UNKNOWN]);
	if (im->uncovered)
		fprintf(out, "  %10lu in no blueprint\n", im->uncovered);
}

void
radius_print(const struct radius *r, FILE *out)
{
	for (unsigned i = 0; i < r->count; i++) {
		const struct impact *im = &r->impacts[i];

		print_impact(r, im, out);
		if (!im->source)
			print_rings(im, out);
		else if (r->names_blueprints)
			print_table(&im->blueprints, "blueprint", "not listed", out);
		if (im->all.devices)
			print_table(&im->zones, "time zone", "not listed (UTC)", out);
	}
}

/* --- for programs --- */

static json_t *
counts_json(const struct counts *c)
{
	const unsigned long *g = c->groups;

	return json_pack("{sI sI sI sI sI sI sI}", "devices", (json_int_t)c->devices,
		"compliant", (json_int_t)g[FATE_COMPLIANT], "notified", (json_int_t)g[FATE_NOTIFIED],
		"countdown", (json_int_t)g[FATE_COUNTDOWN], "cannot_run", (json_int_t)g[FATE_CANNOT_RUN],
		"other_platform", (json_int_t)g[GROUP_ELSEWHERE], "version_unknown", (json_int_t)g[GROUP_UNKNOWN]);
}

/* Returns the counts of a row, with its name under the key; "" becomes null. */
static json_t *
row_json(const struct counts *c, const char *key, const char *name)
{
	json_t *o = counts_json(c);
	char due[INSTANT_TEXT];

	json_object_set_new(o, key, *name ? json_string(name) : json_null());
	json_object_set_new(o, "next_deadline", c->zone ? json_string(instant_format(c->due, due)) : json_null());
	return o;
}

static json_t *
table_json(const struct table *t, const char *key)
{
	const struct row **rows = sorted_rows(t);
	json_t *list = json_array();

	for (size_t i = 0; i < t->rows.count; i++)
		json_array_append_new(list, row_json(&rows[i]->counts, key, rows[i]->name));
	if (t->others.devices)
		json_array_append_new(list, row_json(&t->others, key, "all others"));
	free(rows);
	return list;
}

static json_t *
rings_json(const struct impact *im)
{
	json_t *blueprints = json_array(), *rings = NULL;

	for (unsigned i = 0; i < im->cohorts.count; i++) {
		const struct cohort *c = &im->cohorts.list[i];

		if (c->ring == c->blueprint->rings) {
			struct counts sum = radius_sum(im, c);
			json_t *o = row_json(&sum, "blueprint", c->blueprint->name);

			rings = json_array();
			json_object_set_new(o, "label", json_string(c->blueprint->label));
			json_object_set_new(o, "rings", rings);
			json_array_append_new(blueprints, o);
		}
		json_array_append_new(rings, row_json(&im->rings[i], "ring", c->ring->name));
	}
	return blueprints;
}

static json_t *
impact_json(const struct radius *r, const struct impact *im)
{
	unsigned long overdue = 0;
	json_t *o = counts_json(&im->all);

	for (unsigned i = 0; i < im->cohorts.policies; i++)
		overdue += im->countdowns[i].overdue;
	json_object_set_new(o, "file", json_string(im->path));
	if (im->source) {
		json_object_set_new(o, "policy", json_string(im->source->policy.name));
	} else {
		json_object_set_new(o, "devices", json_integer((json_int_t)(im->all.devices + im->uncovered)));
		json_object_set_new(o, "no_blueprint", json_integer((json_int_t)im->uncovered));
	}
	json_object_set_new(o, "notified_at_once", json_integer((json_int_t)im->all.at_once));
	json_object_set_new(o, "no_release_ahead", json_integer((json_int_t)overdue));
	if (!im->source || r->names_blueprints)
		json_object_set_new(o, "blueprints", im->source ? table_json(&im->blueprints, "blueprint") : rings_json(im));
	json_object_set_new(o, "zones", table_json(&im->zones, "zone"));
	return o;
}

json_t *
radius_json(const struct radius *r)
{
	json_t *list = json_array();

	for (unsigned i = 0; i < r->count; i++)
		json_array_append_new(list, impact_json(r, &r->impacts[i]));
	return list;
}
