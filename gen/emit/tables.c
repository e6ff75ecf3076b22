/* Writes the tables of machine.rl: those for hosts, and those that drive the fixed code. */
#include "emit.h"

#include <inttypes.h>
#include <string.h>

static void
write_names(struct out *out)
{
	const struct machine *m = out->machine;

	out_text(out, "const char machine_name[] = %s, machine_hash[] = \"%s\";\n", out_string(m->name), m->hash);
	out_text(out, "\ntypedef uint%d_t state_number;\n", m->state_count < 256 ? 8 : 16);
}

static void
write_words(struct out *out)
{
	for (size_t i = 0; i < out->machine->types.count; i++) {
		const struct type *t = out->machine->types.value[i];

		if (!t->words)
			continue;
		out_text(out, "static const char *const words_%s[] = {", t->c_name);
		for (const char **word = t->words; *word; word++)
			out_text(out, "\"%s\", ", *word);
		out_text(out, "NULL};\n");
	}
}

static void
write_kind_fields(struct out *out, const char *prefix, const char *owner, const struct kind *kind)
{
	if (!kind->fields.count)
		return;
	out_text(out, "static const struct field %s%s[] = {\n", prefix, kind->c_name);
	for (size_t i = 0; i < kind->fields.count; i++) {
		const struct field *f = model_field(kind, i);
		const char *words = f->type->words ? keep_format("words_%s", f->type->c_name) : "NULL";

		out_text(out, "\t{\"%s\", \"%s\", %s, offsetof(struct %s, %s), %s},\n", f->name, f->type->name, words, owner,
			f->c_name, f->optional ? "true" : "false");
	}
	out_text(out, "};\n");
}

static const char *
event_constant(const struct kind *event)
{
	return event ? keep_format("EV_%s", keep_upper(event->c_name)) : "EVENTS";
}

static void
write_kind(struct out *out, const char *prefix, const struct kind *kind)
{
	const char *fields = kind->fields.count ? keep_format("%s%s", prefix, kind->c_name) : "NULL";

	out_text(out, "{%s, %s, %s, %zu, %s, %s, %s, %s, ", out_string(kind->name), out_string(kind->about), fields,
		kind->fields.count, kind->once ? "true" : "false", kind->says ? out_string(kind->says) : "NULL",
		kind->group ? keep_format("GROUP_%s", keep_upper(kind->group->c_name)) : "EVENT_GROUPS",
		kind->verb ? "OWNER_DRIVER" : kind->owner ? keep_format("OWNER_%s", keep_upper(kind->owner)) : "OWNERS");
	if (kind->verb)
		out_text(out, "\"%s\", \"%s\", \"%s %s\"", kind->owner, kind->verb, kind->owner, kind->verb);
	else
		out_text(out, "NULL, NULL, NULL");
	out_text(out, ", %s, %s, %s, 0x%" PRIx32 ", 0x%" PRIx32 ", %s, %s}", event_constant(kind->then[0]),
		event_constant(kind->then[1]), event_constant(kind->meanwhile), kind->ends, kind->waits,
		kind->silent ? "true" : "false", kind->safe ? "true" : "false");
}

static void
write_kinds(struct out *out)
{
	static const struct kind timer = {.name = "timer", .c_name = "timer", .about = "a timer is due"};
	const struct machine *m = out->machine;

	write_words(out);
	write_kind_fields(out, "all_", "settings", &m->settings);
	write_kind_fields(out, "all_", "observed", &m->observed);
	for (size_t i = 0; i < m->events.count; i++)
		write_kind_fields(out, "event_", "event", model_event(m, i));
	for (size_t i = 0; i < m->effects.count; i++)
		write_kind_fields(out, "effect_", "effect", model_effect(m, i));
	out_text(out, "const struct kind machine_settings = ");
	write_kind(out, "all_", &m->settings);
	out_text(out, ";\nconst struct kind machine_observed = ");
	write_kind(out, "all_", &m->observed);
	out_text(out, ";\nconst struct kind machine_event[EVENTS] = {\n");
	for (size_t i = 0; i < m->events.count; i++) {
		out_text(out, "\t[EV_%s] = ", keep_upper(model_event(m, i)->c_name));
		write_kind(out, "event_", model_event(m, i));
		out_text(out, ",\n");
	}
	out_text(out, "\t[EV_TIMER] = ");
	write_kind(out, "event_", &timer);
	out_text(out, ",\n};\n");
	out_text(out, "const struct kind machine_effect[%s] = {\n", m->effects.count ? "EFFECTS" : "1");
	for (size_t i = 0; i < m->effects.count; i++) {
		out_text(out, "\t[FX_%s] = ", keep_upper(model_effect(m, i)->c_name));
		write_kind(out, "effect_", model_effect(m, i));
		out_text(out, ",\n");
	}
	out_text(out, "%s};\n", m->effects.count ? "" : "\t{0}\n");
}

