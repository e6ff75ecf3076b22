#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/version.h"
#include "feed_parts.h"
#include "memory.h"

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
	enum severity severity;	/* of what makes the entry unusable */
};

static const char *
describe(const json_t *json, char out[QUOTED_SIZE])
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
expected(const struct spot *spot, enum severity severity, const json_t *in, const char *key, const char *what)
{
	char found[QUOTED_SIZE];

	message_add(spot->r->parts->messages, severity, spot->r->parts->file, (struct place){0},
		"%s%s%s: expected %s, found %s", spot->path, *spot->path ? "." : "", key, what,
		describe(json_object_get(in, key), found));
}

/* jansson builds whatever it is given, at 100 bytes a value and a stack frame a level: count first. */
static const char *
too_much(const char *bytes, size_t length)
{
	unsigned depth = 0, values = 0;
	bool quoted = false;

	if (length > FEED_BYTES)
		return "larger than 8 MB";
	for (size_t i = 0; i < length; i++) {
		char c = bytes[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '[' || c == '{' || c == ',')) {
			depth += c != ',';
			if (depth > FEED_DEPTH || ++values > FEED_VALUES)
				return depth > FEED_DEPTH ? "nested deeper than 16 levels" : "of more than 300,000 values";
		} else if (!quoted && depth && (c == ']' || c == '}'))
			depth--;
	}
	return NULL;
}

static json_t *
parse(const struct parts *p, const char *bytes, size_t length)
{
	const char *why = too_much(bytes, length), *near;
	json_error_t error;
	json_t *root;

	if (why) {
		message_add(p->messages, MESSAGE_ERROR, p->file, (struct place){0}, "a feed may not be %s", why);
		return NULL;
	}
	root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &error);
	if (root)
		return root;
	near = strstr(error.text, " near ");	/* raw bytes of the text follow */
	message_add(p->messages, MESSAGE_ERROR, p->file,
		(struct place){(unsigned)error.line, error.column > 0 ? (unsigned)error.column : 0}, "not JSON: %.*s",
		(int)(near ? near - error.text : JSON_ERROR_TEXT_LENGTH), error.text);
	return NULL;
}

static const char *
text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static const char *
intern(json_t *names, const char *name)
{
	if (!json_object_get(names, name) && json_object_set_new(names, name, json_true()))
		memory_out();
	return json_object_iter_key(json_object_iter_at(names, name));
}

static void
list_add(struct reader *r, struct devices *list, const char *name)
{
	if (!name || !*name || list->count == FEED_DEVICES)
		return;
	if (list->count == list->room) {
		list->room = list->room ? 2 * list->room : 64;
		list->names = memory_resize(list->names, list->room * sizeof *list->names);
	}
	list->names[list->count++] = intern(r->own->names, name);
}

/* Boards, as text or (2026-03 to 04) as objects, and their models. */
static void
list_boards(struct reader *r, struct devices *list, json_t *array)
{
	static const char *const keys[] = {"board_id", "BoardID", "device_id", "DeviceID"};
	const char *board;
	json_t *item;
	size_t i, k;

	json_array_foreach(array, i, item) {
		if (list->count == FEED_DEVICES)
			break;
		board = json_string_value(item);
		list_add(r, list, board);
		if (board)
			list_add(r, list, text(json_object_get(r->devices, board), "DeviceID"));
		for (k = 0; k < sizeof keys / sizeof *keys; k++)
			list_add(r, list, text(item, keys[k]));
	}
}

/* Feeds without a table of devices tell the models of a whole OS only. */
static void
list_models(struct reader *r, struct devices *list, const json_t *os)
{
	const char *model;
	json_t *group, *name;
	size_t i;

	json_array_foreach(json_object_get(os, "SupportedModels"), i, group)
		json_object_foreach(json_object_get(group, "Identifiers"), model, name) {
			if (list->count == FEED_DEVICES)
				return;
			list_add(r, list, model);
		}
}

/* Takes the list over. */
static void
share(const struct spot *spot, struct devices list, struct release *release)
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
				"%s: more than %d devices", spot->path, FEED_DEVICES - 1);
	}
	release->devices = own->lists[i].names;
	release->device_count = (uint32_t)own->lists[i].count;
}

/* letter: of a supplement; 0: none. */
static bool
read_version(const struct spot *spot, const json_t *json, const char *key, char letter, int64_t *version)
{
	const char *base = text(json, key);
	char whole[VERSION_TEXT];

	if (base && snprintf(whole, sizeof whole, letter ? "%s (%c)" : "%s", base, letter) < (int)sizeof whole &&
	    version_parse(whole, version))
		return true;
	expected(spot, spot->severity, json, key, "a version such as 15.2");
	return false;
}

