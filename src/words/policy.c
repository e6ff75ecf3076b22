#include "policy.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "text/file.h"
#include "text/memory.h"
#include "text/trace.h"
#include "text/key.h"

#define AT(member) offsetof(struct policy, member)
#define WEEK_MS (7 * DAY_MS)

static const char *const format[] = {"1", NULL}, *const yes[] = {"true", NULL};
static const char *const platforms[] = {"macos", "linux", NULL};	/* enum platform */
static const char *const targets[] = {"latest", "required", NULL};	/* enum install_target */
static const char *const unattended[] = {"install", "wait", NULL};	/* enum unattended */

static const struct key automatic[] = {
	{"after_release", &value_days, AT(automatic.after_release), "14d",
	 .about = "calendar days from a release to its deadline", .most = 52 * WEEK_MS},
	{"exploited", &value_rule, AT(automatic.exploited), "never",
	 .about = "calendar days from when a device first hears that a release closes a hole used in attacks to the deadline, "
	 "where that is sooner", .example = "7d", .least = DAY_MS, .most = 52 * WEEK_MS},
	{"at", &value_clock, AT(automatic.at), "\"17:00\"", .about = "the time of day of every deadline"},
	{"time_zone", &value_zone, AT(automatic.zone), "device",
	 .about = "whose time of day that is: an IANA name, or device"},
	{"upgrades", &value_flag, AT(automatic.upgrades), "false", .about = "releases of a newer major count too"},
	{"supplements", &value_flag, AT(automatic.supplements), "false",
	 .about = "rapid and background security releases such as 13.4.1 (a) count too"},
	{"accept_immediate_countdown", &value_flag, AT(automatic.accept_immediate_countdown), "false",
	 .about = "devices that are overdue may start their countdown the moment they get this policy"},
	{0},
};

static const struct key minimum[] = {
	{"version", &value_version, AT(minimum.version), NULL, .about = "devices below this version have to update"},
	{"deadline", &value_local, AT(minimum.deadline), NULL, .about = "the local time by which they have to update"},
	{"time_zone", &value_zone, AT(minimum.zone), "device",
	 .about = "where that local time is: an IANA name, or device"},
	{0},
};

static const struct key enforce[] = {	/* in the order of enum enforce */
	{"do_not_manage", &value_fixed, 0, NULL, .about = "nothing is required of devices", .words = yes},
	{"automatic", .about = "every release gets a deadline of its own", .keys = automatic},
	{"minimum", .about = "one version by one deadline", .keys = minimum},
	{0},
};

static const struct key notice[] = {
	{"window", &value_duration, AT(notice.window), "5d",
	 .about = "banners begin this long before the deadline", .least = SECOND_MS, .most = 52 * WEEK_MS},
	{"remind", &value_durations, AT(notice.remind), "[1h, 1d]",
	 .about = "the reminders that a banner offers", .least = 5 * MINUTE_MS, .most = POLICY_REMINDS},
	{"repeat", &value_duration, AT(notice.repeat), "1d",
	 .about = "a banner that nobody answers comes again after this", .least = SECOND_MS, .most = 52 * WEEK_MS},
	{"minimum", &value_duration, AT(notice.minimum), "0s",
	 .about = "the least notice that any device gets", .most = 52 * WEEK_MS},
	{0},
};

static const struct key countdown[] = {
	{"length", &value_duration, AT(countdown.length), "30m",
	 .about = "the time to save one's work, awake, at the deadline", .least = SECOND_MS, .most = WEEK_MS},
	{"warn_every", &value_duration, AT(countdown.warn_every), "5m",
	 .about = "warnings while the countdown's window is closed", .least = SECOND_MS, .most = WEEK_MS},
	{0},
};

static const struct key retry[] = {
	{"times", &value_count, AT(install.retry_times), "3",
	 .about = "how often an update that failed is tried again", .most = 20},
	{"wait", &value_duration, AT(install.retry_wait), "15m",
	 .about = "how long after the failure", .least = SECOND_MS, .most = WEEK_MS},
	{0},
};

static const struct key install[] = {
	{"target", &value_word, AT(install.target), "latest",
	 .about = "what is installed: the newest release, or the required one", .words = targets},
	{"cache", &value_flag, AT(install.cache), "true", .about = "download ahead of the deadline"},
	{"close_apps", &value_flag, AT(install.close_apps), "true",
	 .about = "close open apps by force when the update begins"},
	{"unattended", &value_word, AT(install.unattended), "install",
	 .about = "past the deadline with nobody logged in: install, or wait for somebody", .words = unattended},
	{"retry", .about = "after an update that failed", .keys = retry},
	{0},
};

