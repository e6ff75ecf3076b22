/* Reads and writes the values of keys that are about time: durations, days, times of day, dates and time zones. */
#include "key.h"

#include <string.h>

#include "instant.h"
#include "zone.h"

#define HINT 160

/* Reads exactly n digits and moves *text past them. */
static bool
read_digits(const char **text, int n, int *value)
{
	*value = 0;
	for (int i = 0; i < n; i++, (*text)++) {
		if (**text < '0' || **text > '9')
			return false;
		*value = *value * 10 + **text - '0';
	}
	return true;
}

static bool
skip_letter(const char **text, const char *any)
{
	if (!**text || !strchr(any, **text))
		return false;
	(*text)++;
	return true;
}

static bool
read_duration(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	char what[HINT], bound[DURATION_TEXT];
	int64_t ms;

	*(int64_t *)value = -1;
	if (!duration_parse(node->text, &ms))
		return key_expected(node, source, value_duration.expected, NULL);
	if (ms < key->least || (key->most && key->type->kind != NODE_LIST && ms > key->most)) {
		duration_format(ms < key->least ? key->least : key->most, bound);
		snprintf(what, sizeof what, "a duration of at %s %s", ms < key->least ? "least" : "most", bound);
		return key_expected_as(CODE_RANGE, node, source, what, NULL);
	}
	*(int64_t *)value = ms;
	return true;
}

static void
write_duration(const void *value, const struct key *key, FILE *out)
{
	char text[DURATION_TEXT];

	(void)key;
	fputs(duration_format(*(const int64_t *)value, text), out);
}

static bool
read_days(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	if (!node->length || !strchr("dw", node->text[node->length - 1])) {
		*(int64_t *)value = -1;
		return key_expected(node, source, key->type->expected, NULL);
	}
	return read_duration(node, key, value, source);
}

static void
write_days(const void *value, const struct key *key, FILE *out)
{
	if (*(const int64_t *)value)
		write_duration(value, key, out);
	else
		fputs("0d", out);
}

static bool
read_rule(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	if (strcmp(node->text, "never") != 0)
		return read_days(node, key, value, source);
	*(int64_t *)value = 0;
	return true;
}

static void
write_rule(const void *value, const struct key *key, FILE *out)
{
	if (*(const int64_t *)value)
		write_days(value, key, out);
	else
		fputs("never", out);
}

static bool
read_durations(const struct node *list, const struct key *key, void *value, const struct source *source)
{
	int64_t *ms = value;
	const struct node *node = list->child;
	bool good = true;
	unsigned count = 0;

	memset(ms, 0, (size_t)key->most * sizeof *ms);
	if (!list->count || list->count > key->most)
		return key_refuse(list, source, "expected 1 to %lld durations, found %u", (long long)key->most,
			list->count);
	for (; node; node = node->next, count++) {
		if (node->kind != NODE_SCALAR) {
			good = key_expected(node, source, value_duration.expected, NULL);
			continue;
		}
		good = read_duration(node, key, &ms[count], source) && good;
		for (unsigned i = 0; i < count; i++)
			if (ms[i] == ms[count] && ms[i] >= 0)
				good = key_fault(node, source, CODE_SAME_TWICE,
					"duplicate duration \"%s\": entry %u of this list is the same", node->text, i + 1);
	}
	return good;
}

static void
write_durations(const void *value, const struct key *key, FILE *out)
{
	const int64_t *ms = value;

	fputc('[', out);
	for (int i = 0; i < key->most && ms[i]; i++) {
		fputs(i ? ", " : "", out);
		write_duration(&ms[i], key, out);
	}
	fputc(']', out);
}

static bool
read_clock(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	const char *text = node->text;
	int hour, minute;

	if (!read_digits(&text, 2, &hour) || !skip_letter(&text, ":") || !read_digits(&text, 2, &minute) || *text ||
	    hour > 23 || minute > 59)
		return key_expected(node, source, key->type->expected, NULL);
	*(int64_t *)value = hour * HOUR_MS + minute * MINUTE_MS;
	return true;
}

static void
write_clock(const void *value, const struct key *key, FILE *out)
{
	int64_t minutes = *(const int64_t *)value / MINUTE_MS;

	(void)key;
	fprintf(out, "\"%02d:%02d\"", (int)(minutes / 60), (int)(minutes % 60));
}

const char *
value_local_text(const struct civil *t, char out[VALUE_LOCAL])
{
	snprintf(out, VALUE_LOCAL, "%04u-%02u-%02u %02u:%02u", (unsigned)t->year % 10000, (unsigned)t->month % 100,
		(unsigned)t->day % 100, (unsigned)t->hour % 100, (unsigned)t->minute % 100);
	return out;
}

