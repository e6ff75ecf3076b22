/* phrase - every text that a person at the keyboard reads, by name: ours in each language, and the author's where
 * a policy has its own under `text:`. Pure. Faces say nothing in words of their own. */
#ifndef TEXT_PHRASE_H
#define TEXT_PHRASE_H

#include <stdbool.h>
#include <stddef.h>

#include "language.h"

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

/* How much room a phrase has. */
enum phrase_kind { PHRASE_IS_LABEL, PHRASE_IS_BUTTON, PHRASE_IS_TITLE, PHRASE_IS_BODY, PHRASE_KINDS };

extern const struct phrase_about {
	const char *name;		/* in a policy */
	enum phrase_kind kind;
	const char *about;		/* one line for authors */
	const char *also;		/* a place that only this phrase has; else NULL */
} phrase_about[PHRASES];

extern const struct phrase_room {
	const char *what;		/* "button" */
	unsigned columns;		/* that it may take, filled with what is usual */
} phrase_room[PHRASE_KINDS];

/* The places that a phrase may have, NULL-terminated. */
#define PHRASE_PLACES 12
void phrase_places(enum phrase, const char *names[PHRASE_PLACES]);

/* What stands in those places. */
struct facts {
	const char *os;				/* what is updated: "macOS" */
	int64_t target, required, installed;	/* versions; 0: not known */
	int64_t deadline, reminder;		/* UTC ms */
	int64_t left, countdown, delay;		/* ms */
	const char *policy;			/* its label */
	bool apps_stay;				/* nobody closes them */
	const struct zone *zone;		/* the person's */
};


/* What one person reads. Phrases are borrowed, from the policy too. */
struct texts {
	const struct language *language;
	const char *phrase[PHRASES];
};

/* For a locale such as de_DE.UTF-8, or a tag such as de-DE; NULL, "", C and POSIX are English. authored: a policy's
 * texts as texts_pack made them, "" for none. The nearest of the author's for that language goes before ours; where
 * neither of us has it, English. */
void texts_choose(const char *authored, const char *locale, struct texts *);

/* How many columns a phrase takes, with a usual version, date and so on in its places. */
unsigned phrase_columns(const struct language *, const char *text);

/* NULL texts are English ones. */
const char *phrase_say(const struct texts *, enum phrase, const struct facts *, char out[PHRASE_TEXT]);

/* --- what an author wrote, packed: records of tag, name and text, each ending in a NUL, and then one NUL --- */

struct authored {
	const char *tag, *name, *text;
};

/* The next one; *at begins with the packed bytes. False at the end. */
bool texts_next(const char **at, struct authored *);
/* Adds one; false, and nothing is added, when it does not fit into size. */
bool texts_pack(char *packed, size_t size, const struct authored *);

#endif
