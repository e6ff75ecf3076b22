/* phrase - what a text that people read is: its kind, its length and its placeholders, how they are filled, and what is
 * wrong with it. Which phrases there are is data, phrases.yaml, and so are the words: en.yaml and the other languages
 * beside it, and a policy's own under `text:`. Knows no list of phrases, so that the tool that makes it can use this. */
#ifndef WORDS_PHRASE_H
#define WORDS_PHRASE_H

#include <stdbool.h>
#include <stddef.h>

#include "language.h"
#include "text/key.h"

#define PHRASE_TEXT 640		/* room for any phrase, filled */

/* Decides how long a phrase may be. */
enum phrase_kind { PHRASE_IS_LABEL, PHRASE_IS_BUTTON, PHRASE_IS_TITLE, PHRASE_IS_BODY, PHRASE_KINDS };

struct phrase_about {
	const char *name;		/* in a policy and in a language */
	enum phrase_kind kind;
	const char *about;		/* one line for authors */
	const char *also;		/* a placeholder besides those of all phrases, or NULL */
};

extern const struct phrase_room {
	const char *what;		/* "button text" */
	unsigned columns;		/* at most, with usual values for the placeholders */
} phrase_room[PHRASE_KINDS];

/* "none", and the placeholders that only phrases with `has` have; NULL-terminated. */
extern const char *const phrase_own_places[];

/* The names of a phrase's placeholders, NULL-terminated. */
#define PHRASE_PLACES 12
void phrase_places(const struct phrase_about *, const char *names[PHRASE_PLACES]);

/* What placeholders are filled with. */
struct facts {
	const char *os;				/* what is updated: "macOS" */
	int64_t target, required, installed;	/* versions; 0: not known */
	int64_t deadline, reminder;		/* UTC ms */
	int64_t left, countdown, delay;		/* ms */
	const char *policy;			/* its label */
	bool apps_stay;				/* the policy closes no apps */
	const struct zone *zone;		/* the person's */
};

/* The phrase's text with its placeholders filled. Returns out. */
const char *phrase_fill(const struct language *, const char *text, const struct facts *, char out[PHRASE_TEXT]);

/* The columns that a text takes with usual values for its placeholders. */
unsigned phrase_columns(const struct language *, const char *text);

/* Whether node holds a text for the phrase: one line, no unknown placeholder, not too long. Otherwise one error. */
bool phrase_check(const struct phrase_about *, const struct node *, const struct language *, const struct source *);

#endif
