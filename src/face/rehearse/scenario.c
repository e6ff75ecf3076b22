/* scenario - which device a rehearsal or preview plays, and from when on. */
#include <stdio.h>

#include "core/version.h"
#include "rehearse.h"

static bool
required_of(const struct policy *policy, const struct feed *feed, const struct scenario *s, int64_t at,
	struct requirement *r)
{
	struct device device = {.platform = s->device.platform, .version = s->device.version, .build = s->device.build,
		.model = *s->device.model ? s->device.model : NULL, .board = *s->device.board ? s->device.board : NULL,
		.zone = s->zone};

	return device.version && plan_requirement(&policy, 1, feed, &device, at, r);
}

/* Pretends to run one version after the other, newest first, until one requires something. */
static bool
pretend_version(const struct policy *policy, const struct feed *feed, struct scenario *s, int64_t at)
{
	uint32_t count = policy->enforce == ENFORCE_MINIMUM ? 1 : feed ? feed->count : 0;

	s->pretends = s->device.platform == policy->platform ? NOTHING_REQUIRED : OTHER_PLATFORM;
	*s->device.build = '\0';
	if (s->pretends == OTHER_PLATFORM) {
		s->device.platform = policy->platform;
		snprintf(s->device.os, sizeof s->device.os, "%s", policy->platform == PLATFORM_MACOS ? "macOS" : "Linux");
		*s->device.model = *s->device.board = '\0';
	}
	for (uint32_t i = 0; i < count; i++) {
		s->device.version =
			version_below(policy->enforce == ENFORCE_MINIMUM ? policy->minimum.version : feed->releases[i].version);
		if (s->device.version && required_of(policy, feed, s, at, &s->requirement))
			return true;
	}
	return false;
}

/* Returns an instant a twentieth of the notice window before that opens, but not before the release is out. */
static int64_t
before_notice(const struct policy *policy, const struct requirement *r)
{
	int64_t start = r->deadline - policy->notice.window - policy->notice.window / 20;

	if (r->release && start < r->release->day * DAY_MS)
		start = r->release->day * DAY_MS;
	return start - start % MINUTE_MS;
}

const char *
scenario_find(const struct policy *policy, const struct feed *feed, int64_t start, int64_t now, struct scenario *s)
{
	if (policy->enforce == ENFORCE_NOTHING)
		return "it requires nothing (do_not_manage), so there is nothing to see";
	if (policy->enforce == ENFORCE_AUTOMATIC && !feed)
		return "an automatic policy needs the list of releases: give it with --feed";
	s->start = start ? start : now;
	if (!required_of(policy, feed, s, s->start, &s->requirement) && !pretend_version(policy, feed, s, s->start))
		return start ? "it requires nothing at that time, whatever this device runs"
			: "it requires nothing now, whatever this device runs";
	if (start)
		return NULL;
	s->start = before_notice(policy, &s->requirement);
	if (!required_of(policy, feed, s, s->start, &s->requirement))
		return "it requires nothing when its notice begins: name another time";
	return NULL;
}
