/* Random numbers: those of SplitMix64, and within their bounds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "qa/world/random.h"

static void
is_splitmix64(void **state)
{
	static const uint64_t known[] = {UINT64_C(6457827717110365317), UINT64_C(3203168211198807973),
		UINT64_C(9817491932198370423), UINT64_C(4593380528125082431), UINT64_C(16408922859458223821)};
	struct random r = {1234567};

	(void)state;
	for (unsigned i = 0; i < 5; i++)
		assert_int_equal(random_next(&r), known[i]);
}

static void
reaches_every_bound_and_no_further(void **state)
{
	struct random r = random_of(1, 2);
	unsigned seen[3] = {0};

	(void)state;
	for (unsigned i = 0; i < 1000; i++) {
		int64_t n = random_between(&r, -1, 1);

		assert_in_range(n + 1, 0, 2);
		seen[n + 1]++;
		assert_in_range(random_below(&r, 7), 0, 6);
	}
	for (unsigned i = 0; i < 3; i++)
		assert_in_range(seen[i], 280, 390);
}

static void
spans_years_in_milliseconds(void **state)
{
	const int64_t year = INT64_C(31536000000);
	int64_t least = year, most = -year;
	struct random r = random_of(3, 4);

	(void)state;
	for (unsigned i = 0; i < 10000; i++) {
		int64_t n = random_between(&r, -year, year);

		assert_true(n >= -year && n <= year);
		least = n < least ? n : least;
		most = n > most ? n : most;
	}
	assert_true(least < -year + year / 100 && most > year - year / 100);
}

static void
chances_are_kept(void **state)
{
	struct random r = random_of(5, 6);
	unsigned taken = 0;

	(void)state;
	for (unsigned i = 0; i < 10000; i++) {
		taken += random_chance(&r, 250);
		assert_false(random_chance(&r, 0));
		assert_true(random_chance(&r, 1000));
	}
	assert_in_range(taken, 2350, 2650);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_splitmix64),
		cmocka_unit_test(reaches_every_bound_and_no_further),
		cmocka_unit_test(spans_years_in_milliseconds),
		cmocka_unit_test(chances_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
