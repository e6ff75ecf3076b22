/* Rings: a name's place never changes, shares hold, no device moves back when a ring grows; and delays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "author/fleet/blueprint.h"

/* Computed by another program from the description in the header. */
static void
places_never_change(void **state)
{
	static const struct {
		const char *device;
		unsigned place;
	} known[] = {
		{"", 52}, {"a", 51}, {"A", 51}, {"mac-0001", 2}, {"MAC-0001", 2}, {"mac-0002", 70},
		{"anna-maria's macbook", 40}, {"Anna-Maria's MacBook", 40}, {"ger\xc3\xa4t-7", 54},
	};
	struct blueprint_ring rings[100];
	const struct blueprint blueprint = {.rings = rings, .ring_count = 100};

	(void)state;
	for (int i = 0; i < 100; i++)
		rings[i] = (struct blueprint_ring){.share = 1};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		assert_int_equal(blueprint_ring(&blueprint, known[i].device) - rings, known[i].place);
}

static void
count(const char *format, int devices, const struct blueprint *blueprint, int counts[])
{
	char name[64];

	for (int i = 0; i < devices; i++) {
		snprintf(name, sizeof name, format, i);
		counts[blueprint_ring(blueprint, name) - blueprint->rings]++;
	}
}

static void
shares_hold(void **state)
{
	static const char *const formats[] = {"mac-%04d", "C02%08d", "%d.example.com", "Lab %d's Mac", "%05d-finance-laptop"};
	struct blueprint_ring rings[] = {{.share = 1}, {.share = 9}, {.share = 30}, {.share = 60}};
	const struct blueprint blueprint = {.rings = rings, .ring_count = 4};

	(void)state;
	for (size_t f = 0; f < sizeof formats / sizeof *formats; f++) {
		int counts[4] = {0};

		count(formats[f], 20000, &blueprint, counts);
		for (int i = 0; i < 4; i++)
			/* Within 30 %: four standard deviations of the smallest share are 28 %. */
			assert_in_range(counts[i], 200 * rings[i].share * 7 / 10, 200 * rings[i].share * 13 / 10);
	}
}

static void
a_growing_ring_keeps_its_devices(void **state)
{
	struct blueprint_ring small[] = {{.share = 5}, {.share = 95}}, grown[] = {{.share = 20}, {.share = 80}};
	const struct blueprint before = {.rings = small, .ring_count = 2}, after = {.rings = grown, .ring_count = 2};
	char name[64];

	(void)state;
	for (int i = 0; i < 5000; i++) {
		snprintf(name, sizeof name, "mac-%d", i);
		if (blueprint_ring(&before, name) == small)
			assert_ptr_equal(blueprint_ring(&after, name), grown);
	}
}

static void
delays(void **state)
{
	const struct blueprint_ring none = {.share = 100}, week = {.share = 100, .delay = 7 * DAY_MS};
	struct policy policy = {.enforce = ENFORCE_MINIMUM, .minimum.deadline = {2027, 12, 28, 17, 30, 0}}, later;

	(void)state;
	later = blueprint_delayed(&policy, &none);
	assert_memory_equal(&later, &policy, sizeof later);
	later = blueprint_delayed(&policy, &week);
	assert_int_equal(later.minimum.deadline.year, 2028);
	assert_int_equal(later.minimum.deadline.month, 1);
	assert_int_equal(later.minimum.deadline.day, 4);
	assert_int_equal(later.minimum.deadline.hour, 17);
	assert_int_equal(later.minimum.deadline.minute, 30);

	policy = (struct policy){.enforce = ENFORCE_AUTOMATIC, .automatic.after_release = 3 * DAY_MS};
	assert_int_equal(blueprint_delayed(&policy, &week).automatic.after_release, 10 * DAY_MS);
	policy = (struct policy){.enforce = ENFORCE_NOTHING};
	assert_int_equal(blueprint_delayed(&policy, &week).enforce, ENFORCE_NOTHING);
}

static void
what_looks_like_blueprints(void **state)
{
	(void)state;
	assert_true(blueprints_like("blueprints: 1\n"));
	assert_true(blueprints_like("# words\n\nblueprints:\n"));
	assert_false(blueprints_like("policy: 1\nlabel: blueprints: 1\n # blueprints:\n"));
	assert_false(blueprints_like(""));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_never_change),
		cmocka_unit_test(shares_hold),
		cmocka_unit_test(a_growing_ring_keeps_its_devices),
		cmocka_unit_test(delays),
		cmocka_unit_test(what_looks_like_blueprints),
	};

	return cmocka_run_group_tests_name("blueprint", tests, NULL, NULL);
}
