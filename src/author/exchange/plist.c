/* plist - converts Apple's property lists from XML to JSON. Does not read the binary form. */
#include "nudge_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/memory.h"

#define TAG 16

struct list {
	const char *at;			/* how far the XML is read */
	struct place from, to;		/* the place of `at`, and of the end of the JSON written so far */
	struct buffer out;
	int depth;
	const char *file;
	struct messages *messages;
};

static bool
report_syntax(struct list *l, const char *expected)
{
	char quoted[QUOTED_SIZE];
	size_t length = strcspn(l->at, "\n>");
	const char *found = message_quote(l->at, length + (l->at[length] == '>'), quoted);

	message_add(l->messages, MESSAGE_ERROR, l->file, l->from, "expected %s, found %s", expected,
		*l->at ? found : "the end of the file");
	return false;
}

static void
advance_place(struct place *place, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] == '\n')
			*place = (struct place){place->line + 1, 1};
		else
			place->column += ((unsigned char)text[i] & 0xC0) != 0x80;	/* a character's first byte */
}

static void
skip_bytes(struct list *l, size_t length)
{
	advance_place(&l->from, l->at, length);
	l->at += length;
}

static void
put_json(struct list *l, const char *text, size_t length)
{
	buffer_add(&l->out, text, length);
	advance_place(&l->to, text, length);
}

/* Pads the JSON up to the place in the XML. */
static void
pad_json(struct list *l)
{
	while (l->to.line < l->from.line)
		put_json(l, "\n", 1);
	while (l->to.line == l->from.line && l->to.column < l->from.column)
		put_json(l, " ", 1);
}

/* Skips space, comments, the declaration and the document type. */
static void
skip_space(struct list *l)
{
	for (;;) {
		const char *end;

		skip_bytes(l, strspn(l->at, " \t\r\n"));
		if (!strncmp(l->at, "<!--", 4))
			end = strstr(l->at, "-->");
		else if (!strncmp(l->at, "<?", 2) || !strncmp(l->at, "<!", 2))
			end = strchr(l->at, '>');
		else
			return;
		if (!end)
			return;
		skip_bytes(l, (size_t)(end - l->at) + (*end == '-' ? 3 : 1));
	}
}

/* Skips the text and returns true if it comes next. */
static bool
skip_text(struct list *l, const char *text)
{
	size_t length = strlen(text);

	if (strncmp(l->at, text, length) != 0)
		return false;
	skip_bytes(l, length);
	return true;
}

/* Decodes one character of an element's text. Returns its length in the XML, or 0 for a wrong entity. */
static size_t
decode_character(const char *text, char out[8])
{
	static const char *const named[][2] = {{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&quot;", "\""},
		{"&apos;", "'"}};
	char *end;
	unsigned long code;

	snprintf(out, 8, "%c", *text);
	if (*text != '&')
		return 1;
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (!strncmp(text, named[i][0], strlen(named[i][0])))
			return *out = *named[i][1], strlen(named[i][0]);
	if (text[1] != '#')
		return 0;
	/* Characters beyond ASCII are written as they are, not as entities. */
	code = text[2] == 'x' ? strtoul(text + 3, &end, 16) : strtoul(text + 2, &end, 10);
	*out = (char)code;
	return *end == ';' && code >= ' ' && code < 0x7f ? (size_t)(end - text) + 1 : 0;
}

static void
put_escaped(struct list *l, const char *character)
{
	char escaped[8];
	bool quote = strchr("\"\\", *character);

	if ((unsigned char)*character >= ' ' && !quote)
		put_json(l, character, 1);
	else
		put_json(l, escaped, (size_t)snprintf(escaped, sizeof escaped, quote ? "\\%c" : "\\u%04x", *character));
}