const struct key policy_keys[] = {
	{"policy", &value_fixed, 0, NULL, .about = "the format of this file", .words = format},
	{"name", &value_name, AT(name), NULL,
	 .about = "what logs and reports call this policy", .most = POLICY_NAME - 1},
	{"label", &value_label, AT(label), "\"\"", .about = "what people call it; without one, its name",
	 .example = "Engineering laptops", .most = POLICY_LABEL - 1},
	{"platform", &value_word, AT(platform), "macos",
	 .about = "the devices that this policy is for", .words = platforms},
	{"enforce", NULL, AT(enforce), NULL, .about = "what is required of devices", .keys = enforce, .one_of = true},
	{"notice", .about = "before the deadline", .keys = notice},
	{"countdown", .about = "at the deadline", .keys = countdown},
	{"install", .about = "the update itself", .keys = install},
	{"recheck", &value_duration, AT(recheck), "6h",
	 .about = "how often the requirement is looked at again", .least = SECOND_MS, .most = 4 * WEEK_MS},
	{"text", &value_texts, AT(text), "{}",
	 .about = "what people read instead of the built-in texts, by language", .most = POLICY_TEXT},
	{0},
};

/* Where to complain about a value: at the author's text for it (true), else at what it was left out of. */
static bool
locate(const struct node *root, const char *section, const char *key, struct node *at)
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
	bool own = locate(root, "notice", "remind", &node);

	for (unsigned i = 0; i < policy->notice.reminds; i++)
		if (policy->notice.window >= 0 && policy->notice.remind[i] > policy->notice.window)
			key_fault(&node, source, CODE_REMIND_TOO_LONG,
				"%s reminder of %s is longer than the whole notice window of %s%s", own ? "a" : "the default", duration_format(policy->notice.remind[i], remind),
				duration_format(policy->notice.window, window), own ? "" : ": write \"remind\" too");
}

static void
check_countdown(const struct policy *policy, const struct node *root, const struct source *source)
{
	char length[DURATION_TEXT], every[DURATION_TEXT];
	struct node node;
	bool own = locate(root, "countdown", "warn_every", &node);

	if (policy->countdown.length >= 0 && policy->countdown.warn_every > policy->countdown.length)
		key_fault(&node, source, CODE_WARNINGS_TOO_RARE,
			"%s warn_every of %s is longer than the whole countdown of %s%s", own ? "a" : "the default", duration_format(policy->countdown.warn_every, every),
			duration_format(policy->countdown.length, length), own ? "" : ": write \"warn_every\" too");
}

/* The flag is never seen before the release is out. */
static void
check_exploited(const struct policy *policy, const struct node *root, const struct source *source)
{
	int64_t exploited = policy->automatic.exploited, after = policy->automatic.after_release;
	char sooner[DURATION_TEXT], later[DURATION_TEXT];
	struct node section, node;

	if (policy->enforce != ENFORCE_AUTOMATIC || exploited <= 0 || after < 0 || exploited < after ||
	    !locate(root, "enforce", "automatic", &section) || section.kind != NODE_MAP)
		return;
	locate(&section, "exploited", "", &node);
	key_fault(&node, source, CODE_EXPLOITED_TOO_LATE, "%s from when a device first hears of it is never sooner than "
		"the %s from a release on: write less, or never", duration_format(exploited, sooner),
		duration_format(after, later));
}

/* The first minute from t on that clocks in zone show exactly once. */
static struct civil
plain(struct civil t, const struct zone *zone)
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
	better = plain(*t, zone);
	locate(root, "enforce", "minimum", &section);
	locate(&section, "deadline", "", &node);
	key_fault(&node, source, how == LOCAL_SKIPPED ? CODE_SKIPPED : CODE_DOUBLED,
		"%s %s in %s, where clocks are set %s then: write %s or later", value_local_text(t, found),
		how == LOCAL_SKIPPED ? "never comes" : "comes twice", zone->name,
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
policysource_place(const struct policy_source *s, const char *key, bool *said)
{
	const struct node *node = yaml_root(s->yaml);
	struct place place = node->place;
	char part[32];

	if (said)
		*said = false;
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
	if (said)
		*said = true;
	return place;
}
