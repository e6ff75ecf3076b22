/* report - prints what `check` found, for people. */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "text/file.h"
#include "text/yaml.h"

/* How many characters of a line are shown, and how many of them before the caret if the line is longer. */
enum { WIDTH = 100, LEAD = 40 };

/* Returns the length of the line end at the beginning of text, or 0. YAML 1.1 counts these as line ends. */
static size_t
line_end_length(const char *text)
{
	static const char *const ends[] = {"\r\n", "\n", "\r", "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9"};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (!strncmp(text, ends[i], strlen(ends[i])))
			return strlen(ends[i]);
	return 0;
}

static const char *
find_line(const char *text, unsigned number)
{
	if (!strncmp(text, "\xef\xbb\xbf", 3))
		text += 3;
	for (unsigned line = 1; line < number && *text; line++) {
		while (*text && !line_end_length(text))
			text++;
		text += line_end_length(text);
	}
	return text;
}

/* A tab becomes one space, since it counts as one column. */
static void
print_characters(const char *line, unsigned from, FILE *out)
{
	for (unsigned i = 0; *line && !line_end_length(line) && i < from + WIDTH; i++) {
		size_t n = message_printable(line, strlen(line));

		if (i >= from && n)
			fwrite(line, 1, n, out);
		else if (i >= from)
			fputc(*line == '\t' ? ' ' : '?', out);
		line += n ? n : 1;
	}
	fputc('\n', out);
}

static void
print_excerpt(const char *text, struct place place, FILE *out)
{
	const char *line = find_line(text, place.line);
	unsigned from = place.column > WIDTH ? place.column - LEAD : 0;

	fprintf(out, "%5u | %s", place.line, from ? "..." : "");
	print_characters(line, from, out);
	if (place.column)
		fprintf(out, "      | %*s\n", (int)(place.column - from) + (from ? 3 : 0), "^");
}

/* Reads a checked file once more, to quote it. Returns NULL if it is gone or is not text. */
static char *
read_again(const char *file)
{
	struct messages ignored = {0};
	size_t length;
	char *text = file_read(file, yaml_policy_limits.bytes, &length, &ignored);

	message_free(&ignored);
	return text;
}

static void
print_messages(const struct messages *ms, FILE *out)
{
	const char *file = "";
	char *text = NULL, code[CODE_TEXT];

	for (size_t i = 0; i < ms->count; i++) {
		const struct message *m = &ms->list[i];

		message_write(m, out);
		fprintf(out, m->code ? " [%s]\n" : "\n", code_text(m->code, code));
		if (strcmp(file, m->file) != 0) {
			file = m->file;
			free(text);
			text = read_again(file);
		}
		if (text && m->place.line)
			print_excerpt(text, m->place, out);
	}
	free(text);
}

static void
print_count(unsigned count, const char *one, const char *many, FILE *out)
{
	fprintf(out, "%u %s", count, count == 1 ? one : many);
}

static void
print_sum(const struct report *r, FILE *out)
{
	const struct messages *ms = r->messages;

	if (!ms->errors) {
		print_count(r->policies, "policy, ", "policies, ", out);
		if (ms->warnings)
			print_count(ms->warnings, "warning\n", "warnings\n", out);
		else
			fputs("no problems\n", out);
		return;
	}
	print_count(ms->errors, "error", "errors", out);
	if (ms->warnings) {
		fputs(" and ", out);
		print_count(ms->warnings, "warning", "warnings", out);
	}
	if (r->faulty) {
		fprintf(out, " in %u of ", r->faulty);
		print_count(r->policies, "policy", "policies", out);
	}
	fputc('\n', out);
}

void
report_plain(const struct report *r, FILE *out)
{
	size_t found = r->messages->errors + r->messages->warnings;

	message_sort(r->messages);
	print_messages(r->messages, out);
	if (found > r->messages->count)
		fprintf(out, "and %zu more\n", found - r->messages->count);
	print_sum(r, out);
}
