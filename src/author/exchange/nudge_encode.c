/* nudge_encode - converts a policy to Nudge's JSON. */
#include "exchange.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/version.h"
#include "text/instant.h"
#include "text/memory.h"

#define LOCAL 96

/* Returns true if the zone is UTC under any name: its offset is always zero. */
static bool
is_utc(const struct zone *zone)
{
	return zone && !zone->changes && zone->types && !zone->offset[0] &&
	       !(zone->footer && (zone->daylight || zone->standard));
}

/* Nudge can open its window only whole days after a release. */
static bool
is_window_in_days(const struct policy *p)
{
	return p->enforce == ENFORCE_AUTOMATIC && p->notice.window % DAY_MS == 0 &&
	       p->notice.window <= p->automatic.after_release;
}

static bool
has_nudge_reminders(const struct policy *p)
{
	return p->notice.reminds == 2 && p->notice.remind[0] == HOUR_MS && p->notice.remind[1] == DAY_MS;
}

static bool
has_no_exploited_rule(const struct policy *p)
{
	return p->automatic.exploited == 0;
}

static bool
is_automatic(const struct policy *p)
{
	return p->enforce == ENFORCE_AUTOMATIC;
}

#define ASKS "Nudge asks people to update and never installs"

/* A key counts as carried if check_policy refuses every value that Nudge cannot express. */
static const struct counterpart counterparts[] = {
	{"label", counterpart_label, NULL},
	{"name", NULL, "Nudge's JSON has no name: give the file one"},
	{"platform", counterpart_always, NULL},
	{"enforce.automatic.after_release", counterpart_always, NULL},
	{"enforce.automatic.exploited", has_no_exploited_rule, "Nudge counts from a release's date, not from when a device "
	 "hears of attacks"},
	{"enforce.automatic.at", counterpart_always, NULL},
	{"enforce.automatic.time_zone", counterpart_always, NULL},
	{"enforce.automatic.upgrades", counterpart_always, NULL},
	{"enforce.automatic.supplements", counterpart_always, NULL},
	{"enforce.automatic.accept_immediate_countdown", counterpart_always, NULL},	/* only `check` reads it */
	{"enforce.minimum.version", counterpart_always, NULL},
	{"enforce.minimum.deadline", counterpart_always, NULL},
	{"enforce.minimum.time_zone", counterpart_always, NULL},
	{"notice.window", is_window_in_days, "Nudge begins at once, or whole days after a release"},
	{"notice.remind", has_nudge_reminders, "Nudge offers an hour, a day, and a time that people choose"},
	{"notice.repeat", counterpart_always, NULL},
	{"notice.minimum", counterpart_minimum, "Nudge's grace period is for new devices only"},
	{"countdown.length", NULL, ASKS},
	{"countdown.warn_every", counterpart_always, NULL},
	{"install.target", counterpart_always, NULL},
	{"install.cache", counterpart_always, NULL},
	{"install.close_apps", NULL, ASKS},
	{"install.unattended", NULL, ASKS},
	{"install.retry.times", NULL, ASKS},
	{"install.retry.wait", NULL, ASKS},
	{"text", counterpart_text, "Nudge has its own texts, under userInterface"},
	{"recheck", is_automatic, "Nudge checks when launchd starts it"},
	{0},
};

static bool
check_automatic(const struct policy_source *source, struct messages *messages)
{
	const struct policy *p = &source->policy;
	bool good = true;

	if (!is_utc(p->automatic.zone))
		good = counterpart_refuse(source, "enforce.automatic.time_zone", messages,
			"Nudge counts from a release's date in UTC in every zone: write \"UTC\"");
	if (p->automatic.at)
		good = counterpart_refuse(source, "enforce.automatic.at", messages,
			"Nudge's deadlines are at midnight: write \"00:00\"");
	if (p->automatic.supplements)
		good = counterpart_refuse(source, "enforce.automatic.supplements", messages,
			"Nudge has no supplements: write \"false\"");
	return good;
}

static bool
check_policy(const struct policy_source *source, struct messages *messages)
{
	const struct policy *p = &source->policy;
	bool good = true;

	if (p->platform != PLATFORM_MACOS)
		good = counterpart_refuse(source, "platform", messages, "Nudge is for macOS only");
	if (p->enforce != ENFORCE_NOTHING && p->install.target == TARGET_REQUIRED)
		good = counterpart_refuse(source, "install.target", messages,
			"Nudge sends people to the newest release: write \"latest\"");
	if (p->enforce == ENFORCE_MINIMUM && version_supplement(p->minimum.version))
		good = counterpart_refuse(source, "enforce.minimum.version", messages,
			"Nudge has no supplements: require a version without a letter");
	if (p->enforce == ENFORCE_AUTOMATIC)
		good = check_automatic(source, messages) && good;
	return good;
}

