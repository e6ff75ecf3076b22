/* Writes the author's C into machine.rl, each piece with #line of the machine file. */
#include "emit.h"

static void
write_code(struct out *out)
{
	if (out->machine->code)
		out_code(out, "", out->machine->code, "");
}

/* A macro passes m, s and e, which every piece of C has. */
static void
write_named_values(struct out *out)
{
	const struct names *values = &out->machine->values;

	for (size_t i = 0; i < values->count; i++) {
		const struct value *v = values->value[i];

		out_text(out, "\n#define %s() value_%s(m, s, e)\nstatic inline int64_t\nvalue_%s(const struct machine *m, "
			"const struct settings *s, const struct event *e);\n", v->c_name, v->c_name, v->c_name);
	}
	for (size_t i = 0; i < values->count; i++) {
		const struct value *v = values->value[i];

		out_text(out, "\nstatic inline int64_t\nvalue_%s(const struct machine *m, const struct settings *s, "
			"const struct event *e)\n{\n", v->c_name);
		out_code(out, "\treturn (", v->code, "\t);\n}\n");
	}
}

static void
write_timer_values(struct out *out)
{
	const struct machine *m = out->machine;

	out_text(out, "static int64_t\nvalue_of(MOMENT, enum timer t)\n{\n\tswitch (t) {\n");
	for (size_t i = 0; i < m->timers.count; i++) {
		const struct timer *t = model_timer(m, i);

		out_text(out, "\tcase TM_%s:\n", keep_upper(t->c_name));
		out_code(out, "\t\treturn (int64_t)(", t->value, "\t\t);\n");
	}
	out_text(out, "\tdefault:\n\t\treturn NEVER;\n\t}\n}\n");
}

static void
write_guards(struct out *out)
{
	const struct machine *m = out->machine;

	for (size_t i = 0; i < m->guards.count; i++) {
		const struct guard *g = model_guard(m, i);

		out_text(out, "\nstatic inline unsigned\nguard_%s(const struct machine *m, const struct settings *s, "
			"const struct event *e)\n{\n", g->c_name);
		out_code(out, "\treturn !!(", g->code, "\t);\n}\n");
	}
}

static void
write_actions(struct out *out)
{
	const struct machine *m = out->machine;

	for (size_t i = 0; i < m->actions.count; i++) {
		const struct action *a = m->actions.value[i];

		out_text(out, "\nstatic void\naction_%s(MOMENT, struct effects *fx)\n{\n", a->c_name);
		out_code(out, a->code->place.column ? "\t" : "", a->code, "}\n");
	}
}

static void
write_timers(struct out *out)
{
	for (size_t i = 0; i < out->machine->timers.count; i++) {
		const char *name = model_timer(out->machine, i)->c_name;

		out_text(out, "\nstatic void\narm_%s(MOMENT, struct effects *fx)\n{\n\tarm(m, s, e, TM_%s);\n}\n", name,
			keep_upper(name));
		out_text(out, "\nstatic void\nstop_%s(MOMENT, struct effects *fx)\n{\n\tstop(m, TM_%s);\n}\n", name,
			keep_upper(name));
	}
}

static void
write_effect(struct out *out, const struct item *item)
{
	const struct kind *effect = item->effect;

	out_text(out, "\nstatic void\n%s(MOMENT, struct effects *fx)\n{\n", item->function);
	out_place(out, item->place);
	out_text(out, "\tstruct effect *effect = ask(fx, FX_%s);\n", keep_upper(effect->c_name));
	out_back(out);
	for (size_t i = 0; i < effect->fields.count; i++) {
		out_text(out, "\teffect->%s =\n", model_field(effect, i)->c_name);
		out_code(out, "\t\t(", item->args[i], "\t\t);\n");
	}
	out_text(out, "\t(void)effect;\n}\n");
}

static void
write_effects(struct out *out)
{
	const struct names *effects = &out->machine->effect_steps;

	for (size_t i = 0; i < effects->count; i++)
		write_effect(out, effects->value[i]);
}

/* Adds the guards up without branches, which the processor could not predict. */
static void
write_truth(struct out *out, const struct alphabet *a)
{
	out_text(out, "\t\treturn %uu", a->base);
	for (unsigned i = 0; i < a->guard_count; i++)
		out_text(out, "\n\t\t\t+ (guard_%s(m, s, e) << %u)", a->guards[i]->c_name, i);
	out_text(out, ";\n");
}

static void
write_timer_symbols(struct out *out, const struct region *r)
{
	const struct machine *m = out->machine;

	out_text(out, "\nstatic unsigned\ntimer_symbol_%s(MOMENT)\n{\n\tswitch (e->timer) {\n", r->c_name);
	for (size_t i = 0; i < m->timers.count; i++) {
		const struct alphabet *a = &r->alphabets[m->events.count + i];

		if (!a->size)
			continue;
		out_text(out, "\tcase TM_%s:\n", keep_upper(model_timer(m, i)->c_name));
		write_truth(out, a);
	}
	out_text(out, "\tdefault:\n\t\treturn NOTHING;\n\t}\n}\n");
}

static void
write_event_symbols(struct out *out, const struct region *r)
{
	const struct machine *m = out->machine;

	out_text(out, "\nstatic unsigned\nsymbol_%s(MOMENT)\n{\n\tswitch (e->kind) {\n", r->c_name);
	for (size_t i = 0; i < m->events.count; i++) {
		if (!r->alphabets[i].size)
			continue;
		out_text(out, "\tcase EV_%s:\n", keep_upper(model_event(m, i)->c_name));
		write_truth(out, &r->alphabets[i]);
	}
	out_text(out, "\tcase EV_TIMER:\n\t\treturn timer_symbol_%s(m, s, e);\n", r->c_name);
	out_text(out, "\tdefault:\n\t\treturn NOTHING;\n\t}\n}\n");
}

static void
write_choices(struct out *out, const struct region *r)
{
	const struct machine *m = out->machine;

	out_text(out, "\nstatic unsigned\nchoose_%s(MOMENT, enum state choice)\n{\n\tswitch (choice) {\n", r->c_name);
	for (unsigned i = 0; i < r->state_count; i++) {
		const struct state *s = r->states[i];

		if (!s->choice)
			continue;
		out_text(out, "\tcase %s:\n", out_state(s));
		write_truth(out, &r->alphabets[m->trigger_count + s->index]);
	}
	out_text(out, "\tdefault:\n\t\treturn NOTHING;\n\t}\n}\n");
}

static void
write_symbols(struct out *out)
{
	for (size_t i = 0; i < out->machine->regions.count; i++) {
		write_timer_symbols(out, model_region(out->machine, i));
		write_event_symbols(out, model_region(out->machine, i));
		write_choices(out, model_region(out->machine, i));
	}
}

const struct part emit_code_parts[] = {
	{"code", write_code},
	{"named_values", write_named_values},
	{"values", write_timer_values},
	{"guards", write_guards},
	{"actions", write_actions},
	{"timer_steps", write_timers},
	{"effect_steps", write_effects},
	{"symbols", write_symbols},
	{NULL, NULL},
};
