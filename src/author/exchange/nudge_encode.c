#include "nudge.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/version.h"
#include "counterpart.h"
#include "text/instant.h"
#include "text/memory.h"

#define LOCAL 96

static bool
never_late(const struct zone *zone)
{
	return zone && !zone->changes && zone->types && !zone->offset[0] &&
	       !(zone->footer && (zone->daylight || zone->standard));
}

/* Nudge can hold a window back for whole days after a release. */
static bool
window_in_days(const struct policy *p)
{
	return p->enforce == ENFORCE_AUTOMATIC && p->notice.window % DAY_MS == 0 &&
	       p->notice.window <= p->automatic.after_release;
}

static bool
usual_reminders(const struct policy *p)
{
	return p->notice.reminds == 2 && p->notice.remind[0] == HOUR_MS && p->notice.remind[1] == DAY_MS;
}

static bool
no_exploited_rule(const struct policy *p)
{
	return p->automatic.exploited == 0;
}

static bool
no_least_notice(const struct policy *p)
{
	return p->notice.minimum == 0;
}

static bool
is_automatic(const struct policy *p)
{
	return p->enforce == ENFORCE_AUTOMATIC;
}

#define ASKS "Nudge asks people and never installs"

/* What is refused before this is looked at counts as carried. */
static const struct counterpart counterparts[] = {
	{"label", counterpart_label, NULL},
	{"name", NULL, "Nudge's file has no name of its own, so give it one"},
	{"platform", counterpart_always, NULL},
	{"enforce.automatic.after_release", counterpart_always, NULL},
	{"enforce.automatic.exploited", no_exploited_rule, "Nudge counts from a release's date, not from when a device hears of "
	 "the hole"},
	{"enforce.automatic.at", counterpart_always, NULL},
	{"enforce.automatic.time_zone", counterpart_always, NULL},
	{"enforce.automatic.upgrades", counterpart_always, NULL},
	{"enforce.automatic.supplements", counterpart_always, NULL},
	{"enforce.automatic.accept_immediate_countdown", counterpart_always, NULL},	/* a word to `check` alone */
	{"enforce.minimum.version", counterpart_always, NULL},
	{"enforce.minimum.deadline", counterpart_always, NULL},
	{"enforce.minimum.time_zone", counterpart_always, NULL},
	{"notice.window", window_in_days, "Nudge begins at once, or whole days after a release"},
	{"notice.remind", usual_reminders, "Nudge offers an hour, a day, and a time of one's own"},
	{"notice.repeat", counterpart_always, NULL},
	{"notice.minimum", no_least_notice, "Nudge's grace period is for new devices only"},
	{"countdown.length", NULL, ASKS},
	{"countdown.warn_every", counterpart_always, NULL},
	{"install.target", counterpart_always, NULL},
	{"install.cache", counterpart_always, NULL},
	{"install.close_apps", NULL, ASKS},
	{"install.unattended", NULL, ASKS},
	{"install.retry.times", NULL, ASKS},
	{"install.retry.wait", NULL, ASKS},
	{"text", counterpart_text, "Nudge has other texts, under userInterface"},
	{"recheck", is_automatic, "Nudge looks when launchd starts it"},
	{0},
};

static bool
check_automatic(const struct policy_source *source, struct messages *messages)
{
	const struct policy *p = &source->policy;
	bool good = true;

	if (!never_late(p->automatic.zone))
		good = counterpart_refuse(source, "enforce.automatic.time_zone", messages,
			"Nudge counts from a release's date in UTC, whatever the device's zone: write \"UTC\"");
	if (p->automatic.at)
		good = counterpart_refuse(source, "enforce.automatic.at", messages,
			"Nudge's deadlines fall at midnight: write \"00:00\"");
	if (p->automatic.supplements)
		good = counterpart_refuse(source, "enforce.automatic.supplements", messages,
			"Nudge knows no supplements: write \"false\"");
	return good;
}

static bool
check(const struct policy_source *source, struct messages *messages)
{
	const struct policy *p = &source->policy;
	bool good = true;

	if (p->platform != PLATFORM_MACOS)
		good = counterpart_refuse(source, "platform", messages, "Nudge is for macOS only");
	if (p->enforce != ENFORCE_NOTHING && p->install.target == TARGET_REQUIRED)
		good = counterpart_refuse(source, "install.target", messages,
			"Nudge leaves people with the newest release: write \"latest\"");
	if (p->enforce == ENFORCE_MINIMUM && version_supplement(p->minimum.version))
		good = counterpart_refuse(source, "enforce.minimum.version", messages, "Nudge knows no supplements");
	if (p->enforce == ENFORCE_AUTOMATIC)
		good = check_automatic(source, messages) && good;
	return good;
}

