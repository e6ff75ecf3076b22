/* language - writes dates, times and durations in a language. Always in the Gregorian calendar and with 24 hours, in
 * every region, so that a deadline cannot be misread. Pure. The formats follow Unicode's CLDR. */
#ifndef WORDS_LANGUAGE_H
#define WORDS_LANGUAGE_H

#include "core/calendar.h"

#define LANGUAGE_TEXT 64	/* room for any of these; each function writes into out and returns it */

struct unit_words {
	const char *one, *many;
	const char *later;		/* many, in "in 2 days" */
};

struct language {
	const char *tag;		/* BCP 47: "de" */
	const char *weekday[7], *month[12];
	const char *first;		/* the first day of a month */
	const char *date, *moment;	/* patterns */
	struct unit_words unit[4];	/* days, hours, minutes, seconds */
	const char *gap, *join;		/* between number and unit, and between two of them */
	bool none_is_one;		/* 0 takes the singular */
	const char *const *phrases;	/* by enum phrase; NULL in language_neutral */
};

/* Made from en.yaml and the other languages by languagec; NULL-terminated, English first. */
extern const struct language *const languages[];
extern const struct language language_en;
/* For a policy's texts in a language that is not built in: dates in digits, and units by their symbols. */
extern const struct language language_neutral;

/* Whether text is a BCP 47 tag of the kind that texts use: a language in lower case, and parts such as a region. */
bool language_is_tag(const char *text);
/* Returns the language nearest to a tag, de for de-AT; NULL if there is none. */
const struct language *language_for(const char *tag);

/* "5 days", "1 day 3 hours", "29 minutes", "45 seconds": the two largest units, rounded down. */
const char *language_span(const struct language *, int64_t ms, char out[LANGUAGE_TEXT]);
/* The same in the form that follows "in": "5 Tagen". */
const char *language_later(const struct language *, int64_t ms, char out[LANGUAGE_TEXT]);
/* "Fri 4 Dec 17:00", and with its year and zone "Fri 4 Dec 2026 17:00 EST", as clocks in zone show it. */
const char *language_date(const struct language *, int64_t at, const struct zone *, char out[LANGUAGE_TEXT]);
const char *language_moment(const struct language *, int64_t at, const struct zone *, char out[LANGUAGE_TEXT]);

/* "29:30", "1:05:00", in every language. Rounds seconds up, so 0:00 means that the time is up. */
const char *language_timer(int64_t ms, char out[LANGUAGE_TEXT]);

#endif
