/* The tally: entries are found by key, keep their order, and are limited in number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "words/tally.h"

#define WORD 8
struct word {
	char name[WORD];
	unsigned count;
};

struct pair {
	struct pair_key {
		int64_t first;
		uint32_t second, third;
	} key;
	unsigned count;
};

static void
counts_texts_in_their_order(void **state)
{
	static const char *const words[] = {"b", "", "a", "b", "b", "", "seven77", "seven7", "longer-than-its-room", "longer-"};
	static const struct word wanted[] = {{"b", 3}, {"", 2}, {"a", 1}, {"seven77", 1}, {"seven7", 1}, {"longer-", 2}};
	struct tally t = {.entry = sizeof (struct word), .key = WORD, .text = true};

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		((struct word *)tally_entry(&t, words[i]))->count++;
	assert_int_equal(t.count, sizeof wanted / sizeof *wanted);
	for (size_t i = 0; i < t.count; i++) {
		const struct word *word = (struct word *)t.entries + i;

		assert_string_equal(word->name, wanted[i].name);
		assert_int_equal(word->count, wanted[i].count);
	}
	tally_free(&t);
}

static void
finds_every_key_of_many(void **state)
{
	struct tally t = {.entry = sizeof (struct pair), .key = sizeof (struct pair_key)};

	(void)state;
	for (unsigned round = 0; round < 2; round++)
		for (int64_t i = 0; i < 20000; i++) {
			struct pair pair = {.key = {i / 2 << 32, (uint32_t)(i % 2), 7}}, *found = tally_entry(&t, &pair.key);

			assert_int_equal(found->count, round);
			assert_memory_equal(&found->key, &pair.key, sizeof pair.key);
			found->count++;
		}
	assert_int_equal(t.count, 20000);
	tally_free(&t);
	assert_int_equal(t.count, 0);
}

static void
takes_no_more_than_allowed(void **state)
{
	struct tally t = {.entry = sizeof (struct word), .key = WORD, .text = true, .most = 2};

	(void)state;
	assert_non_null(tally_entry(&t, "one"));
	assert_non_null(tally_entry(&t, "two"));
	assert_null(tally_entry(&t, "three"));
	assert_non_null(tally_entry(&t, "one"));
	assert_int_equal(t.count, 2);
	tally_free(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_texts_in_their_order),
		cmocka_unit_test(finds_every_key_of_many),
		cmocka_unit_test(takes_no_more_than_allowed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
