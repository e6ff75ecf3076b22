/* Checks that every name is used, and that names stay distinct in C. */
#include "passes.h"

#include <string.h>

static void
check_used(struct machine *m, const char *what, const char *name, struct place place, bool used, const char *advice)
{
	if (!used)
		model_error(m, place, "%s \"%s\" is never used: %s", what, name, advice);
}

/* Skips a kind of name if one was misspelled: the misspelled use may be the only use. */
static void
check_uses(struct machine *m)
{
	for (size_t i = 0; !m->types.missed && i < m->types.count; i++) {
		const struct type *t = m->types.value[i];

		check_used(m, "type", t->name, t->place, t->used, "no field has it");
	}
	for (size_t i = 0; !m->lengths.missed && i < m->lengths.count; i++) {
		const struct length *length = m->lengths.value[i];

		check_used(m, "duration", length->name, length->place, length->used, "no timer has it and no C names it");
	}
	for (size_t i = 0; !m->answers.missed && i < m->answers.count; i++) {
		const struct answers *answers = m->answers.value[i];

		check_used(m, "set of answers", answers->name, answers->place, answers->used, "no state takes it");
	}
	for (size_t i = 0; i < m->values.count; i++) {
		const struct value *value = m->values.value[i];

		check_used(m, "value", value->name, value->place, value->used, keep_format("no C calls %s()", value->c_name));
	}
	for (size_t i = 0; !m->guards.missed && i < m->guards.count; i++)
		check_used(m, "guard", model_guard(m, i)->name, model_guard(m, i)->place, model_guard(m, i)->used,
			"no when: asks it");
	for (size_t i = 0; !m->actions.missed && i < m->actions.count; i++) {
		const struct action *a = m->actions.value[i];

		check_used(m, "action", a->name, a->place, a->used, "nothing does it");
	}
	for (size_t i = 0; !m->effects.missed && i < m->effects.count; i++)
		check_used(m, "effect", model_effect(m, i)->name, model_effect(m, i)->place, model_effect(m, i)->used,
			"nothing asks for it");
	for (size_t i = 0; !m->settings.fields.missed && i < m->settings.fields.count; i++)
		check_used(m, "setting", model_field(&m->settings, i)->name, model_field(&m->settings, i)->place,
			model_field(&m->settings, i)->used, "no C here reads it");
	for (size_t i = 0; i < m->observed.fields.count; i++)
		check_used(m, "observed field", model_field(&m->observed, i)->name, model_field(&m->observed, i)->place,
			model_field(&m->observed, i)->used, "no promise asks for it");
}

/* An event that only the host needs is ignored at the top of each region. */
static void
check_events(struct machine *m)
{
	for (unsigned i = 0; !m->events.missed && i < m->events.count; i++) {
		const struct kind *event = model_event(m, i);
		bool deliberate = event->used;

		for (size_t j = 0; !deliberate && j < m->regions.count; j++)
			if (!model_region(m, j)->root->ignores[i].line)
				break;
			else
				deliberate = j + 1 == m->regions.count;
		if (!deliberate)
			model_error(m, event->place, "event \"%s\" is never used: handle it, or ignore it at the top of each region",
				event->name);
	}
}

struct c_name {
	struct place place;
	const char *what;
};

static void
claim(struct machine *m, struct names *taken, const char *c_name, const char *what, struct place place)
{
	const struct c_name *first = names_find(taken, c_name);
	struct c_name *own = keep(sizeof(*own));

	*own = (struct c_name){place, what};
	if (!first)
		names_add(taken, c_name, own);
	else if (first->place.line)
		model_error(m, place, "this %s would be called %s in C, as is the %s on line %u: rename one", what, c_name, first->what,
			first->place.line);
	else
		model_error(m, place, "this %s would be called %s in C, which is the generator's own: rename it", what, c_name);
}

static const char *
constant(const char *prefix, const char *c_name)
{
	return keep_upper(keep_format("%s%s", prefix, c_name));
}

static void
claim_fields(struct machine *m, const struct kind *kind)
{
	struct names taken = {0};

	for (size_t i = 0; i < kind->fields.count; i++)
		claim(m, &taken, model_field(kind, i)->c_name, "field", model_field(kind, i)->place);
}

