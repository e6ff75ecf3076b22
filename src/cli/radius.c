#include "radius.h"

#include <stdlib.h>
#include <string.h>

#include "../core/version.h"
#include "../text/instant.h"
#include "../text/memory.h"
#include "../text/words.h"

#define ZONES 2048		/* more than there are */
#define NEVER_DUE INT64_MAX

struct local {			/* the devices of one time zone */
	const struct zone *zone;	/* NULL: nobody */
	bool said;
	unsigned long devices, groups[GROUPS];
	int64_t due;			/* the first deadline to come, UTC ms, or NEVER_DUE */
};

/* What one policy does. */
struct blast {
	const struct policy_source *source;
	struct fleet *fleet;
	const struct policy *policy;	/* the only one of the fleet's */
	unsigned long devices, groups[GROUPS];
	unsigned long at_once;		/* notified at the next check-in */
	unsigned long trapped;		/* counting down, and nothing falls due later: the time frame is empty */
	int64_t beyond;			/* the newest version that some cannot run */
	struct local local[ZONES];
};

struct radius {
	int64_t now;
	unsigned count;
	struct blast *blasts;
};

struct radius *
radius_new(const struct policy_source *sources, unsigned count, const struct feed *feed, int64_t now)
{
	struct radius *r = memory_resize(NULL, sizeof *r);

	*r = (struct radius){now, count, memory_resize(NULL, count * sizeof *r->blasts)};
	memset(r->blasts, 0, count * sizeof *r->blasts);
	for (unsigned i = 0; i < count; i++) {
		r->blasts[i].source = &sources[i];
		r->blasts[i].policy = &sources[i].policy;
		r->blasts[i].fleet = fleet_new(&r->blasts[i].policy, 1, feed, now);
	}
	return r;
}

void
radius_free(struct radius *r)
{
	for (unsigned i = 0; r && i < r->count; i++)
		fleet_free(r->blasts[i].fleet);
	if (r)
		free(r->blasts);
	free(r);
}

static struct local *
local_of(struct blast *b, const struct listed_device *l)
{
	size_t i = (size_t)((uintptr_t)l->device.zone >> 4) % ZONES;

	while (b->local[i].zone && (b->local[i].zone != l->device.zone || b->local[i].said != l->zone_said))
		i = (i + 1) % ZONES;
	if (!b->local[i].zone)
		b->local[i] = (struct local){.zone = l->device.zone, .said = l->zone_said, .due = NEVER_DUE};
	return &b->local[i];
}

static void
count(struct blast *b, const struct listed_device *l, const struct judgement *j)
{
	struct local *local = local_of(b, l);

	b->devices++;
	b->groups[j->group]++;
	local->devices++;
	local->groups[j->group]++;
	b->at_once += j->group == FATE_NOTIFIED && j->outlook.state != ST_IDLE;
	b->trapped += j->group == FATE_COUNTDOWN && b->policy->enforce == ENFORCE_AUTOMATIC && !j->ahead;
	if (j->group == FATE_CANNOT_RUN && j->beyond > b->beyond)
		b->beyond = j->beyond;
	if (j->group == FATE_NOTIFIED && j->outlook.deadline < local->due)
		local->due = j->outlook.deadline;
}

static void
print_device(const struct blast *b, const struct listed_device *l, const struct judgement *j, FILE *out)
{
	char version[VERSION_TEXT], moment[WORDS_TEXT];

	fprintf(out, "%s: %s: %s", b->source->path, l->name, group_words[j->group]);
	if (j->group == FATE_CANNOT_RUN)
		fprintf(out, " %s", version_format(j->beyond, version));
	if (l->device.version != VERSION_NONE)
		fprintf(out, ", on %s", version_format(l->device.version, version));
	if (j->group == FATE_NOTIFIED || j->group == FATE_COUNTDOWN)
		fprintf(out, ": %s by %s", version_format(j->outlook.requirement.target, version),
			words_moment(j->outlook.deadline, l->device.zone, moment));
	fputc('\n', out);
}

/* "3 devices" and the verb that goes with it. */
#define DEVICES(n, one, many) (n), (n) == 1 ? "device " one : "devices " many

static void
complain_of_countdowns(const struct blast *b, struct messages *ms)
{
	const struct policy *p = b->policy;
	bool automatic = p->enforce == ENFORCE_AUTOMATIC;
	struct place place = policysource_place(b->source,
		automatic ? "enforce.automatic.after_release" : "enforce.minimum.deadline", NULL);
	unsigned long others = b->groups[FATE_COUNTDOWN] - b->trapped;
	char span[DURATION_TEXT];

	if (automatic && p->automatic.accept_immediate_countdown)
		return;
	if (b->trapped)
		message_coded(ms, CODE_COUNTDOWN_AT_ONCE, b->source->path, place,
			"%lu of %lu %s a countdown at the next check-in: they lack releases older than %s, and none has "
			"come out since; give them time by notice.minimum, or write accept_immediate_countdown: true",
			b->trapped, DEVICES(b->devices, "starts", "start"), duration_format(p->automatic.after_release, span));
	if (others)
		message_coded(ms, CODE_COUNTDOWNS, b->source->path, place, "%lu of %lu %s a countdown at the next check-in: "
			"the deadline is past", others, DEVICES(b->devices, "starts", "start"));
}

static void
complain(const struct blast *b, struct messages *ms)
{
	char version[VERSION_TEXT];
	unsigned long cannot = b->groups[FATE_CANNOT_RUN];
	struct place place = policysource_place(b->source, b->policy->enforce == ENFORCE_AUTOMATIC ?
		"enforce.automatic.upgrades" : "enforce.minimum.version", NULL);

	complain_of_countdowns(b, ms);
	if (cannot)
		message_coded(ms, CODE_CANNOT_RUN, b->source->path, place, "%lu of %lu %s run %s", cannot,
			DEVICES(b->devices, "cannot", "cannot"), version_format(b->beyond, version));
}

