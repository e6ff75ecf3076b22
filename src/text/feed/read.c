/* Reads the JSON of a feed into entries. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/version.h"
#include "parts.h"
#include "text/memory.h"

/* A feed being read. */
struct reader {
	struct parts *parts;
	struct feed_text *own;
	const json_t *devices;	/* v2: board -> DeviceID, its model */
};

/* The place of a value, for messages. */
struct spot {
	struct reader *r;
	char path[FEED_PATH];
	enum severity severity;	/* of messages about an unusable entry */
};

static const char *
describe_value(const json_t *json, char out[QUOTED_SIZE])
{
	switch (json ? json_typeof(json) : JSON_NULL) {
	case JSON_STRING:
		return message_quote(json_string_value(json), json_string_length(json), out);
	case JSON_NULL:
		return "nothing";
	case JSON_ARRAY:
		return json_array_size(json) ? "a list" : "an empty list";
	case JSON_OBJECT:
		return "an object";
	default:
		return "a number or flag";
	}
}

static void
report_expected(const struct spot *spot, enum severity severity, const json_t *in, const char *key, const char *what)
{
	char found[QUOTED_SIZE];

	message_add(spot->r->parts->messages, severity, spot->r->parts->file, (struct place){0},
		"%s%s%s: expected %s, found %s", spot->path, *spot->path ? "." : "", key, what,
		describe_value(json_object_get(in, key), found));
}

/* Counts values and levels before jansson allocates 100 bytes for each value and a stack frame for each level. Returns
 * the limit that is exceeded, or NULL. */
static const char *
exceeded_limit(const char *bytes, size_t length)
{
	unsigned depth = 0, values = 0;
	bool quoted = false;

	if (length > FEED_BYTES)
		return "8 MB";
	for (size_t i = 0; i < length; i++) {
		char c = bytes[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '[' || c == '{' || c == ',')) {
			depth += c != ',';
			if (depth > FEED_DEPTH || ++values > FEED_VALUES)
				return depth > FEED_DEPTH ? "16 levels" : "300,000 values";
		} else if (!quoted && depth && (c == ']' || c == '}'))
			depth--;
	}
	return NULL;
}

static json_t *
parse_json(const struct parts *p, const char *bytes, size_t length)
{
	const char *why = exceeded_limit(bytes, length), *near;
	json_error_t error;
	json_t *root;

	if (why) {
		message_add(p->messages, MESSAGE_ERROR, p->file, (struct place){0}, "expected a feed of at most %s", why);
		return NULL;
	}
	root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &error);
	if (root)
		return root;
	near = strstr(error.text, " near ");	/* raw bytes of the text follow it */
	message_add(p->messages, MESSAGE_ERROR, p->file,
		(struct place){(unsigned)error.line, error.column > 0 ? (unsigned)error.column : 0}, "not JSON: %.*s",
		(int)(near ? near - error.text : JSON_ERROR_TEXT_LENGTH), error.text);
	return NULL;
}

