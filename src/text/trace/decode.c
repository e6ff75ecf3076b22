/* Reads the lines of traces: parses their JSON, reads the members by the tables, and reports every error. */
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text/json.h"
#include "fields.h"

#define COUNT(array) (sizeof (array) / sizeof (array)[0])

#define WORDS_MAX 256		/* names searched for "did you mean" */

struct reading {
	const char *bytes;
	size_t length;
	const char *file;
	unsigned line;
	struct messages *messages;
	bool failed;
};

/* A table whose entries begin with a name; stride is the size of an entry. */
struct names {
	const void *table;
	size_t stride, count;
};
#define NAMES(table, count) (const struct names){table, sizeof *(table), count}

__attribute__((format(printf, 4, 5)))
static void
report_error(struct reading *r, const char *key, enum jsonplace which, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	message_add(r->messages, MESSAGE_ERROR, r->file, jsonplace(r->bytes, r->length, r->line, key, which), "%s", text);
	r->failed = true;
}

static void
report_expected(struct reading *r, const char *key, const char *what, const json_t *found)
{
	char quoted[QUOTED_SIZE] = "";
	size_t length;

	if (json_is_string(found)) {
		message_quote(json_string_value(found), json_string_length(found), quoted);
	} else {
		length = json_dumpb(found, quoted, 40,
			JSON_ENCODE_ANY | JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(10));
		memcpy(quoted + (length < 40 ? length : 40), length > 40 ? "..." : "", length > 40 ? 4 : 1);
	}
	report_error(r, key, JSON_VALUE, "expected %s, found %s", what, quoted);
}

static const char *
name_at(const struct names *n, size_t i)
{
	return *(const char *const *)(const void *)((const char *)n->table + i * n->stride);
}

static const char *
nearest_name(const char *name, struct names n)
{
	const char *words[WORDS_MAX + 1];
	size_t i;

	for (i = 0; i < n.count && i < WORDS_MAX; i++)
		words[i] = name_at(&n, i);
	words[i] = NULL;
	return message_near(name, words);
}

static void
report_unknown(struct reading *r, const char *key, enum jsonplace which, const char *name, const char *suggestion)
{
	char quoted[QUOTED_SIZE];

	message_quote(name, strlen(name), quoted);
	if (suggestion)
		report_error(r, key, which, "unknown %s %s (did you mean \"%s\"?)", which == JSON_KEY ? "key" : key, quoted,
			suggestion);
	else
		report_error(r, key, which, "unknown %s %s", which == JSON_KEY ? "key" : key, quoted);
}

static bool
read_name(struct reading *r, const char *key, const json_t *value, struct names n, unsigned *index)
{
	const char *name = json_string_value(value);
	char what[64];

	if (!name) {
		snprintf(what, sizeof what, "the name of %s %s", strchr("aeiou", *key) ? "an" : "a", key);
		report_expected(r, key, what, value);
		return false;
	}
	for (*index = 0; *index < n.count; ++*index)
		if (!strcmp(name_at(&n, *index), name))
			return true;
	report_unknown(r, key, JSON_VALUE, name, nearest_name(name, n));
	return false;
}

/* Stores the index of a word of an enumeration. */
static void
read_word(struct reading *r, const struct field *f, const json_t *json, void *value)
{
	const char *word = json_string_value(json), *suggestion;
	char what[512] = "one of";
	int64_t index = 0;

	for (; f->words[index]; index++) {
		if (word && !strcmp(word, f->words[index])) {
			memcpy(value, &index, sizeof index);
			return;
		}
		snprintf(what + strlen(what), sizeof what - strlen(what), "%s %s", index ? "," : "", f->words[index]);
	}
	suggestion = word ? message_near(word, f->words) : NULL;
	if (suggestion)
		report_unknown(r, f->name, JSON_VALUE, word, suggestion);
	else
		report_expected(r, f->name, what, json);
}

static void
read_value(struct reading *r, const struct field *f, const json_t *json, void *value)
{
	const struct jsonvalue *type;

	if (f->words) {
		read_word(r, f, json, value);
	} else if (f->type) {
		type = jsonvalue_type(f->type);
		if (!type->decode(json, value))
			report_expected(r, f->name, type->expected, json);
	}
}

