#include "words.h"

#include <stdio.h>

static const struct unit {
	int64_t ms;
	const char *name;
} units[] = {
	{DAY_MS, "day"}, {HOUR_MS, "hour"}, {MINUTE_MS, "minute"}, {SECOND_MS, "second"},
};

enum { UNITS = sizeof units / sizeof *units };

static const char *const weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static int
count(int64_t ms, const struct unit *unit, char *out, size_t size)
{
	long long n = ms / unit->ms;

	return snprintf(out, size, "%lld %s%s", n, unit->name, n == 1 ? "" : "s");
}

const char *
words_span(int64_t ms, char out[WORDS_TEXT])
{
	const struct unit *unit = units;
	int length;

	if (ms < 0)
		ms = 0;
	while (unit < &units[UNITS - 1] && ms < unit->ms)
		unit++;
	length = count(ms, unit, out, WORDS_TEXT);
	ms %= unit->ms;
	/* Seconds beside minutes would only flicker: that is what words_countdown is for. */
	if (++unit < &units[UNITS - 1] && ms >= unit->ms) {
		out[length++] = ' ';
		count(ms, unit, out + length, WORDS_TEXT - (size_t)length);
	}
	return out;
}

const char *
words_countdown(int64_t ms, char out[WORDS_TEXT])
{
	long long s = ms <= 0 ? 0 : (long long)((ms + SECOND_MS - 1) / SECOND_MS);

	if (s < 3600)
		snprintf(out, WORDS_TEXT, "%lld:%02lld", s / 60, s % 60);
	else
		snprintf(out, WORDS_TEXT, "%lld:%02lld:%02lld", s / 3600, s / 60 % 60, s % 60);
	return out;
}

static const char *
weekday(const struct civil *c)
{
	return weekdays[calendar_weekday(calendar_days(c->year, c->month, c->day))];
}

const char *
words_date(int64_t at, const struct zone *zone, char out[WORDS_TEXT])
{
	struct civil c;

	calendar_local(at, zone, &c, NULL, NULL);
	snprintf(out, WORDS_TEXT, "%s %d %s %02d:%02d", weekday(&c), c.day, months[c.month - 1], c.hour, c.minute);
	return out;
}

const char *
words_moment(int64_t at, const struct zone *zone, char out[WORDS_TEXT])
{
	struct civil c;
	const char *abbreviation;

	calendar_local(at, zone, &c, &abbreviation, NULL);
	snprintf(out, WORDS_TEXT, "%s %d %s %d %02d:%02d %.12s", weekday(&c), c.day, months[c.month - 1], c.year, c.hour,
		c.minute, abbreviation);
	return out;
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
