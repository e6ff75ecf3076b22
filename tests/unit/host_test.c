/* The pretended host: what a person and the drivers answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "face/rehearse/host.h"

static enum event_kind
next_kind(struct script *s, enum effect_kind effect)
{
	const struct reaction *r = script_next(s, effect);

	return r ? r->intent.kind : EVENTS;
}

static void
each_reaction_once(void **state)
{
	static struct script s;

	(void)state;
	script_add(&s, ON_UPDATE, EV_REMIND, HOUR_MS);
	script_add(&s, ON_TIMER, EV_WINDOW_CLOSED, 0);
	s.list[s.count++] = (struct reaction){.occasion = ON_UPDATE, .silent = true};
	script_add(&s, ON_UPDATE, EV_DISMISSED, 0);
	assert_int_equal(next_kind(&s, FX_BANNER), EV_REMIND);
	assert_int_equal(next_kind(&s, FX_BANNER), EVENTS);	/* silent */
	assert_int_equal(next_kind(&s, FX_BANNER), EV_DISMISSED);
	assert_int_equal(next_kind(&s, FX_BANNER), EVENTS);
	assert_int_equal(next_kind(&s, FX_OPEN_TIMER), EV_WINDOW_CLOSED);
	assert_int_equal(next_kind(&s, FX_OPEN_TIMER), EVENTS);
	assert_int_equal(next_kind(&s, FX_INSTALL), EVENTS);
}

static void
one_that_repeats(void **state)
{
	static struct script s = {.repeats = true};
	const int64_t wanted[] = {HOUR_MS, DAY_MS, HOUR_MS, DAY_MS};

	(void)state;
	script_add(&s, ON_UPDATE, EV_REMIND, HOUR_MS);
	script_add(&s, ON_UPDATE, EV_REMIND, DAY_MS);
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		const struct reaction *r = script_next(&s, FX_BANNER);

		assert_non_null(r);
		assert_int_equal(r->intent.for_, wanted[i]);
		assert_int_equal(r->after, HOST_REACTION);
	}
	assert_null(script_next(&s, FX_WARNING));
}

/* An effect either shows something to answer or asks for work, or neither; never both. */
static void
every_effect(void **state)
{
	unsigned occasions = 0;

	(void)state;
	for (enum effect_kind kind = 0; kind < EFFECTS; kind++) {
		const struct host_work *work = host_work(kind);

		occasions += host_occasion(kind) != OCCASIONS;
		assert_false(work && host_occasion(kind) != OCCASIONS);
		assert_int_equal(work != NULL, kind == FX_REBOOT || machine_effect[kind].done != EVENTS);
		if (work)
			assert_true(work->least <= work->most && work->takes > 0);
	}
	assert_int_equal(occasions, OCCASIONS);
}

static void
outcomes(void **state)
{
	struct machine m = {.target = 42};
	struct event e[HOST_EVENTS];

	(void)state;
	assert_int_equal(host_outcome(&m, &(struct effect){.kind = FX_BADGE}, 1000, e), 0);
	assert_int_equal(host_outcome(&m, &(struct effect){.kind = FX_INSTALL}, 1000, e), 4);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(e[i].kind, EV_PROGRESS);
		assert_int_equal(e[i].percent, 25 * (i + 1));
		assert_true(e[i].at < e[i + 1].at);
	}
	assert_int_equal(e[3].kind, EV_INSTALLED);
	assert_int_equal(e[3].at, 1000 + host_work(FX_INSTALL)->takes);
	assert_int_equal(host_outcome(&m, &(struct effect){.kind = FX_REBOOT}, 1000, e), 1);
	assert_int_equal(e[0].kind, EV_BOOTED);
	assert_int_equal(e[0].version, 42);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_reaction_once),
		cmocka_unit_test(one_that_repeats),
		cmocka_unit_test(every_effect),
		cmocka_unit_test(outcomes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
