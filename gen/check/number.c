/* Numbers symbols and transitions for Ragel. */
#include "passes.h"

#include <string.h>

enum { SYMBOLS_MAX = 65535 };

static void
add_guards(struct machine *m, struct alphabet *a, const struct handler *h)
{
	for (unsigned i = 0; i < h->guard_count; i++) {
		unsigned j = 0;

		while (j < a->guard_count && a->guards[j] != h->guards[i])
			j++;
		if (j == GUARDS_MAX) {
			model_error(m, h->place, "the states of region \"%s\" ask more than %d guards about \"%s\": 2 to that power "
				"is more than can be told apart", h->state->region->name, GUARDS_MAX,
				model_trigger_name(m, h->trigger));
			return;
		}
		if (j == a->guard_count)
			a->guards[a->guard_count++] = h->guards[i];
	}
	a->size = 1u << a->guard_count;
}

static void
add_all_guards(struct machine *m, struct alphabet *a, struct state *s, unsigned trigger)
{
	for (unsigned i = 0; i < s->handler_count; i++)
		if (s->handlers[i]->trigger == trigger && s->handlers[i]->live)
			add_guards(m, a, s->handlers[i]);
}

static void
number_symbols(struct machine *m, struct region *r)
{
	r->alphabets = keep((m->trigger_count + m->state_count + 1) * sizeof(*r->alphabets));
	for (unsigned i = 0; i < r->root->handler_count; i++)
		add_all_guards(m, &r->alphabets[r->root->handlers[i]->trigger], r->root, r->root->handlers[i]->trigger);
	for (unsigned i = 0; i < r->state_count; i++) {
		struct state *s = r->states[i];

		for (unsigned j = 0; j < s->handler_count; j++)
			add_all_guards(m, &r->alphabets[s->handlers[j]->trigger], s, s->handlers[j]->trigger);
		if (s->choice)
			add_guards(m, &r->alphabets[m->trigger_count + s->index], s->choice);
	}
	for (unsigned i = 0; i < m->trigger_count + m->state_count; i++) {
		r->alphabets[i].base = r->symbols;
		r->symbols += r->alphabets[i].size;
	}
	if (r->symbols > SYMBOLS_MAX)
		model_error(m, r->place, "region \"%s\" has %u symbols (an event with the truth of its guards), at most %d can be "
			"told apart: ask fewer guards of one event", r->name, r->symbols, SYMBOLS_MAX);
}

/* Returns the branch that the handler takes on the nth symbol of its trigger. */
static unsigned
branch_of(const struct alphabet *a, const struct handler *h, unsigned nth)
{
	unsigned truth = 0;

	for (unsigned i = 0; i < h->guard_count; i++)
		for (unsigned j = 0; j < a->guard_count; j++)
			if (a->guards[j] == h->guards[i])
				truth |= (nth >> j & 1) << i;
	return h->taken[truth];
}

/* "3|8..11" */
static void
write_symbols(const struct alphabet *a, struct handler *h)
{
	unsigned *branch = h->by_symbol = keep((a->size + 1) * sizeof(*branch));

	for (unsigned i = 0; i < a->size; i++)
		branch[i] = branch_of(a, h, i);
	for (unsigned first = 0, after; first < a->size; first = after) {
		struct branch *b = &h->branches[branch[first]];
		const char *range;

		for (after = first + 1; after < a->size && branch[after] == branch[first];)
			after++;
		range = after - first > 1 ? keep_format("%u..%u", a->base + first, a->base + after - 1)
			: keep_format("%u", a->base + first);
		b->symbols = b->symbols ? keep_format("%s|%s", b->symbols, range) : range;
	}
}

static void
number_state(struct machine *m, struct state *s)
{
	const struct region *r = s->region;

	for (unsigned i = 0; i < s->handler_count; i++)
		if (s->handlers[i]->live)
			write_symbols(&r->alphabets[s->handlers[i]->trigger], s->handlers[i]);
	if (s->choice)
		write_symbols(&r->alphabets[m->trigger_count + s->index], s->choice);
}

/* Gives each leaf transitions of its own, also for what it inherits. */
static void
number_edges(struct machine *m, struct region *r)
{
	for (unsigned i = 0; i < r->state_count; i++) {
		struct state *s = r->states[i];

		if (s->choice) {
			s->cells = keep(sizeof(*s->cells));
			s->cells[0] = (struct cell){.handler = s->choice, .edge = r->edges + 1};
			r->edges += s->choice->count;
			continue;
		}
		for (unsigned j = 0; s->cells && j < m->trigger_count; j++)
			if (s->cells[j].handler) {
				s->cells[j].edge = r->edges + 1;
				r->edges += s->cells[j].handler->count;
			}
	}
}

static unsigned branch_effects(const struct machine *, const struct state *, const struct branch *);

static unsigned
most_effects(const struct machine *m, const struct state *from, const struct handler *h)
{
	unsigned most = 0;

	for (unsigned i = 0; i < h->count; i++) {
		unsigned n = branch_effects(m, from, &h->branches[i]);

		most = n > most ? n : most;
	}
	return most;
}

static unsigned
branch_effects(const struct machine *m, const struct state *from, const struct branch *b)
{
	unsigned n = b->doing.effects;

	if (!b->target)
		return n;
	for (const struct state *s = from; s != b->top; s = s->parent)
		n += s->leave.effects;
	for (const struct state *s = b->leaf; s != b->top; s = s->parent)
		n += s->enter.effects;
	if (b->leaf->choice && !b->leaf->effects_known) {
		b->leaf->effects_known = true;
		b->leaf->effects_max = most_effects(m, b->leaf, b->leaf->choice);
	}
	return n + b->leaf->effects_max;
}

static unsigned
region_effects(const struct machine *m, const struct region *r, unsigned trigger)
{
	unsigned most = 0;

	for (unsigned i = 0; i < r->state_count; i++) {
		const struct state *s = r->states[i];
		unsigned n = s->cells && !s->choice && s->cells[trigger].handler
			? most_effects(m, s, s->cells[trigger].handler) : 0;

		most = n > most ? n : most;
	}
	return most;
}

void
number(struct machine *m)
{
	for (unsigned trigger = 0; trigger < m->trigger_count; trigger++) {
		unsigned n = 0;

		for (size_t i = 0; i < m->regions.count; i++)
			n += region_effects(m, model_region(m, i), trigger);
		m->effects_max = n > m->effects_max ? n : m->effects_max;
	}
	for (size_t i = 0; i < m->regions.count; i++) {
		struct region *r = model_region(m, i);

		number_symbols(m, r);
		if (m->messages->errors)
			continue;
		number_state(m, r->root);
		for (unsigned j = 0; j < r->state_count; j++)
			number_state(m, r->states[j]);
		number_edges(m, r);
	}
}