static const struct field *
find_field(const struct part *parts, unsigned count, const char *name, size_t *offset)
{
	for (unsigned p = 0; p < count; p++)
		for (size_t i = 0; i < parts[p].count; i++)
			if (!strcmp(parts[p].fields[i].name, name)) {
				*offset = parts[p].offset + parts[p].fields[i].offset;
				return &parts[p].fields[i];
			}
	return NULL;
}

static void
read_members(struct reading *r, json_t *object, const struct part *parts, unsigned count, struct trace_line *l)
{
	const char *key;
	json_t *json;
	size_t offset;

	json_object_foreach(object, key, json) {
		const struct field *f = find_field(parts, count, key, &offset);
		const char *suggestion = NULL;

		if (f) {
			read_value(r, f, json, (char *)l + offset);
			continue;
		}
		for (unsigned p = 0; p < count && !suggestion; p++)
			suggestion = nearest_name(key, NAMES(parts[p].fields, parts[p].count));
		report_unknown(r, key, JSON_KEY, key, suggestion);
	}
}

static void
report_missing(struct reading *r, const json_t *object, const struct part *part, const char *owner)
{
	for (size_t i = 0; i < part->count; i++) {
		const struct field *f = &part->fields[i];

		if (!f->optional && !json_object_get(object, f->name))
			report_error(r, owner, JSON_KEY, f->type ? "missing key \"%s\": expected %s" : "missing key \"%s\"",
				f->name, f->type ? jsonvalue_type(f->type)->expected : "");
	}
}

/* Fields of every line; a header has only the first two. The journal checks crc. */
#define COMMON_WITH_HEADER 2
static const struct field common_fields[] = {
	{.name = "seq", .type = "number", .offset = offsetof(struct trace_line, seq), .optional = true},
	{.name = "crc", .optional = true},
	{.name = "at", .type = "instant", .offset = offsetof(struct trace_line, at)},
	{.name = "awake", .type = "number", .offset = offsetof(struct trace_line, awake), .optional = true},
};

static void
clear_header(struct trace_header *h)
{
	const struct part all = trace_settings();

	*h = (struct trace_header){0};
	for (size_t i = 0; i < all.count; i++)
		memcpy((char *)&h->settings + all.fields[i].offset, &(int64_t){TRACE_ABSENT}, sizeof (int64_t));
}

/* Reads an object inside a header or settings line. All of its members are optional. */
static void
read_object(struct reading *r, json_t *root, const char *key, const struct part *part, struct trace_line *l)
{
	json_t *object = json_object_get(root, key);

	if (object && !json_is_object(object))
		report_expected(r, key, "an object", object);
	else
		read_members(r, object, part, 1, l);
}

static bool
read_kind(struct reading *r, json_t *root, struct trace_line *l)
{
	const char *key = line_key[l->kind];
	json_t *value = json_object_get(root, key);
	unsigned index = 0;
	bool known = true;

	switch (l->kind) {
	case LINE_HEADER:
		if (!json_is_integer(value) || json_integer_value(value) != 1)
			report_expected(r, key, "1, the format's version", value);
		clear_header(&l->header);
		break;
	case LINE_SETTINGS:
		clear_header(&l->header);
		break;
	case LINE_EVENT:
		known = read_name(r, key, value, NAMES(machine_event, EVENTS), &index);
		l->event.kind = (enum event_kind)index;
		break;
	case LINE_EFFECT:
		known = read_name(r, key, value, NAMES(machine_effect, EFFECTS), &index);
		l->effect.kind = (enum effect_kind)index;
		break;
	case LINE_STATE:
		known = read_name(r, key, value, NAMES(machine_state, STATES), &index);
		l->state = (enum state)index;
		if (known && (!machine_state[index].leaf || machine_state[index].choice))
			report_error(r, key, JSON_VALUE, "the machine never rests in \"%s\"", machine_state[index].path);
		break;
	case LINE_CRASH:
	case LINE_END:
		if (!json_is_true(value))
			report_expected(r, key, "true", value);
	}
	return known;
}

