/* The author's C in machine.rl, each piece under its own line of the machine file. */
#include "emit.h"

static void
write_code(struct out *out)
{
	if (out->machine->code)
		out_code(out, "", out->machine->code, "");
}

static void
write_values(struct out *out)
{
	const struct machine *m = out->machine;

	out_text(out, "static int64_t\nvalue_of(MOMENT, enum timer t)\n{\n\tswitch (t) {\n");
	for (size_t i = 0; i < m->timers.count; i++) {
		const struct timer *t = model_timer(m, i);

		out_text(out, "\tcase TM_%s:\n", out_upper(t->c_name));
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

		out_text(out, "\nstatic void\naction_%s(MOMENT)\n{\n", a->c_name);
		out_code(out, a->code->place.column ? "\t" : "", a->code, "}\n");
	}
}

static void
write_effect(struct out *out, const struct item *item)
{
	const struct kind *effect = item->effect;

	out_place(out, item->place);
	out_text(out, "\task(fx, (struct effect){.kind = FX_%s,\n", out_upper(effect->c_name));
	for (size_t i = 0; i < effect->fields.count; i++) {
		out_text(out, "\t\t.%s =\n", model_field(effect, i)->c_name);
		out_code(out, "\t\t\t(", item->args[i], "\t\t\t),\n");
	}
	out_text(out, "\t});\n");
	out_back(out);
}

static void
write_item(struct out *out, const struct item *item)
{
	if (item->kind == ITEM_EFFECT) {
		write_effect(out, item);
		return;
	}
	out_place(out, item->place);
	if (item->kind == ITEM_ACTION)
		out_text(out, "\taction_%s(m, s, e);\n", item->action->c_name);
	else if (item->kind == ITEM_REARM)
		out_text(out, "\tarm(m, s, e, TM_%s);\n", out_upper(item->timer->c_name));
	else
		out_text(out, "\tstop(m, TM_%s);\n", out_upper(item->timer->c_name));
	out_back(out);
}

static void
open_function(struct out *out, const char *name)
{
	out_text(out, "\nstatic void\n%s(MOMENT, struct effects *fx)\n{\n\t(void)fx;\n", name);
}

static void
write_items(struct out *out, const struct doing *doing)
{
	for (unsigned i = 0; i < doing->count; i++)
		write_item(out, &doing->items[i]);
}

static void
write_handler(struct out *out, const struct handler *h)
{
	for (unsigned i = 0; h && i < h->count; i++)
		if (h->branches[i].doing.function) {
			open_function(out, h->branches[i].doing.function);
			write_items(out, &h->branches[i].doing);
			out_text(out, "}\n");
		}
}

static void
write_timers(struct out *out, const struct state *s, const char *how)
{
	for (unsigned i = 0; i < s->arm_count; i++)
		out_text(out, "\t%sTM_%s);\n", how, out_upper(s->arms[i]->c_name));
}

static void
write_entry(struct out *out, const struct state *s)
{
	if (s->arm_count || s->enter.count) {
		open_function(out, keep_format("enter_%s", s->c_name));
		write_timers(out, s, "arm(m, s, e, ");
		write_items(out, &s->enter);
		out_text(out, "}\n");
	}
	if (s->arm_count || s->leave.count) {
		open_function(out, keep_format("leave_%s", s->c_name));
		write_items(out, &s->leave);
		write_timers(out, s, "stop(m, ");
		out_text(out, "}\n");
	}
}

static void
write_state(struct out *out, const struct state *s)
{
	if (s->parent)
		write_entry(out, s);
	for (unsigned i = 0; i < s->handler_count; i++)
		if (s->handlers[i]->live)
			write_handler(out, s->handlers[i]);
	write_handler(out, s->choice);
}

static void
write_doings(struct out *out)
{
	const struct machine *m = out->machine;

	for (size_t i = 0; i < m->regions.count; i++)
		write_state(out, model_region(m, i)->root);
	for (unsigned i = 0; i < m->state_count; i++)
		write_state(out, m->states[i]);
}

/* Guards are summed up without branches: what they will say is hard to predict. */
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
		out_text(out, "\tcase TM_%s:\n", out_upper(model_timer(m, i)->c_name));
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
		out_text(out, "\tcase EV_%s:\n", out_upper(model_event(m, i)->c_name));
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
	{"values", write_values},
	{"guards", write_guards},
	{"actions", write_actions},
	{"doings", write_doings},
	{"symbols", write_symbols},
	{NULL, NULL},
};