/* Reports what is wrong with a well-formed date and time. */
static bool
refuse_civil(const struct node *node, const struct civil *t, const struct source *source)
{
	static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August",
		"September", "October", "November", "December"};
	char hint[HINT];
	int length;

	if (t->month < 1 || t->month > 12 || t->day < 1 || t->hour > 23 || t->minute > 59)
		return key_expected_as(CODE_NO_SUCH_TIME, node, source, "a date and time that exists", NULL);
	length = (int)(calendar_days(t->year + t->month / 12, t->month % 12 + 1, 1) -
		calendar_days(t->year, t->month, 1));
	if (t->day <= length)
		return key_expected_as(CODE_NO_SUCH_TIME, node, source, "a year from 1900 on", NULL);
	snprintf(hint, sizeof hint, ": %s %d has %d days", months[t->month - 1], t->year, length);
	return key_expected_as(CODE_NO_SUCH_TIME, node, source, "a date that exists", hint);
}

static bool
read_local(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	const char *text = node->text;
	struct civil t = {0};

	memset(value, 0, sizeof t);
	if (!read_digits(&text, 4, &t.year) || !skip_letter(&text, "-") || !read_digits(&text, 2, &t.month) ||
	    !skip_letter(&text, "-") || !read_digits(&text, 2, &t.day))
		return key_expected(node, source, key->type->expected, NULL);
	if (!*text)
		return key_expected(node, source, key->type->expected, ": the time of day is missing");
	if (!skip_letter(&text, " T") || !read_digits(&text, 2, &t.hour) || !skip_letter(&text, ":") ||
	    !read_digits(&text, 2, &t.minute))
		return key_expected(node, source, key->type->expected, NULL);
	if (*text == ':')
		return key_expected(node, source, key->type->expected, ": seconds are not allowed");
	if (*text)
		return key_expected(node, source, key->type->expected, ": the time zone belongs in time_zone");
	if (!calendar_valid(&t))
		return refuse_civil(node, &t, source);
	memcpy(value, &t, sizeof t);
	return true;
}

static void
write_local(const void *value, const struct key *key, FILE *out)
{
	char text[VALUE_LOCAL];

	(void)key;
	fputs(value_local_text(value, text), out);
}

static bool
read_zone(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	const struct zone **zone = value;
	const char *why = NULL, *near;
	char hint[HINT];

	*zone = NULL;
	if (!strcmp(node->text, "device"))
		return true;
	*zone = zone_load(node->text, &why);
	if (*zone)
		return true;
	near = zone_near(node->text);
	snprintf(hint, sizeof hint, near ? " (did you mean \"%s\"?)" : ": %s", near ? near : why);
	return key_expected(node, source, key->type->expected, hint);
}

static void
write_zone(const void *value, const struct key *key, FILE *out)
{
	const struct zone *zone;

	(void)key;
	memcpy(&zone, value, sizeof zone);
	fputs(zone ? zone->name : "device", out);
}

#define DURATION "{\"type\": \"string\", \"pattern\": \"^(0|[1-9][0-9]{0,8})[smhdw]$\"}"

const struct type
	value_duration = {"duration", "a duration such as 30s, 5m, 1h, 5d or 2w", read_duration, write_duration, NODE_SCALAR,
		CODE_DURATION, DURATION, "5d"},
	value_days = {"days", "whole days or weeks such as 14d or 2w", read_days, write_days, NODE_SCALAR,
		CODE_DAYS, "{\"type\": \"string\", \"pattern\": \"^(0|[1-9][0-9]{0,3})[dw]$\"}", "14d"},
	value_rule = {"rule", "whole days or weeks such as 7d or 1w, or never", read_rule, write_rule, NODE_SCALAR,
		CODE_RULE, "{\"type\": \"string\", \"pattern\": \"^((0|[1-9][0-9]{0,3})[dw]|never)$\"}", "7d"},
	value_durations = {"durations", "a list of durations such as [1h, 1d]", read_durations, write_durations, NODE_LIST,
		CODE_DURATIONS, "{\"type\": \"array\", \"minItems\": 1, \"uniqueItems\": true, \"items\": " DURATION "}",
		"[1h, 1d]"},
	value_clock = {"clock", "a time of day such as \"17:00\"", read_clock, write_clock, NODE_SCALAR,
		CODE_CLOCK, "{\"type\": \"string\", \"pattern\": \"^([01][0-9]|2[0-3]):[0-5][0-9]$\"}", "\"17:00\""},
	value_local = {"local", "a date and time such as 2026-12-04 17:00", read_local, write_local, NODE_SCALAR,
		CODE_LOCAL, "{\"type\": \"string\", \"pattern\": "
		"\"^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}$\"}", "2026-12-04 17:00"},
	value_zone = {"zone", "a time zone such as America/New_York, or device", read_zone, write_zone, NODE_SCALAR,
		CODE_ZONE, "{\"type\": \"string\"}", "America/New_York"};
