#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "instant.h"

#define DURATION_MAX (3650 * DAY_MS)

static const struct unit {
	const char *name;
	int64_t ms;
} units[] = {
	{"w", 7 * DAY_MS}, {"d", DAY_MS}, {"h", HOUR_MS}, {"m", MINUTE_MS}, {"s", SECOND_MS}, {"ms", 1},
};
enum { UNITS = sizeof units / sizeof units[0] };

/* Exactly so many digits, and *text moved behind them; -1: other characters are there. */
static int
digits(const char **text, int count)
{
	int value = 0;

	for (; count > 0; count--, (*text)++) {
		if (**text < '0' || **text > '9')
			return -1;
		value = value * 10 + (**text - '0');
	}
	return value;
}

static bool
skip(const char **text, const char *any_of)
{
	if (**text == '\0' || !strchr(any_of, **text))
		return false;
	(*text)++;
	return true;
}

/* "Z", "+01:00" or "-09:30", in ms east of UTC. */
static bool
offset_parse(const char **text, int64_t *ms)
{
	int sign = **text == '-' ? -1 : 1, hour, minute;

	*ms = 0;
	if (skip(text, "Zz"))
		return true;
	if (!skip(text, "+-") || (hour = digits(text, 2)) < 0 || hour > 23 || !skip(text, ":") ||
	    (minute = digits(text, 2)) < 0 || minute > 59)
		return false;
	*ms = sign * (hour * HOUR_MS + minute * MINUTE_MS);
	return true;
}

static bool
fraction_parse(const char **text, int *ms)
{
	static const int worth[] = {100, 10, 1};
	int digit, place = 0;

	*ms = 0;
	if (!skip(text, "."))
		return true;
	while (place < 3 && (digit = digits(text, 1)) >= 0)
		*ms += digit * worth[place++];
	return place > 0;
}

bool
instant_parse(const char *text, int64_t *at)
{
	struct civil c;
	int64_t offset, days, ms;
	int fraction;

	if ((c.year = digits(&text, 4)) < 0 || !skip(&text, "-") || (c.month = digits(&text, 2)) < 0 ||
	    !skip(&text, "-") || (c.day = digits(&text, 2)) < 0 || !skip(&text, "Tt") ||
	    (c.hour = digits(&text, 2)) < 0 || !skip(&text, ":") || (c.minute = digits(&text, 2)) < 0 ||
	    !skip(&text, ":") || (c.second = digits(&text, 2)) < 0 || !fraction_parse(&text, &fraction) ||
	    !offset_parse(&text, &offset) || *text != '\0' || !calendar_valid(&c))
		return false;
	days = calendar_days(c.year, c.month, c.day);
	ms = days * DAY_MS + c.hour * HOUR_MS + c.minute * MINUTE_MS + c.second * SECOND_MS + fraction - offset;
	if (ms < 0 || ms >= calendar_days(10000, 1, 1) * DAY_MS)
		return false;
	*at = ms;
	return true;
}

static char *
put_digits(char *out, int value, int count)
{
	for (int i = count - 1; i >= 0; i--, value /= 10)
		out[i] = (char)('0' + value % 10);
	return out + count;
}

/* By hand: replay writes a few of these for every event, and printf would be most of its time. */
const char *
instant_format(int64_t at, char out[INSTANT_TEXT])
{
	struct civil c;
	int ms = (int)(at % DAY_MS);
	char *end = out;

	assert(at >= 0);
	calendar_date(at / DAY_MS, &c);
	end = put_digits(end, c.year, c.year > 9999 ? 6 : 4);
	*end++ = '-';
	end = put_digits(end, c.month, 2);
	*end++ = '-';
	end = put_digits(end, c.day, 2);
	*end++ = 'T';
	end = put_digits(end, (int)(ms / HOUR_MS), 2);
	*end++ = ':';
	end = put_digits(end, (int)(ms / MINUTE_MS % 60), 2);
	*end++ = ':';
	end = put_digits(end, (int)(ms / SECOND_MS % 60), 2);
	if (ms % SECOND_MS) {
		*end++ = '.';
		end = put_digits(end, (int)(ms % SECOND_MS), 3);
	}
	memcpy(end, "Z", 2);
	return out;
}

bool
duration_parse_exact(const char *text, int64_t *ms)
{
	int64_t number = 0;
	const char *end = text;

	for (; *end >= '0' && *end <= '9'; end++) {
		number = number * 10 + (*end - '0');
		if (number > DURATION_MAX)
			return false;
	}
	if (end == text || (*text == '0' && end > text + 1))
		return false;
	for (unsigned i = 0; i < UNITS; i++) {
		if (strcmp(end, units[i].name) != 0)
			continue;
		if (number > DURATION_MAX / units[i].ms)
			return false;
		*ms = number * units[i].ms;
		return true;
	}
	return false;
}

bool
duration_parse(const char *text, int64_t *ms)
{
	return !strstr(text, "ms") && duration_parse_exact(text, ms);
}

const char *
duration_format(int64_t ms, char out[DURATION_TEXT])
{
	const struct unit *u = units;

	assert(ms >= 0);
	while (ms ? ms % u->ms != 0 : u->ms != SECOND_MS)
		u++;
	snprintf(out, DURATION_TEXT, "%lld%s", (long long)(ms / u->ms), u->name);
	return out;
}
