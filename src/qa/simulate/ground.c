/* ground - what all devices of a rollout share, computed before any device is played. */
#include "rollout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"
#include "core/assess.h"
#include "core/version.h"
#include "text/memory.h"
#include "words/policy.h"
#include "text/zone.h"

/* --- the devices of a list --- */

static struct device_kind *
kind_at(const struct inventory *all, size_t kind)
{
	return (struct device_kind *)all->kinds.entries + kind;
}

const struct device_kind *
inventory_at(const struct inventory *all, size_t kind)
{
	return kind_at(all, kind);
}

/* While devices are read, `before` counts the kind's own devices. */
static void
add_device(struct inventory *all, const struct listed_device *l, enum platform platform)
{
	struct device_key key = {.version = l->device.version, .zone = l->zone_given ? l->device.zone : NULL};

	if (strlen(l->model) < sizeof key.model)	/* no model is longer */
		memcpy(key.model, l->model, strlen(l->model));
	if (l->platform_given && l->device.platform != platform)
		all->elsewhere++;
	else if (l->device.version == VERSION_NONE)
		all->unknown++;
	else
		((struct device_kind *)tally_entry(&all->kinds, &key))->before++;
}

bool
inventory_read(struct inventory *all, const char *path, enum platform platform, struct messages *messages)
{
	struct devices *devices = devices_open(path, messages);
	struct listed_device l;

	if (!devices)
		return false;
	all->kinds = (struct tally){.entry = sizeof (struct device_kind), .key = sizeof (struct device_key)};
	while (devices_next(devices, &l, messages))
		add_device(all, &l, platform);
	devices_close(devices);
	for (size_t i = 0; i < all->kinds.count; i++) {
		uint64_t own = kind_at(all, i)->before;

		kind_at(all, i)->before = all->devices;
		all->devices += own;
	}
	if (!messages->errors && !all->devices)
		message_add(messages, MESSAGE_ERROR, path, (struct place){0, 0},
			"expected devices of the policy's platform with a version, found none");
	return !messages->errors;
}

size_t
inventory_kind(const struct inventory *all, uint64_t number)
{
	size_t least = 0, beyond = all->kinds.count;

	while (beyond - least > 1) {
		size_t middle = least + (beyond - least) / 2;

		if (kind_at(all, middle)->before <= number)
			least = middle;
		else
			beyond = middle;
	}
	return least;
}

void
inventory_free(struct inventory *all)
{
	tally_free(&all->kinds);
	*all = (struct inventory){0};
}

/* --- the files --- */

static const struct feed *
feed_in(const struct ground *f)
{
	return f->feed ? feed_of(f->feed) : NULL;
}

static bool
load_files(struct ground *f, const struct rollout *r, struct messages *messages)
{
	policy_load(r->policy, &f->policy, messages);
	if (r->feed)
		f->feed = feed_load(r->feed, messages);
	if (!messages->errors && f->policy.enforce == ENFORCE_AUTOMATIC && !f->feed)
		message_add(messages, MESSAGE_ERROR, r->policy, (struct place){0, 0},
			"an automatic policy needs the list of releases: give it with --feed");
	if (!messages->errors && r->list)
		inventory_read(&f->inventory, r->list, f->policy.platform, messages);
	return !messages->errors;
}

/* --- the days --- */

static int64_t
midnight_before(int64_t at, const struct zone *zone)
{
	struct civil c;

	calendar_local(at, zone, &c, NULL, NULL);
	c.hour = c.minute = c.second = 0;
	calendar_instant(&c, zone, &at);
	return at;
}

/* Without --start: two days before the notice of a minimum, or noon of the day of the feed's newest release. */
static int64_t
choose_start(const struct ground *f)
{
	const struct policy *p = &f->policy;
	int64_t at = calendar_days(2026, 1, 5) * DAY_MS;

	if (p->enforce == ENFORCE_MINIMUM) {
		calendar_instant(&p->minimum.deadline, f->zone, &at);
		return at - p->notice.window - 2 * DAY_MS;
	}
	for (uint32_t i = 0; feed_in(f) && i < feed_in(f)->count; i++)
		if (i == 0 || feed_in(f)->releases[i].day * DAY_MS > at)
			at = feed_in(f)->releases[i].day * DAY_MS;
	return at + 12 * HOUR_MS;
}

