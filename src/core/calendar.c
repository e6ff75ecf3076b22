#include <assert.h>
#include <stddef.h>

#include "calendar.h"

#define DAY_S INT64_C(86400)
#define FOREVER INT64_MAX

/* The limits of offsets from UTC, in seconds (RFC 9636, section 3.2). */
#define WEST_MOST (-25 * INT64_C(3600))
#define EAST_MOST (26 * INT64_C(3600))

const struct zone calendar_utc = {.name = "UTC", .footer = true, .standard_name = "UTC"};

/* A stretch of time over which clocks keep one offset. */
struct stretch {
	int64_t end;		/* UTC seconds, not part of it; FOREVER */
	int32_t offset;
	const char *name;
};

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static bool
is_leap(int64_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
month_days(int64_t year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return days[month - 1] + (month == 2 && is_leap(year));
}

/* Both directions count in eras of 400 years, whose years begin in March so that leap days come last. */
enum { ERA_YEARS = 400, ERA_DAYS = 146097, EPOCH_DAYS = 719468 /* 0000-03-01 to 1970-01-01 */ };

static int64_t
days_of(int64_t year, int month, int day)
{
	int64_t y = month > 2 ? year : year - 1;
	int64_t era = floor_div(y, ERA_YEARS), of_era = y - era * ERA_YEARS;
	int64_t of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;

	return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH_DAYS;
}

int64_t
calendar_days(int year, int month, int day)
{
	assert(month >= 1 && month <= 12);
	return days_of(year, month, day);
}

void
calendar_date(int64_t days, struct civil *c)
{
	int64_t era = floor_div(days + EPOCH_DAYS, ERA_DAYS);
	int64_t of_era = days + EPOCH_DAYS - era * ERA_DAYS;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;	/* from March */

	c->day = (int)(of_year - (153 * month + 2) / 5 + 1);
	c->month = (int)(month < 10 ? month + 3 : month - 9);
	c->year = (int)(year + era * ERA_YEARS + (c->month <= 2));
}

bool
calendar_valid(const struct civil *c)
{
	return c->year >= 1900 && c->year <= 9999 && c->month >= 1 && c->month <= 12 && c->day >= 1 &&
	       c->day <= month_days(c->year, c->month) && c->hour >= 0 && c->hour < 24 && c->minute >= 0 &&
	       c->minute < 60 && c->second >= 0 && c->second < 60;
}

int
calendar_weekday(int64_t days)
{
	return (int)(days + 4 - 7 * floor_div(days + 4, 7));	/* 1970-01-01 was a Thursday */
}

/* Returns the day on which a rule falls in a year. */
static int64_t
rule_day(const struct zone_rule *r, int64_t year)
{
	int64_t first = days_of(year, 1, 1);

	if (r->kind == 'D')
		return first + r->day;
	if (r->kind == 'J')
		return first + r->day - 1 + (is_leap(year) && r->day >= 60);
	first = days_of(year, r->month, 1);

	int day = (r->day - calendar_weekday(first) + 7) % 7 + (r->week - 1) * 7;

	if (day >= month_days(year, r->month))	/* week 5: the last one of the month */
		day -= 7;
	return first + day;
}

/* Returns the instant at which a rule takes effect. offset: of the clocks before it. */
static int64_t
rule_instant(const struct zone_rule *r, int64_t year, int32_t offset)
{
	return rule_day(r, year) * DAY_S + r->time - offset;
}

/* A summer lasts from a begin to the first end after it. In the south, and where the "summer" of the rules is the
 * winter (Dublin), that end is in the next year. Summers may overlap, and so last all year. */
static struct stretch
stretch_by_rules(const struct zone *z, int64_t t)
{
	struct stretch standard = {FOREVER, z->standard, z->standard_name};
	struct civil c;

	if (!z->daylight)
		return standard;
	calendar_date(floor_div(t, DAY_S), &c);
	/* Rules may take effect a week outside their year, so a summer that holds t may begin two years away. */
	for (int64_t year = c.year - INT64_C(2); year <= c.year + INT64_C(2); year++) {
		int64_t begin = rule_instant(&z->begin, year, z->standard), end, ends = year;

		while ((end = rule_instant(&z->end, ends, z->summer)) <= begin)
			ends++;
		if (begin <= t && t < end)
			return (struct stretch){end, z->summer, z->summer_name};
		if (begin > t && begin < standard.end)
			standard.end = begin;
	}
	return standard;
}

/* Returns the number of changes at or before t. */
static uint32_t
changes_until(const struct zone *z, int64_t t)
{
	uint32_t low = 0, high = z->changes;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (z->change[middle] <= t)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct stretch
stretch_at(const struct zone *z, int64_t t)
{
	uint32_t past = changes_until(z, t);

	if (past == z->changes && z->footer)
		return stretch_by_rules(z, t);

	uint8_t type = past ? z->type[past - 1] : 0;

	return (struct stretch){past < z->changes ? z->change[past] : FOREVER, z->offset[type],
		z->names + z->abbreviation[type]};
}

enum local_time
calendar_instant(const struct civil *c, const struct zone *z, int64_t *at)
{
	assert(calendar_valid(c));

	int64_t local = days_of(c->year, c->month, c->day) * DAY_S + c->hour * 3600 + c->minute * 60 + c->second;
	int64_t from = local - EAST_MOST, until = local - WEST_MOST, skipped = FOREVER;
	unsigned times = 0;

	/* Tries every stretch in which clocks could show it. skipped: the first change that moves clocks past it. */
	while (from <= until && times < 2) {
		struct stretch s = stretch_at(z, from);
		int64_t t = local - s.offset;

		if (from <= t && t < s.end && times++ == 0)
			*at = t * SECOND_MS;
		if (t < from && skipped == FOREVER)
			skipped = from;
		from = s.end;
	}
	if (times == 0) {
		assert(skipped != FOREVER);
		*at = skipped * SECOND_MS;
		return LOCAL_SKIPPED;
	}
	return times == 1 ? LOCAL_ONCE : LOCAL_TWICE;
}

void
calendar_local(int64_t at, const struct zone *z, struct civil *c, const char **abbreviation, int32_t *offset)
{
	int64_t t = floor_div(at, SECOND_MS);
	struct stretch s = stretch_at(z, t);
	int64_t local = t + s.offset, days = floor_div(local, DAY_S);
	int second = (int)(local - days * DAY_S);

	calendar_date(days, c);
	c->hour = second / 3600;
	c->minute = second / 60 % 60;
	c->second = second % 60;
	if (abbreviation)
		*abbreviation = s.name;
	if (offset)
		*offset = s.offset;
}
