/* languagec.h - what the parts of languagec share: the list of phrases, and a language as it is read. */
#ifndef WORDS_LANGUAGEC_H
#define WORDS_LANGUAGEC_H

#include "words/phrase.h"

#define PHRASES_MOST 100
#define TAG_TEXT 40

/* Of phrases.yaml, in its order. Its texts live as long as the program. */
struct phrase_list {
	struct phrase_about about[PHRASES_MOST];
	unsigned count;
};

/* One file. The engine of keys fills it; its texts are copies that live as long as the program. */
struct draft {
	const char *path;
	char tag[TAG_TEXT];
	struct language language;
	const char *phrase[PHRASES_MOST];	/* in the order of the list */
	int none_is_one;		/* index into zero_forms */
};

const char *copy_text(const char *);
/* A const char *: one line of least to most bytes, copied. */
extern const struct type type_line;

/* Returns the document, or NULL after an error. */
struct yaml *read_document(const char *path, struct messages *);

/* Reads phrases.yaml. Each problem is an error. */
void read_phrases(const char *path, struct phrase_list *, struct messages *);

/* Writes the enumeration of the phrases to stdout, as C. */
void write_header(const struct phrase_list *);
/* Writes the table of the phrases, and all languages, English first. */
void write_languages(const struct phrase_list *, const struct draft *english, const struct draft *others, unsigned count);

#endif
