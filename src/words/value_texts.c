/* Reads, packs and writes the value of a policy's key `text`: texts of its own, by language. */
#include <string.h>

#include "text/key.h"
#include "texts.h"

#define HINT 400
#define NAMES (PHRASES + 1)

/* Returns " (did you mean ...?)" with the nearest valid tag, or NULL. */
static const char *
tag_hint(const char *text, char out[HINT])
{
	char tag[40];
	size_t i = 0;

	for (; text[i] && i < sizeof tag - 1; i++) {
		tag[i] = text[i] == '_' ? '-' : text[i];
		if (tag[i] >= 'A' && tag[i] <= 'Z' && !memchr(tag, '-', i))
			tag[i] = (char)(tag[i] | 0x20);
	}
	tag[i] = '\0';
	if (!language_is_tag(tag))
		return NULL;
	snprintf(out, HINT, " (did you mean \"%s\"?)", tag);
	return out;
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
	return key_fault(node->key, source, CODE_TEXT_UNKNOWN, "unknown text %s; see TEXTS in lastcall-policy(5)", found);
}

static bool
read_language(const struct node *map, const struct key *key, char *packed, const struct source *source)
{
	const char *tag = map->key->text;
	const struct language *ours = language_for(tag), *language = ours ? ours : &language_neutral;
	bool good = language_is_tag(tag);
	char hint[HINT];

	if (!good)
		key_expected_as(CODE_LANGUAGE, map->key, source, "a language such as en, de or pt-BR", tag_hint(tag, hint));
	if (map->kind != NODE_MAP)
		return key_expected_as(CODE_SHAPE, map, source, "a map of texts", NULL);
	for (const struct node *node = map->child; node; node = node->next) {
		enum phrase phrase;

		if (!find_phrase(node, &phrase, source) || !phrase_check(&phrase_about[phrase], node, language, source)) {
			good = false;
			continue;
		}
		if (!texts_pack(packed, (size_t)key->most, &(struct authored){tag, node->key->text, node->text}))
			return key_fault(node, source, CODE_LIMIT, "expected at most %lld bytes for all texts of a policy; "
				"this one exceeds them", (long long)key->most);
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

/* Writes a flow map that reads back as the same texts. */
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
