#include "language.h"

#include <stdio.h>
#include <string.h>

#include "pattern.h"

static const int64_t unit_ms[] = {DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS};

enum { UNITS = sizeof unit_ms / sizeof *unit_ms };

static int
write_count(const struct language *l, int64_t ms, int unit, bool later, char *out, size_t size)
{
	const struct unit_words *words = &l->unit[unit];
	long long n = ms / unit_ms[unit];
	bool one = n == 1 || (n == 0 && l->none_is_one);

	return snprintf(out, size, "%lld%s%s", n, l->gap, one ? words->one : later ? words->later : words->many);
}

static const char *
write_span(const struct language *l, int64_t ms, bool later, char out[LANGUAGE_TEXT])
{
	int unit = 0, length;

	if (ms < 0)
		ms = 0;
	while (unit < UNITS - 1 && ms < unit_ms[unit])
		unit++;
	length = write_count(l, ms, unit, later, out, LANGUAGE_TEXT);
	ms %= unit_ms[unit];
	/* Seconds next to minutes would change too often to read; language_timer shows them. */
	if (++unit < UNITS - 1 && ms >= unit_ms[unit]) {
		length += snprintf(out + length, LANGUAGE_TEXT - (size_t)length, "%s", l->join);
		write_count(l, ms, unit, later, out + length, LANGUAGE_TEXT - (size_t)length);
	}
	return out;
}

const char *
language_span(const struct language *l, int64_t ms, char out[LANGUAGE_TEXT])
{
	return write_span(l, ms, false, out);
}

const char *
language_later(const struct language *l, int64_t ms, char out[LANGUAGE_TEXT])
{
	return write_span(l, ms, true, out);
}

const char *
language_timer(int64_t ms, char out[LANGUAGE_TEXT])
{
	long long s = ms <= 0 ? 0 : (long long)((ms + SECOND_MS - 1) / SECOND_MS);

	if (s < 3600)
		snprintf(out, LANGUAGE_TEXT, "%lld:%02lld", s / 60, s % 60);
	else
		snprintf(out, LANGUAGE_TEXT, "%lld:%02lld:%02lld", s / 3600, s / 60 % 60, s % 60);
	return out;
}

static const char *
write_date(const struct language *l, const char *pattern, int64_t at, const struct zone *zone, char out[LANGUAGE_TEXT])
{
	struct civil c;
	const char *zone_name;
	char day[12], days[12], months[12], year[12], time[16];

	calendar_local(at, zone, &c, &zone_name, NULL);
	snprintf(day, sizeof day, "%d", c.day);
	snprintf(days, sizeof days, "%02d", c.day);
	snprintf(months, sizeof months, "%02d", c.month);
	snprintf(year, sizeof year, "%d", c.year);
	snprintf(time, sizeof time, "%02d:%02d", c.hour, c.minute);
	return pattern_fill(pattern, (struct slot[]){
		{"weekday", l->weekday[calendar_weekday(calendar_days(c.year, c.month, c.day))]},
		{"day", c.day == 1 ? l->first : day}, {"dd", days}, {"month", l->month[c.month - 1]}, {"mm", months},
		{"year", year}, {"time", time}, {"zone", zone_name}, {0}}, out, LANGUAGE_TEXT);
}

const char *
language_date(const struct language *l, int64_t at, const struct zone *zone, char out[LANGUAGE_TEXT])
{
	return write_date(l, l->date, at, zone, out);
}

const char *
language_moment(const struct language *l, int64_t at, const struct zone *zone, char out[LANGUAGE_TEXT])
{
	return write_date(l, l->moment, at, zone, out);
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool
language_is_tag(const char *text)
{
	size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz");

	if (length < 2 || length > 3 || strlen(text) > 32)
		return false;
	for (text += length; *text == '-'; text += length) {
		for (length = 0, text++; is_letter(text[length]) || (text[length] >= '0' && text[length] <= '9');)
			length++;
		if (length < 2 || length > 8)
			return false;
	}
	return !*text;
}

const struct language language_neutral = {
	.tag = "",
	.weekday = {"", "", "", "", "", "", ""},
	.month = {"", "", "", "", "", "", "", "", "", "", "", ""},
	.first = "1",
	.date = "{year}-{mm}-{dd} {time}", .moment = "{year}-{mm}-{dd} {time} {zone}",
	.unit = {{"d", "d", "d"}, {"h", "h", "h"}, {"min", "min", "min"}, {"s", "s", "s"}},
	.gap = " ", .join = " ",
};
