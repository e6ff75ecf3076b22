/* ddm - converts a policy to a declaration for Apple's device management. */
#include "exchange.h"

#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "core/version.h"
#include "text/memory.h"

#define TYPE "com.apple.configuration.softwareupdate.enforcement.specific"
#define IDENTIFIER 192
#define LOCAL 24

static bool
installs_required(const struct policy *policy)
{
	return policy->install.target == TARGET_REQUIRED;
}

#define OWN_NOTICES "macOS shows its own notices, at its own times"
#define OWN_COUNTDOWN "macOS has its own countdown"
#define OWN_UPDATE "macOS has its own way to install"

static const struct counterpart counterparts[] = {
	{"name", counterpart_always, NULL},	/* becomes part of the Identifier */
	{"label", counterpart_label, "a declaration has no text for people"},
	{"platform", counterpart_always, NULL},
	{"enforce.minimum.version", counterpart_always, NULL},
	{"enforce.minimum.deadline", counterpart_always, NULL},
	{"enforce.minimum.time_zone", counterpart_always, NULL},
	{"notice.window", NULL, OWN_NOTICES},
	{"notice.remind", NULL, OWN_NOTICES},
	{"notice.repeat", NULL, OWN_NOTICES},
	{"notice.minimum", counterpart_minimum, "macOS makes a device that was off update one hour after it starts"},
	{"countdown.length", NULL, OWN_COUNTDOWN},
	{"countdown.warn_every", NULL, OWN_COUNTDOWN},
	{"install.target", installs_required, "macOS installs the version that the declaration names"},
	{"install.cache", NULL, OWN_UPDATE},
	{"install.close_apps", NULL, OWN_UPDATE},
	{"install.unattended", NULL, OWN_UPDATE},
	{"install.retry.times", NULL, OWN_UPDATE},
	{"install.retry.wait", NULL, OWN_UPDATE},
	{"text", counterpart_text, "a declaration has no text for people"},
	{"recheck", NULL, "the server notifies devices when a declaration changes"},
	{0},
};

/* Refuses a policy if no declaration requires the same. */
static bool
check_policy(const struct policy_source *source, const struct zone *zone, struct messages *messages)
{
	const struct policy *policy = &source->policy;
	bool good = true;

	if (policy->platform != PLATFORM_MACOS)
		good = counterpart_refuse(source, "platform", messages, "declarations are for macOS only");
	if (policy->enforce == ENFORCE_NOTHING)
		return counterpart_refuse(source, "enforce.do_not_manage", messages,
			"the policy requires nothing: send these devices no declaration");
	if (policy->enforce == ENFORCE_AUTOMATIC)
		return counterpart_refuse(source, "enforce.automatic", messages, "a declaration names one version and "
			"one time, and cannot follow releases: write \"minimum\" instead");
	if (version_supplement(policy->minimum.version))
		good = counterpart_refuse(source, "enforce.minimum.version", messages, "a declaration names a "
			"supplement by its build, which a policy does not have: require its base version");
	if (policy->minimum.zone && !zone)
		good = counterpart_refuse(source, "enforce.minimum.time_zone", messages, "a declaration's time is in "
			"each device's zone: write \"device\", or export for the devices of one zone with --zone %s",
			policy->minimum.zone->name);
	if (!policy->minimum.zone && zone)
		good = counterpart_refuse(source, "enforce.minimum.time_zone", messages,
			"the deadline is in each device's own zone already: leave out --zone %s", zone->name);
	return good;
}

/* Converts the deadline to local time in zone. Refuses a time that clocks there show twice. */
static bool
local_deadline(const struct policy_source *source, const struct zone *zone, struct civil *local,
	struct messages *messages)
{
	const struct policy *policy = &source->policy;
	int64_t at, again;

	*local = policy->minimum.deadline;
	if (!zone)
		return true;
	calendar_instant(local, policy->minimum.zone, &at);
	calendar_local(at, zone, local, NULL, NULL);
	return (calendar_instant(local, zone, &again) == LOCAL_ONCE && again == at) ||
	       counterpart_refuse(source, "enforce.minimum.deadline", messages,
			"clocks in %s show %02d:%02d twice that day: choose another hour", zone->name, local->hour,
			local->minute);
}

/* Warns that macOS reads "15.2" as the newest 15.2.x; under the policy a device on 15.2 is compliant. */
static void
report_patch(const struct policy_source *source, const char *version, struct messages *messages)
{
	const char *point = strchr(version, '.');

	if (!strchr(point + 1, '.'))
		message_add(messages, MESSAGE_WARNING, source->path,
			policysource_place(source, "enforce.minimum.version", NULL),
			"enforce.minimum.version (%s) means the newest %s.x to macOS, not %s or newer", version,
			version, version);
}

/* Writes "lastcall.macos-minimum", or with a zone "lastcall.macos-minimum.america-new_york". */
static void
make_identifier(const struct policy *policy, const struct zone *zone, char out[IDENTIFIER])
{
	int length = snprintf(out, IDENTIFIER, "lastcall.%s%s%s", policy->name, zone ? "." : "",
		zone ? zone->name : "");

	for (int i = 0; i < length; i++)
		out[i] = (char)(out[i] == '/' ? '-' : tolower((unsigned char)out[i]));
}

char *
ddm_encode(const struct policy_source *source, const struct zone *zone, struct messages *messages)
{
	char version[VERSION_TEXT], time[LOCAL * 4], identifier[IDENTIFIER], *text;
	struct civil t;
	json_t *json;

	if (!check_policy(source, zone, messages) || !local_deadline(source, zone, &t, messages))
		return NULL;
	version_format(source->policy.minimum.version, version);
	report_patch(source, version, messages);
	counterpart_report(source, counterparts, "a declaration", messages);
	make_identifier(&source->policy, zone, identifier);
	snprintf(time, sizeof time, "%04d-%02d-%02dT%02d:%02d:00", t.year, t.month, t.day, t.hour, t.minute);
	json = json_pack("{s:s, s:s, s:{s:s, s:s}}", "Type", TYPE, "Identifier", identifier, "Payload",
		"TargetOSVersion", version, "TargetLocalDateTime", time);
	text = json ? json_dumps(json, JSON_INDENT(2)) : NULL;
	if (!text)
		memory_out();
	json_decref(json);
	return text;
}
