/* The real clocks are read together, though the device sleeps or the process is held up between two reads. clock_gettime is
 * this file's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "platform/clock.h"

#define MOST_READS 8
#define APART 1700000000000	/* ms between the wall clock and the time since boot */
#define HOUR 3600000

static int64_t awake, slept;	/* ms */
static unsigned reads, interrupted;	/* before this read, counted from 1, an hour goes by */
static int64_t *goes_by;

int
clock_gettime(clockid_t id, struct timespec *t)
{
	int64_t ms;

	if (++reads == interrupted)
		*goes_by += HOUR;
#ifdef CLOCK_UPTIME_RAW
	ms = id == CLOCK_UPTIME_RAW ? awake : awake + slept;
#else
	ms = id == CLOCK_MONOTONIC ? awake : awake + slept;
#endif
	ms += id == CLOCK_REALTIME ? APART : 0;
	*t = (struct timespec){.tv_sec = (time_t)(ms / 1000), .tv_nsec = (long)(ms % 1000) * 1000000};
	return 0;
}

static void
interrupt_each_read(int64_t *by)
{
	struct clock clock;

	clock_real(&clock);
	for (interrupted = 1; interrupted <= MOST_READS; interrupted++) {
		struct now now;

		reads = 0;
		goes_by = by;
		now = clock_now(&clock);
		assert_int_equal(now.at, APART + now.awake + now.slept);
		assert_int_equal(now.awake, awake);
		assert_int_equal(now.slept, slept);
		if (reads < interrupted)
			return;
	}
	fail_msg("it reads the clocks more than %d times", MOST_READS);
}

static void
asleep_between_two_reads(void **state)
{
	(void)state;
	interrupt_each_read(&slept);
}

static void
held_up_between_two_reads(void **state)
{
	(void)state;
	interrupt_each_read(&awake);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(asleep_between_two_reads),
		cmocka_unit_test(held_up_between_two_reads),
	};

	return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
