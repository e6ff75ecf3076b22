/* Lines of traces, written and read: every event, effect, state, timer and setting in the machine's tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/calendar.h"
#include "core/version.h"
#include "text/json.h"
#include "text/trace/trace.h"

static uint64_t seed = 1;

static int64_t
below(int64_t limit)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int64_t)(seed % (uint64_t)limit);
}

static void
instants(void **state)
{
	static const struct {
		const char *text;
		int64_t at;
	} good[] = {
		{"1970-01-01T00:00:00Z", 0}, {"1970-01-01T01:00:00+01:00", 0}, {"1969-12-31T19:00:00-05:00", 0},
		{"2026-12-04T22:00:00Z", 1796421600000}, {"2026-12-04T17:00:00-05:00", 1796421600000},
		{"2026-12-04t22:00:00z", 1796421600000}, {"2026-12-04T22:00:00.5Z", 1796421600500},
		{"2026-12-04T22:00:00.05Z", 1796421600050}, {"2026-12-04T22:00:00.005Z", 1796421600005},
		{"2024-02-29T23:59:59.999Z", 1709251199999}, {"9999-12-31T23:59:59.999Z", 253402300799999},
		{"2026-12-04T22:00:00-00:00", 1796421600000}, {"2026-12-05T03:45:00+05:45", 1796421600000},
	};
	static const char *const bad[] = {
		"", "2026-12-04", "2026-12-04T22:00Z", "2026-12-04T22:00:00", "2026-12-04 22:00:00Z",
		"2026-13-04T22:00:00Z", "2026-00-04T22:00:00Z", "2026-12-00T22:00:00Z", "2026-02-29T22:00:00Z",
		"2026-12-04T24:00:00Z", "2026-12-04T22:60:00Z", "2026-12-04T22:00:60Z", "2026-12-04T22:00:00.Z",
		"2026-12-04T22:00:00.0000Z", "2026-12-04T22:00:00Z ", " 2026-12-04T22:00:00Z", "2026-12-04T22:00:00+24:00",
		"2026-12-04T22:00:00+05:60", "2026-12-04T22:00:00+0500", "2026-12-04T22:00:00+05", "1969-12-31T23:59:59Z",
		"1970-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "02026-12-04T22:00:00Z", "2026-1-04T22:00:00Z",
		"2026-12-04T22:00:00,5Z", "+026-12-04T22:00:00Z", "2026-12-04T22:00:00ZZ",
	};
	char text[INSTANT_TEXT];
	int64_t at = -1;

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		assert_true(instant_parse(good[i].text, &at));
		assert_int_equal(at, good[i].at);
	}
	at = -1;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_false(instant_parse(bad[i], &at));
		assert_int_equal(at, -1);
	}
	for (int i = 0; i < 100000; i++) {
		int64_t any = below(253402300800000);

		assert_true(instant_parse(instant_format(any, text), &at));
		assert_int_equal(at, any);
		assert_int_equal(strchr(text, '.') != NULL, any % SECOND_MS != 0);
	}
}

static void
durations(void **state)
{
	static const struct {
		const char *text;
		int64_t ms;
	} good[] = {
		{"0s", 0}, {"1s", 1000}, {"90s", 90000}, {"5m", 300000}, {"1h", 3600000}, {"5d", 432000000},
		{"2w", 1209600000}, {"3650d", 315360000000}, {"521w", 315100800000},
	};
	static const char *const bad[] = {
		"", "5", "s", "-1s", "+1s", " 1s", "1s ", "1 s", "01s", "00s", "1.5h", "1S", "1sec", "3651d", "522w",
		"99999999999999999999s", "1h30m", "1ms", "0x1s", "1y",
	};
	char text[DURATION_TEXT];
	int64_t ms = -1;

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		assert_true(duration_parse(good[i].text, &ms));
		assert_int_equal(ms, good[i].ms);
	}
	ms = -1;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_false(duration_parse(bad[i], &ms));
		assert_int_equal(ms, -1);
	}
	assert_string_equal(duration_format(0, text), "0s");
	assert_string_equal(duration_format(7 * DAY_MS, text), "1w");
	assert_string_equal(duration_format(8 * DAY_MS, text), "8d");
	assert_string_equal(duration_format(90 * MINUTE_MS, text), "90m");
	assert_string_equal(duration_format(1001, text), "1001ms");
	for (int i = 0; i < 100000; i++) {
		int64_t any = below(i % 2 ? 3650 * DAY_MS : HOUR_MS);

		assert_true(duration_parse_exact(duration_format(any, text), &ms));
		assert_int_equal(ms, any);
	}
}

/* Returns a random value for a field. */
static int64_t
value_for(const struct field *f)
{
	int64_t words = 0;

	while (f->words && f->words[words])
		words++;
	if (words)
		return below(words);
	if (!strcmp(f->type, "instant"))
		return below(253402300800000);
	if (!strcmp(f->type, "duration"))
		return below(DAY_MS);
	if (!strcmp(f->type, "version"))
		return below(8) ? version_make(1 + (unsigned)below(30), (unsigned)below(9), (unsigned)below(3), 0) : 0;
	return below(!strcmp(f->type, "flag") ? 2 : 1000);
}

