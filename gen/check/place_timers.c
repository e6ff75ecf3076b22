/* Decides where timers run, and which share a slot. */
#include "passes.h"

static bool
arms(const struct state *s, const struct timer *t)
{
	for (unsigned i = 0; i < s->arm_count; i++)
		if (s->arms[i] == t)
			return true;
	return false;
}

/* Returns true if the timer runs while the machine is in s. */
static bool
runs(const struct state *s, const struct timer *t)
{
	while (s && !arms(s, t))
		s = s->parent;
	return s != NULL;
}

static void
check_arms(struct machine *m, struct state *s)
{
	for (unsigned i = 0; i < s->arm_count; i++) {
		struct timer *t = s->arms[i];

		if (t->region && t->region != s->region)
			model_error(m, s->arm_places[i], "timer \"%s\" is armed in region \"%s\" already: one timer belongs to "
				"one region", t->name, t->region->name);
		else if (s->parent && runs(s->parent, t))
			model_error(m, s->arm_places[i], "timer \"%s\" is armed already by a state around this one", t->name);
		t->region = s->region;
	}
}

/* Arms each timer that the state handles, unless a state around it does. */
static void
arm_handled(struct machine *m, struct state *s)
{
	struct timer **armed = keep((m->timers.count + 1) * sizeof(struct timer *));
	struct place *places = keep((m->timers.count + 1) * sizeof(*places));

	for (unsigned i = 0; i < s->arm_count; i++) {
		armed[i] = s->arms[i];
		places[i] = s->arm_places[i];
	}
	s->arms = armed;
	s->arm_places = places;
	for (unsigned i = 0; i < s->handler_count; i++) {
		struct timer *t = model_trigger_timer(m, s->handlers[i]->trigger);

		if (!t || runs(s, t))
			continue;
		s->arms[s->arm_count] = t;
		s->arm_places[s->arm_count++] = s->handlers[i]->place;
	}
}

/* Returns where the timer that runs in s is armed. */
static struct place
arm_place(const struct state *s, const struct timer *t)
{
	unsigned i = 0;

	while (!arms(s, t))
		s = s->parent;
	while (s->arms[i] != t)
		i++;
	return s->arm_places[i];
}

static void
check_leaf(struct machine *m, struct state *s)
{
	for (unsigned i = 0; i < m->timers.count; i++) {
		struct timer *t = model_timer(m, i);
		struct cell *cell = &s->cells[m->events.count + i];

		if (!runs(s, t)) {
			cell->handler = NULL;
			continue;
		}
		if (cell->handler)
			cell->handler->live = true;
		else if (!t->handled && !s->broken)
			model_error(m, arm_place(s, t), "timer \"%s\" is armed here, but \"%s\" does not say under timers: what "
				"happens when it is due", t->name, s->path);
		t->handled |= !cell->handler;	/* reported once */
	}
}

/* Checks that rearm and stop name timers that keep running. */
static void
check_doing(struct machine *m, const struct doing *doing, const struct state *s)
{
	for (unsigned i = 0; i < doing->count; i++) {
		const struct item *item = &doing->items[i];

		if (item->timer && !runs(s, item->timer))
			model_error(m, item->place, "timer \"%s\" does not run here: neither \"%s\" nor a state around it arms it",
				item->timer->name, s ? s->path : "the region");
	}
}

static void
check_doings(struct machine *m, const struct state *s)
{
	check_doing(m, &s->enter, s);
	check_doing(m, &s->leave, s);
	for (unsigned i = 0; i <= s->handler_count; i++) {
		const struct handler *h = i < s->handler_count ? s->handlers[i] : s->choice;

		for (unsigned j = 0; h && j < h->count; j++) {
			const struct branch *b = &h->branches[j];

			if (!h->broken)
				check_doing(m, &b->doing, b->target ? b->top : s);
		}
	}
}

static bool
conflict(const struct region *r, const struct timer *a, const struct timer *b)
{
	for (unsigned i = 0; i < r->state_count; i++)
		if (model_is_leaf(r->states[i]) && runs(r->states[i], a) && runs(r->states[i], b))
			return true;
	return false;
}

/* Chooses the first slot of the region that no timer uses at the same time. */
static void
choose_slot(const struct machine *m, struct region *r, struct timer *t, unsigned first)
{
	bool taken = true;

	for (t->slot = first; taken; t->slot += taken) {
		taken = false;
		for (unsigned i = 0; i < t->index && !taken; i++) {
			const struct timer *other = model_timer(m, i);

			taken = other->region == r && other->slot == t->slot && conflict(r, other, t);
		}
	}
}

static void
share_slots(struct machine *m)
{
	for (size_t i = 0; i < m->regions.count; i++) {
		unsigned first = m->slots;

		for (unsigned j = 0; j < m->timers.count; j++) {
			struct timer *t = model_timer(m, j);

			if (t->region != model_region(m, i))
				continue;
			choose_slot(m, t->region, t, first);
			if (t->slot >= m->slots)
				m->slots = t->slot + 1;
		}
	}
}

void
place_timers(struct machine *m)
{
	for (size_t i = 0; i < m->regions.count; i++)
		arm_handled(m, model_region(m, i)->root);
	for (unsigned i = 0; i < m->state_count; i++)
		if (!m->states[i]->choice)
			arm_handled(m, m->states[i]);
	for (size_t i = 0; i < m->regions.count; i++)
		check_arms(m, model_region(m, i)->root);
	for (unsigned i = 0; i < m->state_count; i++)
		check_arms(m, m->states[i]);
	for (unsigned i = 0; i < m->state_count; i++)
		for (unsigned j = 0; j < m->states[i]->handler_count; j++)
			if (m->states[i]->handlers[j]->trigger >= m->events.count)
				m->states[i]->handlers[j]->live = false;
	for (unsigned i = 0; i < m->state_count; i++)
		if (m->states[i]->cells)
			check_leaf(m, m->states[i]);
	for (unsigned i = 0; i < m->state_count; i++)
		check_doings(m, m->states[i]);
	for (size_t i = 0; i < m->regions.count; i++)
		check_doings(m, model_region(m, i)->root);
	for (unsigned i = 0; i < m->timers.count; i++)
		if (!model_timer(m, i)->region)
			model_error(m, model_timer(m, i)->place, "timer \"%s\" never runs: no state has it under timers: or arm:",
				model_timer(m, i)->name);
	share_slots(m);
}