/* Returns the office hours of a zone, from the day of the start on. */
static struct hours *
hours_of(struct ground *f, const struct zone *zone)
{
	struct hours *h;
	struct civil c;
	int64_t at;

	for (size_t i = 0; i < f->hours_count; i++)
		if (f->hours[i]->zone == zone)
			return f->hours[i];
	h = memory_zeroed(sizeof *h);
	f->hours = array_grow(f->hours, &f->hours_room, f->hours_count + 1, sizeof (struct hours *));
	f->hours[f->hours_count++] = h;
	at = midnight_before(f->start, zone);
	calendar_local(at, zone, &c, NULL, NULL);
	h->zone = zone;
	h->office = (struct office){.midnight = h->midnights, .days = f->days + 1,
		.first_weekday = calendar_weekday(calendar_days(c.year, c.month, c.day))};
	for (uint32_t i = 0; i <= f->days; i++) {
		h->midnights[i] = at;
		at = midnight_before(at + 36 * HOUR_MS, zone);
	}
	return h;
}

static int64_t
version_before(int64_t version)
{
	unsigned major = version_major(version);
	int64_t base = version_make(major, 0, 0, 0);

	if (version > base)
		return base;
	return major > 1 ? version_make(major - 1, 0, 0, 0) : version;
}

/* Chooses the newest releases before the start, or a version below the minimum. */
static void
choose_beginnings(struct ground *f)
{
	const struct feed *all = feed_in(f);

	for (uint32_t i = 0; all && i < all->count && f->beginnings < GROUND_RECENT; i++)
		if (all->releases[i].day * DAY_MS <= f->start && !version_supplement(all->releases[i].version))
			f->begin_with[f->beginnings++] = all->releases[i].version;
	if (!f->beginnings)
		f->begin_with[f->beginnings++] = f->policy.enforce == ENFORCE_MINIMUM
			? version_before(f->policy.minimum.version) : version_make(1, 0, 0, 0);
}

/* --- what is required --- */

static void
add_version(struct asked *a, int64_t version)
{
	for (uint32_t i = 0; i < a->demands.versions; i++)
		if (a->versions[i] == version)
			return;
	a->versions = array_grow(a->versions, &a->room, a->demands.versions + 1, sizeof *a->versions);
	a->versions[a->demands.versions++] = version;
}

/* Assesses a device at one time. It may later run the required version or the target, so both are added. */
static struct demand
assess_at(const struct ground *f, struct asked *a, const struct device *device, int64_t now)
{
	const struct policy *policy = &f->policy;
	struct assessment now_is;
	const struct event *e = &now_is.event;

	assess(&policy, 1, feed_in(f), device, NULL, now, &now_is);
	if (!now_is.required)
		return (struct demand){0};
	add_version(a, e->version);
	add_version(a, e->target);
	return (struct demand){e->version, e->target, e->deadline};
}

static void
assess_every_day(const struct ground *f, struct asked *a, const struct device *device, struct demand *next)
{
	for (uint32_t day = 0; day < a->demands.days; day++, next += 2) {
		int64_t begins = (a->demands.first_day + day) * DAY_MS;

		next[0] = next[1] = assess_at(f, a, device, begins);
		if (next[0].version && next[0].deadline > begins && next[0].deadline < begins + DAY_MS)
			next[1] = assess_at(f, a, device, next[0].deadline);
	}
}

