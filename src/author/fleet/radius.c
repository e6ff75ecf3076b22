#include "radius_parts.h"

#include <stdlib.h>
#include <string.h>

#include "core/version.h"
#include "text/instant.h"
#include "text/memory.h"
#include "words/words.h"

struct radius *
radius_new(const struct feed *feed, int64_t now)
{
	struct radius *r = memory_resize(NULL, sizeof *r);

	*r = (struct radius){.now = now, .fleet = fleet_new(feed, now)};
	return r;
}

static struct blast *
add(struct radius *r, const char *path)
{
	r->blasts = memory_resize(r->blasts, (r->count + 1) * sizeof *r->blasts);
	r->blasts[r->count] = (struct blast){.path = path, .zones = tallies_new(), .named = tallies_new()};
	return &r->blasts[r->count++];
}

static void
make_room(struct blast *b)
{
	size_t rings = b->cohorts.count * sizeof *b->rings, strikes = b->cohorts.policies * sizeof *b->strikes;

	b->rings = memory_resize(NULL, rings);
	memset(b->rings, 0, rings);
	b->strikes = memory_resize(NULL, strikes);
	memset(b->strikes, 0, strikes);
}

void
radius_add_policy(struct radius *r, const struct policy_source *source)
{
	struct blast *b = add(r, source->path);

	b->source = source;
	cohorts_of_policy(&b->cohorts, &source->policy);
	make_room(b);
}

void
radius_add_blueprints(struct radius *r, const struct blueprints *blueprints, const char *path)
{
	struct blast *b = add(r, path);

	cohorts_of_blueprints(&b->cohorts, blueprints);
	make_room(b);
}

void
radius_free(struct radius *r)
{
	for (unsigned i = 0; i < r->count; i++) {
		struct blast *b = &r->blasts[i];

		cohorts_free(&b->cohorts);
		free(b->rings);
		free(b->strikes);
		tallies_free(b->zones);
		tallies_free(b->named);
	}
	fleet_free(r->fleet);
	free(r->blasts);
	free(r);
}

/* --- one device --- */

/* NULL: the deadline of none counts. */
static struct strike *
strike_of(const struct blast *b, const struct cohort *c, const struct judgement *j)
{
	for (unsigned i = 0; j->outlook.required && i < c->count; i++)
		if (c->policies[i] == j->outlook.requirement.policy)
			return &b->strikes[c->first + i];
	return NULL;
}

static void
count(struct blast *b, const struct listed_device *l, const struct cohort *c, const struct judgement *j)
{
	struct strike *strike = strike_of(b, c, j);

	tally_add(&b->all, l, j);
	tally_add(&b->rings[c - b->cohorts.list], l, j);
	tally_add(tallies_row(b->zones, l->zone_said ? l->device.zone->name : ""), l, j);
	if (b->source)
		tally_add(tallies_row(b->named, l->blueprint), l, j);
	if (strike && j->group == FATE_COUNTDOWN) {
		strike->countdowns++;
		strike->trapped += j->outlook.requirement.policy->enforce == ENFORCE_AUTOMATIC && !j->ahead;
	}
}

static void
print_device(const struct blast *b, const struct listed_device *l, const struct cohort *c, const struct judgement *j,
	FILE *out)
{
	char version[VERSION_TEXT], moment[WORDS_TEXT], ring[COHORT_TEXT];

	fprintf(out, "%s: %s: %s", b->path, l->name, group_words[j->group]);
	if (j->group == FATE_CANNOT_RUN)
		fprintf(out, " %s", version_format(j->beyond, version));
	if (l->device.version != VERSION_NONE)
		fprintf(out, ", on %s", version_format(l->device.version, version));
	if (c->blueprint)
		fprintf(out, ", of %s", cohort_text(c, ring));
	if (j->group == FATE_NOTIFIED || j->group == FATE_COUNTDOWN)
		fprintf(out, ": %s by %s", version_format(j->outlook.requirement.target, version),
			words_moment(j->outlook.deadline, l->device.zone, moment));
	fputc('\n', out);
}

static void
look(struct radius *r, struct blast *b, const char *path, const struct listed_device *l, FILE *list, struct messages *ms)
{
	const struct judgement *j;
	const struct cohort *c;

	if (!cohorts_find(&b->cohorts, l, &c)) {
		cohorts_complain(&b->cohorts, b->path, path, l, ms);
	} else if (!c) {
		b->nowhere++;
		if (list)
			fprintf(list, "%s: %s: in no blueprint\n", b->path, l->name);
	} else {
		j = fleet_judge(r->fleet, c, l);
		count(b, l, c, j);
		if (list)
			print_device(b, l, c, j, list);
	}
}