static const struct state *
last_inside(const struct state *s)
{
	while (s->child_count)
		s = s->children[s->child_count - 1];
	return s;
}

static uint32_t
shown_in(const struct state *s)
{
	return s ? s->shows | shown_in(s->parent) : 0;
}

static const char *
awaited_in(const struct state *s)
{
	while (s && !s->awaits)
		s = s->parent;
	return s ? keep_format("GROUP_%s", keep_upper(s->awaits->c_name)) : "EVENT_GROUPS";
}

static void
write_state_table(struct out *out)
{
	const struct machine *m = out->machine;

	out_text(out, "const struct state_info machine_state[STATES] = {\n");
	for (unsigned i = 0; i < m->state_count; i++) {
		const struct state *s = m->states[i];

		out_text(out, "\t[%s] = {\"%s\", %s, %s, REGION_%s, %s, %s, 0x%" PRIx32 ", %s},\n", out_state(s), s->path,
			out_string(s->about), out_state(s->parent), keep_upper(s->region->c_name),
			model_is_leaf(s) ? "true" : "false", s->choice ? "true" : "false", shown_in(s), awaited_in(s));
	}
	out_text(out, "};\n/* States inside one follow it without a gap. */\n");
	out_text(out, "static const state_number last_inside[STATES] = {\n");
	for (unsigned i = 0; i < m->state_count; i++)
		out_text(out, "\t[%s] = %s,\n", out_state(m->states[i]), out_state(last_inside(m->states[i])));
	out_text(out, "};\n");
}

static const char *
timer_constant(const struct timer *t)
{
	return keep_format("TM_%s", keep_upper(t->c_name));
}

/* The timer that has this slot while the machine is in s. */
static const struct timer *
holder(const struct state *s, unsigned slot)
{
	for (; s; s = s->parent)
		for (unsigned i = 0; i < s->arm_count; i++)
			if (s->arms[i]->slot == slot)
				return s->arms[i];
	return NULL;
}

static void
write_slots(struct out *out)
{
	const struct machine *m = out->machine;

	out_text(out, "\nstatic const unsigned slot_count = %u;\n", m->slots);
	out_text(out, "static const enum region slot_region[MACHINE_SLOTS] = {");
	for (unsigned slot = 0; slot < m->slots; slot++)
		for (size_t i = 0; i < m->timers.count; i++)
			if (model_timer(m, i)->slot == slot) {
				out_text(out, "REGION_%s, ", keep_upper(model_timer(m, i)->region->c_name));
				break;
			}
	out_text(out, "%s};\n", m->slots ? "" : "0");
	out_text(out, "static const uint16_t slot_timer[STATES][MACHINE_SLOTS] = {\n");
	for (unsigned i = 0; i < m->state_count; i++) {
		out_text(out, "\t[%s] = {", out_state(m->states[i]));
		for (unsigned slot = 0; slot < (m->slots ? m->slots : 1); slot++) {
			const struct timer *t = holder(m->states[i], slot);

			out_text(out, "%s%s", slot ? ", " : "", t ? timer_constant(t) : "TIMERS");
		}
		out_text(out, "},\n");
	}
	out_text(out, "};\n");
}

