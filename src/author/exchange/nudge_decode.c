/* nudge_decode - converts Nudge's JSON or profile to a policy. */
#include "exchange.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/version.h"
#include "text/instant.h"
#include "nudge_file.h"
#include "text/zone.h"

#define SLA_DAYS_MOST 364
#define MAJOR "nonActivelyExploitedCVEsMajorUpgradeSLA"
#define MINOR "nonActivelyExploitedCVEsMinorUpdateSLA"

#define refuse(in, ...) nudge_file_report(&(in)->file, MESSAGE_ERROR, __VA_ARGS__)
#define warn(in, ...) nudge_file_report(&(in)->file, MESSAGE_WARNING, __VA_ARGS__)

struct import {
	struct nudge_file file;
	struct policy *policy;
};

static const json_t *
take_required(struct import *in, const char *name)
{
	return nudge_file_take(&in->file, "osVersionRequirements", name);
}

#define AT(name) "osVersionRequirements[0]." name

/* Returns true if text has digits where the picture has zeros, and is the same elsewhere. */
static bool
matches_picture(const char *text, const char *picture)
{
	for (; *picture; picture++, text++)
		if (*picture == '0' ? *text < '0' || *text > '9' : *text != *picture)
			return false;
	return !*text;
}

/* Reads "2026-12-04T17:00:00", the device's local time, or the same with a Z, UTC. */
static void
read_date(struct import *in, const char *text)
{
	struct civil *t = &in->policy->minimum.deadline;
	bool utc = matches_picture(text, "0000-00-00T00:00:00Z");
	char quoted[QUOTED_SIZE];
	const char *why;

	if (utc || matches_picture(text, "0000-00-00T00:00:00"))
		sscanf(text, "%d-%d-%dT%d:%d:%d", &t->year, &t->month, &t->day, &t->hour, &t->minute, &t->second);
	if (!calendar_valid(t)) {
		refuse(in, AT("requiredInstallationDate"), "expected a date such as "
			"\"2026-12-04T17:00:00\", with a Z at its end when it is UTC, found %s",
			message_quote(text, strlen(text), quoted));
		return;
	}
	if (t->second)
		warn(in, AT("requiredInstallationDate"),
			"%d seconds are left out: deadlines are in whole minutes", t->second);
	t->second = 0;
	if (utc)
		in->policy->minimum.zone = zone_load("UTC", &why);
}

/* Returns true if the first requirement has no such key. A value of the wrong type has been reported already. */
static bool
lacks_key(const struct import *in, const char *name)
{
	const json_t *map = json_array_get(json_object_get(in->file.root, "osVersionRequirements"), 0);

	return json_is_object(map) && !json_object_get(map, name);
}

static void
read_minimum(struct import *in)
{
	const json_t *date = take_required(in, "requiredInstallationDate");

	in->policy->enforce = ENFORCE_MINIMUM;
	if (date)
		read_date(in, json_string_value(date));
	else if (lacks_key(in, "requiredInstallationDate"))
		refuse(in, "osVersionRequirements[0]", "missing key \"requiredInstallationDate\": Nudge would take "
			"the release's date, which import does not know: write the date");
}

/* Returns the days of one service level, or Nudge's default. */
static int64_t
level_days(struct import *in, const char *name, int64_t fallback)
{
	const json_t *value = take_required(in, name);

	return value ? json_integer_value(value) : fallback;
}

/* Nudge has a number of days for each kind of release, a policy only one. Takes the one for releases that close
 * vulnerabilities not known to be exploited, as nearly all do, and warns of each other level that differs. */
static void
read_levels(struct import *in, bool upgrades)
{
	static const struct {
		const char *name;
		bool major;
		int64_t days;
	} levels[] = {
		{MAJOR, true, 21}, {MINOR, false, 21},
		{"activelyExploitedCVEsMajorUpgradeSLA", true, 14}, {"activelyExploitedCVEsMinorUpdateSLA", false, 14},
		{"standardMajorUpgradeSLA", true, 28}, {"standardMinorUpdateSLA", false, 28},
	};
	const char *name = upgrades ? MAJOR : MINOR;
	int64_t days = level_days(in, name, 21);
	char path[JSONPATH];

	snprintf(path, sizeof path, AT("%s"), name);
	if (days < 0 || days > SLA_DAYS_MOST) {
		refuse(in, path, "expected 0 to %d days, found %lld", SLA_DAYS_MOST, (long long)days);
		return;
	}
	in->policy->automatic.after_release = days * DAY_MS;
	for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
		int64_t other = level_days(in, levels[i].name, levels[i].days);

		snprintf(path, sizeof path, AT("%s"), levels[i].name);
		if (other != days && (upgrades || !levels[i].major))
			warn(in, path, "%s (%lld) is left out: automatic.after_release is the same for every release, and "
				"is %lldd from %s", levels[i].name, (long long)other, (long long)days, name);
	}
}

/* Nudge opens its window some days after a release; a policy opens the notice window some days before the deadline. */
static void
read_window(struct import *in, bool upgrades)
{
	static const char *const names[] = {"nudgeMinorUpdateEventLaunchDelay", "nudgeMajorUpgradeEventLaunchDelay"};
	const json_t *value = nudge_file_take(&in->file, "userExperience", names[upgrades]), *other;
	int64_t delay = value ? json_integer_value(value) : 0;
	struct policy *p = in->policy;

	other = json_object_get(json_object_get(in->file.root, "userExperience"), names[!upgrades]);
	if (value && json_equal(value, other))
		nudge_file_take(&in->file, "userExperience", names[!upgrades]);
	p->notice.window = delay < 0 || delay > SLA_DAYS_MOST ? 0 : p->automatic.after_release - delay * DAY_MS;
	if (p->notice.window < DAY_MS) {
		warn(in, value ? "userExperience" : AT("requiredMinimumOSVersion"),
			"the notice window is 1d: Nudge's would be shorter");
		p->notice.window = DAY_MS;
	}
}