/* Computes the requirements for each version so far, and for the versions those lead to. */
static void
lay_out_demands(const struct ground *f, struct asked *a, struct device device)
{
	struct demands *d = &a->demands;
	size_t each;

	d->first_day = f->start / DAY_MS;
	d->days = f->days + 3;
	each = (size_t)d->days * 2;
	for (uint32_t v = 0; v < d->versions; v++) {
		a->list = memory_resize(a->list, (v + 1) * each * sizeof *a->list);
		device.version = a->versions[v];
		assess_every_day(f, a, &device, &a->list[v * each]);
	}
	d->version = a->versions;
	d->list = a->list;
}

static void
lay_out_inventory(struct ground *f, struct device device)
{
	f->office = memory_zeroed(f->asked_count * sizeof (struct office *));
	for (size_t i = 0; i < f->asked_count; i++) {
		const struct device_key *kind = &inventory_at(&f->inventory, i)->key;
		bool board = !strchr(kind->model, ',');

		device.zone = kind->zone ? kind->zone : f->zone;
		device.model = *kind->model && !board ? kind->model : NULL;
		device.board = *kind->model && board ? kind->model : NULL;
		f->office[i] = &hours_of(f, device.zone)->office;
		add_version(&f->asked[i], kind->version);
		lay_out_demands(f, &f->asked[i], device);
	}
}

static void
lay_out(struct ground *f)
{
	struct device device = {.platform = f->policy.platform, .zone = f->zone};

	knowledge_assume(&f->knowledge, feed_in(f), f->start);
	knowledge_lend(&f->knowledge, &device);
	hours_of(f, f->zone);
	f->asked_count = f->inventory.kinds.count ? f->inventory.kinds.count : 1;
	f->asked = memory_zeroed(f->asked_count * sizeof *f->asked);
	if (f->inventory.kinds.count) {
		lay_out_inventory(f, device);
		return;
	}
	choose_beginnings(f);
	for (uint32_t i = 0; i < f->beginnings; i++)
		add_version(f->asked, f->begin_with[i]);
	lay_out_demands(f, f->asked, device);
}

/* --- the ground --- */

static void
prepare_ground(struct ground *f, const struct rollout *r)
{
	const struct policy *p = &f->policy;

	f->zone = p->enforce == ENFORCE_AUTOMATIC ? p->automatic.zone : p->minimum.zone;
	if (!f->zone)
		f->zone = &calendar_utc;
	f->start = midnight_before(r->start ? r->start : choose_start(f), f->zone);
	f->count = r->list ? (uint32_t)f->inventory.devices : r->devices;
	f->days = r->days;
	f->seed = r->seed;
	lay_out(f);
}

struct ground *
ground_new(const struct rollout *r)
{
	struct ground *f = memory_zeroed(sizeof *f);
	struct messages messages = {0};
	bool fine = load_files(f, r, &messages);
	char *text;

	if (fine) {
		prepare_ground(f, r);
	} else {
		text = message_text(&messages);
		fputs(text, stderr);
		free(text);
		ground_free(f);
	}
	message_free(&messages);
	return fine ? f : NULL;
}

void
ground_free(struct ground *f)
{
	for (size_t i = 0; i < f->asked_count; i++) {
		free(f->asked[i].versions);
		free(f->asked[i].list);
	}
	for (size_t i = 0; i < f->hours_count; i++)
		free(f->hours[i]);
	free(f->asked);
	free(f->hours);
	free(f->office);
	inventory_free(&f->inventory);
	feed_free(f->feed);
	free(f);
	zones_free();
}

void
ground_place(const struct ground *f, uint32_t number, struct random *random, struct nature *n)
{
	size_t kind = f->inventory.kinds.count ? inventory_kind(&f->inventory, number) : 0;

	n->start = f->start;
	n->demands = &f->asked[kind].demands;
	n->office = f->inventory.kinds.count ? f->office[kind] : &f->hours[0]->office;
	n->installed = f->inventory.kinds.count ? inventory_at(&f->inventory, kind)->key.version
		: f->begin_with[random_below(random, f->beginnings)];
	policy_settings(&f->policy, &n->settings);
}
