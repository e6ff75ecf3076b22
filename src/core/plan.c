#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "plan.h"
#include "version.h"

/* The inputs that every rule needs. */
struct question {
	const struct feed *feed;	/* NULL: none */
	const struct device *device;
	int64_t now;
};

void
plan_name_device(struct device *d, const char *name)
{
	*(strchr(name, ',') ? &d->model : &d->board) = name;
}

bool
plan_can_run(const struct release *r, const struct device *d)
{
	bool comparable = false;	/* the list has a name of a kind this device knows (board or model) */

	for (uint32_t i = 0; i < r->device_count; i++) {
		const char *listed = r->devices[i], *own = strchr(listed, ',') ? d->model : d->board;

		if (own && strcmp(listed, own) == 0)
			return true;
		comparable = comparable || own;
	}
	return !comparable;
}

static bool
is_automatic(const struct policy *p)
{
	return p->enforce == ENFORCE_AUTOMATIC;
}

enum plan_verdict
plan_weigh(const struct release *r, const struct policy *p, unsigned major, const struct device *d, int64_t now)
{
	if (version_major(r->version) != major && !(is_automatic(p) && p->automatic.upgrades))
		return PLAN_OTHER_MAJOR;
	if (version_supplement(r->version) && !(is_automatic(p) && p->automatic.supplements))
		return PLAN_SUPPLEMENT;
	if (r->day * DAY_MS > now)
		return PLAN_NOT_OUT;
	return plan_can_run(r, d) ? PLAN_COUNTS : PLAN_CANNOT_RUN;
}

static bool
release_counts(const struct release *r, const struct policy *p, unsigned major, const struct question *q)
{
	return plan_weigh(r, p, major, q->device, q->now) == PLAN_COUNTS;
}

static int64_t
local_instant(const struct civil *c, const struct zone *z, const struct device *d)
{
	int64_t at;

	calendar_instant(c, z ? z : d->zone, &at);
	return at;
}

/* Returns the policy's time of day on the day that is `span` after `day`. */
static int64_t
instant_after(int64_t day, int64_t span, const struct policy *p, const struct device *d)
{
	int64_t at = p->automatic.at;
	struct civil c = {.hour = (int)(at / HOUR_MS), .minute = (int)(at / MINUTE_MS % 60)};

	calendar_date(day + span / DAY_MS, &c);
	return local_instant(&c, p->automatic.zone, d);
}

int64_t
plan_release_deadline(const struct release *r, const struct policy *p, const struct device *d)
{
	return instant_after(r->day, p->automatic.after_release, p, d);
}

/* Returns 0 for never. A sighting in the future (the clock was ahead then) counts as now. */
static int64_t
first_seen(const struct release *r, const struct device *d, int64_t now)
{
	for (uint32_t i = 0; i < d->seen_count; i++)
		if (d->seen[i].version == r->version)
			return d->seen[i].at < now ? d->seen[i].at : now;
	return r->exploited ? now : 0;
}

/* Returns when an exploited release is due. Days are counted in the zone of the deadline. */
static int64_t
exploited_due(int64_t seen, const struct policy *p, const struct device *d)
{
	int64_t least = seen + p->notice.minimum, due;
	struct civil c;

	calendar_local(seen, p->automatic.zone ? p->automatic.zone : d->zone, &c, NULL, NULL);
	due = instant_after(calendar_days(c.year, c.month, c.day), p->automatic.exploited, p, d);
	return due > least ? due : least;
}

int64_t
plan_release_due(const struct release *r, const struct policy *p, const struct device *d, int64_t now, int64_t *since)
{
	int64_t due = plan_release_deadline(r, p, d), seen = p->automatic.exploited ? first_seen(r, d, now) : 0;
	int64_t sooner = seen ? exploited_due(seen, p, d) : due;

	if (since)
		*since = sooner < due ? seen : 0;
	return sooner < due ? sooner : due;
}

static bool
is_held(const struct release *r, const struct policy *p, const struct question *q)
{
	const struct held *held = q->device->held;

	return held && held->version == r->version && strcmp(held->policy, p->name) == 0;
}

/* A held release counts as released, whatever date the feed gives it now. */
static bool
may_be_required(const struct release *r, const struct policy *p, const struct question *q)
{
	enum plan_verdict v = plan_weigh(r, p, version_major(q->device->version), q->device, q->now);

	return r->version > q->device->version && (v == PLAN_COUNTS || (v == PLAN_NOT_OUT && is_held(r, p, q) &&
		plan_can_run(r, q->device)));
}

