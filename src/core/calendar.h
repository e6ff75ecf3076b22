/* calendar - converts local wall-clock times to instants and back, in a given zone. Reads nothing, and uses
 * neither TZ nor the locale nor libc's time functions. Gregorian always. */
#ifndef CALENDAR_H
#define CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#define SECOND_MS INT64_C(1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS   (60 * MINUTE_MS)
#define DAY_MS    (24 * HOUR_MS)

struct civil {
	int year;		/* 1900..9999 */
	int month, day;		/* from 1 */
	int hour, minute, second;
};

/* What a TZif file (RFC 9636) says, as the loader in text/zone lays it out. Borrowed by all who use it. */
struct zone_rule {		/* one half of a POSIX footer such as EST5EDT,M3.2.0,M11.1.0 */
	char kind;		/* 'M' month.week.day, 'J' 1..365 without 29 February, 'D' 0..365 */
	int month, week, day;
	int32_t time;		/* seconds after local midnight, -167 h to 167 h */
};

struct zone {
	char name[64];
	const int64_t *change;		/* UTC seconds, ascending: from here on, type[i] */
	const uint8_t *type;		/* before the first change: 0 */
	uint32_t changes;
	const int32_t *offset;		/* of each type, seconds east of UTC */
	const uint8_t *abbreviation;	/* of each type, an index into names */
	const char *names;
	uint32_t types;
	bool footer;			/* after the last change the rules below go on for ever */
	bool daylight;			/* the footer has two halves */
	int32_t standard, summer;	/* their offsets, seconds east of UTC */
	char standard_name[16], summer_name[16];
	struct zone_rule begin, end;	/* of summer */
};

enum local_time { LOCAL_ONCE, LOCAL_SKIPPED, LOCAL_TWICE };

/* The instant, in UTC milliseconds, at which clocks in zone show the civil time.
 * LOCAL_SKIPPED: they never do (spring forward); *at is then the first instant after the gap.
 * LOCAL_TWICE: they do so twice (autumn); *at is the first. */
enum local_time calendar_instant(const struct civil *, const struct zone *, int64_t *at);

/* What clocks in zone show at an instant. abbreviation and offset (seconds east of UTC) may be NULL. */
void calendar_local(int64_t at, const struct zone *, struct civil *, const char **abbreviation, int32_t *offset);

/* Days since 1970-01-01 of a Gregorian date, and back. */
int64_t calendar_days(int year, int month, int day);
void calendar_date(int64_t days, struct civil *);	/* the time of day is left alone */
bool calendar_valid(const struct civil *);		/* a date and time that exist in some zone, no leap seconds */
int calendar_weekday(int64_t days);			/* 0 is Sunday */

extern const struct zone calendar_utc;

#endif
