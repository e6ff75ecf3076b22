/* words - durations and dates for admins: English, 24 hours, the Gregorian calendar, whatever the locale or the
 * region says. For reports, never for machines: instants there are RFC 3339. Other people read phrase.h. */
#ifndef WORDS_WORDS_H
#define WORDS_WORDS_H

#include "language.h"

#define WORDS_TEXT LANGUAGE_TEXT	/* room for any of these; each is written into out, which is returned */

/* "5 days", "1 day 3 hours", "29 minutes", "45 seconds": the two largest units, cut off, never rounded up. */
const char *words_span(int64_t ms, char out[WORDS_TEXT]);
/* "Fri 4 Dec 17:00", and with its year and zone "Fri 4 Dec 2026 17:00 EST", as clocks in zone show it. */
const char *words_date(int64_t at, const struct zone *, char out[WORDS_TEXT]);
const char *words_moment(int64_t at, const struct zone *, char out[WORDS_TEXT]);
/* What is on the button: "Remind in 1 hour", "Remind Tomorrow". */
const char *words_remind(int64_t ms, char out[WORDS_TEXT]);

#endif
