#include "fleet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/version.h"
#include "text/memory.h"

#define MODELS 512		/* cached feeds, one for each model; a feed lists at most 200 models */
#define JUDGED 16384		/* cached judgements */
#define PROBES 16
#define HASH_BEGIN UINT64_C(14695981039346656037)	/* FNV-1a */
#define MODEL_TEXT 32		/* bytes; devices with longer model names are not cached */

const char *const group_words[GROUPS] = {
	[FATE_COMPLIANT] = "compliant", [FATE_NOTIFIED] = "notified", [FATE_COUNTDOWN] = "countdown",
	[FATE_CANNOT_RUN] = "cannot run", [GROUP_ELSEWHERE] = "other platform", [GROUP_UNKNOWN] = "version unknown",
};

/* --- cohorts --- */

void
cohorts_of_policy(struct cohorts *all, const struct policy *policy)
{
	*all = (struct cohorts){.count = 1, .policies = 1};
	all->pointers = memory_resize(NULL, sizeof *all->pointers);
	all->pointers[0] = policy;
	all->list = memory_resize(NULL, sizeof *all->list);
	all->list[0] = (struct cohort){.policies = all->pointers, .count = 1};
}

/* Adds a cohort for the ring; its copies of the policies begin at index `at`. */
static void
add_ring(struct cohorts *all, const struct blueprint *b, const struct blueprint_ring *ring, size_t at)
{
	for (unsigned i = 0; i < b->policy_count; i++) {
		all->delayed[at + i] = blueprint_delayed(&b->policies[i].policy, ring);
		all->pointers[at + i] = &all->delayed[at + i];
	}
	all->list[all->count++] = (struct cohort){b, ring, &all->pointers[at], b->policy_count, all->policies};
}

void
cohorts_of_blueprints(struct cohorts *all, const struct blueprints *blueprints)
{
	size_t rings = 0, policies = 0, at = 0;

	for (unsigned i = 0; i < blueprints->count; i++) {
		const struct blueprint *b = &blueprints->list[i];

		rings += b->ring_count;
		policies += (size_t)b->ring_count * b->policy_count;
	}
	*all = (struct cohorts){.blueprints = blueprints};
	all->list = memory_resize(NULL, rings * sizeof *all->list);
	all->pointers = memory_resize(NULL, policies * sizeof *all->pointers);
	all->delayed = memory_resize(NULL, policies * sizeof *all->delayed);
	for (unsigned i = 0; i < blueprints->count; i++) {
		const struct blueprint *b = &blueprints->list[i];

		for (unsigned k = 0; k < b->ring_count; k++, at += b->policy_count)
			add_ring(all, b, &b->rings[k], at);
		all->policies += b->policy_count;
	}
}

void
cohorts_free(struct cohorts *all)
{
	free(all->list);
	free(all->pointers);
	free(all->delayed);
	*all = (struct cohorts){0};
}

static const struct blueprint *
find_blueprint(const struct blueprints *all, const char *name)
{
	for (unsigned i = 0; i < all->count; i++)
		if (strcmp(all->list[i].name, name) == 0)
			return &all->list[i];
	return NULL;
}

bool
cohorts_find(const struct cohorts *all, const struct listed_device *l, const struct cohort **out)
{
	const struct blueprint *b;

	*out = all->blueprints ? NULL : all->list;
	if (!all->blueprints)
		return true;
	b = *l->blueprint ? find_blueprint(all->blueprints, l->blueprint) : blueprint_of(all->blueprints, l->name);
	if (!b)
		return !*l->blueprint;
	*out = all->list;
	while ((*out)->blueprint != b)
		*out += (*out)->blueprint->ring_count;
	*out += blueprint_ring(b, l->name) - b->rings;
	return true;
}

void
cohorts_complain(const struct cohorts *all, const char *file, const char *list, const struct listed_device *l,
	struct messages *ms)
{
	unsigned count = all->blueprints->count;
	const char **names = memory_resize(NULL, (count + 1) * sizeof *names), *near;
	char quoted[QUOTED_SIZE];

	for (unsigned i = 0; i < count; i++)
		names[i] = all->blueprints->list[i].name;
	names[count] = NULL;
	near = message_near(l->blueprint, names);
	message_add(ms, MESSAGE_ERROR, list, l->blueprint_place, "expected a blueprint of %s, found %s%s%s%s", file,
		message_quote(l->blueprint, strlen(l->blueprint), quoted), near ? " (did you mean \"" : "",
		near ? near : "", near ? "\"?)" : "");
	free(names);
}

const char *
cohort_text(const struct cohort *c, char out[COHORT_TEXT])
{
	bool rings = c->blueprint && c->blueprint->ring_count > 1;

	snprintf(out, COHORT_TEXT, "%s%s%s%s", c->blueprint ? c->blueprint->name : "", rings ? " (" : "",
		rings ? c->ring->name : "", rings ? ")" : "");
	return out;
}

/* --- judgements --- */

/* The feed reduced to one model, since searching a real feed's long lists of models for each device would take most of the
 * time. A release that the model can run lists no devices, which means all; any other lists only one named "another". */
struct model_feed {
	bool used;
	char model[MODEL_TEXT];
	struct feed feed;
	struct release *releases;
};

