/* Writes what coverage and exploration read: the context's fields, and the transitions with their lines. */
#include "emit.h"

static void
write_context(struct out *out)
{
	const struct names *fields = &out->machine->context.fields;

	out_text(out, "const struct remembered machine_context[] = {\n");
	for (size_t i = 0; i < fields->count; i++) {
		const struct field *f = fields->value[i];

		out_text(out, "\t{\"%s\", \"%s\", offsetof(struct machine, %s), %u},\n", f->name, f->type->name, f->c_name,
			f->type->size);
	}
	out_text(out, "\t{0},\n};\nconst bool machine_timer_awake[] = {\n");
	for (size_t i = 0; i < out->machine->timers.count; i++)
		out_text(out, "\t%s,\n", model_timer(out->machine, i)->clock >= CLOCK_AFTER_AWAKE ? "true" : "false");
	out_text(out, "%s};\n", out->machine->timers.count ? "" : "\tfalse,\n");
}

static void
write_cell(struct out *out, const struct state *s, const struct cell *cell, unsigned trigger)
{
	const struct machine *m = out->machine;
	const struct timer *t = s->choice ? NULL : model_trigger_timer(m, trigger);
	const char *event = s->choice ? "EVENTS" : t ? "EV_TIMER" :
		keep_format("EV_%s", keep_upper(model_event(m, trigger)->c_name));

	for (unsigned i = 0; cell->handler && i < cell->handler->count; i++) {
		const struct branch *b = &cell->handler->branches[i];

		out_text(out, "\t{%u, REGION_%s, %s, %s, %s, %s, %s, %s},\n", b->place.line, keep_upper(s->region->c_name),
			out_state(s), event, t ? keep_format("TM_%s", keep_upper(t->c_name)) : "TIMERS", out_state(b->leaf),
			cell->handler->asks, b->text ? out_string(b->text) : "NULL");
	}
}

typedef void each_cell(struct out *, const struct state *, const struct cell *, unsigned trigger);

/* In the order of their numbers. */
static void
each(struct out *out, const struct region *r, each_cell *write)
{
	for (unsigned i = 0; i < r->state_count; i++) {
		const struct state *s = r->states[i];

		for (unsigned k = 0; s->cells && k < (s->choice ? 1 : out->machine->trigger_count); k++)
			write(out, s, &s->cells[k], k);
	}
}

static void
write_symbol(struct out *out, const struct state *s, const struct cell *cell, unsigned trigger)
{
	unsigned alphabet = s->choice ? out->machine->trigger_count + s->index : trigger;

	for (unsigned i = 0; cell->handler && i < cell->handler->count; i++)
		out_text(out, "\t%u,\n", s->region->alphabets[alphabet].base);
}

static void
write_transitions(struct out *out)
{
	const struct machine *m = out->machine;
	unsigned base = 0;

	out_text(out, "static const unsigned transition_base[REGIONS] = {");
	for (size_t i = 0; i < m->regions.count; i++) {
		out_text(out, "%u, ", base);
		base += model_region(m, i)->edges;
	}
	out_text(out, "};\n/* The first symbol of what takes it. */\nstatic const unsigned transition_symbol[] = {\n");
	for (size_t i = 0; i < m->regions.count; i++)
		each(out, model_region(m, i), write_symbol);
	out_text(out, "};\n");
	for (size_t i = 0; i < m->guard_lists.count; i++)
		out_text(out, "static const char *const %s[] = {%sNULL};\n", (const char *)m->guard_lists.value[i],
			m->guard_lists.name[i]);
	out_text(out, "const struct transition machine_transition[] = {\n");
	for (size_t i = 0; i < m->regions.count; i++)
		each(out, model_region(m, i), write_cell);
	out_text(out, "};\nconst unsigned machine_transitions = %u;\n", base);
}

const struct part emit_watch_parts[] = {
	{"watch", write_context},
	{"transitions", write_transitions},
	{NULL, NULL},
};
