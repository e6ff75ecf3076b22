/* Names the steps (C functions) and sequences (arrays of steps) that states and transitions do. Equal ones are shared:
 * compile time grows with the number of functions. */
#include "passes.h"

static const char *
key_of(const struct item *item)
{
	const char *key;

	switch (item->kind) {
	case ITEM_ACTION:
		return keep_format("action_%s", item->action->c_name);
	case ITEM_REARM:
		return keep_format("arm_%s", item->timer->c_name);
	case ITEM_STOP:
		return keep_format("stop_%s", item->timer->c_name);
	case ITEM_EFFECT:
		break;
	}
	key = keep_format("effect_%s", item->effect->c_name);
	for (size_t i = 0; i < item->effect->fields.count; i++)
		key = keep_format("%s %s", key, item->args[i]->text);
	return key;
}

/* Returns the name of the step's function. Equal effects share the function of the first. */
static const char *
share_item(struct machine *m, struct item *item)
{
	const char *key = key_of(item);
	struct item *first = names_find(&m->effect_steps, key);

	if (item->kind != ITEM_EFFECT)
		return key;
	if (!first) {
		item->function = keep_format("effect_%s_%zu", item->effect->c_name, m->effect_steps.count + 1);
		names_add(&m->effect_steps, key, item);
		first = item;
	}
	return first->function;
}

static const char *
share_sequence(struct machine *m, const char *functions)
{
	const char *name = names_find(&m->sequences, functions);

	if (!*functions || name)
		return name;
	name = keep_format("do_%zu", m->sequences.count + 1);
	names_add(&m->sequences, functions, (void *)name);
	return name;
}

static const char *
with_timers(const struct state *s, const char *how)
{
	const char *functions = "";

	for (unsigned i = 0; i < s->arm_count; i++)
		functions = keep_format("%s%s_%s, ", functions, how, s->arms[i]->c_name);
	return functions;
}

static const char *
with_items(struct machine *m, const struct doing *doing)
{
	const char *functions = "";

	for (unsigned i = 0; i < doing->count; i++)
		functions = keep_format("%s%s, ", functions, share_item(m, &doing->items[i]));
	return functions;
}

/* Returns the list of the guards of the handler's symbols, with "" for those that the handler does not ask. */
static const char *
share_guards(struct machine *m, const struct alphabet *a, const struct handler *h)
{
	const char *list = "", *name;

	for (unsigned i = 0; i < a->guard_count; i++) {
		bool asked = false;

		for (unsigned j = 0; j < h->guard_count; j++)
			asked |= h->guards[j] == a->guards[i];
		list = keep_format("%s\"%s\", ", list, asked ? a->guards[i]->name : "");
	}
	name = names_find(&m->guard_lists, list);
	if (!name) {
		name = keep_format("asks_%zu", m->guard_lists.count + 1);
		names_add(&m->guard_lists, list, (void *)name);
	}
	return name;
}

static void
share_handler(struct machine *m, struct handler *h)
{
	if (h)
		h->asks = share_guards(m, &h->state->region->alphabets[h == h->state->choice ?
			m->trigger_count + h->state->index : h->trigger], h);
	for (unsigned i = 0; h && i < h->count; i++)
		h->branches[i].doing.sequence = share_sequence(m, with_items(m, &h->branches[i].doing));
}

/* Timers start before a state's enter list and stop after its leave list. */
static void
share_state(struct machine *m, struct state *s)
{
	if (s->parent) {
		s->enter.sequence = share_sequence(m, keep_format("%s%s", with_timers(s, "arm"), with_items(m, &s->enter)));
		s->leave.sequence = share_sequence(m, keep_format("%s%s", with_items(m, &s->leave), with_timers(s, "stop")));
	}
	for (unsigned i = 0; i < s->handler_count; i++)
		if (s->handlers[i]->live)
			share_handler(m, s->handlers[i]);
	share_handler(m, s->choice);
}

void
share(struct machine *m)
{
	for (size_t i = 0; i < m->regions.count; i++)
		share_state(m, model_region(m, i)->root);
	for (unsigned i = 0; i < m->state_count; i++)
		share_state(m, m->states[i]);
}