/* A calendar date, alone or before a time that means nothing. */
static bool
read_day(const struct spot *spot, const json_t *json, const char *key, int32_t *day)
{
	const char *date = text(json, key);
	struct civil t = {0};
	int end = 0;
	bool unknown = !date || !*date || !strcmp(date, "Unknown") || !strcmp(date, "Preinstalled");

	if (!unknown && strspn(date, "0123456789-") >= 10 &&
	    sscanf(date, "%4d-%2d-%2d%n", &t.year, &t.month, &t.day, &end) == 3 && end == 10 &&
	    (!date[10] || date[10] == 'T') && calendar_valid(&t)) {
		*day = (int32_t)calendar_days(t.year, t.month, t.day);
		return true;
	}
	expected(spot, unknown ? spot->severity : MESSAGE_ERROR, json, key, "a date such as 2026-08-17");
	return false;
}

/* v2 says so of each CVE too, but did not always. */
static bool
is_exploited(const json_t *json)
{
	return json_array_size(json_object_get(json, "ActivelyExploitedCVEs")) > 0;
}

static int64_t
heir(const json_t *json)
{
	const char *version = text(json_object_get(json, "SupersededBy"), "ProductVersion");
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
take_build(struct release *release, const json_t *object)
{
	const char *build = text(object, "Build");

	if (build && strlen(build) < sizeof release->build)
		memcpy(release->build, build, strlen(build));
}

/* An OS being read. */
struct os {
	const json_t *json;
	json_t *boards;		/* what a release without a list inherits */
	size_t widest;		/* the most boards that any release lists */
};

static size_t
width(const json_t *release, const struct os *os)
{
	json_t *boards = json_object_get(release, "SupportedDevices");

	return json_array_size(json_is_array(boards) ? boards : os->boards);
}

/* Feeds that have no DeviceScope yet: a list much shorter than the others. */
static bool
narrow(const json_t *release, const struct os *os)
{
	const char *scope = text(release, "DeviceScope");

	return scope ? strcmp(scope, "universal") != 0 : 2 * width(release, os) < os->widest;
}

static struct entry *
read_release(const struct spot *spot, const json_t *json, const struct os *os)
{
	struct reader *r = spot->r;
	json_t *boards = json_object_get(json, "SupportedDevices");
	const char *type = text(json, "ReleaseType");	/* RSR_a: a rapid security response */
	struct entry *entry = add_entry(spot);
	struct devices list = {0};
	bool good;

	if (!entry)
		return NULL;
	good = read_version(spot, json, "ProductVersion", type && !strncmp(type, "RSR_", 4) ? type[4] : 0,
		&entry->release.version);
	good = read_day(spot, json, "ReleaseDate", &entry->release.day) && good;
	if (!good)
		return NULL;
	entry->narrow = narrow(json, os);
	entry->release.exploited = is_exploited(json);
	entry->heir = heir(json);
	take_build(&entry->release, json);
	list_boards(r, &list, json_is_array(boards) ? boards : os->boards);
	if (!r->devices && !entry->narrow && list.count)
		list_models(r, &list, os->json);
	share(spot, list, &entry->release);
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
		if (width(release, &os) > os.widest)
			os.widest = width(release, &os);
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
	const char *extra = text(json, "VersionExtra");
	struct entry *entry = add_entry(spot);
	struct devices list = {0};
	bool good;

	if (!entry)
		return;
	good = extra && strlen(extra) == 3 && extra[0] == '(' && extra[2] == ')';
	if (!good)
		expected(spot, spot->severity, json, "VersionExtra", "a letter such as (a)");
	good = read_version(spot, json, "Version", good ? extra[1] : 'a', &entry->release.version) && good;
	good = read_day(spot, json, "PostingDate", &entry->release.day) && good;
	if (!good)
		return;
	entry->release.exploited = is_exploited(json);
	take_build(&entry->release, json);
	list_boards(r, &list, json_object_get(json, "SupportedDevices"));
	share(spot, list, &entry->release);
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
		expected(&spot, MESSAGE_ERROR, root, "OSVersions", "a list of 1 to 32");
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
			"more than %d releases", FEED_RELEASES - 1);
}

void
feed_read(const char *bytes, size_t length, struct feed_text *own, struct parts *parts)
{
	json_t *root = parse(parts, bytes, length);
	struct reader r = {.parts = parts, .own = own};

	if (root)
		read_root(&r, root);
	json_decref(root);
}
