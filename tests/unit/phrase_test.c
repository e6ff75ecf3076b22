/* What people read: the choice of language, its dates and durations, and texts with their places filled. languagec
 * checks the texts themselves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/version.h"
#include "words/pattern.h"
#include "words/texts.h"

#define DEADLINE INT64_C(1796421600000)	/* 2026-12-04T22:00:00Z, a Friday */

static void
patterns(void **state)
{
	static const struct slot slots[] = {{"a", "xy"}, {"ab", "é"}, {0}};
	static const char *const names[] = {"a", "ab", NULL};
	char out[16];
	size_t length;

	(void)state;
	assert_string_equal(pattern_fill("", slots, out, sizeof out), "");
	assert_string_equal(pattern_fill("{a}{ab}", slots, out, sizeof out), "xyé");
	assert_string_equal(pattern_fill("{b} {a {a}", slots, out, sizeof out), "{b} {a xy");
	assert_string_equal(pattern_fill("{a}{ab}", slots, out, 4), "xy");
	assert_string_equal(pattern_fill("é{a}z", slots, out, 2), "");
	assert_string_equal(pattern_fill("{a}z", slots, out, 1), "");
	assert_null(pattern_stray("{a} b } {ab}", names, &length));
	assert_string_equal(pattern_stray("{a} {x} {y}", names, &length), "{x} {y}");
	assert_int_equal(length, 3);
	assert_string_equal(pattern_stray("{a} {ab", names, &length), "{ab");
	assert_int_equal(length, 3);
	assert_int_equal(pattern_columns("aé日{"), 5);
	assert_int_equal(pattern_columns("e\xcc\x81"), 1);
}

static void
spans_and_dates(void **state)
{
	static const struct {
		const char *tag;	/* NULL: none of ours */
		const char *five, *later, *one, *minute, *none, *date, *first, *moment;
	} cases[] = {
		{"en", "5 days", "2 days 3 hours", "1 day 1 hour", "29 minutes", "0 seconds", "Fri 4 Dec 22:00",
		 "Sun 1 Mar 00:00", "Fri 4 Dec 2026 22:00 UTC"},
		{"de", "5 Tage", "2 Tagen und 3 Stunden", "1 Tag und 1 Stunde", "29 Minuten", "0 Sekunden",
		 "Fr., 4. Dez., 22:00 Uhr", "So., 1. März, 00:00 Uhr", "Fr., 4. Dez. 2026, 22:00 Uhr (UTC)"},
		{"fr", "5 jours", "2 jours et 3 heures", "1 jour et 1 heure", "29 minutes", "0 seconde",
		 "ven. 4 déc. à 22:00", "dim. 1er mars à 00:00", "ven. 4 déc. 2026 à 22:00 (UTC)"},
		{"es", "5 días", "2 días y 3 horas", "1 día y 1 hora", "29 minutos", "0 segundos", "vie 4 dic, 22:00",
		 "dom 1 mar, 00:00", "vie 4 dic 2026, 22:00 (UTC)"},
		{"ja", "5日", "2日3時間", "1日1時間", "29分", "0秒", "12月4日(金) 22:00", "3月1日(日) 00:00",
		 "2026年12月4日(金) 22:00 (UTC)"},
		{NULL, "5 d", "2 d 3 h", "1 d 1 h", "29 min", "0 s", "2026-12-04 22:00", "2026-03-01 00:00",
		 "2026-12-04 22:00 UTC"},
	};
	int64_t first = calendar_days(2026, 3, 1) * DAY_MS;
	char out[LANGUAGE_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct language *l = cases[i].tag ? language_for(cases[i].tag) : &language_neutral;

		assert_string_equal(language_span(l, 5 * DAY_MS, out), cases[i].five);
		assert_string_equal(language_later(l, 2 * DAY_MS + 3 * HOUR_MS, out), cases[i].later);
		assert_string_equal(language_span(l, DAY_MS + HOUR_MS, out), cases[i].one);
		assert_string_equal(language_span(l, 29 * MINUTE_MS + 59 * SECOND_MS, out), cases[i].minute);
		assert_string_equal(language_span(l, -1, out), cases[i].none);
		assert_string_equal(language_date(l, DEADLINE, &calendar_utc, out), cases[i].date);
		assert_string_equal(language_date(l, first, &calendar_utc, out), cases[i].first);
		assert_string_equal(language_moment(l, DEADLINE, &calendar_utc, out), cases[i].moment);
		assert_true(strlen(language_span(l, INT64_MAX, out)) < LANGUAGE_TEXT);
	}
}

