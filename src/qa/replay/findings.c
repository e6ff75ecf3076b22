#include "findings.h"

#include <stdlib.h>
#include <string.h>

#include "words/markup.h"
#include "text/memory.h"

static unsigned
trace_count(const struct findings *r)
{
	return r->verdicts[MATCH] + r->verdicts[DIFFERENT] + r->verdicts[UNUSABLE];
}

static bool
has_passed(const struct finding *o)
{
	return o->verdict == MATCH && !o->broken;
}

/* Writes each line of a text after a prefix. */
static void
put_lines(const char *text, const char *prefix, FILE *out)
{
	struct lines lines = lines_of(text, strlen(text));
	const char *line;
	size_t length;

	while (lines_next(&lines, &line, &length))
		fprintf(out, "%s%.*s\n", prefix, (int)length, line);
}

static void
plain_trace(struct findings *r, const struct finding *o)
{
	put_lines(o->text, "", stderr);
	if (o->diff && !r->quiet)
		diff_print(o->diff, o->name, "", r->colour, stdout);
}

/* Prints one TAP line, and the messages as comments below it. */
static void
tap_trace(struct findings *r, const struct finding *o)
{
	printf("%s %u - %s\n", has_passed(o) ? "ok" : "not ok", trace_count(r), o->name);
	put_lines(o->text, "# ", stdout);
	if (o->diff && !r->quiet)
		diff_print(o->diff, o->name, "# ", false, stdout);
}

static void
put_attribute(const char *name, const char *value, FILE *out)
{
	fprintf(out, " %s=\"", name);
	markup_text(value, strlen(value), out);
	fputc('"', out);
}

/* Writes the messages and the diff of a failing case. */
static void
put_failure(const struct finding *o, FILE *out)
{
	static const char *const what[VERDICTS] = {"a promise is broken", "the machine answers differently",
		"this trace cannot be used"};
	const char *element = o->verdict == UNUSABLE ? "error" : "failure";
	char *text = NULL;
	size_t length;
	FILE *memory = open_memstream(&text, &length);

	if (!memory)
		memory_out();
	fputs(o->text, memory);
	if (o->diff)
		diff_print(o->diff, o->name, "", false, memory);
	fclose(memory);
	fprintf(out, "    <%s", element);
	put_attribute("message", what[o->verdict], out);
	fputc('>', out);
	markup_text(text, length, out);
	fprintf(out, "</%s>\n", element);
	free(text);
}

static void
junit_trace(struct findings *r, const struct finding *o)
{
	fputs("  <testcase classname=\"lastcall.replay\"", r->cases);
	put_attribute("name", o->name, r->cases);
	put_attribute("file", o->name, r->cases);
	fputs(">\n", r->cases);
	if (!has_passed(o)) {
		put_failure(o, r->cases);
	} else if (*o->text) {
		fputs("    <system-err>", r->cases);
		markup_text(o->text, strlen(o->text), r->cases);
		fputs("</system-err>\n", r->cases);
	}
	fputs("  </testcase>\n", r->cases);
}

static void
junit_end(struct findings *r)
{
	fclose(r->cases);
	printf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"lastcall replay\" tests=\"%u\" failures=\"%u\" "
	       "errors=\"%u\">\n%s</testsuite>\n", trace_count(r), r->failures, r->verdicts[UNUSABLE], r->cases_text);
	free(r->cases_text);
}

void
findings_begin(struct findings *r, size_t traces)
{
	if (r->form == FORM_TAP)
		printf("1..%zu\n", traces);
	if (r->form != FORM_JUNIT)
		return;
	r->cases = open_memstream(&r->cases_text, &r->cases_length);
	if (!r->cases)
		memory_out();
}

void
findings_add(struct findings *r, const struct finding *o)
{
	static void (*const form[])(struct findings *, const struct finding *) = {plain_trace, tap_trace, junit_trace};

	r->verdicts[o->verdict]++;
	r->broken += o->broken;
	r->failures += o->verdict == DIFFERENT || (o->verdict == MATCH && o->broken);
	form[r->form](r, o);
}

static const char *
broken_traces(const struct findings *r, char text[64])
{
	snprintf(text, 64, ", %u break%s a promise", r->broken, r->broken == 1 ? "s" : "");
	return text;
}

void
findings_end(struct findings *r)
{
	unsigned all = trace_count(r);
	char text[64];

	if (r->form == FORM_JUNIT)
		junit_end(r);
	else if (!r->quiet)
		printf("%s%u trace%s: %u match, %u %s, %u unusable%s\n", r->form == FORM_TAP ? "# " : "", all,
			all == 1 ? "" : "s", r->verdicts[MATCH], r->verdicts[DIFFERENT], r->different, r->verdicts[UNUSABLE],
			r->broken ? broken_traces(r, text) : "");
}