static void
read_automatic(struct import *in, const char *version)
{
	struct policy *p = in->policy;
	bool upgrades = strcmp(version, "latest-minor") != 0;
	const char *why;

	p->enforce = ENFORCE_AUTOMATIC;
	p->automatic.upgrades = upgrades;
	p->automatic.supplements = false;
	p->automatic.at = 0;
	p->automatic.zone = zone_load("UTC", &why);
	if (take_required(in, "requiredInstallationDate"))
		refuse(in, AT("requiredInstallationDate"), "one date for all coming releases is not possible here: "
			"leave it out, or require a version");
	read_levels(in, upgrades);
	read_window(in, upgrades);
	warn(in, AT("requiredMinimumOSVersion"), "deadlines can be earlier than Nudge's: the first release that "
		"a device lacks sets them, and a newer one does not delay them");
	if (!strcmp(version, "latest"))
		warn(in, AT("requiredMinimumOSVersion"), "\"latest\" is read as \"latest-supported\": a device "
			"is not required to install what it cannot run");
}

static void
read_version(struct import *in)
{
	const char *version = json_string_value(take_required(in, "requiredMinimumOSVersion"));
	char quoted[QUOTED_SIZE];

	if (!version && lacks_key(in, "requiredMinimumOSVersion"))
		refuse(in, "osVersionRequirements[0]", "missing key \"requiredMinimumOSVersion\"");
	if (version && (!strcmp(version, "latest") || !strcmp(version, "latest-minor") ||
			!strcmp(version, "latest-supported"))) {
		read_automatic(in, version);
		return;
	}
	read_minimum(in);
	if (version && !version_parse(version, &in->policy->minimum.version))
		refuse(in, AT("requiredMinimumOSVersion"), "expected a version such as 15.2, latest, latest-minor or "
			"latest-supported, found %s", message_quote(version, strlen(version), quoted));
}

static void
read_requirement(struct import *in)
{
	const json_t *list = json_object_get(in->file.root, "osVersionRequirements"), *rule;

	if (!json_is_array(list)) {
		if (!list)
			refuse(in, "", "missing key \"osVersionRequirements\"");
		return;
	}
	if (!json_array_size(list))
		return;		/* the policy keeps do_not_manage from start_policy */
	if (json_array_size(list) > 1)
		refuse(in, "osVersionRequirements[1]", "expected one requirement, found %zu: Nudge chooses by a "
			"device's version, lastcall by its blueprint, so import them one by one", json_array_size(list));
	rule = take_required(in, "targetedOSVersionsRule");
	if (rule && strcmp(json_string_value(rule), "default") != 0)
		refuse(in, AT("targetedOSVersionsRule"), "expected \"default\", since a policy is for devices of "
			"every version: give other devices a blueprint of their own");
	read_version(in);
}

static void
read_seconds(struct import *in, const char *section, const char *name, int64_t most, int64_t *ms)
{
	const json_t *value = nudge_file_take(&in->file, section, name);
	int64_t seconds = value ? json_integer_value(value) : 0;
	char path[JSONPATH], kept[DURATION_TEXT];

	if (!value)
		return;
	snprintf(path, sizeof path, "%s.%s", section, name);
	if (seconds >= 1 && seconds <= most / SECOND_MS)
		*ms = seconds * SECOND_MS;
	else
		warn(in, path, "%s (%lld) is left out: expected 1 to %lld seconds, so it stays %s", path,
			(long long)seconds, (long long)(most / SECOND_MS), duration_format(*ms, kept));
}

static void
read_other_keys(struct import *in)
{
	static const char *const same[] = {"approachingRefreshCycle", "imminentRefreshCycle"};
	const json_t *people = json_object_get(in->file.root, "userExperience"), *off;
	struct policy *p = in->policy;

	read_seconds(in, "userExperience", "initialRefreshCycle", 52 * 7 * DAY_MS, &p->notice.repeat);
	for (size_t i = 0; i < 2; i++)
		if (json_equal(json_object_get(people, same[i]), json_object_get(people, "initialRefreshCycle")))
			nudge_file_take(&in->file, "userExperience", same[i]);
	read_seconds(in, "userExperience", "elapsedRefreshCycle", p->countdown.length, &p->countdown.warn_every);
	read_seconds(in, "optionalFeatures", "refreshSOFAFeedTime", 4 * 7 * DAY_MS, &p->recheck);
	off = nudge_file_take(&in->file, "optionalFeatures", "disableSoftwareUpdateWorkflow");
	if (off)
		p->install.cache = json_is_false(off);
}

static void
start_policy(struct policy *policy, const char *name)
{
	char text[POLICY_NAME + 64];
	struct messages messages = {0};
	int length = snprintf(text, sizeof text, "policy: 1\nname: %s\nenforce: {do_not_manage: true}\n", name);
	bool good = policy_decode("defaults", text, (size_t)length, policy, &messages);

	assert(good);
}

bool
nudge_decode(const char *file, const char *text, size_t length, const char *name, struct policy *policy,
	struct messages *messages)
{
	struct import in = {.file = {.name = file, .text = text, .messages = messages}, .policy = policy};
	unsigned errors = messages->errors;
	bool good;

	if (!nudge_file_open(&in.file, length))
		return false;
	start_policy(policy, name);
	read_requirement(&in);
	read_other_keys(&in);
	good = messages->errors == errors;
	nudge_file_close(&in.file, good);
	return good;
}
