/* A journal of twelve lines in memory, with every bit flipped, every range zeroed, and every range missing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "text/trace/seal.h"

#define LINES 12
#define OBJECTS 3

/* With nested braces, and text that looks like a seal. */
static const char *const object[OBJECTS] = {
	"{\"a\":1}",
	"{\"trace\":1,\"device\":{\"version\":\"15.1\"}}",
	"{\"say\":\",\\\"seq\\\":7,\\\"crc\\\":\\\"00000000\\\"}\"}",
};

static char bytes[4096], hurt[4096];
static size_t length, starts[LINES + 1]; /* of each line; the last is length */

static int
make_journal(void **state)
{
	(void)state;
	for (unsigned n = 0; n < LINES; n++) {
		char line[SEALED_MAX];
		size_t size = seal_line(object[n % OBJECTS], strlen(object[n % OBJECTS]), n + 1, line);

		starts[n] = length;
		memcpy(bytes + length, line, size);
		length += size;
	}
	starts[LINES] = length;
	return 0;
}

static unsigned
line_of(size_t offset)
{
	unsigned n = 0;

	while (offset >= starts[n + 1])
		n++;
	return n;
}

static void
restore(void)
{
	memcpy(hurt, bytes, length);
}

/* Expects the damage to be found; it reaches from line `first` to line `last`, counted from 0. */
static void
expect_damage(size_t size, unsigned first, unsigned last)
{
	struct sealed found = seal_scan(hurt, size), half = seal_scan(hurt, starts[first / 2]);
	struct sealed on = seal_scan_on(hurt, size, half);

	assert_int_equal(half.lines, first / 2);
	assert_int_equal(on.lines, found.lines);
	assert_int_equal(on.good, found.good);
	assert_int_equal(on.last, found.last);
	assert_int_equal(on.damaged, found.damaged);
	assert_int_equal(found.lines, first);
	assert_int_equal(found.good, starts[first]);
	assert_int_equal(found.last, first ? starts[first - 1] : 0);
	assert_int_equal(found.damaged, last < LINES - 1);
}

static void
checksum_is_that_of_the_rfc(void **state)
{
	char zeros[32] = {0}, ones[32];

	(void)state;
	memset(ones, 0xff, sizeof ones);
	assert_int_equal(crc32c("123456789", 9), 0xe3069283);
	assert_int_equal(crc32c(zeros, 32), 0x8a9136aa);
	assert_int_equal(crc32c(ones, 32), 0x62a8ab43);
	assert_int_equal(crc32c("", 0), 0);
}

static void
sealed_line_is_golden(void **state)
{
	char line[SEALED_MAX];
	size_t size = seal_line("{\"n\":1}", 7, 1, line);

	(void)state;
	assert_int_equal(size, strlen("{\"n\":1,\"seq\":1,\"crc\":\"xxxxxxxx\"}\n"));
	assert_memory_equal(line, "{\"n\":1,\"seq\":1,\"crc\":\"e9a2165f\"}\n", size);
	assert_int_equal(seal_seq(line, size - 1), 1);
	assert_int_equal(seal_line("{\"n\":1}", 7, UINT64_MAX, line), size + 19);
	assert_int_equal(seal_seq(line, size + 18), UINT64_MAX);
}

static void
whole_journal_is_whole(void **state)
{
	(void)state;
	restore();
	expect_damage(length, LINES, LINES);
	assert_int_equal(seal_scan("", 0).lines, 0);
	assert_false(seal_scan("", 0).damaged);
}

static void
every_bit_flipped(void **state)
{
	(void)state;
	for (size_t bit = 0; bit < length * 8; bit++) {
		restore();
		hurt[bit / 8] = (char)(hurt[bit / 8] ^ 1 << bit % 8);
		expect_damage(length, line_of(bit / 8), line_of(bit / 8));
	}
}

static void
every_length_torn(void **state)
{
	(void)state;
	restore();
	for (size_t size = 0; size < length; size++)
		expect_damage(size, line_of(size), LINES);
}

static void
every_range_zeroed(void **state)
{
	(void)state;
	for (size_t from = 0; from < length; from++) {
		restore();
		for (size_t to = from; to < length; to++) {
			hurt[to] = 0;
			expect_damage(length, line_of(from), line_of(to));
		}
	}
}

/* A gap beside equal bytes could be at several places: the lines before the last such place are whole, and so is the
 * last line if the first place is before it. */
static void
expect_gap(size_t from, size_t to)
{
	size_t size = length - (to - from), early = to, late = from;

	while (early > to - from && bytes[early - 1] == bytes[early - 1 - (to - from)])
		early--;
	while (late < size && bytes[late] == bytes[late + to - from])
		late++;
	expect_damage(size, line_of(late), early <= starts[LINES - 1] ? 0 : LINES);
}

static void
every_range_missing(void **state)
{
	(void)state;
	for (size_t from = 0; from < length; from++)
		for (size_t to = from + 1; to < length; to++) {
			memcpy(hurt, bytes, from);
			memcpy(hurt + from, bytes + to, length - to);
			expect_gap(from, to);
		}
}

static void
lines_that_change_places(void **state)
{
	size_t first = starts[1], second = starts[2] - starts[1];

	(void)state;
	restore();
	memcpy(hurt, bytes + first, second);
	memcpy(hurt + second, bytes, first);
	expect_damage(length, 0, 0);
		restore();
	memcpy(hurt + length, bytes + starts[LINES - 1], length - starts[LINES - 1]);
	expect_damage(length + length - starts[LINES - 1], LINES, 0);
}

static void
tail_longer_than_any_line(void **state)
{
	static char junk[2 * SEALED_MAX];
	size_t line = starts[1];

	(void)state;
	memcpy(junk, bytes, line);
	assert_false(seal_scan(junk, line + SEALED_MAX).damaged);
	assert_true(seal_scan(junk, line + SEALED_MAX + 1).damaged);
}

static void
lines_of_others(void **state)
{
	static const char *const other[] = {"", "{}", "{\"a\":1}", "{\"a\":1,\"crc\":\"00000000\"}", "\"}", "{\"}",
		",\"seq\":1,\"crc\":\"00000000\"}"};
	char line[64];
	size_t end;

	(void)state;
	for (unsigned n = 0; n < sizeof other / sizeof *other; n++)
		assert_int_equal(seal_seq(other[n], strlen(other[n])), 0);
	/* A correct checksum, but no number. */
	end = (size_t)snprintf(line, sizeof line, "{\"wrong_key\":1");
	end += (size_t)snprintf(line + end, sizeof line - end, ",\"crc\":\"%08x\"}", crc32c(line, end));
	assert_int_equal(seal_seq(line, end), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(checksum_is_that_of_the_rfc),
		cmocka_unit_test(sealed_line_is_golden),
		cmocka_unit_test(whole_journal_is_whole),
		cmocka_unit_test(every_bit_flipped),
		cmocka_unit_test(every_length_torn),
		cmocka_unit_test(every_range_zeroed),
		cmocka_unit_test(every_range_missing),
		cmocka_unit_test(lines_that_change_places),
		cmocka_unit_test(tail_longer_than_any_line),
		cmocka_unit_test(lines_of_others),
	};

	return cmocka_run_group_tests(tests, make_journal, NULL);
}
