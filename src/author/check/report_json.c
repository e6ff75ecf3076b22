/* report_json - prints what `check` found, for programs: JSON and SARIF. */
#include "check.h"

#include <string.h>

#include "text/command.h"
#include "text/memory.h"

#define SARIF_SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

/* A file's name may be any bytes, but JSON takes only UTF-8: replaces other bytes by U+FFFD. */
static json_t *
json_text(const char *text)
{
	size_t left = strlen(text);
	struct buffer clean = {0};
	json_t *json;

	while (left) {
		size_t n = message_printable(text, left);

		buffer_add(&clean, n ? text : "\xef\xbf\xbd", n ? n : 3);
		text += n ? n : 1;
		left -= n ? n : 1;
	}
	json = json_stringn(clean.bytes ? clean.bytes : "", clean.length);
	buffer_free(&clean);
	return json;
}

static void
write_json(json_t *json, FILE *out)
{
	if (!json || json_dumpf(json, out, JSON_INDENT(2)) != 0)
		memory_out();
	fputc('\n', out);
	json_decref(json);
}

static const struct code_about *
about_code(enum message_code code)
{
	const struct code_about *a = code_table;

	while (a->code != code && a->code != CODE_NONE)
		a++;
	return a->code == CODE_NONE ? NULL : a;
}

static const char *
severity(const struct message *m)
{
	return m->severity == MESSAGE_ERROR ? "error" : "warning";
}

static json_t *
number_or_null(unsigned number)
{
	return number ? json_integer(number) : json_null();
}

static json_t *
message_json(const struct message *m)
{
	char code[CODE_TEXT];

	return json_pack("{s:o, s:o, s:o, s:s, s:o, s:o}", "file", json_text(m->file),
		"line", number_or_null(m->place.line), "column", number_or_null(m->place.column), "severity", severity(m),
		"code", m->code ? json_string(code_text(m->code, code)) : json_null(), "text", json_text(m->text));
}

void
report_json(const struct report *r, FILE *out)
{
	json_t *list = json_array();

	message_sort(r->messages);
	for (size_t i = 0; i < r->messages->count; i++)
		json_array_append_new(list, message_json(&r->messages->list[i]));
	write_json(json_pack("{s:i, s:i, s:i, s:i, s:o, s:O*}", "policies", (int)r->policies, "faulty", (int)r->faulty,
		"errors", (int)r->messages->errors, "warnings", (int)r->messages->warnings, "messages", list,
		"devices", r->devices), out);
}

/* Returns a path as a URI reference (RFC 3986), relative to the current folder, which should be the repository's root. */
static json_t *
path_uri(const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
	struct buffer out = {0};
	json_t *json;

	while (!strncmp(path, "./", 2))
		path += 2;
	if (*path == '/')
		buffer_add(&out, "file://", 7);
	for (; *path; path++) {
		char escaped[4];

		snprintf(escaped, sizeof escaped, "%%%02X", (unsigned)(unsigned char)*path);
		buffer_add(&out, strchr(plain, *path) ? path : escaped, strchr(plain, *path) ? 1 : 3);
	}
	json = json_stringn(out.bytes ? out.bytes : "", out.length);
	buffer_free(&out);
	return json;
}

static json_t *
rules_json(void)
{
	json_t *list = json_array();
	char code[CODE_TEXT];

	for (const struct code_about *a = code_table; a->code != CODE_NONE; a++)
		json_array_append_new(list, json_pack("{s:s, s:{s:s}, s:{s:s}, s:{s:s}}", "id", code_text(a->code, code),
			"shortDescription", "text", a->title, "fullDescription", "text", a->about,
			"defaultConfiguration", "level", a->code < CODE_WARNINGS ? "error" : "warning"));
	return list;
}

/* GitHub shows no result without a line, so a problem of a whole file is reported at its first line. */
static json_t *
result_json(const struct message *m)
{
	const struct code_about *a = about_code(m->code);
	json_t *region = json_pack("{s:i}", "startLine", m->place.line ? (int)m->place.line : 1), *json;

	if (m->place.column)
		json_object_set_new(region, "startColumn", json_integer(m->place.column));
	json = json_pack("{s:s, s:{s:o}, s:[{s:{s:{s:o}, s:o}}]}", "level", severity(m), "message", "text", json_text(m->text),
		"locations", "physicalLocation", "artifactLocation", "uri", path_uri(m->file), "region", region);
	if (a) {
		char code[CODE_TEXT];

		json_object_set_new(json, "ruleId", json_string(code_text(m->code, code)));
		json_object_set_new(json, "ruleIndex", json_integer(a - code_table));
	}
	return json;
}

void
report_sarif(const struct report *r, FILE *out)
{
	json_t *results = json_array();

	message_sort(r->messages);
	for (size_t i = 0; i < r->messages->count; i++)
		json_array_append_new(results, result_json(&r->messages->list[i]));
	write_json(json_pack("{s:s, s:s, s:[{s:{s:{s:s, s:s, s:o}}, s:[{s:b}], s:s, s:o}]}", "$schema", SARIF_SCHEMA,
		"version", "2.1.0", "runs", "tool", "driver", "name", "lastcall", "version", LASTCALL_VERSION, "rules", rules_json(),
		"invocations", "executionSuccessful", !r->unusable, "columnKind", "unicodeCodePoints", "results", results), out);
}
