#include <string.h>

#include "pattern.h"
#include "phrase.h"
#include "text/key.h"

#define HINT 400
#define NAMES (PHRASES + 1)

static bool
letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A tag of BCP 47 as far as texts need it: a language in lower case, and parts such as a region. */
static bool
is_tag(const char *text)
{
	size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz");

	if (length < 2 || length > 3 || strlen(text) > 32)
		return false;
	for (text += length; *text == '-'; text += length) {
		for (length = 0, text++; letter(text[length]) || (text[length] >= '0' && text[length] <= '9');)
			length++;
		if (length < 2 || length > 8)
			return false;
	}
	return !*text;
}

/* The author's tag as it should be written; NULL when it is past guessing. */
static const char *
tag_hint(const char *text, char out[HINT])
{
	char tag[40];
	size_t i = 0;

	for (; text[i] && i < sizeof tag - 1; i++) {
		tag[i] = text[i] == '_' ? '-' : text[i];
		if (letter(tag[i]) && !memchr(tag, '-', i))
			tag[i] = (char)(tag[i] | 0x20);
	}
	tag[i] = '\0';
	if (!is_tag(tag))
		return NULL;
	snprintf(out, HINT, " (did you mean \"%s\"?)", tag);
	return out;
}

static const struct language *
language_of(const char *tag)
{
	struct texts texts;

	texts_choose("", tag, &texts);
	return strncmp(texts.language->tag, tag, 2) ? &language_neutral : texts.language;
}

static bool
refuse_place(const struct node *node, enum phrase phrase, const char *stray, size_t length, const struct source *source)
{
	const char *places[PHRASE_PLACES], *near;
	char name[64], found[QUOTED_SIZE], all[HINT];
	size_t used = 0;

	phrase_places(phrase, places);
	snprintf(name, sizeof name, "%.*s", (int)(length > 2 ? length - 2 : 0), stray + 1);
	near = message_near(name, places);
	message_quote(stray, length, found);
	if (near)
		return key_fault(node, source, CODE_PLACEHOLDER, "unknown placeholder %s (did you mean \"{%s}\"?)", found, near);
	for (unsigned i = 0; places[i] && used < sizeof all; i++)
		used += (size_t)snprintf(all + used, sizeof all - used, "%s{%s}", i ? ", " : "", places[i]);
	return key_fault(node, source, CODE_PLACEHOLDER, "unknown placeholder %s; here it can be %s", found, all);
}

static bool
check_text(const struct node *node, enum phrase phrase, const struct language *language, const struct source *source)
{
	const struct phrase_room *room = &phrase_room[phrase_about[phrase].kind];
	const char *places[PHRASE_PLACES], *stray;
	size_t length;
	unsigned columns;

	if (node->kind != NODE_SCALAR || !node->length)
		return key_expected_as(CODE_LABEL, node, source, "one line of text", NULL);
	for (const char *c = node->text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			return key_expected_as(CODE_LABEL, node, source, "one line of text without control characters", NULL);
	phrase_places(phrase, places);
	stray = pattern_stray(node->text, places, &length);
	if (stray)
		return refuse_place(node, phrase, stray, length, source);
	columns = phrase_columns(language, node->text);
	if (columns <= room->columns)
		return true;
	return key_fault(node, source, CODE_TEXT_TOO_LONG, "expected a %s of at most %u columns, found one of %u", room->what,
		room->columns, columns);
}

static bool
find_phrase(const struct node *node, enum phrase *phrase, const struct source *source)
{
	const char *names[NAMES] = {0}, *name = node->key->text, *near;
	char found[QUOTED_SIZE];

	for (unsigned i = 0; i < PHRASES; i++) {
		names[i] = phrase_about[i].name;
		*phrase = (enum phrase)i;
		if (!strcmp(names[i], name))
			return true;
	}
	near = message_near(name, names);
	message_quote(name, strlen(name), found);
	if (near)
		return key_fault(node->key, source, CODE_TEXT_UNKNOWN, "unknown text %s (did you mean \"%s\"?)", found, near);
	return key_fault(node->key, source, CODE_TEXT_UNKNOWN, "unknown text %s; lastcall-policy(5) lists them", found);
}

static bool
read_language(const struct node *map, const struct key *key, char *packed, const struct source *source)
{
	const char *tag = map->key->text;
	bool good = is_tag(tag);
	char hint[HINT];

	if (!good)
		key_expected_as(CODE_LANGUAGE, map->key, source, "a language such as en, de or pt-BR", tag_hint(tag, hint));
	if (map->kind != NODE_MAP)
		return key_expected_as(CODE_SHAPE, map, source, "a map of texts", NULL);
	for (const struct node *node = map->child; node; node = node->next) {
		enum phrase phrase;

		if (!find_phrase(node, &phrase, source) || !check_text(node, phrase, language_of(tag), source)) {
			good = false;
			continue;
		}
		if (!texts_pack(packed, (size_t)key->most, &(struct authored){tag, node->key->text, node->text}))
			return key_fault(node, source, CODE_LIMIT, "all texts of a policy together may have %lld bytes, and this is "
				"one too many", (long long)key->most);
	}
	return good;
}

static bool
read_texts(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	bool good = true;

	memset(value, 0, (size_t)key->most);
	for (const struct node *map = node->child; map; map = map->next)
		good = read_language(map, key, value, source) && good;
	return good;
}

/* As one flow map, which reads back the same. */
static void
write_texts(const void *value, const struct key *key, FILE *out)
{
	const char *at = value, *tag = NULL;
	struct authored a;

	(void)key;
	fputc('{', out);
	while (texts_next(&at, &a)) {
		if (!tag || strcmp(tag, a.tag))
			fprintf(out, "%s%s: {", tag ? "}, " : "", a.tag);
		else
			fputs(", ", out);
		fprintf(out, "%s: ", a.name);
		value_label.write(a.text, key, out);
		tag = a.tag;
	}
	fputs(tag ? "}}" : "}", out);
}

const struct type
	value_texts = {"texts", "a map of languages, such as {en: {start_now: \"Update now\"}}", read_texts, write_texts,
		NODE_MAP, CODE_SHAPE, "{\"type\": \"object\"}", "{en: {start_now: \"Update now\"}}"};