static bool
put_text(struct list *l)
{
	put_json(l, "\"", 1);
	while (*l->at && *l->at != '<') {
		char character[8];
		size_t length = decode_character(l->at, character);

		if (!length)
			return report_syntax(l, "an entity such as &amp;");
		put_escaped(l, character);
		skip_bytes(l, length);
	}
	put_json(l, "\"", 1);
	return true;
}

static bool
put_number(struct list *l)
{
	size_t length = strcspn(l->at, "<");

	if (!length || strspn(l->at, "0123456789.+-eE") < length)
		return report_syntax(l, "a number");
	put_json(l, l->at, length);
	skip_bytes(l, length);
	return true;
}

static bool put_value(struct list *l);

static bool
put_key(struct list *l)
{
	pad_json(l);
	if (!skip_text(l, "<key>"))
		return report_syntax(l, "<key>");
	if (!put_text(l))
		return false;
	if (!skip_text(l, "</key>"))
		return report_syntax(l, "</key>");
	put_json(l, ":", 1);
	skip_space(l);
	return true;
}

/* Converts the members up to the closing tag. keys: each member has a key, as in a dict. */
static bool
put_members(struct list *l, const char *close, bool keys)
{
	if (++l->depth > PLIST_DEPTH)
		return report_syntax(l, "fewer lists within lists");
	put_json(l, keys ? "{" : "[", 1);
	skip_space(l);
	for (bool first = true; strncmp(l->at, close, strlen(close)) != 0; first = false) {
		if (!first)
			put_json(l, ",", 1);
		if ((keys && !put_key(l)) || !put_value(l))
			return false;
		skip_space(l);
	}
	l->depth--;
	put_json(l, keys ? "}" : "]", 1);
	return true;
}

static bool
put_content(struct list *l, const char *name, const char *close)
{
	if (!strcmp(name, "dict") || !strcmp(name, "array"))
		return put_members(l, close, *name == 'd');
	if (!strcmp(name, "integer") || !strcmp(name, "real"))
		return put_number(l);
	return put_text(l);
}

static bool
put_value(struct list *l)
{
	static const struct {
		const char *name, *empty;
	} elements[] = {{"dict", "{}"}, {"array", "[]"}, {"string", "\"\""}, {"date", NULL}, {"data", "\"\""},
		{"integer", NULL}, {"real", NULL}, {"true", "true"}, {"false", "false"}};
	char open[TAG], empty[TAG], close[TAG];

	pad_json(l);
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
		snprintf(open, sizeof open, "<%s>", elements[i].name);
		snprintf(empty, sizeof empty, "<%s/>", elements[i].name);
		snprintf(close, sizeof close, "</%s>", elements[i].name);
		if (elements[i].empty && skip_text(l, empty))
			return put_json(l, elements[i].empty, strlen(elements[i].empty)), true;
		if (skip_text(l, open))
			return put_content(l, elements[i].name, close) && (skip_text(l, close) || report_syntax(l, close));
	}
	return report_syntax(l, "a value such as <dict>, <string> or <true/>");
}

bool
plist_like(const char *text)
{
	return !strncmp(text, "<?xml", 5) || !strncmp(text, "<!DOCTYPE plist", 15) || !strncmp(text, "<plist", 6);
}

char *
plist_json(const char *file, const char *text, struct messages *messages)
{
	struct list l = {.at = text, .from = {1, 1}, .to = {1, 1}, .file = file, .messages = messages};
	bool good;

	skip_space(&l);
	good = skip_text(&l, "<plist") || report_syntax(&l, "<plist>");
	if (good)
		skip_bytes(&l, strcspn(l.at, ">") + (strchr(l.at, '>') != NULL));
	skip_space(&l);
	good = good && put_value(&l);
	skip_space(&l);
	if (good && !skip_text(&l, "</plist>"))
		good = report_syntax(&l, "</plist>");
	if (good) {
		buffer_add(&l.out, "", 1);
		return l.out.bytes;
	}
	buffer_free(&l.out);
	return NULL;
}
