/* Versions: parsing, order and text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/version.h"

/* From the oldest to the newest; written as version_format writes. */
static const char *const rising[] = {"1.0", "1.0 (a)", "1.0.1", "1.1", "9.9999.9999 (z)", "10.15.7", "12.8", "13.3.1",
	"13.3.1 (a)", "13.4", "13.4 (a)", "13.4.1", "13.4.1 (a)", "13.4.1 (c)", "13.4.1 (z)", "13.4.2", "13.10",
	"15.2", "15.2.1", "15.2.10", "15.10", "26.0", "26.0.1", "26.1", "9999.9999.9999", "9999.9999.9999 (z)"};

enum { RISING = sizeof rising / sizeof *rising };

static const char *const malformed[] = {"", " ", ".", "15.", ".15", "15..2", "15.2.", "15.2.1.", "15.2.1.0", "15,2",
	"+15.2", "-15.2", "15.-2", "15. 2", " 15.2", "15.2 ", "15.2\n", "15.2\t(a)", "015.2", "15.02", "15.2.01", "00",
	"0", "0.0", "0.1", "0.15.2", "10000", "15.10000", "15.2.10000", "4294967311.2", "18446744073709551631.2",
	"99999999999999999999999999", "15.2a", "15.2 a", "15.2(a)", "15.2  (a)", "15.2 (a", "15.2 (", "15.2 a)",
	"15.2 ()", "15.2 (A)", "15.2 (1)", "15.2 (ab)", "15.2 (a) ", "15.2 (a)x", "15.2 (a) (b)", "15.2 (\xc3\xa4)",
	"(a)", " (a)", "v15.2", "15.x", "15.2-beta", "15.2b1", "0x0f.2", "1e1", "15.2\xc2\xa0(a)", "１5.2",
	"Tahoe 26", "26 Tahoe", "latest", "15/2"};

static int64_t
parsed(const char *text)
{
	int64_t v = VERSION_NONE;

	if (!version_parse(text, &v))
		fail_msg("\"%s\" did not parse", text);
	return v;
}

static void
plain_numbers_order_versions(void **state)
{
	(void)state;
	for (int a = 0; a < RISING; a++)
		for (int b = 0; b < RISING; b++)
			if ((parsed(rising[a]) < parsed(rising[b])) != (a < b))
				fail_msg("%s and %s", rising[a], rising[b]);
}

static void
text_comes_back_as_written(void **state)
{
	char out[VERSION_TEXT];

	(void)state;
	for (int i = 0; i < RISING; i++)
		assert_string_equal(version_format(parsed(rising[i]), out), rising[i]);
}

static void
missing_parts_are_zero(void **state)
{
	(void)state;
	assert_true(parsed("15") == parsed("15.0"));
	assert_true(parsed("15") == parsed("15.0.0"));
	assert_true(parsed("15.2.0 (a)") == parsed("15.2 (a)"));
}

static void
malformed_text_is_refused_and_changes_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) {
		int64_t v = 42;

		if (version_parse(malformed[i], &v) || v != 42)
			fail_msg("\"%s\" became %lld", malformed[i], (long long)v);
	}
}

static void
nothing_is_a_version_after_it_is_cut_or_grown(void **state)
{
	char text[VERSION_TEXT + 2];
	int64_t v;

	(void)state;
	for (int i = 0; i < RISING; i++) {
		snprintf(text, sizeof text, "%s.", rising[i]);
		assert_false(version_parse(text, &v));
		for (size_t cut = strlen(rising[i]); cut-- > 0;) {
			text[cut] = '\0';
			/* What remains is a version exactly if it ends with a digit. */
			bool ends = cut > 0 && text[cut - 1] >= '0' && text[cut - 1] <= '9';

			assert_int_equal(version_parse(text, &v), ends);
		}
	}
}

struct parts {
	unsigned part[3];
	char letter;
};

static unsigned
draw(uint64_t *seed, unsigned below)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % below;
}

/* Mostly small numbers, so that parts are often equal; sometimes the least or the greatest. */
static struct parts
any(uint64_t *seed)
{
	static const unsigned edge[] = {1, 2, 9, 10, 99, 100, 9998, 9999};
	struct parts p = {{draw(seed, 3) + 1, draw(seed, 3), draw(seed, 3)}, 0};

	if (draw(seed, 4) == 0)
		p.part[draw(seed, 3)] = edge[draw(seed, 8)];
	if (draw(seed, 2))
		p.letter = (char)('a' + draw(seed, 26));
	return p;
}

static int
compare(const struct parts *a, const struct parts *b)
{
	for (int i = 0; i < 3; i++)
		if (a->part[i] != b->part[i])
			return a->part[i] < b->part[i] ? -1 : 1;
	return (a->letter > b->letter) - (a->letter < b->letter);
}

static void
any_two_versions_compare_part_by_part(void **state)
{
	uint64_t seed = 2026;
	char out[VERSION_TEXT];

	(void)state;
	for (int i = 0; i < 200000; i++) {
		struct parts a = any(&seed), b = any(&seed);
		int64_t x = version_make(a.part[0], a.part[1], a.part[2], a.letter);
		int64_t y = version_make(b.part[0], b.part[1], b.part[2], b.letter);

		assert_int_equal((x > y) - (x < y), compare(&a, &b));
		assert_true(parsed(version_format(x, out)) == x);
		assert_int_equal(version_major(x), a.part[0]);
		assert_int_equal(version_supplement(x), a.letter);
		assert_true(version_base(x) == version_make(a.part[0], a.part[1], a.part[2], 0));
		assert_true(version_base(x) <= x && x > VERSION_NONE);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_numbers_order_versions),
		cmocka_unit_test(text_comes_back_as_written),
		cmocka_unit_test(missing_parts_are_zero),
		cmocka_unit_test(malformed_text_is_refused_and_changes_nothing),
		cmocka_unit_test(nothing_is_a_version_after_it_is_cut_or_grown),
		cmocka_unit_test(any_two_versions_compare_part_by_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