static void
expect_language(const char *authored, const char *locale, const struct language *language, const char *start)
{
	struct texts t;

	texts_choose(authored, locale, &t);
	assert_ptr_equal(t.language, language);
	assert_string_equal(t.phrase[PHRASE_START_NOW], start);
}

static void
the_nearest_language_is_chosen(void **state)
{
	static const struct authored list[] = {{"de", "start_now", "Los"}, {"de-AT", "start_now", "Auf geht’s"},
		{"nl", "start_now", "Nu"}, {"nl", "close", "Sluiten"}, {"pt-BR", "close", "Fechar"}};
	char packed[256] = "", small[24] = "";
	struct texts t;

	(void)state;
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		assert_true(texts_pack(packed, sizeof packed, &list[i]));
	expect_language("", NULL, &language_en, "Start Now");
	expect_language("", "", &language_en, "Start Now");
	expect_language("", "C.UTF-8", &language_en, "Start Now");
	expect_language("", "POSIX", &language_en, "Start Now");
	expect_language("", "zh_CN.UTF-8", &language_en, "Start Now");
	expect_language("", "de_CH.UTF-8@euro", language_for("de"), "Jetzt starten");
	expect_language("", "fr-CA", language_for("fr"), "Commencer maintenant");
	expect_language("", "ja-Jpan-JP", language_for("ja"), "今すぐ開始");
	expect_language("", "a-locale-that-is-longer-than-any-that-there-is-or-ever-will-be", &language_en, "Start Now");
	expect_language(packed, "de_DE", language_for("de"), "Los");
	expect_language(packed, "de_at.UTF-8", language_for("de"), "Auf geht’s");
	expect_language(packed, "en_GB", &language_en, "Start Now");
	expect_language(packed, "nl_BE", &language_neutral, "Nu");
	expect_language(packed, "pt_PT", &language_en, "Start Now");
	texts_choose(packed, "nl", &t);
	assert_string_equal(t.phrase[PHRASE_CLOSE], "Sluiten");
	assert_string_equal(t.phrase[PHRASE_QUIT], "Quit");
	assert_true(texts_pack(small, sizeof small, &(struct authored){"en", "close", "Shut"}));
	assert_false(texts_pack(small, sizeof small, &(struct authored){"en", "quit", "Leave"}));
	expect_language(small, "en", &language_en, "Start Now");
}

/* An author's English text replaces our English one, but not our text in a person's own language. */
static void
english_is_the_last_resort(void **state)
{
	char packed[64] = "";

	(void)state;
	assert_true(texts_pack(packed, sizeof packed, &(struct authored){"en", "start_now", "Go"}));
	expect_language(packed, "sv_SE", &language_en, "Go");
	expect_language(packed, "es_MX", language_for("es"), "Comenzar ahora");
}

static void
places_are_filled(void **state)
{
	struct facts f = {.os = "macOS", .target = version_make(15, 3, 1, 0), .required = version_make(15, 2, 0, 0),
		.deadline = DEADLINE, .left = 90 * MINUTE_MS, .delay = 2 * DAY_MS, .zone = &calendar_utc};
	struct texts t;
	char packed[256] = "", out[PHRASE_TEXT];

	(void)state;
	assert_string_equal(phrase_say(NULL, PHRASE_BANNER_BODY, &f, out), "by Fri 4 Dec 22:00, in 1 hour 30 minutes.");
	texts_choose("", "de", &t);
	assert_string_equal(phrase_say(&t, PHRASE_REMIND, &f, out), "In 2 Tagen erinnern");
	assert_string_equal(phrase_say(&t, PHRASE_TIMER_LEFT, &f, out), "Noch 1:30:00");
	assert_true(texts_pack(packed, sizeof packed, &(struct authored){"en", "nothing",
		"{target} {required} {installed} {policy}."}));
	texts_choose(packed, "en", &t);
	assert_string_equal(phrase_say(&t, PHRASE_NOTHING, &f, out), "macOS 15.3.1 15.2 – .");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns),
		cmocka_unit_test(spans_and_dates),
		cmocka_unit_test(the_nearest_language_is_chosen),
		cmocka_unit_test(english_is_the_last_resort),
		cmocka_unit_test(places_are_filled),
	};

	return cmocka_run_group_tests_name("phrase", tests, NULL, NULL);
}
