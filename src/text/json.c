#include <assert.h>
#include <string.h>

#include "core/version.h"
#include "text/trace/trace.h"
#include "json.h"

void
out_text(struct out *o, const char *text)
{
	o->end = stpcpy(o->end, text);
}

void
out_number(struct out *o, int64_t number)
{
	char digits[24], *first = digits + sizeof digits - 1;

	assert(number >= 0);
	*first = '\0';
	do
		*--first = (char)('0' + number % 10);
	while (number /= 10);
	out_text(o, first);
}

void
out_string(struct out *o, const char *text)
{
	*o->end++ = '"';
	for (; *text; text++) {
		assert((unsigned char)*text >= ' ');
		if (*text == '"' || *text == '\\')
			*o->end++ = '\\';
		*o->end++ = *text;
	}
	out_text(o, "\"");
}

static int64_t
load_number(const void *value)
{
	int64_t number;

	memcpy(&number, value, sizeof number);
	return number;
}

static bool
store_number(void *value, int64_t number)
{
	memcpy(value, &number, sizeof number);
	return true;
}

static bool
is_zero(const void *value)
{
	return load_number(value) == 0;
}

static bool
is_never_absent(const void *value)
{
	(void)value;
	return false;
}

static bool
decode_instant(const json_t *json, void *value)
{
	int64_t at;

	return json_is_string(json) && instant_parse(json_string_value(json), &at) && store_number(value, at);
}

static void
encode_instant(struct out *o, const void *value)
{
	*o->end++ = '"';
	instant_format(load_number(value), o->end);
	o->end += strlen(o->end);
	out_text(o, "\"");
}

static bool
decode_duration(const json_t *json, void *value)
{
	int64_t ms;

	return json_is_string(json) && duration_parse_exact(json_string_value(json), &ms) && store_number(value, ms);
}

static void
encode_duration(struct out *o, const void *value)
{
	char text[DURATION_TEXT];

	out_string(o, duration_format(load_number(value), text));
}

static bool
decode_version(const json_t *json, void *value)
{
	int64_t version = VERSION_NONE;

	return (json_is_null(json) || (json_is_string(json) && version_parse(json_string_value(json), &version))) &&
	       store_number(value, version);
}

static void
encode_version(struct out *o, const void *value)
{
	char text[VERSION_TEXT];

	if (load_number(value) == VERSION_NONE)
		out_text(o, "null");
	else
		out_string(o, version_format(load_number(value), text));
}

/* A whole number, at most 2^53: exact in every JSON reader. */
static bool
decode_number(const json_t *json, void *value)
{
	int64_t number = json_integer_value(json);

	return json_is_integer(json) && number >= 0 && number <= INT64_C(1) << 53 && store_number(value, number);
}

static void
encode_number(struct out *o, const void *value)
{
	out_number(o, load_number(value));
}

static bool
decode_count(const json_t *json, void *value)
{
	return decode_number(json, value) && load_number(value) <= UINT32_MAX;
}

static bool
decode_flag(const json_t *json, void *value)
{
	return json_is_boolean(json) && store_number(value, json_is_true(json));
}

static void
encode_flag(struct out *o, const void *value)
{
	out_text(o, load_number(value) ? "true" : "false");
}

/* Refuses control characters: escaped, they could make a line too long when it is written again. */
static bool
decode_printable(const json_t *json, char *value, size_t size)
{
	size_t length = json_string_length(json);
	const char *text = json_string_value(json);

	if (!text || length >= size)
		return false;
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
			return false;
	memcpy(value, text, length + 1);
	return true;
}

static bool
decode_name(const json_t *json, void *value)
{
	return decode_printable(json, value, TRACE_NAME);
}

static bool
decode_text(const json_t *json, void *value)
{
	return decode_printable(json, value, TRACE_TEXT);
}

static void
encode_text(struct out *o, const void *value)
{
	out_string(o, value);
}

static bool
is_empty(const void *value)
{
	return *(const char *)value == '\0';
}

static const struct jsonvalue types[] = {
	{"instant", "a time such as \"2026-12-04T22:00:00Z\", with at most milliseconds",
	 decode_instant, encode_instant, is_zero},
	{"duration", "a duration such as \"30s\", \"1h\" or \"5d\"", decode_duration, encode_duration, is_zero},
	{"version", "a version such as \"15.2\", or null", decode_version, encode_version, is_zero},
	{"flag", "true or false", decode_flag, encode_flag, is_never_absent},
	{"count", "a whole number from 0 to 4294967295", decode_count, encode_number, is_zero},
	{"number", "a whole number", decode_number, encode_number, is_zero},
	{"name", "printable text of less than 64 bytes", decode_name, encode_text, is_empty},
	{"text", "printable text of less than 256 bytes", decode_text, encode_text, is_empty},
};

const struct jsonvalue *
jsonvalue_type(const char *name)
{
	const struct jsonvalue *type = types;

	while (strcmp(type->name, name) != 0) {
		type++;
		assert(type < types + sizeof types / sizeof types[0]);	/* otherwise the table lacks a machine's type */
	}
	return type;
}

static size_t
skip_space(const char *bytes, size_t length, size_t i)
{
	while (i < length && bytes[i] != '\0' && strchr(" \t\r", bytes[i]))
		i++;
	return i;
}

/* Returns the offset of the closing quote of the string that begins at i. */
static size_t
string_end(const char *bytes, size_t length, size_t i)
{
	for (i++; i < length && bytes[i] != '"'; i++)
		i += bytes[i] == '\\';
	return i;
}

static size_t
find_key(const char *bytes, size_t length, const char *key, enum jsonplace which)
{
	size_t key_length = strlen(key);

	for (size_t begin = 0; begin < length; begin++) {
		size_t end, colon;

		if (bytes[begin] != '"')
			continue;
		end = string_end(bytes, length, begin);
		colon = skip_space(bytes, length, end + 1);
		if (colon < length && bytes[colon] == ':' && end - begin - 1 == key_length &&
		    !memcmp(bytes + begin + 1, key, key_length))
			return which == JSON_KEY ? begin : skip_space(bytes, length, colon + 1);
		begin = end;
	}
	return 0;
}

struct place
jsonplace(const char *bytes, size_t length, unsigned line, const char *key, enum jsonplace which)
{
	size_t offset = key ? find_key(bytes, length, key, which) : 0;
	struct place place = {line, 1};

	for (size_t i = 0; i < offset; i++)
		place.column += (bytes[i] & 0xC0) != 0x80;	/* UTF-8 continuation bytes do not count */
	return place;
}
