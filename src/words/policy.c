#include "policy.h"
#include "texts.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "text/file.h"
#include "text/memory.h"
#include "text/trace/trace.h"
#include "text/key.h"

#define AT(member) offsetof(struct policy, member)
#define WEEK_MS (7 * DAY_MS)

static const char *const format[] = {"1", NULL}, *const yes[] = {"true", NULL};
static const char *const platforms[] = {"macos", "linux", NULL};	/* enum platform */
static const char *const targets[] = {"latest", "required", NULL};	/* enum install_target */
static const char *const unattended[] = {"install", "wait", NULL};	/* enum unattended */

static const struct key automatic[] = {
	{"after_release", &value_days, AT(automatic.after_release), "14d",
	 .about = "calendar days from a release date to its deadline", .most = 52 * WEEK_MS},
	{"exploited", &value_rule, AT(automatic.exploited), "never",
	 .about = "calendar days from when a device first learns that a release fixes an exploited vulnerability to its "
	 "deadline, if that is earlier", .example = "7d", .least = DAY_MS, .most = 52 * WEEK_MS},
	{"at", &value_clock, AT(automatic.at), "\"17:00\"", .about = "the time of day of every deadline"},
	{"time_zone", &value_zone, AT(automatic.zone), "device",
	 .about = "the time zone of that time of day: an IANA name, or device"},
	{"upgrades", &value_flag, AT(automatic.upgrades), "false", .about = "include releases of a newer major"},
	{"supplements", &value_flag, AT(automatic.supplements), "false",
	 .about = "include rapid and background security releases such as 13.4.1 (a)"},
	{"accept_immediate_countdown", &value_flag, AT(automatic.accept_immediate_countdown), "false",
	 .about = "allow overdue devices to start their countdown as soon as they get this policy"},
	{0},
};

static const struct key minimum[] = {
	{"version", &value_version, AT(minimum.version), NULL, .about = "devices below this version must update"},
	{"deadline", &value_local, AT(minimum.deadline), NULL, .about = "the local time by which devices must update"},
	{"time_zone", &value_zone, AT(minimum.zone), "device",
	 .about = "the time zone of that local time: an IANA name, or device"},
	{0},
};

static const struct key enforce[] = {	/* in the order of enum enforce */
	{"do_not_manage", &value_fixed, 0, NULL, .about = "nothing is required of devices", .words = yes},
	{"automatic", .about = "every release has a deadline of its own", .keys = automatic},
	{"minimum", .about = "one version by one deadline", .keys = minimum},
	{0},
};

static const struct key notice[] = {
	{"window", &value_duration, AT(notice.window), "5d",
	 .about = "how long before the deadline banners begin", .least = SECOND_MS, .most = 52 * WEEK_MS},
	{"remind", &value_durations, AT(notice.remind), "[1h, 1d]",
	 .about = "the reminders that a banner offers", .least = 5 * MINUTE_MS, .most = POLICY_REMINDS},
	{"repeat", &value_duration, AT(notice.repeat), "1d",
	 .about = "how soon an unanswered banner comes back", .least = SECOND_MS, .most = 52 * WEEK_MS},
	{"minimum", &value_duration, AT(notice.minimum), "0s",
	 .about = "the least notice that a device gets", .most = 52 * WEEK_MS},
	{0},
};

static const struct key countdown[] = {
	{"length", &value_duration, AT(countdown.length), "30m",
	 .about = "how long it is, counted while the device is awake", .least = SECOND_MS, .most = WEEK_MS},
	{"warn_every", &value_duration, AT(countdown.warn_every), "5m",
	 .about = "the time between warnings while its window is closed", .least = SECOND_MS, .most = WEEK_MS},
	{0},
};

static const struct key retry[] = {
	{"times", &value_count, AT(install.retry_times), "3",
	 .about = "how often a failed update is tried again", .most = 20},
	{"wait", &value_duration, AT(install.retry_wait), "15m",
	 .about = "the time between failure and retry", .least = SECOND_MS, .most = WEEK_MS},
	{0},
};

static const struct key install[] = {
	{"target", &value_word, AT(install.target), "latest",
	 .about = "the version to install: the newest release, or the required one", .words = targets},
	{"cache", &value_flag, AT(install.cache), "true", .about = "download before the deadline"},
	{"close_apps", &value_flag, AT(install.close_apps), "true",
	 .about = "close open apps by force before the update"},
	{"unattended", &value_word, AT(install.unattended), "install",
	 .about = "what to do past the deadline while no one is logged in: install, or wait for a login",
	 .words = unattended},
	{"retry", .about = "what happens after a failed update", .keys = retry},
	{0},
};

