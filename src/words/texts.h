/* texts - the texts that one person reads, by name: the author's, ours, or English. No face has texts of its own. */
#ifndef WORDS_TEXTS_H
#define WORDS_TEXTS_H

#include "language.h"
#include "phrase.h"
#include "words/phrases.h"

extern const struct phrase_about phrase_about[PHRASES];

/* Phrases are borrowed, from the policy too. */
struct texts {
	const struct language *language;
	const char *phrase[PHRASES];
};

/* For a locale such as de_DE.UTF-8, or a tag such as de-DE; NULL, "", C and POSIX are English. authored: a policy's
 * texts as texts_pack made them, "" for none. The author's text in the nearest variant of the language comes first,
 * then ours in that language, then English. */
void texts_choose(const char *authored, const char *locale, struct texts *);

/* NULL texts are English. */
const char *phrase_say(const struct texts *, enum phrase, const struct facts *, char out[PHRASE_TEXT]);

/* The locale in which this process should write, from the environment: "de_DE.UTF-8". */
const char *texts_locale(void);

/* --- a policy's own texts, packed: records of tag, name and text, each ending in a NUL, and then one NUL --- */

struct authored {
	const char *tag, *name, *text;
};

/* The type of a policy's key `text`: char[most], packed. */
extern const struct type value_texts;

/* Gets the next record; *at starts as the packed bytes. False at the end. */
bool texts_next(const char **at, struct authored *);
/* Adds a record. False, and nothing is added, when it does not fit into size. */
bool texts_pack(char *packed, size_t size, const struct authored *);

#endif
