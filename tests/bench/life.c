#include "life.h"

#include <string.h>
#include <time.h>

const struct settings life_settings = {.window = 5 * DAY, .repeat = DAY, .length = 30 * MINUTE, .warn_every = 5 * MINUTE,
	.retry_wait = 15 * MINUTE, .retry_times = 3, .recheck = 6 * HOUR, .cache = 1, .close_apps = 1, .unattended = 1};

/* splitmix64 */
static uint64_t
throw_dice(struct life *l)
{
	uint64_t z = l->dice += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static int64_t
below(struct life *l, int64_t n)
{
	return (int64_t)(throw_dice(l) % (uint64_t)n);
}

static void
pass_time(struct life *l)
{
	static const int64_t paces[] = {1, 1000, MINUTE, 10 * MINUTE, HOUR, DAY};
	int64_t ms = below(l, paces[below(l, 6)]);

	l->at += ms;
	l->awake += ms;
}

static int64_t
random_value(struct life *l, enum event_kind kind, const struct field *f)
{
	if (f->optional && below(l, 3))
		return 0;
	if (strcmp(f->type, "flag") == 0)
		return below(l, 2);
	if (strcmp(f->type, "count") == 0)
		return below(l, 120);
	if (strcmp(f->type, "duration") == 0)
		return 1 + below(l, 2 * DAY);
	/* A version. Boots mostly bring one below the required version; otherwise most lives would have nothing to do. */
	if (strcmp(f->type, "instant") != 0)
		return below(l, 4) + (kind == EV_REQUIRED && !f->optional ? 2 : 1);
	/* Half of the time the same deadline as before, as when the agent assesses again. */
	if (below(l, 2))
		l->deadline = l->at + below(l, 14 * DAY) - 4 * DAY;
	return l->deadline;
}

static void
fill_fields(struct life *l, struct event *e)
{
	const struct kind *k = &machine_event[e->kind];

	for (unsigned i = 0; i < k->field_count; i++) {
		int64_t value = random_value(l, e->kind, &k->fields[i]);

		memcpy((char *)e + k->fields[i].offset, &value, sizeof value);
	}
	if (e->kind == EV_TIMER)
		e->timer = (enum timer)below(l, TIMERS);
	if (e->kind == EV_BOOTED)
		l->awake = below(l, MINUTE);
	if (e->kind == EV_CLOCK) {
		e->was = l->at;
		l->at += below(l, 4 * HOUR) - 2 * HOUR;
	}
}

void
life_begin(struct life *l, uint64_t seed)
{
	*l = (struct life){.dice = seed, .at = 1700000000000, .awake = 1000};
}

void
life_next(struct life *l, const struct machine *m, struct event *e)
{
	enum timer due;

	memset(e, 0, sizeof *e);
	pass_time(l);
	if (below(l, 8) && machine_due(m, l->at, l->awake, &due)) {
		e->kind = EV_TIMER;
		e->timer = due;
	} else {
		/* `compliant` would soon end every life, and a timer that is not due means little: both are rare. */
		do
			e->kind = (enum event_kind)below(l, EVENTS);
		while ((e->kind == EV_COMPLIANT || e->kind == EV_TIMER) && below(l, 8));
		fill_fields(l, e);
	}
	e->at = l->at;
	e->awake = l->awake;
}

double
life_now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

double
life_time_machine(const struct settings *s, const struct event stream[STREAM], unsigned *effects)
{
	struct effects fx;
	struct machine m;
	double start = life_now_ns();

	machine_init(&m, s);
	for (unsigned i = 0; i < STREAM; i++) {
		machine_step(&m, &stream[i], &fx);
		*effects += fx.count;
	}
	return (life_now_ns() - start) / STREAM;
}
