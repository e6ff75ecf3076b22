#include "nudge_file.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE 512

void
nudge_file_report(struct nudge_file *in, enum severity severity, const char *path, const char *format, ...)
{
	char line[LINE], where[JSONPATH + sizeof in->within];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	snprintf(where, sizeof where, "%s%s%s", in->within, *in->within && *path ? "." : "", path);
	message_add(in->messages, severity, in->name, jsonpath_place(in->list ? in->list : in->text, where), "%s",
		line);
}

/* Returns the key's index in nudge_keys, or that of the last entry, which has no path. */
static size_t
find_key(const char *path)
{
	size_t i = 0;

	while (nudge_keys[i].path && strcmp(nudge_keys[i].path, path) != 0)
		i++;
	assert(i < NUDGE_KEYS_MAX);
	return i;
}

/* Describes a value for a message: 28, "latest", a list of 4. */
static const char *
value_text(const json_t *value, char out[QUOTED_SIZE])
{
	if (json_is_string(value))
		return message_quote(json_string_value(value), json_string_length(value), out);
	if (json_is_integer(value))
		snprintf(out, QUOTED_SIZE, "%lld", (long long)json_integer_value(value));
	else if (json_is_array(value))
		snprintf(out, QUOTED_SIZE, "a list of %zu", json_array_size(value));
	else
		snprintf(out, QUOTED_SIZE, "%s", json_is_true(value) ? "true" : json_is_false(value) ? "false"
			: json_is_null(value) ? "null" : json_is_object(value) ? "a map" : "a number with a fraction");
	return out;
}

static bool
has_type(const json_t *value, enum nudge_type type)
{
	switch (type) {
	case NUDGE_TEXT:
		return json_is_string(value);
	case NUDGE_FLAG:
		return json_is_boolean(value);
	case NUDGE_WHOLE:
		return json_is_integer(value);
	case NUDGE_LIST:
		return json_is_array(value);
	default:
		return json_is_object(value);
	}
}

/* Authors disable a key by renaming it like this; Nudge ignores such keys too. */
static bool
is_disabled(const char *name)
{
	size_t length = strlen(name), suffix = strlen("_disabled");

	return name[0] == '_' || (length > suffix && !strcmp(name + length - suffix, "_disabled"));
}

static void
report_unknown(struct nudge_file *in, const char *path, const char *known)
{
	const char *names[NUDGE_KEYS_MAX] = {0}, *near, *name = strrchr(path, '.');
	char quoted[QUOTED_SIZE];
	size_t i = 0;

	name = name ? name + 1 : path;
	message_quote(name, strlen(name), quoted);
	if (is_disabled(name)) {
		nudge_file_report(in, MESSAGE_WARNING, path, "%s is left out: Nudge ignores it too", quoted);
		return;
	}
	for (; nudge_keys[i].path; i++)
		names[i] = nudge_keys[i].path;
	near = message_near(known, names);
	if (near)
		nudge_file_report(in, MESSAGE_ERROR, path, "unknown key %s (did you mean \"%s\"?)", quoted,
			strrchr(near, '.') ? strrchr(near, '.') + 1 : near);
	else
		nudge_file_report(in, MESSAGE_WARNING, path, "%s is left out: Nudge has no such key", quoted);
}

typedef void visit_key(struct nudge_file *, const json_t *value, const char *path, const char *known, size_t key);

/* Calls `call` for every key of a map, and of the maps in it. path: the map's place in the file
 * ("osVersionRequirements[0]"); known: its path in nudge_keys ("osVersionRequirements[]"). */
static void
visit_map(struct nudge_file *in, const json_t *map, const char *path, const char *known, visit_key *call)
{
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)map, name, value) {
		char inner[JSONPATH], table[JSONPATH];
		size_t key;

		if (*in->within && !strncmp(name, "Payload", 7))
			continue;	/* belongs to the profile, not to Nudge */
		snprintf(inner, sizeof inner, "%.60s%s%.90s", path, *path ? "." : "", name);
		snprintf(table, sizeof table, "%.60s%s%.90s", known, *known ? "." : "", name);
		key = find_key(table);
		call(in, value, inner, table, key);
		if (nudge_keys[key].path && nudge_keys[key].type == NUDGE_MAP)
			visit_map(in, value, inner, table, call);
	}
}

static void
check_key(struct nudge_file *in, const json_t *value, const char *path, const char *known, size_t key)
{
	static const char *const what[] = {"text", "true or false", "a whole number", "a list", "a map"};
	char found[QUOTED_SIZE];

	if (!nudge_keys[key].path)
		report_unknown(in, path, known);
	else if (!has_type(value, nudge_keys[key].type))
		nudge_file_report(in, MESSAGE_ERROR, path, "expected %s, found %s", what[nudge_keys[key].type],
			value_text(value, found));
}

