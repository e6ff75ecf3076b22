/* The store: its contents are read back whole, or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text/store.h"

static char path[512];
static const struct validators given = {"W/\"33a64df5\"", "Mon, 17 Aug 2026 18:30:00 GMT", 0x0123456789abcdef};
static const char body[] = "first line\nsecond \0 line\n";	/* with a NUL inside and one at its end */

static char *
read_back(struct validators *v, size_t *length)
{
	return store_read(path, 1000, v, length);
}

static void
round_trip(void **state)
{
	struct validators v;
	size_t length;
	char *text;

	(void)state;
	assert_true(store_write(path, &given, body, sizeof body));
	text = read_back(&v, &length);
	assert_non_null(text);
	assert_int_equal(length, sizeof body);
	assert_memory_equal(text, body, sizeof body);
	assert_int_equal(text[length], '\0');
	assert_string_equal(v.etag, given.etag);
	assert_string_equal(v.modified, given.modified);
	assert_true(v.source == given.source);
	free(text);
}

static void
empty_parts(void **state)
{
	struct validators v = given, none = {0};
	size_t length = 1;
	char *text;

	(void)state;
	assert_true(store_write(path, &none, "", 0));
	text = read_back(&v, &length);
	assert_non_null(text);
	assert_int_equal(length, 0);
	assert_string_equal(v.etag, "");
	assert_string_equal(v.modified, "");
	free(text);
}

static void
ours_alone(void **state)
{
	struct stat s;

	(void)state;
	assert_true(store_write(path, &given, body, sizeof body));
	assert_false(stat(path, &s));
	assert_int_equal(s.st_mode & 0777, 0600);
}

static void
limit(void **state)
{
	struct validators v;
	size_t length;
	char *text;

	(void)state;
	assert_true(store_write(path, &given, body, sizeof body));
	text = store_read(path, sizeof body, &v, &length);
	assert_non_null(text);
	free(text);
	assert_null(store_read(path, sizeof body - 1, &v, &length));
}

static void
store_text(const char *bytes, size_t length)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, length, f), length);
	assert_false(fclose(f));
}

/* Reads the store's file. */
static size_t
read_stored(char *bytes, size_t room)
{
	FILE *f;
	size_t length;

	assert_true(store_write(path, &given, body, sizeof body));
	f = fopen(path, "rb");
	assert_non_null(f);
	length = fread(bytes, 1, room, f);
	fclose(f);
	assert_in_range(length, sizeof body + 1, room - 1);
	return length;
}

static void
every_bit_flipped(void **state)
{
	char bytes[1000];
	size_t total = read_stored(bytes, sizeof bytes), length;
	struct validators v;

	(void)state;
	for (size_t bit = 0; bit < 8 * total; bit++) {
		char mask = (char)(1 << bit % 8), *text;

		bytes[bit / 8] ^= mask;
		store_text(bytes, total);
		text = read_back(&v, &length);
		/* A flipped bit may only change the case of a hexadecimal digit of the checksum. */
		if (text) {
			assert_int_equal(length, sizeof body);
			assert_memory_equal(text, body, sizeof body);
			assert_string_equal(v.etag, given.etag);
			assert_in_range(bit / 8, 11, 26);
		}
		free(text);
		bytes[bit / 8] ^= mask;
	}
}

static void
every_length_cut(void **state)
{
	char bytes[1000];
	size_t total = read_stored(bytes, sizeof bytes), length;
	struct validators v;

	(void)state;
	for (size_t cut = 0; cut < total; cut++) {
		store_text(bytes, cut);
		assert_null(read_back(&v, &length));
	}
	bytes[total] = 'x';
	store_text(bytes, total + 1);
	assert_null(read_back(&v, &length));
}

static void
cannot_write(void **state)
{
	struct validators v;
	char fresh[600], *text;
	size_t length;

	(void)state;
	assert_true(store_write(path, &given, body, sizeof body));
	snprintf(fresh, sizeof fresh, "%s.new", path);
	assert_false(mkdir(fresh, 0700));
	assert_false(store_write(path, &given, "another", 7));
	assert_int_not_equal(errno, 0);
	assert_false(rmdir(fresh));
	text = read_back(&v, &length);
	assert_non_null(text);
	assert_int_equal(length, sizeof body);
	free(text);
	assert_false(store_write("/nowhere/at/all", &given, body, 1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trip), cmocka_unit_test(empty_parts), cmocka_unit_test(ours_alone),
		cmocka_unit_test(limit), cmocka_unit_test(every_bit_flipped), cmocka_unit_test(every_length_cut),
		cmocka_unit_test(cannot_write),
	};
	const char *folder = getenv("TMP");

	snprintf(path, sizeof path, "%s/store", folder ? folder : "/tmp");
	return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