bool
radius_read(struct radius *r, const char *path, FILE *list, struct messages *ms)
{
	struct devices *devices = devices_open(path, ms);
	struct listed_device l;

	if (!devices)
		return false;
	while (devices_next(devices, &l, ms))
		for (unsigned i = 0; i < r->count; i++) {
			const struct judgement *j = fleet_judge(r->blasts[i].fleet, &l);

			count(&r->blasts[i], &l, j);
			if (list)
				print_device(&r->blasts[i], &l, j, list);
		}
	devices_close(devices);
	for (unsigned i = 0; i < r->count; i++)
		complain(&r->blasts[i], ms);
	return true;
}

static int
by_name(const void *left, const void *right)
{
	const struct local *a = *(const struct local *const *)left, *b = *(const struct local *const *)right;
	int order = strcmp(a->zone->name, b->zone->name);

	return order ? order : (int)a->said - (int)b->said;
}

/* Those zones where somebody is, by name. */
static unsigned
sorted(const struct blast *b, const struct local *list[ZONES])
{
	unsigned n = 0;

	for (unsigned i = 0; i < ZONES; i++)
		if (b->local[i].zone)
			list[n++] = &b->local[i];
	qsort(list, n, sizeof *list, by_name);
	return n;
}

static const char *
zone_word(const struct local *l)
{
	return l->said ? l->zone->name : "not said (UTC)";
}

static void
print_zones(const struct blast *b, FILE *out)
{
	const struct local *list[ZONES];
	unsigned n = sorted(b, list);
	char moment[WORDS_TEXT];

	fprintf(out, "  %-24s %10s %10s %10s %10s  %s\n", "time zone", "compliant", "notified", "countdown", "cannot run",
		"first deadline to come, there");
	for (unsigned i = 0; i < n; i++) {
		const struct local *l = list[i];

		fprintf(out, "  %-24s %10lu %10lu %10lu %10lu  %s\n", zone_word(l), l->groups[FATE_COMPLIANT],
			l->groups[FATE_NOTIFIED], l->groups[FATE_COUNTDOWN], l->groups[FATE_CANNOT_RUN],
			l->due == NEVER_DUE ? "-" : words_moment(l->due, l->zone, moment));
	}
}

static void
print_blast(const struct radius *r, const struct blast *b, FILE *out)
{
	char now[INSTANT_TEXT], beyond[VERSION_TEXT];
	const unsigned long *g = b->groups;

	fprintf(out, "%s: %lu device%s checking in at %s\n", b->source->path, b->devices, b->devices == 1 ? "" : "s",
		instant_format(r->now, now));
	fprintf(out, "  %10lu compliant\n", g[FATE_COMPLIANT]);
	fprintf(out, "  %10lu will be notified, %lu of them at once\n", g[FATE_NOTIFIED], b->at_once);
	fprintf(out, "  %10lu will start a countdown at once\n", g[FATE_COUNTDOWN]);
	fprintf(out, "  %10lu cannot run %s\n", g[FATE_CANNOT_RUN],
		b->beyond ? version_format(b->beyond, beyond) : "the target");
	if (g[GROUP_ELSEWHERE])
		fprintf(out, "  %10lu of another platform\n", g[GROUP_ELSEWHERE]);
	if (g[GROUP_UNKNOWN])
		fprintf(out, "  %10lu whose version is not known\n", g[GROUP_UNKNOWN]);
	if (b->devices)
		print_zones(b, out);
}

void
radius_print(const struct radius *r, FILE *out)
{
	for (unsigned i = 0; i < r->count; i++)
		print_blast(r, &r->blasts[i], out);
}

static json_t *
groups_json(unsigned long devices, const unsigned long groups[GROUPS])
{
	return json_pack("{sI sI sI sI sI sI sI}", "devices", (json_int_t)devices,
		"compliant", (json_int_t)groups[FATE_COMPLIANT], "notified", (json_int_t)groups[FATE_NOTIFIED],
		"countdown", (json_int_t)groups[FATE_COUNTDOWN], "cannot_run", (json_int_t)groups[FATE_CANNOT_RUN],
		"other_platform", (json_int_t)groups[GROUP_ELSEWHERE], "version_unknown", (json_int_t)groups[GROUP_UNKNOWN]);
}

static json_t *
zones_json(const struct blast *b)
{
	const struct local *list[ZONES];
	unsigned n = sorted(b, list);
	json_t *zones = json_array();
	char due[INSTANT_TEXT];

	for (unsigned i = 0; i < n; i++) {
		json_t *zone = groups_json(list[i]->devices, list[i]->groups);

		json_object_set_new(zone, "zone", list[i]->said ? json_string(list[i]->zone->name) : json_null());
		json_object_set_new(zone, "next_deadline",
			list[i]->due == NEVER_DUE ? json_null() : json_string(instant_format(list[i]->due, due)));
		json_array_append_new(zones, zone);
	}
	return zones;
}

json_t *
radius_json(const struct radius *r)
{
	json_t *list = json_array();

	for (unsigned i = 0; i < r->count; i++) {
		const struct blast *b = &r->blasts[i];
		json_t *o = groups_json(b->devices, b->groups);

		json_object_set_new(o, "file", json_string(b->source->path));
		json_object_set_new(o, "policy", json_string(b->policy->name));
		json_object_set_new(o, "notified_at_once", json_integer((json_int_t)b->at_once));
		json_object_set_new(o, "no_release_ahead", json_integer((json_int_t)b->trapped));
		json_object_set_new(o, "zones", zones_json(b));
		json_array_append_new(list, o);
	}
	return list;
}