struct judged {
	const struct cohort *cohort;	/* NULL: free */
	enum platform platform;
	int64_t version;
	const struct zone *zone;
	char model[MODEL_TEXT];
	struct judgement judgement;
};

struct fleet {
	const struct feed *feed;
	int64_t now;
	struct model_feed models[MODELS];
	struct judged judged[JUDGED];
	struct judgement last;		/* the judgement of a device that is not cached */
};

struct fleet *
fleet_new(const struct feed *feed, int64_t now)
{
	struct fleet *f = calloc(1, sizeof *f);

	if (!f)
		memory_out();
	f->feed = feed;
	f->now = now;
	return f;
}

void
fleet_free(struct fleet *f)
{
	for (unsigned i = 0; f && i < MODELS; i++)
		free(f->models[i].releases);
	free(f);
}

static uint64_t
hash_text(const char *text, uint64_t hash)
{
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	return hash;
}

static uint64_t
hash_number(uint64_t number, uint64_t hash)
{
	hash = (hash ^ number) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 32;
}

static void
reduce_feed(struct model_feed *s, const struct feed *feed, const struct device *device)
{
	static const char *const others[] = {"another"};

	free(s->releases);
	s->releases = memory_resize(NULL, feed->count * sizeof *s->releases);
	memcpy(s->releases, feed->releases, feed->count * sizeof *s->releases);
	for (uint32_t i = 0; i < feed->count; i++) {
		bool runs = plan_can_run(&feed->releases[i], device);

		s->releases[i].devices = runs ? NULL : others;
		s->releases[i].device_count = !runs;
	}
	s->feed = *feed;
	s->feed.releases = s->releases;
}

/* Returns the model's slot, a free one, or another model's to overwrite. */
static struct model_feed *
find_model_slot(struct fleet *f, const char *model)
{
	size_t home = hash_text(model, HASH_BEGIN) % MODELS, at = home;

	for (unsigned i = 0; i < PROBES; i++, at = (at + 1) % MODELS)
		if (!f->models[at].used || strcmp(f->models[at].model, model) == 0)
			return &f->models[at];
	return &f->models[home];
}

/* Returns the feed reduced to the device's model. Replaces the device's model and board by an empty board, which is known
 * (an unknown one could run everything) and is not "another". */
static const struct feed *
feed_for_model(struct fleet *f, const struct listed_device *l, struct device *device)
{
	struct model_feed *s;

	if (!f->feed || strlen(l->model) >= MODEL_TEXT)
		return f->feed;
	s = find_model_slot(f, l->model);
	if (!s->used || strcmp(s->model, l->model) != 0) {
		reduce_feed(s, f->feed, device);
		strcpy(s->model, l->model);
		s->used = true;
	}
	device->model = NULL;
	device->board = "";
	return &s->feed;
}

static bool
is_for_platform(const struct cohort *c, enum platform platform)
{
	for (unsigned i = 0; i < c->count; i++)
		if (c->policies[i]->platform == platform)
			return true;
	return false;
}

static void
judge_device(struct fleet *f, const struct cohort *c, const struct listed_device *l, struct device device,
	struct judgement *j)
{
	const struct feed *feed = feed_for_model(f, l, &device);
	struct outlook *o = &j->outlook;

	outlook_of(c->policies, c->count, feed, &device, f->now, o);
	j->group = outlook_fate(o);
	j->ahead = o->counts_down && o->requirement.policy->enforce == ENFORCE_AUTOMATIC &&
		plan_due_later(o->requirement.policy, feed, &device, f->now);
	j->beyond = o->unsupported ? o->unsupported->version : VERSION_NONE;
	o->unsupported = o->requirement.release = NULL;
}

static struct judged *
find_judged_slot(struct fleet *f, const struct cohort *c, const struct listed_device *l, const struct device *d)
{
	uint64_t hash = hash_text(l->model, HASH_BEGIN);

	hash = hash_number((uint64_t)d->version, hash);
	hash = hash_number((uint64_t)(uintptr_t)d->zone, hash);
	hash = hash_number((uint64_t)(uintptr_t)c, hash);
	return &f->judged[hash % JUDGED];
}

static bool
is_cached(const struct judged *s, const struct cohort *c, const struct listed_device *l, const struct device *d)
{
	return s->cohort == c && s->version == d->version && s->zone == d->zone && s->platform == d->platform &&
		strcmp(s->model, l->model) == 0;
}

const struct judgement *
fleet_judge(struct fleet *f, const struct cohort *c, const struct listed_device *l)
{
	struct device d = l->device;
	struct judged *s;

	if (!l->platform_given)
		d.platform = c->policies[0]->platform;
	f->last = (struct judgement){.group = !is_for_platform(c, d.platform) ? (unsigned)GROUP_ELSEWHERE : GROUP_UNKNOWN};
	if (f->last.group == GROUP_ELSEWHERE || d.version == VERSION_NONE)
		return &f->last;
	if (strlen(l->model) >= MODEL_TEXT) {
		judge_device(f, c, l, d, &f->last);
		return &f->last;
	}
	s = find_judged_slot(f, c, l, &d);
	if (!is_cached(s, c, l, &d)) {
		*s = (struct judged){.cohort = c, .platform = d.platform, .version = d.version, .zone = d.zone};
		strcpy(s->model, l->model);
		judge_device(f, c, l, d, &s->judgement);
	}
	return &s->judgement;
}