static void
claim_types(struct machine *m, struct names *constants)
{
	static const char *const own[] = {"region", "state", "event_kind", "effect_kind", "timer", "settings", "event",
		"effect", "effects", "machine", "field", "kind", "state_info", "observed", "event_group", "owner", "shown"};
	struct names tags = {0};

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		claim(m, &tags, own[i], "", (struct place){0});
	for (size_t i = 0; i < m->types.count; i++) {
		const struct type *t = m->types.value[i];

		if (!t->words)
			continue;
		claim(m, &tags, t->c_name, "type", t->place);
		for (const char **word = t->words; *word; word++)
			claim(m, constants, constant(t->c_name, keep_format("_%s", keep_c_name(*word))), "word", t->place);
	}
}

static void
claim_constants(struct machine *m)
{
	static const char *const own[] = {"REGIONS", "STATES", "EVENTS", "EFFECTS", "TIMERS", "EVENT_GROUPS", "OWNERS", "OWNER_DRIVER", "SHOWNS",
		"NEVER",
		"MACHINE_EFFECTS", "MACHINE_SLOTS", "MACHINE_TAKEN", "MACHINE_H"};
	struct names constants = {0};

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		claim(m, &constants, own[i], "", (struct place){0});
	for (size_t i = 0; i < m->events.count; i++)
		claim(m, &constants, constant("ev_", model_event(m, i)->c_name), "event", model_event(m, i)->place);
	for (size_t i = 0; i < m->effects.count; i++)
		claim(m, &constants, constant("fx_", model_effect(m, i)->c_name), "effect", model_effect(m, i)->place);
	for (size_t i = 0; i < m->timers.count; i++)
		claim(m, &constants, constant("tm_", model_timer(m, i)->c_name), "timer", model_timer(m, i)->place);
	for (size_t i = 0; i < m->groups.count; i++) {
		const struct group *group = m->groups.value[i];

		claim(m, &constants, constant("group_", group->c_name), "group", group->place);
	}
	for (size_t i = 0; i < m->lengths.count; i++) {
		const struct length *length = m->lengths.value[i];

		claim(m, &constants, length->c_name, "duration", length->place);
	}
	for (size_t i = 0; i < m->regions.count; i++)
		claim(m, &constants, constant("region_", model_region(m, i)->c_name), "region", model_region(m, i)->place);
	for (unsigned i = 0; i < m->state_count; i++)
		claim(m, &constants, constant("st_", m->states[i]->c_name), "state", m->states[i]->place);
	claim_types(m, &constants);
}

/* Values are macros in C, so they may not have the names of the functions that follow them. */
static void
claim_own(struct machine *m, struct names *functions)
{
	static const char *const own[] = {"due_of", "arm", "stop", "ask", "run", "descend", "take", "react", "begin", "boot",
		"set_clock", "expire", "keep_time", "step_regions", "running", "later", "plus", "until", "awake_clock", "value_of",
		"machine_init", "machine_step", "machine_wake", "machine_due", "machine_armed", "machine_running", "machine_left",
		"machine_in", "machine_taken", "machine_observe"};

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		claim(m, functions, own[i], "", (struct place){0});
}

void
check_names(struct machine *m)
{
	struct names functions = {0};

	check_uses(m);
	check_events(m);
	claim_constants(m);
	for (size_t i = 0; i < m->guards.count; i++)
		claim(m, &functions, model_guard(m, i)->c_name, "guard", model_guard(m, i)->place);
	functions = (struct names){0};
	claim_own(m, &functions);
	for (size_t i = 0; i < m->values.count; i++) {
		const struct value *value = m->values.value[i];

		claim(m, &functions, value->c_name, "value", value->place);
	}
	functions = (struct names){0};
	for (size_t i = 0; i < m->actions.count; i++) {
		const struct action *a = m->actions.value[i];

		claim(m, &functions, a->c_name, "action", a->place);
	}
	functions = (struct names){0};
	for (const struct promise *p = m->promises; p; p = p->next)
		claim(m, &functions, p->c_name, "promise", p->place);
	claim_fields(m, &m->settings);
	claim_fields(m, &m->context);
	claim_fields(m, &m->observed);
	for (size_t i = 0; i < m->events.count; i++)
		claim_fields(m, model_event(m, i));
	for (size_t i = 0; i < m->effects.count; i++)
		claim_fields(m, model_effect(m, i));
}