static void
report_untaken(struct nudge_file *in, const json_t *value, const char *path, const char *known, size_t key)
{
	const struct nudge_key *k = &nudge_keys[key];
	char found[QUOTED_SIZE];

	(void)known;
	if (k->path && k->type != NUDGE_MAP && strcmp(k->path, "osVersionRequirements") != 0 && !in->taken[key])
		nudge_file_report(in, MESSAGE_WARNING, path, "%s (%s) is left out: %s", path, value_text(value, found),
			k->instead ? k->instead : "lastcall has nothing similar");
}

/* Visits every key of the file, those of all requirements included. */
static void
visit_all(struct nudge_file *in, visit_key *call)
{
	const json_t *list = json_object_get(in->root, "osVersionRequirements");

	visit_map(in, in->root, "", "", call);
	for (size_t i = 0; i < json_array_size(list); i++) {
		char path[JSONPATH];

		snprintf(path, sizeof path, "osVersionRequirements[%zu]", i);
		call(in, json_array_get(list, i), path, "osVersionRequirements[]", find_key("osVersionRequirements[]"));
		visit_map(in, json_array_get(list, i), path, "osVersionRequirements[]", call);
	}
}

const json_t *
nudge_file_take(struct nudge_file *in, const char *section, const char *name)
{
	const json_t *map = json_object_get(in->root, section), *value;
	char path[JSONPATH];
	size_t key;

	snprintf(path, sizeof path, "%s.%s", section, name);
	key = find_key(path);
	if (!nudge_keys[key].path) {
		snprintf(path, sizeof path, "%s[].%s", section, name);
		key = find_key(path);
		map = json_array_get(map, 0);
	}
	assert(nudge_keys[key].path);
	value = json_object_get(map, name);
	if (!value || !has_type(value, nudge_keys[key].type))
		return NULL;
	in->taken[key] = true;
	return value;
}

static json_t *
parse_json(struct nudge_file *in, const char *text, size_t length)
{
	json_error_t error;
	json_t *json = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
	bool closing = !json && (strstr(error.text, "near '}'") || strstr(error.text, "near ']'"));

	if (!json)
		message_add(in->messages, MESSAGE_ERROR, in->name,
			(struct place){(unsigned)error.line, (unsigned)error.column}, "expected JSON: %s%s", error.text,
			closing ? " (is there an extra comma before it?)" : "");
	return json;
}

/* A profile has payloads for several programs; a preferences file has only the settings. */
static json_t *
find_payload(struct nudge_file *in)
{
	const json_t *payloads = json_object_get(in->json, "PayloadContent");

	if (!payloads)
		return in->json;
	for (size_t i = 0; i < json_array_size(payloads); i++) {
		json_t *payload = json_array_get(payloads, i);
		const char *type = json_string_value(json_object_get(payload, "PayloadType"));

		if (!type || strcmp(type, "com.github.macadmins.Nudge") != 0)
			continue;
		snprintf(in->within, sizeof in->within, "PayloadContent[%zu]", i);
		return payload;
	}
	nudge_file_report(in, MESSAGE_ERROR, "PayloadContent", "expected a payload com.github.macadmins.Nudge, "
		"found none");
	return NULL;
}

static bool
read_profile(struct nudge_file *in)
{
	in->list = plist_json(in->name, in->text, in->messages);
	in->json = in->list ? parse_json(in, in->list, strlen(in->list)) : NULL;
	if (in->json)
		in->root = find_payload(in);
	return in->root;
}

static bool
read_json(struct nudge_file *in, size_t length)
{
	in->json = in->root = parse_json(in, in->text, length);
	return in->root;
}

bool
nudge_file_open(struct nudge_file *in, size_t length)
{
	/* A signed profile begins with a DER sequence. */
	bool binary = !strncmp(in->text, "bplist", 6) || (in->text[0] == 0x30 && (in->text[1] & 0x80));

	if (binary)
		message_add(in->messages, MESSAGE_ERROR, in->name, (struct place){0}, "expected JSON or a profile in XML, "
			"found a signed or binary one: convert it to XML first, with security cms or plutil");
	else if ((plist_like(in->text) ? read_profile(in) : read_json(in, length)) && !json_is_object(in->root))
		nudge_file_report(in, MESSAGE_ERROR, "", "expected a map of optionalFeatures, osVersionRequirements, "
			"userExperience, userInterface");
	if (json_is_object(in->root)) {
		visit_all(in, check_key);
		return true;
	}
	nudge_file_close(in, false);
	return false;
}

void
nudge_file_close(struct nudge_file *in, bool report)
{
	if (report)
		visit_all(in, report_untaken);
	json_decref(in->json);
	free(in->list);
}
