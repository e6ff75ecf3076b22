/* words - writes durations and dates for admins, always in English. For reports only: programs get RFC 3339, and people
 * at the keyboard get phrases in their language. */
#ifndef WORDS_WORDS_H
#define WORDS_WORDS_H

#include "language.h"

#define WORDS_TEXT LANGUAGE_TEXT	/* room for any of these; each function writes into out and returns it */

/* "5 days", "1 day 3 hours", "29 minutes", "45 seconds": the two largest units, rounded down. */
const char *words_span(int64_t ms, char out[WORDS_TEXT]);
/* "Fri 4 Dec 17:00", and with its year and zone "Fri 4 Dec 2026 17:00 EST", as clocks in zone show it. */
const char *words_date(int64_t at, const struct zone *, char out[WORDS_TEXT]);
const char *words_moment(int64_t at, const struct zone *, char out[WORDS_TEXT]);
/* The text of a reminder's button: "Remind in 1 hour", "Remind Tomorrow". */
const char *words_remind(int64_t ms, char out[WORDS_TEXT]);

#endif
