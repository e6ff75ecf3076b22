/* Values and members of one line, and what is wrong with them. JSON is jansson's; what the values may be, the
 * tables say. Places in the line are looked for only once there is an error to tell. */
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "jsonplace.h"
#include "jsonvalue.h"
#include "trace_reading.h"

#define WORDS_MAX 256		/* names looked through for "did you mean" */

void
trace_complain(struct reading *r, const char *key, enum jsonplace which, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	message_add(r->messages, MESSAGE_ERROR, r->file, jsonplace(r->bytes, r->length, r->line, key, which), "%s", text);
	r->failed = true;
}

void
trace_expected(struct reading *r, const char *key, const char *what, const json_t *found)
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
	trace_complain(r, key, JSON_VALUE, "expected %s, found %s", what, quoted);
}

static const char *
name_at(const struct names *n, size_t i)
{
	return *(const char *const *)(const void *)((const char *)n->table + i * n->stride);
}

static const char *
near(const char *name, struct names n)
{
	const char *words[WORDS_MAX + 1];
	size_t i;

	for (i = 0; i < n.count && i < WORDS_MAX; i++)
		words[i] = name_at(&n, i);
	words[i] = NULL;
	return message_near(name, words);
}

void
trace_unknown(struct reading *r, const char *key, enum jsonplace which, const char *name, const char *suggestion)
{
	char quoted[QUOTED_SIZE];

	message_quote(name, strlen(name), quoted);
	if (suggestion)
		trace_complain(r, key, which, "unknown %s %s (did you mean \"%s\"?)", which == JSON_KEY ? "key" : key, quoted,
			suggestion);
	else
		trace_complain(r, key, which, "unknown %s %s", which == JSON_KEY ? "key" : key, quoted);
}

bool
trace_name(struct reading *r, const char *key, const json_t *value, struct names n, unsigned *index)
{
	const char *name = json_string_value(value);
	char what[64];

	if (!name) {
		snprintf(what, sizeof what, "the name of %s %s", strchr("aeiou", *key) ? "an" : "a", key);
		trace_expected(r, key, what, value);
		return false;
	}
	for (*index = 0; *index < n.count; ++*index)
		if (!strcmp(name_at(&n, *index), name))
			return true;
	trace_unknown(r, key, JSON_VALUE, name, near(name, n));
	return false;
}

/* The index of a word of an enumeration. */
static void
word_decode(struct reading *r, const struct field *f, const json_t *json, void *value)
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
		trace_unknown(r, f->name, JSON_VALUE, word, suggestion);
	else
		trace_expected(r, f->name, what, json);
}

static void
value_decode(struct reading *r, const struct field *f, const json_t *json, void *value)
{
	const struct jsonvalue *type;

	if (f->words) {
		word_decode(r, f, json, value);
	} else if (f->type) {
		type = jsonvalue_type(f->type);
		if (!type->decode(json, value))
			trace_expected(r, f->name, type->expected, json);
	}
}

static const struct field *
field_named(const struct part *parts, unsigned count, const char *name, size_t *offset)
{
	for (unsigned p = 0; p < count; p++)
		for (size_t i = 0; i < parts[p].count; i++)
			if (!strcmp(parts[p].fields[i].name, name)) {
				*offset = parts[p].offset + parts[p].fields[i].offset;
				return &parts[p].fields[i];
			}
	return NULL;
}

void
trace_members(struct reading *r, json_t *object, const struct part *parts, unsigned count, struct trace_line *l)
{
	const char *key;
	json_t *json;
	size_t offset;

	json_object_foreach(object, key, json) {
		const struct field *f = field_named(parts, count, key, &offset);
		const char *suggestion = NULL;

		if (f) {
			value_decode(r, f, json, (char *)l + offset);
			continue;
		}
		for (unsigned p = 0; p < count && !suggestion; p++)
			suggestion = near(key, NAMES(parts[p].fields, parts[p].count));
		trace_unknown(r, key, JSON_KEY, key, suggestion);
	}
}

void
trace_missing(struct reading *r, const json_t *object, const struct part *part, const char *owner)
{
	for (size_t i = 0; i < part->count; i++) {
		const struct field *f = &part->fields[i];

		if (!f->optional && !json_object_get(object, f->name))
			trace_complain(r, owner, JSON_KEY, f->type ? "\"%s\" is missing: %s" : "\"%s\" is missing", f->name,
				f->type ? jsonvalue_type(f->type)->expected : "");
	}
}