const struct key policy_keys[] = {
	{"policy", &value_fixed, 0, NULL, .about = "the version of the policy format", .words = format},
	{"name", &value_name, AT(name), NULL,
	 .about = "the name of this policy in logs and reports", .most = POLICY_NAME - 1},
	{"label", &value_label, AT(label), "\"\"", .about = "its name for people; by default the same as name",
	 .example = "Engineering laptops", .most = POLICY_LABEL - 1},
	{"platform", &value_word, AT(platform), "macos",
	 .about = "the platform of the devices", .words = platforms},
	{"enforce", NULL, AT(enforce), NULL, .about = "what is required of devices", .keys = enforce, .one_of = true},
	{"notice", .about = "the time before the deadline", .keys = notice},
	{"countdown", .about = "the time to save work at the deadline", .keys = countdown},
	{"install", .about = "how the update is installed", .keys = install},
	{"recheck", &value_duration, AT(recheck), "6h",
	 .about = "how often the requirement is assessed again", .least = SECOND_MS, .most = 4 * WEEK_MS},
	{"text", &value_texts, AT(text), "{}",
	 .about = "texts that replace the built-in ones, by language", .most = POLICY_TEXT},
	{0},
};

/* Finds where to report a value: at its node (true), or at the map that it is missing from. */
static bool
find_value(const struct node *root, const char *section, const char *key, struct node *at)
{
	const struct node *map = yaml_get(root, section);
	const struct node *node = map && map->kind == NODE_MAP ? yaml_get(map, key) : NULL;

	*at = node ? *node : map ? *map : *root;
	return node;
}

static void
check_notice(const struct policy *policy, const struct node *root, const struct source *source)
{
	char window[DURATION_TEXT], remind[DURATION_TEXT];
	struct node node;
	bool own = find_value(root, "notice", "remind", &node);

	for (unsigned i = 0; i < policy->notice.reminds; i++)
		if (policy->notice.window >= 0 && policy->notice.remind[i] > policy->notice.window)
			key_fault(&node, source, CODE_REMIND_TOO_LONG,
				"%s reminder of %s is longer than the notice window of %s%s", own ? "a" : "the default",
				duration_format(policy->notice.remind[i], remind), duration_format(policy->notice.window, window),
				own ? "" : ": set \"remind\" too");
}

static void
check_countdown(const struct policy *policy, const struct node *root, const struct source *source)
{
	char length[DURATION_TEXT], every[DURATION_TEXT];
	struct node node;
	bool own = find_value(root, "countdown", "warn_every", &node);

	if (policy->countdown.length >= 0 && policy->countdown.warn_every > policy->countdown.length)
		key_fault(&node, source, CODE_WARNINGS_TOO_RARE,
			"%s warn_every of %s is longer than the countdown of %s%s", own ? "a" : "the default",
			duration_format(policy->countdown.warn_every, every), duration_format(policy->countdown.length, length),
			own ? "" : ": set \"warn_every\" too");
}

/* A device cannot learn that a release is exploited before its release date. */
static void
check_exploited(const struct policy *policy, const struct node *root, const struct source *source)
{
	int64_t exploited = policy->automatic.exploited, after = policy->automatic.after_release;
	char sooner[DURATION_TEXT], later[DURATION_TEXT];
	struct node section, node;

	if (policy->enforce != ENFORCE_AUTOMATIC || exploited <= 0 || after < 0 || exploited < after ||
	    !find_value(root, "enforce", "automatic", &section) || section.kind != NODE_MAP)
		return;
	find_value(&section, "exploited", "", &node);
	key_fault(&node, source, CODE_EXPLOITED_TOO_LATE, "expected less than the %s of \"after_release\", or never, "
		"found %s: it would never give an earlier deadline", duration_format(after, later),
		duration_format(exploited, sooner));
}

/* Returns the first minute from t on that clocks in zone show exactly once. */
static struct civil
next_unambiguous(struct civil t, const struct zone *zone)
{
	int64_t minutes = calendar_days(t.year, t.month, t.day) * 24 * 60 + t.hour * 60 + t.minute, at;

	while (calendar_instant(&t, zone, &at) != LOCAL_ONCE) {
		minutes++;
		calendar_date(minutes / (24 * 60), &t);
		t.hour = (int)(minutes / 60 % 24);
		t.minute = (int)(minutes % 60);
	}
	return t;
}

