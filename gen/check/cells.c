/* Finds what each leaf does on each event and timer. */
#include "passes.h"

/* Fills cells from the outermost state inwards: what an inner state says replaces what an outer one said. */
static void
overlay(const struct machine *m, const struct state *s, struct cell *cells)
{
	if (s->parent)
		overlay(m, s->parent, cells);
	for (unsigned i = 0; i < m->events.count; i++)
		if (s->ignores[i].line)
			cells[i] = (struct cell){.ignored = s->ignores[i]};
	for (unsigned i = 0; i < s->handler_count; i++)
		cells[s->handlers[i]->trigger] = (struct cell){.handler = s->handlers[i]};
}

static void
check_contradiction(struct machine *m, const struct state *s)
{
	for (unsigned i = 0; i < s->handler_count; i++) {
		const struct handler *h = s->handlers[i];

		if (h->trigger < m->events.count && s->ignores[h->trigger].line && !s->ignored_with_group[h->trigger])
			model_error(m, s->ignores[h->trigger], "event \"%s\" is ignored here, but handled on line %u",
				model_trigger_name(m, h->trigger), h->place.line);
	}
}

static bool
handles(const struct state *s, unsigned event)
{
	for (unsigned i = 0; i < s->handler_count; i++)
		if (s->handlers[i]->trigger == event)
			return true;
	return false;
}

static void
check_groups(struct machine *m, const struct state *s)
{
	for (unsigned i = 0; i < s->ignored_group_count; i++) {
		bool any = false;

		for (unsigned j = 0; j < m->events.count; j++)
			any |= s->ignored_groups[i]->has[j] && !handles(s, j);
		if (!any)
			model_error(m, s->ignored_group_places[i], "every event of group \"%s\" is handled here, so none is ignored",
				s->ignored_groups[i]->name);
	}
}

static bool
broken(const struct state *s)
{
	while (s && !s->broken)
		s = s->parent;
	return s != NULL;
}

/* Returns true if no state inside s, or s itself, handles or ignores the event. A choice always lacks it: no event
 * reaches one. */
static bool
lacks(const struct state *s, unsigned event)
{
	if (model_is_leaf(s) && broken(s))
		return false;
	if (model_is_leaf(s))
		return s->choice || !s->cells || (!s->cells[event].handler && !s->cells[event].ignored.line);
	for (unsigned i = 0; i < s->child_count; i++)
		if (!lacks(s->children[i], event))
			return false;
	return true;
}

/* Returns true if the machine can rest in s: it has a leaf that is not a choice. */
static bool
waits(const struct state *s)
{
	for (unsigned i = 0; i < s->child_count; i++)
		if (waits(s->children[i]))
			return true;
	return model_is_leaf(s) && !s->choice;
}

/* Reports missing events once, at the outermost state that lacks them. */
static void
check_missing(struct machine *m, const struct state *s)
{
	const char *list = "";
	unsigned count = 0;

	if (!waits(s))
		return;
	for (unsigned i = 0; i < m->events.count; i++) {
		if (!lacks(s, i) || (s->parent && lacks(s->parent, i)))
			continue;
		if (count++ < 8)
			list = keep_format("%s%s\"%s\"", list, count > 1 ? ", " : "", model_event(m, i)->name);
	}
	if (count > 8)
		list = keep_format("%s and %u more", list, count - 8);
	if (count)
		model_error(m, s->place, "%s \"%s\" says nothing about event%s %s: handle %s or list %s under ignore:",
			s->parent ? "state" : "region", s->parent ? s->path : s->name, count > 1 ? "s" : "", list,
			count > 1 ? "them" : "it", count > 1 ? "them" : "it");
	for (unsigned i = 0; i < s->child_count; i++)
		check_missing(m, s->children[i]);
}

static void
fill_leaf(const struct machine *m, struct state *s)
{
	s->cells = keep((m->trigger_count + 1) * sizeof(*s->cells));
	overlay(m, s, s->cells);
	for (unsigned i = 0; i < m->trigger_count; i++)
		if (s->cells[i].handler)
			s->cells[i].handler->live = true;
}

static void
check_overridden(struct machine *m, const struct state *s)
{
	for (unsigned i = 0; i < s->handler_count; i++)
		if (!s->handlers[i]->live && s->child_count)
			model_error(m, s->handlers[i]->place, "\"%s\" in \"%s\" never happens: every state inside says otherwise",
				model_trigger_name(m, s->handlers[i]->trigger), s->path);
}

void
fill_cells(struct machine *m)
{
	for (unsigned i = 0; i < m->state_count; i++)
		if (model_is_leaf(m->states[i]) && !m->states[i]->choice)
			fill_leaf(m, m->states[i]);
	for (unsigned i = 0; i < m->state_count; i++) {
		check_contradiction(m, m->states[i]);
		check_groups(m, m->states[i]);
		check_overridden(m, m->states[i]);
	}
	for (size_t i = 0; i < m->regions.count; i++) {
		check_contradiction(m, model_region(m, i)->root);
		check_groups(m, model_region(m, i)->root);
		check_overridden(m, model_region(m, i)->root);
		check_missing(m, model_region(m, i)->root);
	}
}
