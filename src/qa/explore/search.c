/* search - breadth first over packed worlds, each once. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "text/memory.h"
#include "explore.h"

static uint32_t
hash_world(const uint8_t packed[PACKED_MAX])
{
	uint64_t h = 0, word;

	for (unsigned i = 0; i < PACKED_MAX; i += sizeof word) {
		memcpy(&word, packed + i, sizeof word);
		h = (h ^ word) * 0x9e3779b97f4a7c15;
		h ^= h >> 32;
	}
	return (uint32_t)h;
}

/* Returns the bucket of a world, or the empty one where it belongs. */
static struct bucket *
find_bucket(const struct search *s, const uint8_t packed[PACKED_MAX], uint32_t hashed)
{
	size_t at = hashed & (s->bucket_count - 1);

	while (s->buckets[at].node && (s->buckets[at].hash != hashed ||
			memcmp(s->worlds[s->buckets[at].node - 1], packed, PACKED_MAX) != 0))
		at = (at + 1) & (s->bucket_count - 1);
	return &s->buckets[at];
}

static void
grow_table(struct search *s)
{
	struct bucket *old = s->buckets;
	size_t old_count = s->room ? s->bucket_count : 0;

	s->worlds = memory_resize(s->worlds, s->bucket_count * sizeof *s->worlds);
	s->nodes = memory_resize(s->nodes, s->bucket_count * sizeof *s->nodes);
	s->room = s->bucket_count;
	s->bucket_count *= 2;
	s->buckets = calloc(s->bucket_count, sizeof *s->buckets);
	if (!s->buckets)
		memory_out();
	for (size_t i = 0; i < old_count; i++)
		if (old[i].node) {
			size_t at = old[i].hash & (s->bucket_count - 1);

			while (s->buckets[at].node)
				at = (at + 1) & (s->bucket_count - 1);
			s->buckets[at] = old[i];
		}
	free(old);
}

static void
insert_world(struct search *s, const struct pending *p)
{
	struct bucket *b = find_bucket(s, p->packed, p->hash);

	if (b->node)
		return;
	if (s->count == s->room) {
		grow_table(s);
		b = find_bucket(s, p->packed, p->hash);
	}
	*b = (struct bucket){(uint32_t)s->count + 1, p->hash};
	memcpy(s->worlds[s->count], p->packed, PACKED_MAX);
	s->nodes[s->count++] = p->step;
}

/* Inserts all worlds that one leads to together, so that memory is fetched for several at a time. */
static void
insert_pending(struct search *s)
{
	for (unsigned i = 0; i < s->pending_count; i++) {
		uint32_t node = s->buckets[s->pending[i].hash & (s->bucket_count - 1)].node;

		if (node)
			__builtin_prefetch(s->worlds[node - 1]);
	}
	for (unsigned i = 0; i < s->pending_count; i++)
		insert_world(s, &s->pending[i]);
	s->pending_count = 0;
}

/* Notes the promises that a step breaks, and the world it leads to. Often that is the world it came from, which need not be
 * looked up. */
static void
add_pending(struct search *s, const struct world *from, const struct world *to, struct node step, uint32_t broken)
{
	struct pending *p = &s->pending[s->pending_count];
	enum packing packing;

	s->steps++;
	for (broken &= ~s->broken; broken; broken &= broken - 1) {
		s->broken |= broken & -broken;
		s->breaking[watch_first(broken)] = step;
		s->stop = s->first_only;
	}
	if (from && !memcmp(from, to, sizeof *to))
		return;
	packing = explore_pack(to, p->packed);
	s->off_grid |= packing == PACK_OFF_GRID;
	if (packing != PACKED)
		return;
	p->step = step;
	p->hash = hash_world(p->packed);
	__builtin_prefetch(&s->buckets[p->hash & (s->bucket_count - 1)]);
	s->pending_count++;
}

/* Ends the search if the step takes a transition that is looked for. */
static void
look_for_transition(struct search *s, const struct player *p, const struct event *e, struct node step)
{
	struct taken taken[MACHINE_TAKEN];
	unsigned count = player_taken(p, e, taken);

	for (unsigned i = 0; i < count && !s->stop; i++)
		if (!s->covered[taken[i].transition]) {
			s->found = step;
			s->found_transition = taken[i].transition;
			s->stop = true;
		}
}

static void
make_step(struct search *s, const struct world *from, unsigned move, const struct event *e, uint32_t node)
{
	const struct move *m = &s->moves[move];
	struct node step = {node, (uint16_t)(2 * move)};
	struct world w = *from;
	struct answer answer;
	uint32_t broken = explore_make_move(&w, m, e, &answer);

	if (s->covered && !s->stop && (m->kind == MOVE_EVENT || m->kind == MOVE_TIMER))
		look_for_transition(s, &from->player, e, step);
	if (s->covered)
		w.watch = (struct watch){0};	/* no promises are checked: fewer worlds differ */
	add_pending(s, from, &w, step, broken);
	if (!answer.effects.count || s->scope->automatic)
		return;
	step.move |= 1;
	broken = explore_crash_after(&w, &from->watch, e);
	add_pending(s, from, &w, step, broken);
}

enum search_end
search_run(struct search *s)
{
	struct world w;
	struct event e;

	s->move_count = explore_moves(s->scope, s->moves);
	s->bucket_count = 1 << 16;
	grow_table(s);
	if (s->from)
		w = *s->from;
	else
		explore_begin(&w, s->scope, EXPLORE_BASE * EXPLORE_UNIT);
	add_pending(s, NULL, &w, (struct node){UINT32_MAX, 0}, 0);
	s->steps = 0;
	insert_pending(s);
	for (size_t node = 0; node < s->count; node++) {
		if (s->stop)
			return s->covered ? SEARCH_FOUND : SEARCH_FULL;
		if (s->count >= s->states_max)
			return SEARCH_FULL;
		explore_unpack(s->worlds[node], s->scope, &w);
		for (unsigned move = 0; move < s->move_count; move++)
			if (explore_possible(&w, &s->moves[move], s->scope, &e))
				make_step(s, &w, move, &e, (uint32_t)node);
		insert_pending(s);
	}
	if (s->stop && s->covered)
		return SEARCH_FOUND;
	return s->off_grid ? SEARCH_OFF_GRID : SEARCH_WHOLE;
}

void
search_free(struct search *s)
{
	free(s->worlds);
	free(s->nodes);
	free(s->buckets);
}

size_t
search_way(const struct search *s, struct node last, uint16_t **way)
{
	size_t length = 1;

	for (uint32_t n = last.parent; s->nodes[n].parent != UINT32_MAX; n = s->nodes[n].parent)
		length++;
	*way = memory_resize(NULL, length * sizeof **way);
	for (size_t i = length; i-- > 0; last = s->nodes[last.parent])
		(*way)[i] = last.move;
	return length;
}