static void
read_line(struct reading *r, json_t *root, struct trace_line *l)
{
	struct field key = {.name = line_key[l->kind]};
	struct part parts[TRACE_PARTS + 2] = {{&key, 1, 0}, {common_fields, COUNT(common_fields), 0}};
	const struct part settings = trace_settings();
	const json_t *timer = json_object_get(root, "timer");
	unsigned count = 2 + trace_parts(l, parts + 2), index;

	if (l->kind == LINE_HEADER)
		parts[1].count = COMMON_WITH_HEADER;
	read_members(r, root, parts, count, l);
	for (unsigned p = 0; p < count; p++)
		report_missing(r, root, &parts[p], key.name);
	if (l->kind == LINE_HEADER)
		read_object(r, root, "device", &trace_device, l);
	if (l->kind == LINE_HEADER || l->kind == LINE_SETTINGS) {
		read_object(r, root, "settings", &settings, l);
		l->header.has_settings = json_object_get(root, "settings") != NULL;
	}
	if (l->kind == LINE_EVENT && l->event.kind == EV_TIMER && timer &&
	    read_name(r, "timer", timer, NAMES(machine_timer, TIMERS), &index))
		l->event.timer = (enum timer)index;
	l->has_awake = json_object_get(root, "awake") != NULL;
	l->event.at = l->at;
	l->event.awake = l->awake;
}

/* Finds the key that identifies the kind of line. Returns false and adds an error if there is none. */
static bool
find_kind(struct reading *r, json_t *root, enum line_kind *kind)
{
	const char *key, *suggestion;
	json_t *value;

	for (unsigned i = 0; line_key[i]; i++)
		if (json_object_get(root, line_key[i])) {
			*kind = (enum line_kind)i;
			return true;
		}
	json_object_foreach(root, key, value)
		if ((suggestion = message_near(key, line_key))) {
			report_unknown(r, key, JSON_KEY, key, suggestion);
			return false;
		}
	report_error(r, NULL, JSON_KEY, "expected an event, state, effect, settings, crash or end line");
	return false;
}

/* Returns NULL, and adds an error, if the line is not a JSON object. */
static json_t *
parse_object(struct reading *r)
{
	static const char *const superfluous[] = {" near ", " without "};
	json_error_t error;
	json_t *root;
	char *rest;

	if (r->length >= TRACE_LINE_MAX) {
		report_error(r, NULL, JSON_KEY, "expected a line of at most %d bytes, found %zu", TRACE_LINE_MAX - 1,
			r->length);
		return NULL;
	}
	root = json_loadb(r->bytes, r->length, JSON_REJECT_DUPLICATES, &error);
	if (root && json_is_object(root))
		return root;
	if (root) {
		report_error(r, NULL, JSON_KEY, "expected an object such as {\"at\":...}");
		json_decref(root);
		return NULL;
	}
	/* Cuts off raw bytes of the line, and the name of a jansson flag, from the message. */
	for (size_t i = 0; i < COUNT(superfluous); i++)
		if ((rest = strstr(error.text, superfluous[i])))
			*rest = '\0';
	message_add(r->messages, MESSAGE_ERROR, r->file,
		(struct place){r->line, error.column > 0 ? (unsigned)error.column : 1}, "not JSON: %s", error.text);
	return NULL;
}

bool
trace_decode(const char *bytes, size_t length, const char *file, unsigned line, struct trace_line *l,
	struct messages *messages)
{
	struct reading r = {bytes, length, file, line, messages, false};
	json_t *root = parse_object(&r);
	enum line_kind kind;

	if (!root || !find_kind(&r, root, &kind)) {
		json_decref(root);
		return false;
	}
	l->kind = kind;
	l->has_awake = false;
	l->at = l->awake = 0;
	l->seq = 0;
	l->event = (struct event){0};
	l->state = (enum state)0;
	l->effect = (struct effect){0};
	l->boot[0] = '\0';
	if (read_kind(&r, root, l))
		read_line(&r, root, l);
	json_decref(root);
	return !r.failed;
}
