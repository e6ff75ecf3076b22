#include "texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define TAG 36

bool
texts_next(const char **at, struct authored *a)
{
	if (!**at)
		return false;
	a->tag = *at;
	a->name = a->tag + strlen(a->tag) + 1;
	a->text = a->name + strlen(a->name) + 1;
	*at = a->text + strlen(a->text) + 1;
	return true;
}

bool
texts_pack(char *packed, size_t size, const struct authored *a)
{
	const char *end = packed;
	struct authored last;
	size_t used;

	while (texts_next(&end, &last))
		;
	used = (size_t)(end - packed);
	if (used + strlen(a->tag) + strlen(a->name) + strlen(a->text) + 4 > size)
		return false;
	for (unsigned i = 0; i < 3; i++) {
		const char *part = i == 0 ? a->tag : i == 1 ? a->name : a->text;

		strcpy(packed + used, part);
		used += strlen(part) + 1;
	}
	packed[used] = '\0';
	return true;
}

/* Converts a locale to a tag: "de_DE.UTF-8@euro" to de-DE, C to en. */
static void
locale_to_tag(const char *locale, char tag[TAG])
{
	if (!locale || !*locale || !strcmp(locale, "C") || !strncmp(locale, "C.", 2) || !strcmp(locale, "POSIX"))
		locale = "en";
	snprintf(tag, TAG, "%.*s", (int)strcspn(locale, ".@"), locale);
	for (char *c = tag; *c; c++)
		if (*c == '_')
			*c = '-';
}

/* Removes the last part of a tag. Returns false if it has only one. */
static bool
drop_last_part(char *tag)
{
	char *dash = strrchr(tag, '-');

	if (dash)
		*dash = '\0';
	return dash;
}

const struct language *
language_for(const char *locale_tag)
{
	char tag[TAG];

	snprintf(tag, sizeof tag, "%s", locale_tag);
	do
		for (const struct language *const *l = languages; *l; l++)
			if (!strcasecmp((*l)->tag, tag))
				return *l;
	while (drop_last_part(tag));
	return NULL;
}

static const char *
find_authored(const char *authored, const char *tag, const char *name)
{
	struct authored a;

	while (texts_next(&authored, &a))
		if (!strcasecmp(a.tag, tag) && (!name || !strcmp(a.name, name)))
			return a.text;
	return NULL;
}

/* Returns the author's text in the nearest variant of the language, or NULL. A NULL name means any text. */
static const char *
nearest_authored(const char *authored, const char *locale_tag, const char *name)
{
	char tag[TAG];
	const char *text;

	snprintf(tag, sizeof tag, "%s", locale_tag);
	do
		text = find_authored(authored, tag, name);
	while (!text && drop_last_part(tag));
	return text;
}

void
texts_choose(const char *authored, const char *locale, struct texts *t)
{
	char tag[TAG];
	const struct language *own;

	locale_to_tag(locale, tag);
	own = language_for(tag);
	t->language = own ? own : nearest_authored(authored, tag, NULL) ? &language_neutral : &language_en;
	for (unsigned i = 0; i < PHRASES; i++) {
		t->phrase[i] = nearest_authored(authored, tag, phrase_about[i].name);
		if (!t->phrase[i] && !own)
			t->phrase[i] = nearest_authored(authored, "en", phrase_about[i].name);
		if (!t->phrase[i])
			t->phrase[i] = (own ? own : &language_en)->phrases[i];
	}
}

const char *
phrase_say(const struct texts *texts, enum phrase phrase, const struct facts *f, char out[PHRASE_TEXT])
{
	if (!texts)
		return phrase_fill(&language_en, language_en.phrases[phrase], f, out);
	return phrase_fill(texts->language, texts->phrase[phrase], f, out);
}

/* Reads the variables in the order of POSIX (XBD 8.2). An empty one counts as unset. */
const char *
texts_locale(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

	for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return value;
	}
	return "C";
}