static void
check_deadline(const struct policy *policy, const struct node *root, const struct source *source)
{
	const struct civil *t = &policy->minimum.deadline;
	const struct zone *zone = policy->minimum.zone;
	enum local_time how;
	char found[VALUE_LOCAL], instead[VALUE_LOCAL];
	struct node section, node;
	struct civil better;
	int64_t at;

	if (policy->enforce != ENFORCE_MINIMUM || !t->day || !zone)
		return;
	how = calendar_instant(t, zone, &at);
	if (how == LOCAL_ONCE)
		return;
	better = next_unambiguous(*t, zone);
	find_value(root, "enforce", "minimum", &section);
	find_value(&section, "deadline", "", &node);
	key_fault(&node, source, how == LOCAL_SKIPPED ? CODE_SKIPPED : CODE_DOUBLED,
		"%s %s in %s, where clocks are set %s then: write %s or later", value_local_text(t, found),
		how == LOCAL_SKIPPED ? "does not exist" : "exists twice", zone->name,
		how == LOCAL_SKIPPED ? "forward" : "back", value_local_text(&better, instead));
}

bool
policy_read(const char *file, const struct node *root, struct policy *policy, struct messages *messages)
{
	struct source source = {file, policy_keys, messages};
	unsigned errors = messages->errors;

	memset(policy, 0, sizeof *policy);
	keys_read(policy_keys, root, policy, file, messages);
	while (policy->notice.reminds < POLICY_REMINDS && policy->notice.remind[policy->notice.reminds])
		policy->notice.reminds++;
	if (!policy->label[0])
		memcpy(policy->label, policy->name, sizeof policy->name);
	if (root->kind == NODE_MAP) {
		check_notice(policy, root, &source);
		check_countdown(policy, root, &source);
		check_exploited(policy, root, &source);
		check_deadline(policy, root, &source);
	}
	return messages->errors == errors;
}

bool
policy_decode(const char *file, const char *bytes, size_t length, struct policy *policy, struct messages *messages)
{
	unsigned errors = messages->errors;
	struct yaml *yaml = yaml_parse(file, bytes, length, &yaml_policy_limits, messages);

	memset(policy, 0, sizeof *policy);
	if (yaml)
		policy_read(file, yaml_root(yaml), policy, messages);
	yaml_close(yaml);
	return yaml && messages->errors == errors;
}

bool
policy_load(const char *path, struct policy *policy, struct messages *messages)
{
	size_t length;
	char *bytes = file_read(path, yaml_policy_limits.bytes, &length, messages);
	bool good = bytes && policy_decode(path, bytes, length, policy, messages);

	free(bytes);
	return good;
}

char *
policy_text(const struct policy *policy)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	if (!out)
		memory_out();
	keys_write(policy_keys, policy, out);
	if (fclose(out) != 0)
		memory_out();
	return text;
}

bool
policysource_decode(const char *path, const char *bytes, size_t length, struct policy_source *s, struct messages *ms)
{
	struct messages again = {0};

	*s = (struct policy_source){.path = path};
	if (!policy_decode(path, bytes, length, &s->policy, ms))
		return false;
	s->yaml = yaml_parse(path, bytes, length, &yaml_policy_limits, &again);
	message_free(&again);
	return true;
}

bool
policysource_load(const char *path, struct policy_source *s, struct messages *ms)
{
	size_t length;
	char *bytes = file_read(path, yaml_policy_limits.bytes, &length, ms);
	bool good = bytes && policysource_decode(path, bytes, length, s, ms);

	if (!bytes)
		*s = (struct policy_source){.path = path};
	free(bytes);
	return good;
}

void
policysource_free(struct policy_source *s)
{
	yaml_close(s->yaml);
	s->yaml = NULL;
}

struct place
policysource_place(const struct policy_source *s, const char *key, bool *given)
{
	const struct node *node = yaml_root(s->yaml);
	struct place place = node->place;
	char part[32];

	if (given)
		*given = false;
	for (;;) {
		size_t length = strcspn(key, ".");

		snprintf(part, sizeof part, "%.*s", (int)length, key);
		node = node->kind == NODE_MAP ? yaml_get(node, part) : NULL;
		if (!node)
			return place;
		place = node->key->place;
		if (!key[length])
			break;
		key += length + 1;
	}
	if (given)
		*given = true;
	return place;
}
