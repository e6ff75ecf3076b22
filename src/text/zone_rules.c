#include <string.h>

#include "zone.h"

bool
zone_name_char(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-';
}

static bool
literal(const char **p, char c)
{
	if (**p != c)
		return false;
	++*p;
	return true;
}

/* One to three digits, at most max. */
static bool
number(const char **p, int max, int *value)
{
	int digits = 0;

	for (*value = 0; **p >= '0' && **p <= '9'; ++*p) {
		*value = *value * 10 + (**p - '0');
		if (++digits > 3)
			return false;
	}
	return digits > 0 && *value <= max;
}

/* [+-]h[h[h]][:mm[:ss]] */
static bool
clock_time(const char **p, int hours, int32_t *seconds)
{
	int sign = **p == '-' ? -1 : 1, value, total;

	if (**p == '-' || **p == '+')
		++*p;
	if (!number(p, hours, &value))
		return false;
	total = value * 3600;
	for (int unit = 60; unit && **p == ':'; unit /= 60) {
		++*p;
		if (!number(p, 59, &value))
			return false;
		total += value * unit;
	}
	*seconds = sign * total;
	return true;
}

/* Three letters or more, or anything that a name may hold between < and >. */
static bool
abbreviation(const char **p, char out[16])
{
	bool quoted = **p == '<';
	const char *from = *p + quoted, *end = from;

	while (zone_name_char(*end) && (quoted || (*end > '9')))
		end++;
	if (end - from < 3 || end - from > 15 || (quoted && *end != '>'))
		return false;
	memcpy(out, from, (size_t)(end - from));
	out[end - from] = '\0';
	*p = end + quoted;
	return true;
}

/* A POSIX rule: ,M3.2.0/2 or ,J60/2 or ,59/2; the time is 2 o'clock unless told. */
static bool
rule(const char **p, struct zone_rule *r)
{
	*r = (struct zone_rule){.kind = 'D', .time = 2 * 3600};
	if (!literal(p, ','))
		return false;
	if (literal(p, 'M')) {
		r->kind = 'M';
		if (!number(p, 12, &r->month) || !literal(p, '.') || !number(p, 5, &r->week) || !literal(p, '.') ||
		    !number(p, 6, &r->day) || !r->month || !r->week)
			return false;
	} else {
		if (literal(p, 'J'))
			r->kind = 'J';
		if (!number(p, 365, &r->day) || (r->kind == 'J' && !r->day))
			return false;
	}
	return !literal(p, '/') || clock_time(p, 167, &r->time);
}

/* POSIX counts offsets westward. */
static bool
west(const char **p, int32_t *offset)
{
	if (!clock_time(p, 24, offset))
		return false;
	*offset = -*offset;
	return true;
}

bool
zone_rules(const char *p, struct zone *z)
{
	z->footer = true;
	if (!abbreviation(&p, z->standard_name) || !west(&p, &z->standard))
		return false;
	if (!*p)
		return true;
	z->daylight = true;
	if (!abbreviation(&p, z->summer_name))
		return false;
	z->summer = z->standard + 3600;
	if (*p != ',' && !west(&p, &z->summer))
		return false;
	return rule(&p, &z->begin) && rule(&p, &z->end) && !*p;
}