/* --- what hurts --- */

struct complaint {
	const struct blast *blast;
	const struct policy *policy;
	const char *of;			/* " of "laptops"", or "" */
	const char *delay;		/* what else is to be added to the policy's own time */
	unsigned long devices;
	struct place at;
	struct messages *messages;
};

#define START(c) (c)->devices == 1 ? "device" : "devices", (c)->of, (c)->devices == 1 ? "starts" : "start"

static void
complain_of_countdowns(const struct complaint *c, const struct strike *strike)
{
	unsigned long others = strike->countdowns - strike->trapped;
	bool automatic = c->policy->enforce == ENFORCE_AUTOMATIC;
	char span[DURATION_TEXT];

	if (automatic && c->policy->automatic.accept_immediate_countdown)
		return;
	if (strike->trapped)
		message_coded(c->messages, CODE_COUNTDOWN_AT_ONCE, c->blast->path, c->at,
			"%lu of %lu %s%s %s a countdown at the next check-in: they lack releases older than %s%s, and none has "
			"come out since; give them time by notice.minimum, or write accept_immediate_countdown: true",
			strike->trapped, c->devices, START(c),
			duration_format(c->policy->automatic.after_release, span), c->delay);
	if (!others)
		return;
	/* The same without a number was said of the text. */
	message_drop(c->messages, CODE_PAST, c->blast->path, c->at);
	message_coded(c->messages, CODE_COUNTDOWNS, c->blast->path, c->at,
		"%lu of %lu %s%s %s a countdown at the next check-in: the deadline is past", others, c->devices,
		START(c));
}

static void
complain_of_old_devices(const struct complaint *c, const struct tally *t)
{
	char version[VERSION_TEXT];

	if (t->groups[FATE_CANNOT_RUN])
		message_coded(c->messages, CODE_CANNOT_RUN, c->blast->path, c->at, "%lu of %lu %s%s cannot run %s",
			t->groups[FATE_CANNOT_RUN], c->devices, c->devices == 1 ? "device" : "devices", c->of,
			version_format(t->beyond, version));
}

static void
complain_of_policy(const struct blast *b, struct messages *ms)
{
	bool automatic = b->source->policy.enforce == ENFORCE_AUTOMATIC;
	struct complaint c = {b, &b->source->policy, "", "", b->all.devices, policysource_place(b->source,
		automatic ? "enforce.automatic.after_release" : "enforce.minimum.deadline", NULL), ms};

	complain_of_countdowns(&c, b->strikes);
	c.at = policysource_place(b->source, automatic ? "enforce.automatic.upgrades" : "enforce.minimum.version", NULL);
	complain_of_old_devices(&c, &b->all);
}

/* Of all rings together; each policy at the line that names it. */
static void
complain_of_blueprint(const struct blast *b, const struct cohort *first, struct messages *ms)
{
	const struct blueprint *blueprint = first->blueprint;
	char of[POLICY_NAME + sizeof " of \"\""];
	struct tally sum = {0};
	struct complaint c = {b, NULL, of, "", 0, blueprint->place, ms};

	snprintf(of, sizeof of, " of \"%s\"", blueprint->name);
	for (unsigned i = 0; i < blueprint->ring_count; i++) {
		tally_join(&sum, &b->rings[first - b->cohorts.list + i]);
		if (blueprint->rings[i].delay)
			c.delay = " plus their ring's delay";
	}
	c.devices = sum.devices;
	complain_of_old_devices(&c, &sum);
	for (unsigned i = 0; i < blueprint->policy_count; i++) {
		c.policy = &blueprint->policies[i].policy;
		c.at = blueprint->policies[i].place;
		complain_of_countdowns(&c, &b->strikes[first->first + i]);
	}
}

static void
complain(const struct blast *b, struct messages *ms)
{
	if (b->source)
		complain_of_policy(b, ms);
	for (unsigned i = 0; !b->source && i < b->cohorts.count; i += b->cohorts.list[i].blueprint->ring_count)
		complain_of_blueprint(b, &b->cohorts.list[i], ms);
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
			look(r, &r->blasts[i], path, &l, list, ms);
	}
	devices_close(devices);
	for (unsigned i = 0; i < r->count; i++)
		complain(&r->blasts[i], ms);
	return true;
}
