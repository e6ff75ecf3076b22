#include "fleet.h"

#include <stdlib.h>
#include <string.h>

#include "core/version.h"
#include "text/memory.h"

#define MODELS 512		/* remembered; no feed knows more than 200 */
#define JUDGED 16384		/* remembered */
#define PROBES 16
#define HASH_BEGIN UINT64_C(14695981039346656037)	/* FNV-1a */
#define MODEL_TEXT 32		/* longer ones are judged anew each time */

const char *const group_words[GROUPS] = {
	[FATE_COMPLIANT] = "compliant", [FATE_NOTIFIED] = "notified", [FATE_COUNTDOWN] = "countdown",
	[FATE_CANNOT_RUN] = "cannot run", [GROUP_ELSEWHERE] = "other platform", [GROUP_UNKNOWN] = "version unknown",
};

/* The feed as the devices of one model see it: a release that they can run lists nobody, one that they cannot lists
 * somebody else. The lists of a real feed are long, and this is where the time would go. */
struct sight {
	bool known;
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
	struct sight sights[MODELS];
	struct judged judged[JUDGED];
	struct judgement last;		/* of what is not remembered */
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
		free(f->sights[i].releases);
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
look(struct sight *s, const struct feed *feed, const struct device *device)
{
	static const char *const others[] = {"another"};

	free(s->releases);
	s->releases = memory_resize(NULL, feed->count * sizeof *s->releases);
	memcpy(s->releases, feed->releases, feed->count * sizeof *s->releases);
	for (uint32_t i = 0; i < feed->count; i++) {
		bool runs = plan_runs(&feed->releases[i], device);

		s->releases[i].devices = runs ? NULL : others;
		s->releases[i].device_count = !runs;
	}
	s->feed = *feed;
	s->feed.releases = s->releases;
}

/* Its own, a free one, or one that some other model has to give up. */
static struct sight *
slot_for(struct fleet *f, const char *model)
{
	size_t home = hash_text(model, HASH_BEGIN) % MODELS, at = home;

	for (unsigned i = 0; i < PROBES; i++, at = (at + 1) % MODELS)
		if (!f->sights[at].known || strcmp(f->sights[at].model, model) == 0)
			return &f->sights[at];
	return &f->sights[home];
}

/* The device as one of that sight: it knows its board, and it is not "another". */
static const struct feed *
sight_of(struct fleet *f, const struct listed_device *l, struct device *device)
{
	struct sight *s;

	if (!f->feed || strlen(l->model) >= MODEL_TEXT)
		return f->feed;
	s = slot_for(f, l->model);
	if (!s->known || strcmp(s->model, l->model) != 0) {
		look(s, f->feed, device);
		strcpy(s->model, l->model);
		s->known = true;
	}
	device->model = NULL;
	device->board = "";
	return &s->feed;
}

static bool
concerned(const struct cohort *c, enum platform platform)
{
	for (unsigned i = 0; i < c->count; i++)
		if (c->policies[i]->platform == platform)
			return true;
	return false;
}

static void
judge(struct fleet *f, const struct cohort *c, const struct listed_device *l, struct device device,
	struct judgement *j)
{
	const struct feed *feed = sight_of(f, l, &device);
	struct outlook *o = &j->outlook;

	outlook_of(c->policies, c->count, feed, &device, f->now, o);
	j->group = outlook_fate(o);
	j->ahead = o->counts_down && o->requirement.policy->enforce == ENFORCE_AUTOMATIC &&
		plan_ahead(o->requirement.policy, feed, &device, f->now);
	j->release = o->required && o->requirement.release ? o->requirement.release->version : VERSION_NONE;
	j->released = j->release ? o->requirement.release->day : 0;
	j->beyond = o->beyond ? o->beyond->version : VERSION_NONE;
	o->beyond = o->requirement.release = NULL;
}

static struct judged *
slot_of(struct fleet *f, const struct cohort *c, const struct listed_device *l, const struct device *d)
{
	uint64_t hash = hash_text(l->model, HASH_BEGIN);

	hash = hash_number((uint64_t)d->version, hash);
	hash = hash_number((uint64_t)(uintptr_t)d->zone, hash);
	hash = hash_number((uint64_t)(uintptr_t)c, hash);
	return &f->judged[hash % JUDGED];
}

static bool
same(const struct judged *s, const struct cohort *c, const struct listed_device *l, const struct device *d)
{
	return s->cohort == c && s->version == d->version && s->zone == d->zone && s->platform == d->platform &&
		strcmp(s->model, l->model) == 0;
}

const struct judgement *
fleet_judge(struct fleet *f, const struct cohort *c, const struct listed_device *l)
{
	struct device d = l->device;
	struct judged *s;

	if (!l->platform_said)
		d.platform = c->policies[0]->platform;
	f->last = (struct judgement){.group = !concerned(c, d.platform) ? (unsigned)GROUP_ELSEWHERE : GROUP_UNKNOWN};
	if (f->last.group == GROUP_ELSEWHERE || d.version == VERSION_NONE)
		return &f->last;
	if (strlen(l->model) >= MODEL_TEXT) {
		judge(f, c, l, d, &f->last);
		return &f->last;
	}
	s = slot_of(f, c, l, &d);
	if (!same(s, c, l, &d)) {
		*s = (struct judged){.cohort = c, .platform = d.platform, .version = d.version, .zone = d.zone};
		strcpy(s->model, l->model);
		judge(f, c, l, d, &s->judgement);
	}
	return &s->judgement;
}