/* Returns the version that is held, or VERSION_NONE. No older one may be required. */
static int64_t
held_version(const struct policy *p, const struct question *q)
{
	for (uint32_t i = 0; q->feed && i < q->feed->count; i++)
		if (is_held(&q->feed->releases[i], p, q) && may_be_required(&q->feed->releases[i], p, q))
			return q->feed->releases[i].version;
	return VERSION_NONE;
}

/* Finds the release due first of those newer than the installed version; of several due at once, the newest. */
static bool
first_due(const struct policy *p, const struct question *q, struct requirement *out)
{
	int64_t least = held_version(p, q);

	for (uint32_t i = 0; q->feed && i < q->feed->count; i++) {
		const struct release *r = &q->feed->releases[i];
		int64_t due, since;

		if (r->version < least || !may_be_required(r, p, q))
			continue;
		due = plan_release_due(r, p, q->device, q->now, &since);
		if (out->release && (due > out->deadline || (due == out->deadline && r->version < out->version)))
			continue;
		*out = (struct requirement){.policy = p, .release = r, .version = r->version, .deadline = due,
			.exploited = since};
	}
	return out->release;
}

bool
plan_due_later(const struct policy *p, const struct feed *feed, const struct device *d, int64_t now)
{
	const struct question q = {feed, d, now};

	for (uint32_t i = 0; feed && i < feed->count; i++) {
		const struct release *r = &feed->releases[i];

		if (r->version > d->version && release_counts(r, p, version_major(d->version), &q) &&
		    plan_release_due(r, p, d, now, NULL) > now)
			return true;
	}
	return false;
}

/* Whether the device can run any released version that is at least `from` and of the same major. */
static bool
runs_any(const struct feed *feed, int64_t from, const struct device *d, int64_t now)
{
	for (uint32_t i = 0; i < feed->count; i++) {
		const struct release *r = &feed->releases[i];

		if (r->version >= from && version_major(r->version) == version_major(from) &&
		    r->day * DAY_MS <= now && plan_can_run(r, d))
			return true;
	}
	return false;
}

const struct release *
plan_unsupported(const struct policy *p, const struct feed *feed, const struct device *d, int64_t now)
{
	unsigned major = version_major(is_automatic(p) ? d->version : p->minimum.version);
	int64_t least = is_automatic(p) ? d->version + 1 : p->minimum.version;

	if (p->platform != d->platform || p->enforce == ENFORCE_NOTHING || least <= d->version)
		return NULL;
	for (uint32_t i = 0; feed && i < feed->count; i++) {
		const struct release *r = &feed->releases[i];

		if (r->version < least || plan_weigh(r, p, major, d, now) != PLAN_CANNOT_RUN)
			continue;
		if (!runs_any(feed, is_automatic(p) ? version_make(version_major(r->version), 0, 0, 0) : least, d, now))
			return r;
	}
	return NULL;
}

/* Finds the requirement of one policy, without the target. */
static bool
policy_requirement(const struct policy *p, const struct question *q, struct requirement *out)
{
	*out = (struct requirement){.policy = p};
	if (p->platform != q->device->platform || p->enforce == ENFORCE_NOTHING)
		return false;
	if (is_automatic(p))
		return first_due(p, q, out);
	out->version = p->minimum.version;
	out->deadline = local_instant(&p->minimum.deadline, p->minimum.zone, q->device);
	return out->version > q->device->version;
}

/* Too late for the author's choice: whoever is past the deadline gets the latest, to restart only once. */
static int64_t
find_target(const struct requirement *r, const struct question *q)
{
	int64_t newest = r->version;

	if (r->policy->install.target == TARGET_REQUIRED && q->now < r->deadline)
		return newest;
	for (uint32_t i = 0; q->feed && i < q->feed->count; i++) {
		const struct release *offered = &q->feed->releases[i];

		if (offered->version > newest && release_counts(offered, r->policy, version_major(r->version), q))
			newest = offered->version;
	}
	return newest;
}

bool
plan_requirement(const struct policy *const *policies, unsigned count, const struct feed *feed,
	const struct device *device, int64_t now, struct requirement *out)
{
	const struct question q = {feed, device, now};
	struct requirement one, all = {0};

	assert(device->zone);
	/* An unknown version is no reason to install anything, and no proof that nothing is needed. */
	assert(device->version != VERSION_NONE);
	for (unsigned i = 0; i < count; i++) {
		int64_t highest = all.version;

		if (!policy_requirement(policies[i], &q, &one))
			continue;
		if (one.version > highest)
			highest = one.version;
		if (!all.policy || one.deadline < all.deadline)
			all = one;
		all.version = highest;
	}
	if (!all.policy)
		return false;
	all.target = find_target(&all, &q);
	*out = all;
	return true;
}
