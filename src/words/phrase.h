/* phrase - every text that a person at the keyboard reads, by name. The words are data: en.yaml and the other languages
 * beside it, and a policy's own under `text:`. No face has texts of its own. */
#ifndef WORDS_PHRASE_H
#define WORDS_PHRASE_H

#include <stdbool.h>
#include <stddef.h>

#include "language.h"
#include "text/key.h"

#define PHRASE_TEXT 640		/* room for any phrase, filled */

enum phrase {
	PHRASE_HEADING, PHRASE_MENU,
	PHRASE_BANNER_TITLE, PHRASE_BANNER_BODY, PHRASE_WARNING_TITLE, PHRASE_WARNING_BODY, PHRASE_FAILED_TITLE,
	PHRASE_FAILED_BODY,
	PHRASE_INFO_HEADING, PHRASE_INFO_TITLE, PHRASE_INFO_BODY, PHRASE_INFO_BODY_APPS_STAY, PHRASE_INFO_INSTALLED,
	PHRASE_INFO_REQUIRED, PHRASE_INFO_OR_NEWER, PHRASE_INFO_DEADLINE, PHRASE_INFO_LEFT, PHRASE_INFO_POLICY,
	PHRASE_TIMER_HEADING, PHRASE_TIMER_TITLE, PHRASE_TIMER_BODY, PHRASE_TIMER_BODY_APPS_STAY, PHRASE_TIMER_LEFT,
	PHRASE_PROGRESS_HEADING, PHRASE_PROGRESS_TITLE, PHRASE_PROGRESS_BODY, PHRASE_PROGRESS_PREPARING,
	PHRASE_PROGRESS_CLOSING, PHRASE_PROGRESS_INSTALLING, PHRASE_PROGRESS_RESTARTING,
	PHRASE_REMIND, PHRASE_REMIND_TOMORROW, PHRASE_LEARN_MORE, PHRASE_START_NOW, PHRASE_OPEN_TIMER,
	PHRASE_CLOSE, PHRASE_CLOSE_BANNER, PHRASE_QUIT,
	PHRASE_NOTHING, PHRASE_DUE, PHRASE_SNOOZED, PHRASE_COMES_BACK, PHRASE_HELD, PHRASE_TIMER_CLOSED,
	PHRASE_UNATTENDED, PHRASE_WAITING, PHRASE_RESTARTS, PHRASE_VERIFYING, PHRASE_RETRY, PHRASE_FAILED,
	PHRASE_DONE_COMPLIANT, PHRASE_DONE_VERIFIED, PHRASE_DONE_CALLED_OFF, PHRASE_DONE_FAILED, PHRASE_SAFE_MODE,
	PHRASES
};

/* Decides how long a phrase may be. */
enum phrase_kind { PHRASE_IS_LABEL, PHRASE_IS_BUTTON, PHRASE_IS_TITLE, PHRASE_IS_BODY, PHRASE_KINDS };

extern const struct phrase_about {
	const char *name;		/* in a policy and in a language */
	enum phrase_kind kind;
	const char *about;		/* one line for authors */
	const char *also;		/* a placeholder that only this phrase has; else NULL */
} phrase_about[PHRASES];

extern const struct phrase_room {
	const char *what;		/* "button" */
	unsigned columns;		/* at most, with usual values for the placeholders */
} phrase_room[PHRASE_KINDS];

/* The names of a phrase's placeholders, NULL-terminated. */
#define PHRASE_PLACES 12
void phrase_places(enum phrase, const char *names[PHRASE_PLACES]);

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
bool phrase_check(enum phrase, const struct node *, const struct language *, const struct source *);

/* --- the texts that one person reads --- */

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
