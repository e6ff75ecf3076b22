#include "words.h"

#include <stdio.h>

const char *
words_span(int64_t ms, char out[WORDS_TEXT])
{
	return language_span(&language_en, ms, out);
}

const char *
words_date(int64_t at, const struct zone *zone, char out[WORDS_TEXT])
{
	return language_date(&language_en, at, zone, out);
}

const char *
words_moment(int64_t at, const struct zone *zone, char out[WORDS_TEXT])
{
	return language_moment(&language_en, at, zone, out);
}

const char *
words_remind(int64_t ms, char out[WORDS_TEXT])
{
	char span[WORDS_TEXT];

	if (ms == DAY_MS)
		snprintf(out, WORDS_TEXT, "Remind Tomorrow");
	else
		snprintf(out, WORDS_TEXT, "Remind in %.30s", words_span(ms, span));
	return out;
}