static const char *
text_member(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static const char *
intern_name(json_t *names, const char *name)
{
	if (!json_object_get(names, name) && json_object_set_new(names, name, json_true()))
		memory_out();
	return json_object_iter_key(json_object_iter_at(names, name));
}

static void
add_device(struct reader *r, struct device_list *list, const char *name)
{
	if (!name || !*name || list->count == FEED_DEVICES)
		return;
	if (list->count == list->room) {
		list->room = list->room ? 2 * list->room : 64;
		list->names = memory_resize(list->names, list->room * sizeof *list->names);
	}
	list->names[list->count++] = intern_name(r->own->names, name);
}

/* Adds boards and their models. Boards are texts or, in feeds of 2026-03 and 04, objects. */
static void
add_boards(struct reader *r, struct device_list *list, json_t *array)
{
	static const char *const keys[] = {"board_id", "BoardID", "device_id", "DeviceID"};
	const char *board;
	json_t *item;
	size_t i, k;

	json_array_foreach(array, i, item) {
		if (list->count == FEED_DEVICES)
			break;
		board = json_string_value(item);
		add_device(r, list, board);
		if (board)
			add_device(r, list, text_member(json_object_get(r->devices, board), "DeviceID"));
		for (k = 0; k < sizeof keys / sizeof *keys; k++)
			add_device(r, list, text_member(item, keys[k]));
	}
}

/* Adds the models of an OS. Feeds without a table of devices list them only for the OS as a whole. */
static void
add_models(struct reader *r, struct device_list *list, const json_t *os)
{
	const char *model;
	json_t *group, *name;
	size_t i;

	json_array_foreach(json_object_get(os, "SupportedModels"), i, group)
		json_object_foreach(json_object_get(group, "Identifiers"), model, name) {
			if (list->count == FEED_DEVICES)
				return;
			add_device(r, list, model);
		}
}

/* Sets the release's devices to the list, or to an equal one read before. Takes ownership of the list. */
static void
share_devices(const struct spot *spot, struct device_list list, struct release *release)
{
	struct feed_text *own = spot->r->own;
	size_t i, size = list.count * sizeof *list.names;

	for (i = 0; i < own->list_count; i++)
		if (own->lists[i].count == list.count && (!size || !memcmp(own->lists[i].names, list.names, size)))
			break;
	if (i < own->list_count) {
		free(list.names);
	} else {
		own->lists = memory_resize(own->lists, (own->list_count + 1) * sizeof *own->lists);
		own->lists[own->list_count++] = list;
		if (list.count == FEED_DEVICES)
			message_add(spot->r->parts->messages, MESSAGE_ERROR, spot->r->parts->file, (struct place){0},
				"%s: expected at most %d devices", spot->path, FEED_DEVICES - 1);
	}
	release->devices = own->lists[i].names;
	release->device_count = (uint32_t)own->lists[i].count;
}

/* letter: of the supplement, or 0. */
static bool
read_version(const struct spot *spot, const json_t *json, const char *key, char letter, int64_t *version)
{
	const char *base = text_member(json, key);
	char whole[VERSION_TEXT];

	if (base && snprintf(whole, sizeof whole, letter ? "%s (%c)" : "%s", base, letter) < (int)sizeof whole &&
	    version_parse(whole, version))
		return true;
	report_expected(spot, spot->severity, json, key, "a version such as 15.2");
	return false;
}

/* Reads a calendar date; a time after it is ignored. */
static bool
read_day(const struct spot *spot, const json_t *json, const char *key, int32_t *day)
{
	const char *date = text_member(json, key);
	struct civil t = {0};
	int end = 0;
	bool unknown = !date || !*date || !strcmp(date, "Unknown") || !strcmp(date, "Preinstalled");

	if (!unknown && strspn(date, "0123456789-") >= 10 &&
	    sscanf(date, "%4d-%2d-%2d%n", &t.year, &t.month, &t.day, &end) == 3 && end == 10 &&
	    (!date[10] || date[10] == 'T') && calendar_valid(&t)) {
		*day = (int32_t)calendar_days(t.year, t.month, t.day);
		return true;
	}
	report_expected(spot, unknown ? spot->severity : MESSAGE_ERROR, json, key, "a date such as 2026-08-17");
	return false;
}

/* Ignores the flags of single CVEs in v2, because older feeds have none. */
static bool
is_exploited(const json_t *json)
{
	return json_array_size(json_object_get(json, "ActivelyExploitedCVEs")) > 0;
}

static int64_t
read_successor(const json_t *json)
{
	const char *version = text_member(json_object_get(json, "SupersededBy"), "ProductVersion");
	int64_t packed;

	return version && version_parse(version, &packed) ? packed : 0;
}

static struct entry *
add_entry(const struct spot *spot)
{
	struct parts *p = spot->r->parts;

	if (p->count == FEED_RELEASES)
		return NULL;
	if (p->count % 64 == 0)
		p->entries = memory_resize(p->entries, (p->count + 64) * sizeof *p->entries);
	p->entries[p->count] = (struct entry){0};
	memcpy(p->entries[p->count].path, spot->path, FEED_PATH);
	return &p->entries[p->count];
}

static void
read_build(struct release *release, const json_t *object)
{
	const char *build = text_member(object, "Build");

	if (build && strlen(build) < sizeof release->build)
		memcpy(release->build, build, strlen(build));
}

/* An OS being read. */
struct os {
	const json_t *json;
	json_t *boards;		/* of releases that list none */
	size_t widest;		/* the most boards of any release */
};

static size_t
board_count(const json_t *release, const struct os *os)
{
	json_t *boards = json_object_get(release, "SupportedDevices");

	return json_array_size(json_is_array(boards) ? boards : os->boards);
}

/* Whether a release is for certain devices only. Older feeds have no DeviceScope, but a much shorter list of boards. */
static bool
is_narrow(const json_t *release, const struct os *os)
{
	const char *scope = text_member(release, "DeviceScope");

	return scope ? strcmp(scope, "universal") != 0 : 2 * board_count(release, os) < os->widest;
}

static struct entry *
read_release(const struct spot *spot, const json_t *json, const struct os *os)
{
	struct reader *r = spot->r;
	json_t *boards = json_object_get(json, "SupportedDevices");
	const char *type = text_member(json, "ReleaseType");	/* RSR_a: rapid security response (a) */
	struct entry *entry = add_entry(spot);
	struct device_list list = {0};
	bool good;

	if (!entry)
		return NULL;
	good = read_version(spot, json, "ProductVersion", type && !strncmp(type, "RSR_", 4) ? type[4] : 0,
		&entry->release.version);
	good = read_day(spot, json, "ReleaseDate", &entry->release.day) && good;
	if (!good)
		return NULL;
	entry->narrow = is_narrow(json, os);
	entry->release.exploited = is_exploited(json);
	entry->successor = read_successor(json);
	read_build(&entry->release, json);
	add_boards(r, &list, json_is_array(boards) ? boards : os->boards);
	if (!r->devices && !entry->narrow && list.count)
		add_models(r, &list, os->json);
	share_devices(spot, list, &entry->release);
	r->parts->count++;
	return entry;
}

static void
read_os(struct reader *r, unsigned index, const json_t *json)
{
	json_t *latest = json_object_get(json, "Latest"), *releases = json_object_get(json, "SecurityReleases"), *release;
	struct os os = {json, json_object_get(latest, "SupportedDevices"), 0};
	struct spot spot = {.r = r, .severity = MESSAGE_ERROR};
	struct line line = {.index = index};
	struct entry *entry;
	size_t i;

	os.widest = json_array_size(os.boards);
	json_array_foreach(releases, i, release)
		if (board_count(release, &os) > os.widest)
			os.widest = board_count(release, &os);
	snprintf(spot.path, sizeof spot.path, "OSVersions[%u].Latest", index);
	entry = read_release(&spot, latest, &os);
	if (entry) {
		line.latest = entry->release.version;
		entry->latest = true;
		entry->flagged = entry->release.exploited;
		entry->release.exploited &= !json_array_size(releases);
	}
	spot.severity = MESSAGE_WARNING;
	json_array_foreach(releases, i, release) {
		snprintf(spot.path, sizeof spot.path, "OSVersions[%u].SecurityReleases[%zu]", index, i);
		line.listed += read_release(&spot, release, &os) != NULL;
	}
	if (line.latest && r->parts->line_count < FEED_LINES)
		r->parts->lines[r->parts->line_count++] = line;
}

static void
read_supplement(const struct spot *spot, const json_t *json)
{
	struct reader *r = spot->r;
	const char *extra = text_member(json, "VersionExtra");
	struct entry *entry = add_entry(spot);
	struct device_list list = {0};
	bool good;

	if (!entry)
		return;
	good = extra && strlen(extra) == 3 && extra[0] == '(' && extra[2] == ')';
	if (!good)
		report_expected(spot, spot->severity, json, "VersionExtra", "a letter such as (a)");
	good = read_version(spot, json, "Version", good ? extra[1] : 'a', &entry->release.version) && good;
	good = read_day(spot, json, "PostingDate", &entry->release.day) && good;
	if (!good)
		return;
	entry->release.exploited = is_exploited(json);
	read_build(&entry->release, json);
	add_boards(r, &list, json_object_get(json, "SupportedDevices"));
	share_devices(spot, list, &entry->release);
	r->parts->count++;
}

static void
read_root(struct reader *r, json_t *root)
{
	struct spot spot = {.r = r, .severity = MESSAGE_WARNING};
	json_t *list, *item;
	const char *major;
	size_t i;

	r->devices = json_object_get(root, "Devices");
	list = json_object_get(root, "OSVersions");
	if (!json_array_size(list) || json_array_size(list) > FEED_LINES)
		report_expected(&spot, MESSAGE_ERROR, root, "OSVersions", "a list of 1 to 32");
	else
		json_array_foreach(list, i, item)
			read_os(r, (unsigned)i, item);
	json_object_foreach(json_object_get(root, "BackgroundSecurityImprovements"), major, list)
		json_array_foreach(list, i, item) {
			snprintf(spot.path, sizeof spot.path, "BackgroundSecurityImprovements.%.12s[%zu]", major, i);
			read_supplement(&spot, item);
		}
	if (r->parts->count == FEED_RELEASES)
		message_add(r->parts->messages, MESSAGE_ERROR, r->parts->file, (struct place){0},
			"expected at most %d releases", FEED_RELEASES - 1);
}

void
feed_read(const char *bytes, size_t length, struct feed_text *own, struct parts *parts)
{
	json_t *root = parse_json(parts, bytes, length);
	struct reader r = {.parts = parts, .own = own};

	if (root)
		read_root(&r, root);
	json_decref(root);
}
