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

/* Reads exactly count digits and moves *text past them; -1 if there are other characters. */
static int
read_digits(const char **text, int count)
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
skip_any(const char **text, const char *any_of)
{
	if (**text == '\0' || !strchr(any_of, **text))
		return false;
	(*text)++;
	return true;
}

/* Reads "Z", "+01:00" or "-09:30" as ms east of UTC. */
static bool
read_offset(const char **text, int64_t *ms)
{
	int sign = **text == '-' ? -1 : 1, hour, minute;

	*ms = 0;
	if (skip_any(text, "Zz"))
		return true;
	if (!skip_any(text, "+-") || (hour = read_digits(text, 2)) < 0 || hour > 23 || !skip_any(text, ":") ||
	    (minute = read_digits(text, 2)) < 0 || minute > 59)
		return false;
	*ms = sign * (hour * HOUR_MS + minute * MINUTE_MS);
	return true;
}

static bool
read_fraction(const char **text, int *ms)
{
	static const int worth[] = {100, 10, 1};
	int digit, place = 0;

	*ms = 0;
	if (!skip_any(text, "."))
		return true;
	while (place < 3 && (digit = read_digits(text, 1)) >= 0)
		*ms += digit * worth[place++];
	return place > 0;
}

bool
instant_parse(const char *text, int64_t *at)
{
	struct civil c;
	int64_t offset, days, ms;
	int fraction;

	if ((c.year = read_digits(&text, 4)) < 0 || !skip_any(&text, "-") || (c.month = read_digits(&text, 2)) < 0 ||
	    !skip_any(&text, "-") || (c.day = read_digits(&text, 2)) < 0 || !skip_any(&text, "Tt") ||
	    (c.hour = read_digits(&text, 2)) < 0 || !skip_any(&text, ":") || (c.minute = read_digits(&text, 2)) < 0 ||
	    !skip_any(&text, ":") || (c.second = read_digits(&text, 2)) < 0 || !read_fraction(&text, &fraction) ||
	    !read_offset(&text, &offset) || *text != '\0' || !calendar_valid(&c))
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

/* Without printf, which would take most of the time of a replay: it writes several of these for each event. */
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
