/* Looks up target and initial states. */
#include "passes.h"

#include <string.h>

static struct state *
find_by_last_name(struct machine *m, struct region *r, const char *text, struct place place)
{
	struct state *found = NULL;
	const char *candidates = NULL;
	unsigned count = 0;

	for (unsigned i = 0; i < r->state_count; i++) {
		if (strcmp(r->states[i]->name, text) != 0)
			continue;
		candidates = count++ ? keep_format("%s, %s", candidates, r->states[i]->path) : r->states[i]->path;
		found = r->states[i];
	}
	if (count == 1)
		return found;
	if (count > 1)
		model_error(m, place, "\"%s\" may be any of %s: write the whole path", text, candidates);
	else
		model_error(m, place, "unknown state \"%s\" in region \"%s\"%s", text, r->name,
			*names_hint(&r->paths, text) ? names_hint(&r->paths, text) : names_hint(&r->last_names, text));
	return NULL;
}

/* Finds a state by its path, or by its last name if no other state of the region has that. */
static struct state *
find_state(struct machine *m, struct region *r, const char *text, struct place place)
{
	struct state *found = names_find(&r->paths, text);

	return found ? found : find_by_last_name(m, r, text, place);
}

static bool
resolve_initial(struct machine *m, struct state *s)
{
	struct names names = {0};

	if (!s->child_count)
		return true;
	if (!s->initial_text) {
		model_error(m, s->place, "%s \"%s\" has states inside, so it needs initial: %s",
			s->parent ? "state" : "region", s->name, s->children[0]->name);
		return false;
	}
	for (unsigned i = 0; i < s->child_count; i++)
		names_add(&names, s->children[i]->name, s->children[i]);
	s->initial = names_find(&names, s->initial_text);
	if (!s->initial)
		model_error(m, s->initial_place, "initial: expected a state right inside \"%s\", found \"%s\"%s", s->name,
			s->initial_text, names_hint(&names, s->initial_text));
	return s->initial;
}

/* Returns NULL if an initial state on the way is unknown. */
static struct state *
initial_leaf(struct state *s)
{
	while (s && !model_is_leaf(s))
		s = s->initial;
	return s;
}

/* Returns the innermost state that the transition does not leave: the declaring state if the target is inside it. */
static struct state *
innermost_kept(struct state *declaring, const struct state *target)
{
	struct state *top = target->parent;

	if (declaring != target && model_inside(target, declaring))
		return declaring;
	while (!model_inside(declaring, top))
		top = top->parent;
	return top;
}

static bool
resolve_branch(struct machine *m, struct state *s, struct branch *b)
{
	if (!b->target_text)
		return true;
	b->target = find_state(m, s->region, b->target_text, b->target_place);
	if (!b->target)
		return false;
	b->leaf = initial_leaf(b->target);
	b->top = innermost_kept(b->answers_for ? b->answers_for : s, b->target);
	return b->leaf;
}

static bool
resolve_handler(struct machine *m, struct handler *h)
{
	bool good = true;

	for (unsigned i = 0; i < h->count; i++)
		good &= resolve_branch(m, h->state, &h->branches[i]);
	h->broken |= !good;
	return good;
}

static bool
resolve_choice(struct machine *m, struct state *s)
{
	bool good = resolve_handler(m, s->choice);

	for (unsigned i = 0; i < s->choice->count; i++)
		if (!s->choice->branches[i].target_text && !s->choice->broken) {
			model_error(m, s->choice->branches[i].place, "a choice needs to: the state that follows");
			good = false;
		}
	return good;
}

static bool
resolve_state(struct machine *m, struct state *s)
{
	bool good = !s->broken;

	for (unsigned i = 0; i < s->handler_count; i++)
		good &= resolve_handler(m, s->handlers[i]);
	if (s->choice)
		good &= resolve_choice(m, s);
	return good;
}

bool
resolve(struct machine *m)
{
	bool good = true;

	/* Initial states first: targets end in them. */
	for (size_t i = 0; i < m->regions.count; i++) {
		struct region *r = model_region(m, i);

		good &= resolve_initial(m, r->root);
		for (unsigned j = 0; j < r->state_count; j++)
			good &= resolve_initial(m, r->states[j]);
	}
	for (size_t i = 0; i < m->regions.count; i++) {
		struct region *r = model_region(m, i);
		const struct state *first = initial_leaf(r->root);

		good &= resolve_state(m, r->root);
		for (unsigned j = 0; j < r->state_count; j++)
			good &= resolve_state(m, r->states[j]);
		if (first && first->choice)
			model_error(m, r->root->initial_place, "a region cannot begin in \"%s\": nothing has happened yet to "
				"choose by", first->path);
	}
	return good;
}