static void
fill(void *base, const struct kind *kind)
{
	for (unsigned i = 0; i < kind->field_count; i++)
		memcpy((char *)base + kind->fields[i].offset, &(int64_t){value_for(&kind->fields[i])}, sizeof (int64_t));
}

/* Expects the line to be the same when written, read and written again, and to be refused when cut off at any byte. */
static void
round_trip(const struct trace_line *line)
{
	char text[TRACE_LINE_MAX], again[TRACE_LINE_MAX];
	static struct trace_line back;
	struct messages messages = {0};
	size_t length = trace_encode(line, text);

	assert_int_equal(length, strlen(text));
	if (!trace_decode(text, length, "t", 1, &back, &messages))
		fail_msg("%s: %s", text, message_text(&messages));
	assert_int_equal(back.kind, line->kind);
	trace_encode(&back, again);
	assert_string_equal(text, again);
	if (below(20) == 0)
		for (size_t cut = 0; cut < length; cut++)
			assert_false(trace_decode(text, cut, "t", 1, &back, &messages));
	message_free(&messages);
}

static void
any_line(struct trace_line *l)
{
	*l = (struct trace_line){.at = below(253402300800000), .seq = (uint64_t)(below(2) * below(1000))};
	l->has_awake = below(2);
	l->awake = l->has_awake ? below(INT64_C(1) << 40) : 0;
}

static void
events(void **state)
{
	static struct trace_line l;

	(void)state;
	for (int i = 0; i < 20 * EVENTS; i++) {
		any_line(&l);
		l.kind = LINE_EVENT;
		l.event.kind = (enum event_kind)(i % EVENTS);
		l.event.timer = l.event.kind == EV_TIMER ? (enum timer)below(TIMERS) : (enum timer)0;
		fill(&l.event, &machine_event[l.event.kind]);
		strcpy(l.boot, below(2) ? "8f1d7c1e-3a9c-4f5e-9b57-3a1c2d4e5f60" : "");
		round_trip(&l);
	}
}

static void
answers(void **state)
{
	static struct trace_line l;

	(void)state;
	for (int i = 0; i < 20 * EFFECTS; i++) {
		any_line(&l);
		l.kind = LINE_EFFECT;
		l.effect.kind = (enum effect_kind)(i % EFFECTS);
		fill(&l.effect, &machine_effect[l.effect.kind]);
		round_trip(&l);
	}
	for (int i = 0; i < STATES; i++) {
		any_line(&l);
		l.kind = LINE_STATE;
		l.state = (enum state)i;
		if (machine_state[i].leaf && !machine_state[i].choice)
			round_trip(&l);
	}
	any_line(&l);
	l.kind = LINE_CRASH;
	round_trip(&l);
	l.kind = LINE_END;
	round_trip(&l);
}