static void
set_value(json_t *map, const char *key, json_t *value)
{
	if (!map || json_object_set_new(map, key, value))
		memory_out();
}

static void
set_seconds(json_t *map, const char *key, int64_t ms)
{
	set_value(map, key, json_integer(ms / SECOND_MS));
}

static void
put_minimum(const struct policy *p, json_t *map)
{
	const struct civil *t = &p->minimum.deadline;
	char version[VERSION_TEXT], date[LOCAL];
	int64_t at;

	set_value(map, "requiredMinimumOSVersion", json_string(version_format(p->minimum.version, version)));
	/* Nudge reads a date without a Z in the device's own zone. */
	snprintf(date, sizeof date, "%04d-%02d-%02dT%02d:%02d:00", t->year, t->month, t->day, t->hour, t->minute);
	if (p->minimum.zone) {
		calendar_instant(t, p->minimum.zone, &at);
		instant_format(at, date);
	}
	set_value(map, "requiredInstallationDate", json_string(date));
}

static void
put_automatic(const struct policy *p, json_t *map)
{
	static const char *const levels[] = {
		"activelyExploitedCVEsMajorUpgradeSLA", "activelyExploitedCVEsMinorUpdateSLA",
		"nonActivelyExploitedCVEsMajorUpgradeSLA", "nonActivelyExploitedCVEsMinorUpdateSLA",
		"standardMajorUpgradeSLA", "standardMinorUpdateSLA",
	};

	set_value(map, "requiredMinimumOSVersion", json_string(p->automatic.upgrades ? "latest-supported" : "latest-minor"));
	for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
		set_value(map, levels[i], json_integer(p->automatic.after_release / DAY_MS));
}

static json_t *
requirements_json(const struct policy *p)
{
	json_t *list = json_array(), *map;

	if (p->enforce == ENFORCE_NOTHING)
		return list;
	map = json_object();
	if (p->enforce == ENFORCE_MINIMUM)
		put_minimum(p, map);
	else
		put_automatic(p, map);
	set_value(map, "targetedOSVersionsRule", json_string("default"));
	if (json_array_append_new(list, map))
		memory_out();
	return list;
}

static json_t *
features_json(const struct policy *p)
{
	json_t *map = json_object();

	set_value(map, "disableSoftwareUpdateWorkflow", json_boolean(!p->install.cache));
	if (p->enforce == ENFORCE_AUTOMATIC)
		set_seconds(map, "refreshSOFAFeedTime", p->recheck);
	return map;
}

static json_t *
experience_json(const struct policy *p)
{
	json_t *map = json_object();
	int64_t delay = (p->automatic.after_release - p->notice.window) / DAY_MS;

	set_seconds(map, "initialRefreshCycle", p->notice.repeat);
	set_seconds(map, "approachingRefreshCycle", p->notice.repeat);
	set_seconds(map, "imminentRefreshCycle", p->notice.repeat);
	set_seconds(map, "elapsedRefreshCycle", p->countdown.warn_every);
	if (is_window_in_days(p)) {
		set_value(map, "nudgeMajorUpgradeEventLaunchDelay", json_integer(delay));
		set_value(map, "nudgeMinorUpdateEventLaunchDelay", json_integer(delay));
	}
	return map;
}

static void
report_losses(const struct policy_source *source, struct messages *messages)
{
	if (source->policy.enforce == ENFORCE_NOTHING)
		return;
	counterpart_report(source, counterparts, "Nudge", messages);
	if (source->policy.enforce == ENFORCE_AUTOMATIC)
		message_add(messages, MESSAGE_WARNING, source->path,
			policysource_place(source, "enforce.automatic", NULL), "enforce.automatic: Nudge counts from "
			"the newest release, so each new one delays the deadline; here the first release that a device "
			"lacks sets it");
}

char *
nudge_encode(const struct policy_source *source, struct messages *messages)
{
	json_t *json;
	char *text;

	if (!check_policy(source, messages))
		return NULL;
	report_losses(source, messages);
	json = json_object();
	set_value(json, "osVersionRequirements", requirements_json(&source->policy));
	if (source->policy.enforce != ENFORCE_NOTHING) {
		set_value(json, "optionalFeatures", features_json(&source->policy));
		set_value(json, "userExperience", experience_json(&source->policy));
	}
	text = json_dumps(json, JSON_INDENT(2));
	if (!text)
		memory_out();
	json_decref(json);
	return text;
}
