#include "plist.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/memory.h"

#define TAG 16

struct list {
	const char *at;			/* of the XML */
	struct place from, to;		/* of at, and of the JSON's end */
	struct buffer out;
	int depth;
	const char *file;
	struct messages *messages;
};

static bool
fail(struct list *l, const char *expected)
{
	char quoted[QUOTED_SIZE];
	size_t length = strcspn(l->at, "\n>");
	const char *found = message_quote(l->at, length + (l->at[length] == '>'), quoted);

	message_add(l->messages, MESSAGE_ERROR, l->file, l->from, "expected %s, found %s", expected,
		*l->at ? found : "the end of the file");
	return false;
}

static void
step(struct place *place, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] == '\n')
			*place = (struct place){place->line + 1, 1};
		else
			place->column += ((unsigned char)text[i] & 0xC0) != 0x80;	/* a character's first byte */
}

static void
eat(struct list *l, size_t length)
{
	step(&l->from, l->at, length);
	l->at += length;
}

static void
put(struct list *l, const char *text, size_t length)
{
	buffer_add(&l->out, text, length);
	step(&l->to, text, length);
}

/* As far as where the XML is now. */
static void
align(struct list *l)
{
	while (l->to.line < l->from.line)
		put(l, "\n", 1);
	while (l->to.line == l->from.line && l->to.column < l->from.column)
		put(l, " ", 1);
}

/* Space, comments, the declaration and the document type. */
static void
skip(struct list *l)
{
	for (;;) {
		const char *end;

		eat(l, strspn(l->at, " \t\r\n"));
		if (!strncmp(l->at, "<!--", 4))
			end = strstr(l->at, "-->");
		else if (!strncmp(l->at, "<?", 2) || !strncmp(l->at, "<!", 2))
			end = strchr(l->at, '>');
		else
			return;
		if (!end)
			return;
		eat(l, (size_t)(end - l->at) + (*end == '-' ? 3 : 1));
	}
}

static bool
take(struct list *l, const char *text)
{
	size_t length = strlen(text);

	if (strncmp(l->at, text, length) != 0)
		return false;
	eat(l, length);
	return true;
}

/* One character of an element's text, decoded; the bytes of it that were eaten, 0 for a wrong entity. */
static size_t
decode(const char *text, char out[8])
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
	/* Beyond ASCII such text is written as it is. */
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
		put(l, character, 1);
	else
		put(l, escaped, (size_t)snprintf(escaped, sizeof escaped, quote ? "\\%c" : "\\u%04x", *character));
}

static bool
put_text(struct list *l)
{
	put(l, "\"", 1);
	while (*l->at && *l->at != '<') {
		char character[8];
		size_t length = decode(l->at, character);

		if (!length)
			return fail(l, "an entity such as &amp;");
		put_escaped(l, character);
		eat(l, length);
	}
	put(l, "\"", 1);
	return true;
}

static bool
put_number(struct list *l)
{
	size_t length = strcspn(l->at, "<");

	if (!length || strspn(l->at, "0123456789.+-eE") < length)
		return fail(l, "a number");
	put(l, l->at, length);
	eat(l, length);
	return true;
}

static bool put_value(struct list *l);

static bool
put_key(struct list *l)
{
	align(l);
	if (!take(l, "<key>"))
		return fail(l, "<key>");
	if (!put_text(l))
		return false;
	if (!take(l, "</key>"))
		return fail(l, "</key>");
	put(l, ":", 1);
	skip(l);
	return true;
}

/* Members up to the closing tag, with keys or without. */
static bool
put_members(struct list *l, const char *close, bool keys)
{
	if (++l->depth > PLIST_DEPTH)
		return fail(l, "fewer lists within lists");
	put(l, keys ? "{" : "[", 1);
	skip(l);
	for (bool first = true; strncmp(l->at, close, strlen(close)) != 0; first = false) {
		if (!first)
			put(l, ",", 1);
		if ((keys && !put_key(l)) || !put_value(l))
			return false;
		skip(l);
	}
	l->depth--;
	put(l, keys ? "}" : "]", 1);
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

	align(l);
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
		snprintf(open, sizeof open, "<%s>", elements[i].name);
		snprintf(empty, sizeof empty, "<%s/>", elements[i].name);
		snprintf(close, sizeof close, "</%s>", elements[i].name);
		if (elements[i].empty && take(l, empty))
			return put(l, elements[i].empty, strlen(elements[i].empty)), true;
		if (take(l, open))
			return put_content(l, elements[i].name, close) && (take(l, close) || fail(l, close));
	}
	return fail(l, "a value such as <dict>, <string> or <true/>");
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

	skip(&l);
	good = take(&l, "<plist") || fail(&l, "<plist>");
	if (good)
		eat(&l, strcspn(l.at, ">") + (strchr(l.at, '>') != NULL));
	skip(&l);
	good = good && put_value(&l);
	skip(&l);
	if (good && !take(&l, "</plist>"))
		good = fail(&l, "</plist>");
	if (good) {
		buffer_add(&l.out, "", 1);
		return l.out.bytes;
	}
	buffer_free(&l.out);
	return NULL;
}