static void
headers(void **state)
{
	static struct trace_line l;
	struct trace_header *h = &l.header;

	(void)state;
	any_line(&l);
	l.has_awake = false;
	l.kind = LINE_HEADER;
	l.at = 0;
	round_trip(&l);
	memset(h->story, '"', sizeof h->story - 1);
	memset(h->policy, '\\', sizeof h->policy - 1);
	memset(h->machine, '"', sizeof h->machine - 1);
	memset(h->boot, '"', sizeof h->boot - 1);
	memset(h->platform, '"', sizeof h->platform - 1);
	memset(h->build, '"', sizeof h->build - 1);
	memset(h->model, '"', sizeof h->model - 1);
	memset(h->board, '"', sizeof h->board - 1);
	memset(h->time_zone, '"', sizeof h->time_zone - 1);
	h->version = version_make(9999, 9999, 9999, 'z');
	h->recorded = 1;
	h->has_settings = true;
	for (unsigned i = 0; i < machine_settings.field_count; i++)
		memcpy((char *)&h->settings + machine_settings.fields[i].offset,
			&(int64_t){strcmp(machine_settings.fields[i].type, "flag") ? 3600001 : 0}, sizeof (int64_t));
	l.seq = 1000000000;
	round_trip(&l);	/* the longest possible */
	strcpy(h->story, "caf\xc3\xa9");
	fill(&h->settings, &machine_settings);
	round_trip(&l);
	l.kind = LINE_SETTINGS;
	round_trip(&l);
}

static void
settings_said_in_part(void **state)
{
	static const char text[] = "{\"trace\":1,\"settings\":{\"minimum\":\"1d\",\"cache\":false}}";
	struct settings settings = {.window = 7, .minimum = 8, .cache = 1};
	static struct trace_line l;
	struct messages messages = {0};

	(void)state;
	assert_true(trace_decode(text, sizeof text - 1, "t", 1, &l, &messages));
	assert_false(trace_copy_settings(&l.header, &settings));
	assert_int_equal(settings.window, 7);
	assert_int_equal(settings.minimum, DAY_MS);
	assert_int_equal(settings.cache, 0);
	fill(&l.header.settings, &machine_settings);
	assert_true(trace_copy_settings(&l.header, &settings));
	l.header.has_settings = false;
	assert_false(trace_copy_settings(&l.header, &settings));
}

/* A line with any one byte changed is decoded, or refused with a message. */
static void
flipped_bytes(void **state)
{
	static const char *const lines[] = {
		"{\"at\":\"2026-12-04T21:59:00.500Z\",\"event\":\"required\",\"version\":\"15.2\",\"target\":\"15.3\","
		"\"deadline\":\"2026-12-04T22:00:00Z\",\"awake\":5500,\"seq\":4,\"crc\":\"a708a7ae\"}",
		"{\"trace\":1,\"settings\":{\"window\":\"5d\",\"cache\":true},\"device\":{\"version\":\"15.1 (a)\"},\"timers\":\"recorded\"}",
	};
	static struct trace_line l;
	char text[512];

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		for (size_t at = 0; at < strlen(lines[i]); at++)
			for (int byte = 0; byte < 256; byte++) {
				struct messages messages = {0};
				bool good;

				strcpy(text, lines[i]);
				text[at] = (char)byte;
				good = trace_decode(text, strlen(lines[i]), "t", 1, &l, &messages);
				assert_int_equal(good, messages.errors == 0);
				message_free(&messages);
			}
}

static void
places(void **state)
{
	static const char line[] = "{\"a\": \"x\\\"b\\\":\", \"\xc3\xa9\":1 , \"b\" : [true]}";
	struct place p = jsonplace(line, sizeof line - 1, 3, "b", JSON_VALUE);

	(void)state;
	assert_int_equal(p.line, 3);
	assert_int_equal(p.column, 32);
	assert_int_equal(jsonplace(line, sizeof line - 1, 3, "b", JSON_KEY).column, 26);
	assert_int_equal(jsonplace(line, sizeof line - 1, 3, "c", JSON_KEY).column, 1);
	assert_int_equal(jsonplace(line, sizeof line - 1, 3, NULL, JSON_KEY).column, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(instants), cmocka_unit_test(durations), cmocka_unit_test(events),
		cmocka_unit_test(answers), cmocka_unit_test(headers), cmocka_unit_test(settings_said_in_part),
		cmocka_unit_test(flipped_bytes), cmocka_unit_test(places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
