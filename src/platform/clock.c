#include "clock.h"

#include <assert.h>
#include <time.h>

/* Reading all clocks takes less, in ms, unless the device slept or the process was held up in between. */
#define READING_MOST 100

/* While the device sleeps, CLOCK_MONOTONIC stops on Linux but counts on macOS. */
#ifdef CLOCK_UPTIME_RAW
enum { AWAKE = CLOCK_UPTIME_RAW, SINCE_BOOT = CLOCK_MONOTONIC };
#else
enum { AWAKE = CLOCK_MONOTONIC, SINCE_BOOT = CLOCK_BOOTTIME };
#endif

static int64_t
read_ms(clockid_t id)
{
	struct timespec t;
	int bad = clock_gettime(id, &t);

	assert(bad == 0);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Returns virtual ms since the clock was started or last changed its speed. */
static int64_t
elapsed(const struct clock *c)
{
	int64_t ms = (int64_t)((double)(read_ms(AWAKE) - c->from) * c->speed), most = c->hold - c->at;

	return ms < most ? ms : most > 0 ? most : 0;
}

void
clock_real(struct clock *c)
{
	*c = (struct clock){.speed = 1};
}

void
clock_scaled(struct clock *c, int64_t at, double speed)
{
	assert(at > 0 && speed > 0);
	*c = (struct clock){.speed = speed, .from = read_ms(AWAKE), .at = at, .hold = INT64_MAX};
}

void
clock_pace(struct clock *c, double speed)
{
	struct now now = clock_now(c);

	assert(c->at && speed > 0);
	c->speed = speed;
	c->from = read_ms(AWAKE);
	c->at = now.at;
	c->awake = now.awake;
}

void
clock_hold(struct clock *c, int64_t at)
{
	if (at == c->hold)
		return;
	clock_pace(c, c->speed);
	if (c->at > at) {
		c->awake -= c->at - at;
		c->at = at;
	}
	c->hold = at;
}

void
clock_boot(struct clock *c)
{
	clock_pace(c, c->speed);
	c->awake = 0;
}

struct now
clock_now(const struct clock *c)
{
	int64_t awake, since_boot, at;

	if (c->at) {
		int64_t ms = elapsed(c);

		return (struct now){.at = c->at + ms, .awake = c->awake + ms};
	}
	do {
		since_boot = read_ms(SINCE_BOOT);
		awake = read_ms(AWAKE);
		at = read_ms(CLOCK_REALTIME);
	} while (read_ms(SINCE_BOOT) - since_boot > READING_MOST);
	return (struct now){.at = at, .awake = awake, .slept = since_boot - awake};
}

int64_t
clock_utc(void)
{
	return read_ms(CLOCK_REALTIME);
}

double
clock_when(const struct clock *c, int64_t at)
{
	if (!c->at)
		return (double)at / 1000;
	return ((double)read_ms(CLOCK_REALTIME) + (double)(at - clock_now(c).at) / c->speed) / 1000;
}
