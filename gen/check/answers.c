/* Copies the answers that states take into them: ahead of what the state itself, and the states inside it, say. */
#include "passes.h"

static struct handler *
handler_of(const struct state *s, unsigned trigger)
{
	for (unsigned i = 0; i < s->handler_count; i++)
		if (s->handlers[i]->trigger == trigger)
			return s->handlers[i];
	return NULL;
}

static struct handler *
add_handler(struct state *s, unsigned trigger, struct place place)
{
	struct handler *h = keep(sizeof(*h));

	*h = (struct handler){.place = place, .state = s, .trigger = trigger};
	return s->handlers[s->handler_count++] = h;
}

static void
merge_guards(struct machine *m, struct handler *h, const struct handler *answer)
{
	for (unsigned i = 0; i < answer->guard_count; i++) {
		unsigned j = 0;

		while (j < h->guard_count && h->guards[j] != answer->guards[i])
			j++;
		if (j == GUARDS_MAX) {
			model_error(m, h->place, "more than %d guards for one event, its answers included", GUARDS_MAX);
			h->broken = true;
			return;
		}
		if (j == h->guard_count)
			h->guards[h->guard_count++] = answer->guards[i];
	}
}

static void
put_before(struct machine *m, struct handler *h, const struct handler *answer, struct state *taker)
{
	struct branch *branches = keep((answer->count + h->count + 1) * sizeof(*branches));

	for (unsigned i = 0; i < answer->count; i++) {
		branches[i] = answer->branches[i];
		branches[i].answers_for = taker;
	}
	for (unsigned i = 0; i < h->count; i++)
		branches[answer->count + i] = h->branches[i];
	h->branches = branches;
	h->count += answer->count;
	h->broken |= answer->broken;
	merge_guards(m, h, answer);
}

static void
answer_in(struct machine *m, struct state *s, const struct handler *answer, struct state *taker, struct place place)
{
	struct handler *h = handler_of(s, answer->trigger);

	if (s->choice)
		return;
	if (s != taker && s->ignores[answer->trigger].line && !s->ignored_with_group[answer->trigger])
		model_error(m, s->ignores[answer->trigger], "event \"%s\" is ignored here, but answered first by \"%s\" (line %u)",
			model_event(m, answer->trigger)->name, taker->path, place.line);
	if (s != taker && s->ignored_with_group[answer->trigger])
		s->ignores[answer->trigger].line = 0;
	if (s == taker && !h)
		h = add_handler(s, answer->trigger, place);
	if (h)
		put_before(m, h, answer, taker);
	for (unsigned i = 0; i < s->child_count; i++)
		answer_in(m, s->children[i], answer, taker, place);
}

/* Answers taken by a state are taken by every state inside it. */
static bool
taken_already(struct machine *m, const struct state *s, unsigned taken)
{
	for (const struct state *outer = s; outer; outer = outer->parent)
		for (unsigned i = 0; i < (outer == s ? taken : outer->answer_count); i++)
			if (outer->answers[i] == s->answers[taken]) {
				model_error(m, s->answer_places[taken], "answers \"%s\" are taken %s already", s->answers[taken]->name,
					outer == s ? "here" : "by a state around this one");
				return true;
			}
	return false;
}

static void
take_in_state(struct machine *m, struct state *s)
{
	for (unsigned i = 0; i < s->answer_count; i++)
		for (unsigned j = 0; !taken_already(m, s, i) && j < s->answers[i]->count; j++)
			answer_in(m, s, s->answers[i]->handlers[j], s, s->answer_places[i]);
}

void
take_answers(struct machine *m)
{
	for (size_t i = 0; i < m->regions.count; i++)
		take_in_state(m, model_region(m, i)->root);
	for (unsigned i = 0; i < m->state_count; i++)
		take_in_state(m, m->states[i]);
}
