/* by_hand - compares the frozen machine (frozen.yaml) with the switch by hand, and measures both.
 *
 * The same random events go to both, under several settings; states, context, timers and effects must agree.
 * usage: by_hand [EVENTS]; prints `NAME NUMBER` lines, exits with 1 on a difference. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "life.h"
#include "switch.h"

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
show_difference(const struct event *e, const struct machine *before, const struct machine *m, const struct hand *h,
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

/* Plays a random life of `count` events and records them in stream, unless that is NULL. Returns false if the answers
 * differ. */
static bool
compare(const struct settings *s, uint64_t seed, unsigned count, struct event *stream)
{
	struct effects a, b;
	struct machine m;
	struct event e;
	struct life l;
	struct hand h;

	life_begin(&l, seed);
	machine_init(&m, s);
	hand_init(&h, s);
	for (unsigned i = 0; i < count; i++) {
		struct machine before = m;

		life_next(&l, &m, &e);
		machine_step(&m, &e, &a);
		hand_step(&h, &e, &b);
		if (!same(&m, &h, &a, &b)) {
			show_difference(&e, &before, &m, &h, &a, &b);
			return false;
		}
		seen[before.state[REGION_UPDATE]][e.kind] = true;
		if (stream)
			stream[i] = e;
	}
	return true;
}

static double
time_hand(const struct settings *s, const struct event *stream, unsigned *effects)
{
	struct effects fx;
	struct hand h;
	double start = life_now_ns();

	hand_init(&h, s);
	for (unsigned i = 0; i < STREAM; i++) {
		hand_step(&h, &stream[i], &fx);
		*effects += fx.count;
	}
	return (life_now_ns() - start) / STREAM;
}

static void
measure(const struct settings *s, const struct event *stream)
{
	double machine = 1e9, hand = 1e9, ns;
	unsigned effects = 0;

	/* Measures the two in turn and takes the best of each, so that other load on this computer hits both. */
	for (unsigned round = 0; round < ROUNDS; round++) {
		ns = life_time_machine(s, stream, &effects);
		machine = ns < machine ? ns : machine;
		ns = time_hand(s, stream, &effects);
		hand = ns < hand ? ns : hand;
	}
	printf("frozen_ns %.1f\nswitch_ns %.1f\neffects %u\n", machine, hand, effects);
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
	struct settings s = life_settings;

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
	return 0;
}
