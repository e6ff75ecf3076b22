/* Checks that states can be reached and left. */
#include "passes.h"

static void
reach(struct state *leaf)
{
	for (struct state *s = leaf; s; s = s->parent)
		s->reached = true;
}

/* Marks what one step of the handler reaches. Returns true if something is new. */
static bool
spread_handler(const struct handler *h)
{
	bool new = false;

	for (unsigned i = 0; i < h->count; i++) {
		struct state *leaf = h->branches[i].leaf;

		if (!leaf || leaf->reached)
			continue;
		reach(leaf);
		new = true;
	}
	return new;
}

static bool
spread(const struct machine *m, struct state *s)
{
	bool new = false;

	if (s->choice)
		return spread_handler(s->choice);
	for (unsigned i = 0; i < m->trigger_count; i++)
		if (s->cells[i].handler)
			new |= spread_handler(s->cells[i].handler);
	return new;
}

static void
reach_all(const struct machine *m, const struct region *r)
{
	struct state *first = r->root;
	bool new = true;

	while (first->initial)
		first = first->initial;
	reach(first);
	while (new) {
		new = false;
		for (unsigned i = 0; i < r->state_count; i++)
			if (r->states[i]->reached && model_is_leaf(r->states[i]))
				new |= spread(m, r->states[i]);
	}
}

static void
check_reached(struct machine *m, const struct state *s)
{
	if (!s->reached && (!s->parent || s->parent->reached))
		model_error(m, s->place, "state \"%s\" cannot be reached: no transition leads to it", s->path);
	for (unsigned i = 0; i < s->child_count; i++)
		check_reached(m, s->children[i]);
}

static bool
leads_away(const struct machine *m, const struct state *s)
{
	for (unsigned i = 0; i < m->trigger_count; i++)
		for (unsigned j = 0; s->cells[i].handler && j < s->cells[i].handler->count; j++)
			if (s->cells[i].handler->branches[j].leaf && s->cells[i].handler->branches[j].leaf != s)
				return true;
	return false;
}

static void
check_ways_out(struct machine *m, const struct region *r)
{
	unsigned waiting = 0;

	for (unsigned i = 0; i < r->state_count; i++)
		waiting += r->states[i]->cells != NULL;
	for (unsigned i = 0; waiting > 1 && i < r->state_count; i++) {
		const struct state *s = r->states[i];

		if (s->cells && s->reached && !leads_away(m, s))
			model_error(m, s->place, "there is no way out of state \"%s\": no event or timer leads to another", s->path);
	}
}

enum { NEW, ON_THE_WAY, DONE };

/* Choices follow each other at once, so a cycle of them would never end. */
static void
check_circle(struct machine *m, struct state *s)
{
	if (!s->choice || s->chosen == DONE)
		return;
	s->chosen = ON_THE_WAY;
	for (unsigned i = 0; i < s->choice->count; i++) {
		const struct branch *b = &s->choice->branches[i];

		if (b->leaf && b->leaf->chosen == ON_THE_WAY)
			model_error(m, b->target_place, "these choices go round in a circle: \"%s\" leads back to \"%s\"", s->path,
				b->leaf->path);
		else if (b->leaf)
			check_circle(m, b->leaf);
	}
	s->chosen = DONE;
}

void
walk(struct machine *m)
{
	for (size_t i = 0; i < m->regions.count; i++) {
		struct region *r = model_region(m, i);

		reach_all(m, r);
		for (unsigned j = 0; j < r->root->child_count; j++)
			check_reached(m, r->root->children[j]);
		check_ways_out(m, r);
		for (unsigned j = 0; j < r->state_count; j++)
			check_circle(m, r->states[j]);
	}
}