static void
write_timer_table(struct out *out)
{
	static const char *const clocks[] = {"AT", "AFTER", "AFTER_AWAKE", "EVERY_AWAKE"};
	const struct machine *m = out->machine;
	const char *size = m->timers.count ? "TIMERS" : "1";

	out_text(out, "const char *const machine_timer[%s] = {\n", size);
	for (size_t i = 0; i < m->timers.count; i++)
		out_text(out, "\t[%s] = \"%s\",\n", timer_constant(model_timer(m, i)), model_timer(m, i)->name);
	out_text(out, "%s};\nstatic const struct timer_info timer_info[%s] = {\n", m->timers.count ? "" : "\tNULL\n", size);
	for (size_t i = 0; i < m->timers.count; i++) {
		const struct timer *t = model_timer(m, i);

		out_text(out, "\t[%s] = {%s, %s, %u},\n", timer_constant(t), clocks[t->clock], t->again ? "true" : "false",
			t->slot);
	}
	out_text(out, "%s};\n", m->timers.count ? "" : "\t{AT, false, 0}\n");
	write_slots(out);
}

static void
write_entry(struct out *out, const char *table, bool entering)
{
	const struct machine *m = out->machine;
	bool any = false;

	out_text(out, "static doing *const *const %s[STATES] = {\n", table);
	for (unsigned i = 0; i < m->state_count; i++) {
		const struct doing *doing = entering ? &m->states[i]->enter : &m->states[i]->leave;

		if (doing->sequence)
			out_text(out, "\t[%s] = %s,\n", out_state(m->states[i]), doing->sequence);
		any |= doing->sequence != NULL;
	}
	out_text(out, "%s};\n", any ? "" : "\tNULL\n");
}

static void
write_sequences(struct out *out)
{
	const struct names *sequences = &out->machine->sequences;

	for (size_t i = 0; i < sequences->count; i++)
		out_text(out, "static doing *const %s[] = {%sNULL};\n", (const char *)sequences->value[i], sequences->name[i]);
	write_entry(out, "enter", true);
	write_entry(out, "leave", false);
}

static void
write_edge(struct out *out, const struct branch *b)
{
	out_text(out, "\t{%s, %s, %s},\n", out_state(b->target ? b->top : NULL), out_state(b->leaf),
		b->doing.sequence ? b->doing.sequence : "NULL");
}

static void
write_cell_edges(struct out *out, const struct cell *cell)
{
	for (unsigned i = 0; cell->handler && i < cell->handler->count; i++)
		write_edge(out, &cell->handler->branches[i]);
}

static void
write_edges(struct out *out)
{
	const struct machine *m = out->machine;

	for (size_t i = 0; i < m->regions.count; i++) {
		const struct region *r = model_region(m, i);

		out_text(out, "static const struct edge edges_%s[] = {\n\t{STATES, STATES, NULL},\n", r->c_name);
		for (unsigned j = 0; j < r->state_count; j++) {
			const struct state *s = r->states[j];

			for (unsigned k = 0; s->cells && k < (s->choice ? 1 : m->trigger_count); k++)
				write_cell_edges(out, &s->cells[k]);
		}
		out_text(out, "};\n");
	}
}

static void
write_clocks(struct out *out)
{
	const struct machine *m = out->machine;

	for (size_t i = 0; i < m->events.count; i++) {
		const struct kind *event = model_event(m, i);

		if (event->boots)
			out_text(out, "\t\tif (e->kind == EV_%s)\n\t\t\tboot(m, s, e);\n", keep_upper(event->c_name));
		if (event->sets_clock)
			out_text(out, "\t\tif (e->kind == EV_%s)\n\t\t\tset_clock(m, e->at, e->%s);\n",
				keep_upper(event->c_name), event->sets_clock->c_name);
	}
}

static void
write_initial(struct out *out)
{
	const struct machine *m = out->machine;

	for (size_t i = 0; i < m->regions.count; i++) {
		const struct state *s = model_region(m, i)->root;

		while (s->initial)
			s = s->initial;
		out_text(out, "\tm->state[REGION_%s] = %s;\n", keep_upper(s->region->c_name), out_state(s));
	}
}

const struct part emit_table_parts[] = {
	{"names", write_names},
	{"kinds", write_kinds},
	{"state_table", write_state_table},
	{"timer_table", write_timer_table},
	{"sequences", write_sequences},
	{"edges", write_edges},
	{"clocks", write_clocks},
	{"initial", write_initial},
	{NULL, NULL},
};