static void
set(json_t *map, const char *key, json_t *value)
{
	if (!map || json_object_set_new(map, key, value))
		memory_out();
}

static void
set_seconds(json_t *map, const char *key, int64_t ms)
{
	set(map, key, json_integer(ms / SECOND_MS));
}

static void
put_minimum(const struct policy *p, json_t *map)
{
	const struct civil *t = &p->minimum.deadline;
	char version[VERSION_TEXT], date[LOCAL];
	int64_t at;

	set(map, "requiredMinimumOSVersion", json_string(version_format(p->minimum.version, version)));
	/* Without a Z Nudge takes it for the device's own time. */
	snprintf(date, sizeof date, "%04d-%02d-%02dT%02d:%02d:00", t->year, t->month, t->day, t->hour, t->minute);
	if (p->minimum.zone) {
		calendar_instant(t, p->minimum.zone, &at);
		instant_format(at, date);
	}
	set(map, "requiredInstallationDate", json_string(date));
}

static void
put_automatic(const struct policy *p, json_t *map)
{
	static const char *const levels[] = {
		"activelyExploitedCVEsMajorUpgradeSLA", "activelyExploitedCVEsMinorUpdateSLA",
		"nonActivelyExploitedCVEsMajorUpgradeSLA", "nonActivelyExploitedCVEsMinorUpdateSLA",
		"standardMajorUpgradeSLA", "standardMinorUpdateSLA",
	};

	set(map, "requiredMinimumOSVersion", json_string(p->automatic.upgrades ? "latest-supported" : "latest-minor"));
	for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
		set(map, levels[i], json_integer(p->automatic.after_release / DAY_MS));
}

static json_t *
requirements(const struct policy *p)
{
	json_t *list = json_array(), *map;

	if (p->enforce == ENFORCE_NOTHING)
		return list;
	map = json_object();
	if (p->enforce == ENFORCE_MINIMUM)
		put_minimum(p, map);
	else
		put_automatic(p, map);
	set(map, "targetedOSVersionsRule", json_string("default"));
	if (json_array_append_new(list, map))
		memory_out();
	return list;
}

static json_t *
features(const struct policy *p)
{
	json_t *map = json_object();

	set(map, "disableSoftwareUpdateWorkflow", json_boolean(!p->install.cache));
	if (p->enforce == ENFORCE_AUTOMATIC)
		set_seconds(map, "refreshSOFAFeedTime", p->recheck);
	return map;
}

static json_t *
experience(const struct policy *p)
{
	json_t *map = json_object();
	int64_t held = (p->automatic.after_release - p->notice.window) / DAY_MS;

	set_seconds(map, "initialRefreshCycle", p->notice.repeat);
	set_seconds(map, "approachingRefreshCycle", p->notice.repeat);
	set_seconds(map, "imminentRefreshCycle", p->notice.repeat);
	set_seconds(map, "elapsedRefreshCycle", p->countdown.warn_every);
	if (window_in_days(p)) {
		set(map, "nudgeMajorUpgradeEventLaunchDelay", json_integer(held));
		set(map, "nudgeMinorUpdateEventLaunchDelay", json_integer(held));
	}
	return map;
}

static void
report(const struct policy_source *source, struct messages *messages)
{
	if (source->policy.enforce == ENFORCE_NOTHING)
		return;
	counterpart_report(source, counterparts, "Nudge", messages);
	if (source->policy.enforce == ENFORCE_AUTOMATIC)
		message_add(messages, MESSAGE_WARNING, source->path,
			policysource_place(source, "enforce.automatic", NULL), "enforce.automatic: Nudge counts from "
			"the newest release, so each new one puts the deadline off; here the first that a device lacks "
			"sets it");
}

char *
nudge_encode(const struct policy_source *source, struct messages *messages)
{
	json_t *json;
	char *text;

	if (!check(source, messages))
		return NULL;
	report(source, messages);
	json = json_object();
	set(json, "osVersionRequirements", requirements(&source->policy));
	if (source->policy.enforce != ENFORCE_NOTHING) {
		set(json, "optionalFeatures", features(&source->policy));
		set(json, "userExperience", experience(&source->policy));
	}
	text = json_dumps(json, JSON_INDENT(2));
	if (!text)
		memory_out();
	json_decref(json);
	return text;
}
