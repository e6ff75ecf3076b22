#include "radius_parts.h"

#include <string.h>

#include "core/version.h"
#include "text/instant.h"
#include "words/words.h"

/* --- for people --- */

static void
print_head(const char *what, FILE *out)
{
	fprintf(out, "  %-24s %10s %10s %10s %10s  %s\n", what, "compliant", "notified", "countdown", "cannot run",
		"first deadline to come, there");
}

static void
print_tally(const char *indent, const char *name, const struct tally *t, FILE *out)
{
	char moment[WORDS_TEXT];

	fprintf(out, "  %s%-*s %10lu %10lu %10lu %10lu  %s\n", indent, 24 - (int)strlen(indent), name,
		t->groups[FATE_COMPLIANT], t->groups[FATE_NOTIFIED], t->groups[FATE_COUNTDOWN], t->groups[FATE_CANNOT_RUN],
		t->zone ? words_moment(t->due, t->zone, moment) : "-");
}

static void
print_table(struct tallies *all, const char *what, const char *unsaid, FILE *out)
{
	const struct tally_line *list;
	unsigned n = tallies_list(all, &list);

	print_head(what, out);
	for (unsigned i = 0; i < n; i++)
		print_tally("", !list[i].name ? "all others" : *list[i].name ? list[i].name : unsaid, list[i].tally, out);
}

/* Whatever its rings. */
static struct tally
sum_up(const struct blast *b, const struct cohort *first)
{
	struct tally sum = {0};

	for (unsigned i = 0; i < first->blueprint->ring_count; i++)
		tally_join(&sum, &b->rings[first - b->cohorts.list + i]);
	return sum;
}

static void
print_rings(const struct blast *b, FILE *out)
{
	print_head("blueprint, ring", out);
	for (unsigned i = 0; i < b->cohorts.count; i++) {
		const struct cohort *c = &b->cohorts.list[i];
		struct tally sum;

		if (c->ring == c->blueprint->rings) {
			sum = sum_up(b, c);
			print_tally("", c->blueprint->name, &sum, out);
		}
		if (c->blueprint->ring_count > 1)
			print_tally("  ", c->ring->name, &b->rings[i], out);
	}
}

static void
print_all(const struct radius *r, const struct blast *b, FILE *out)
{
	char now[INSTANT_TEXT], beyond[VERSION_TEXT];
	unsigned long devices = b->all.devices + b->nowhere;
	const unsigned long *g = b->all.groups;

	fprintf(out, "%s: %lu device%s checking in at %s\n", b->path, devices, devices == 1 ? "" : "s",
		instant_format(r->now, now));
	fprintf(out, "  %10lu compliant\n", g[FATE_COMPLIANT]);
	fprintf(out, "  %10lu will be notified, %lu of them at once\n", g[FATE_NOTIFIED], b->all.at_once);
	fprintf(out, "  %10lu will start a countdown at once\n", g[FATE_COUNTDOWN]);
	fprintf(out, "  %10lu cannot run %s\n", g[FATE_CANNOT_RUN],
		b->all.beyond ? version_format(b->all.beyond, beyond) : "the target");
	if (g[GROUP_ELSEWHERE])
		fprintf(out, "  %10lu of another platform\n", g[GROUP_ELSEWHERE]);
	if (g[GROUP_UNKNOWN])
		fprintf(out, "  %10lu whose version is not known\n", g[GROUP_UNKNOWN]);
	if (b->nowhere)
		fprintf(out, "  %10lu in no blueprint\n", b->nowhere);
}

void
radius_print(const struct radius *r, FILE *out)
{
	for (unsigned i = 0; i < r->count; i++) {
		const struct blast *b = &r->blasts[i];

		print_all(r, b, out);
		if (!b->source)
			print_rings(b, out);
		else if (r->names_blueprints)
			print_table(b->named, "blueprint", "not said", out);
		if (b->all.devices)
			print_table(b->zones, "time zone", "not said (UTC)", out);
	}
}

/* --- for programs --- */

static json_t *
tally_json(const struct tally *t)
{
	const unsigned long *g = t->groups;

	return json_pack("{sI sI sI sI sI sI sI}", "devices", (json_int_t)t->devices,
		"compliant", (json_int_t)g[FATE_COMPLIANT], "notified", (json_int_t)g[FATE_NOTIFIED],
		"countdown", (json_int_t)g[FATE_COUNTDOWN], "cannot_run", (json_int_t)g[FATE_CANNOT_RUN],
		"other_platform", (json_int_t)g[GROUP_ELSEWHERE], "version_unknown", (json_int_t)g[GROUP_UNKNOWN]);
}

/* With a name under the key; "": null. */
static json_t *
line_json(const struct tally *t, const char *key, const char *name)
{
	json_t *o = tally_json(t);
	char due[INSTANT_TEXT];

	json_object_set_new(o, key, *name ? json_string(name) : json_null());
	json_object_set_new(o, "next_deadline", t->zone ? json_string(instant_format(t->due, due)) : json_null());
	return o;
}

static json_t *
table_json(struct tallies *all, const char *key)
{
	const struct tally_line *list;
	unsigned n = tallies_list(all, &list);
	json_t *lines = json_array();

	for (unsigned i = 0; i < n; i++)
		json_array_append_new(lines, line_json(list[i].tally, key, list[i].name ? list[i].name : "all others"));
	return lines;
}

static json_t *
rings_json(const struct blast *b)
{
	json_t *blueprints = json_array(), *rings = NULL;

	for (unsigned i = 0; i < b->cohorts.count; i++) {
		const struct cohort *c = &b->cohorts.list[i];

		if (c->ring == c->blueprint->rings) {
			struct tally sum = sum_up(b, c);
			json_t *o = line_json(&sum, "blueprint", c->blueprint->name);

			rings = json_array();
			json_object_set_new(o, "label", json_string(c->blueprint->label));
			json_object_set_new(o, "rings", rings);
			json_array_append_new(blueprints, o);
		}
		json_array_append_new(rings, line_json(&b->rings[i], "ring", c->ring->name));
	}
	return blueprints;
}

static json_t *
blast_json(const struct radius *r, const struct blast *b)
{
	unsigned long trapped = 0;
	json_t *o = tally_json(&b->all);

	for (unsigned i = 0; i < b->cohorts.policies; i++)
		trapped += b->strikes[i].trapped;
	json_object_set_new(o, "file", json_string(b->path));
	if (b->source) {
		json_object_set_new(o, "policy", json_string(b->source->policy.name));
	} else {
		json_object_set_new(o, "devices", json_integer((json_int_t)(b->all.devices + b->nowhere)));
		json_object_set_new(o, "no_blueprint", json_integer((json_int_t)b->nowhere));
	}
	json_object_set_new(o, "notified_at_once", json_integer((json_int_t)b->all.at_once));
	json_object_set_new(o, "no_release_ahead", json_integer((json_int_t)trapped));
	if (!b->source || r->names_blueprints)
		json_object_set_new(o, "blueprints", b->source ? table_json(b->named, "blueprint") : rings_json(b));
	json_object_set_new(o, "zones", table_json(b->zones, "zone"));
	return o;
}

json_t *
radius_json(const struct radius *r)
{
	json_t *list = json_array();

	for (unsigned i = 0; i < r->count; i++)
		json_array_append_new(list, blast_json(r, &r->blasts[i]));
	return list;
}
