/* step - ns for each event of a random life: the generated machine, and the same one written by hand.
 *
 * The same events go to both, and their answers are compared first: states, context, timers and effects, for
 * several settings. usage: step [EVENTS]; prints `NAME NUMBER` lines, exits with 1 on a difference. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "switch.h"

#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define STREAM 32768	/* events: their 3 MB stay in the cache, and are too many for a branch predictor to learn */
#define ROUNDS 15

struct life {
	struct machine machine;	/* what the next event may be depends on it: due timers */
	uint64_t dice;
	int64_t at, awake;
};

/* splitmix64 */
static uint64_t
throw(struct life *l)
{
	uint64_t z = l->dice += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static int64_t
below(struct life *l, int64_t n)
{
	return (int64_t)(throw(l) % (uint64_t)n);
}

static void
pass_time(struct life *l)
{
	static const int64_t paces[] = {1, 1000, MINUTE, 10 * MINUTE, HOUR, DAY};
	int64_t ms = below(l, paces[below(l, 6)]);

	l->at += ms;
	l->awake += ms;
}

static void
fill(struct life *l, struct event *e)
{
	switch (e->kind) {
	case EV_REQUIRED:
		e->version = 2 + below(l, 4);
		e->target = e->version + below(l, 3) - 1;
		/* Often the same deadline as before: a recheck. */
		e->deadline = below(l, 2) && l->machine.required ? l->machine.deadline : l->at + below(l, 14 * DAY) - 4 * DAY;
		e->installed = below(l, 4) ? 0 : 1 + below(l, 3);
		break;
	case EV_COMPLIANT:
		e->installed = below(l, 2) ? 0 : 1 + below(l, 5);
		break;
	case EV_BOOTED:
		e->version = 1 + below(l, 4);
		l->awake = below(l, MINUTE);
		break;
	case EV_REMIND:
		e->for_ = 1 + below(l, 2 * DAY);
		break;
	case EV_CLOCK:
		e->was = l->at;
		l->at += below(l, 4 * HOUR) - 2 * HOUR;
		break;
	case EV_PROGRESS:
		e->percent = below(l, 120);
		break;
	case EV_TIMER:
		e->timer = (enum timer)below(l, TIMERS);
		break;
	default:
		break;
	}
}

/* A due timer, most often; else anything, but the ends of things seldom. */
static void
live(struct life *l, struct event *e)
{
	enum timer due;

	memset(e, 0, sizeof *e);
	pass_time(l);
	if (below(l, 8) && machine_due(&l->machine, l->at, l->awake, &due)) {
		e->kind = EV_TIMER;
		e->timer = due;
	} else {
		do
			e->kind = (enum event_kind)below(l, EVENTS);
		while ((e->kind == EV_COMPLIANT || e->kind == EV_TIMER) && below(l, 8));
		fill(l, e);
	}
	e->at = l->at;
	e->awake = l->awake;
}

static bool
same_effect(const struct effect *a, const struct effect *b)
{
	const struct kind *k = &machine_effect[a->kind];

	if (a->kind != b->kind)
		return false;
	for (unsigned i = 0; i < k->field_count; i++)
		if (memcmp((const char *)a + k->fields[i].offset, (const char *)b + k->fields[i].offset, sizeof(int64_t)))
			return false;
	return true;
}

static bool
same_timers(const struct machine *m, const struct hand *h)
{
	for (enum timer t = 0; t < TIMERS; t++) {
		int64_t left = machine_left(m, t, 0, 0);

		/* machine_left is never negative; with both clocks at 0 it is the instant itself. */
		if (machine_armed(m, t) != (h->due[t] != NEVER) || (left != NEVER && left != (h->due[t] > 0 ? h->due[t] : 0)))
			return false;
	}
	return true;
}

static bool
same(const struct machine *m, const struct hand *h, const struct effects *a, const struct effects *b)
{
	if (m->state[REGION_UPDATE] != h->update || m->state[REGION_CACHE] != h->cache || a->count != b->count)
		return false;
	for (unsigned i = 0; i < a->count; i++)
		if (!same_effect(&a->list[i], &b->list[i]))
			return false;
	return m->required == h->required && m->target == h->target && m->installed == h->installed &&
		m->deadline == h->deadline && m->floor == h->floor && m->snooze == h->snooze &&
		m->attempts == h->attempts && m->progress == h->progress && m->session == h->session &&
		m->busy == h->busy && m->info == h->info && m->banner_up == h->banner_up && same_timers(m, h);
}

static void
tell(const struct event *e, const struct machine *before, const struct machine *m, const struct hand *h,
	const struct effects *a, const struct effects *b)
{
	fprintf(stderr, "step: %s %s in %s (%s): the machine goes to %s (%s), by hand to %s (%s)\n",
		machine_event[e->kind].name, e->kind == EV_TIMER ? machine_timer[e->timer] : "",
		machine_state[before->state[0]].path, machine_state[before->state[1]].path, machine_state[m->state[0]].path,
		machine_state[m->state[1]].path, machine_state[h->update].path, machine_state[h->cache].path);
	for (unsigned i = 0; i < a->count; i++)
		fprintf(stderr, "  machine: %s\n", machine_effect[a->list[i].kind].name);
	for (unsigned i = 0; i < b->count; i++)
		fprintf(stderr, "  by hand: %s\n", machine_effect[b->list[i].kind].name);
	for (enum timer t = 0; t < TIMERS; t++)
		fprintf(stderr, "  %-10s %20" PRId64 " %20" PRId64 "\n", machine_timer[t],
			machine_armed(m, t) ? machine_left(m, t, 0, 0) : NEVER, h->due[t]);
}

static bool seen[STATES][EVENTS];

/* A life of so many events, recorded in stream when there is one. False: the two came apart. */
static bool
compare(const struct settings *s, uint64_t seed, unsigned count, struct event *stream)
{
	struct life l = {.dice = seed, .at = 1700000000000, .awake = 1000};
	struct effects a, b;
	struct event e;
	struct hand h;

	machine_init(&l.machine, s);
	hand_init(&h, s);
	for (unsigned i = 0; i < count; i++) {
		struct machine before = l.machine;

		live(&l, &e);
		machine_step(&l.machine, &e, &a);
		hand_step(&h, &e, &b);
		if (!same(&l.machine, &h, &a, &b)) {
			tell(&e, &before, &l.machine, &h, &a, &b);
			return false;
		}
		seen[before.state[REGION_UPDATE]][e.kind] = true;
		if (stream)
			stream[i] = e;
	}
	return true;
}

static double
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static unsigned effects_made;	/* so that nothing is optimized away */

static double
time_machine(const struct settings *s, const struct event *stream)
{
	struct effects fx;
	struct machine m;
	double start = now_ns();

	machine_init(&m, s);
	for (unsigned i = 0; i < STREAM; i++) {
		machine_step(&m, &stream[i], &fx);
		effects_made += fx.count;
	}
	return (now_ns() - start) / STREAM;
}

static double
time_hand(const struct settings *s, const struct event *stream)
{
	struct effects fx;
	struct hand h;
	double start = now_ns();

	hand_init(&h, s);
	for (unsigned i = 0; i < STREAM; i++) {
		hand_step(&h, &stream[i], &fx);
		effects_made += fx.count;
	}
	return (now_ns() - start) / STREAM;
}

static void
measure(const struct settings *s, const struct event *stream)
{
	double machine = 1e9, hand = 1e9, ns;

	/* Turn by turn, and the best of each: whatever else this computer does hits both. */
	for (unsigned round = 0; round < ROUNDS; round++) {
		ns = time_machine(s, stream);
		machine = ns < machine ? ns : machine;
		ns = time_hand(s, stream);
		hand = ns < hand ? ns : hand;
	}
	printf("step_ns %.1f\nswitch_ns %.1f\nmachine_bytes %zu\n", machine, hand, sizeof(struct machine));
}

static unsigned
cells_seen(void)
{
	unsigned count = 0;

	for (unsigned s = 0; s < STATES; s++)
		for (unsigned e = 0; e < EVENTS; e++)
			count += seen[s][e];
	return count;
}

int
main(int argc, char **argv)
{
	static struct event stream[STREAM];
	unsigned count = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 200000;
	struct settings s = {.window = 5 * DAY, .repeat = DAY, .length = 30 * MINUTE, .warn_every = 5 * MINUTE,
		.retry_wait = 15 * MINUTE, .retry_times = 3, .recheck = 6 * HOUR, .cache = 1, .close_apps = 1,
		.unattended = 1};

	if (!compare(&s, 1, STREAM, stream))
		return 1;
	measure(&s, stream);
	for (unsigned i = 0; i < 16; i++) {
		s.cache = i & 1;
		s.close_apps = i >> 1 & 1;
		s.unattended = i >> 2 & 1;
		s.minimum = i >> 3 & 1 ? 2 * DAY : 0;
		s.retry_times = i % 3;
		if (!compare(&s, i, count / 16, NULL))
			return 1;
	}
	printf("compared %u\ncells %u\n", STREAM + count, cells_seen());
	return effects_made == 0;
}
