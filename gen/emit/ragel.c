/* Writes Ragel's grammar. Each leaf is a label, each transition has an action of its own, and every state is total: what it
 * ignores, and what cannot happen in it, leads back to itself. */
#include "emit.h"

static const char *
label(const struct state *s)
{
	const struct state *first = s->region->root;

	while (first->initial)
		first = first->initial;
	return s == first ? "start" : keep_format("in_%s", s->c_name);
}

/* #line makes gcov count each transition at its line of the machine file. */
static void
write_actions(struct out *out, const struct cell *cell)
{
	for (unsigned i = 0; i < cell->handler->count; i++) {
		out_text(out, "\taction t%u {\n", cell->edge + i);
		out_place(out, cell->handler->branches[i].place);
		out_text(out, "\t\ttaken = %u;\n", cell->edge + i);
		out_back(out);
		out_text(out, "\t}\n");
	}
}

static void
write_cell(struct out *out, const struct state *s, const struct cell *cell)
{
	for (unsigned i = 0; i < cell->handler->count; i++) {
		const struct branch *b = &cell->handler->branches[i];

		if (b->symbols)
			out_text(out, "\t\t(%s) @t%u -> %s |\n", b->symbols, cell->edge + i, label(b->target ? b->leaf : s));
	}
}

/* The symbols from..to-1 change nothing. */
static void
write_nothing(struct out *out, unsigned from, unsigned to, bool *any)
{
	if (from == to)
		return;
	out_text(out, "%s%u..%u", *any ? "|" : "\t\t(", from, to - 1);
	*any = true;
}

static void
write_state(struct out *out, const struct region *r, const struct state *s, bool last)
{
	const struct machine *m = out->machine;
	unsigned quiet = 0;
	bool any = false;

	out_text(out, "\t%s: (\n", label(s));
	if (s->choice)
		write_cell(out, s, &s->cells[0]);
	for (unsigned i = 0; !s->choice && i < m->trigger_count; i++)
		if (s->cells[i].handler)
			write_cell(out, s, &s->cells[i]);
	for (unsigned i = 0; i < m->trigger_count + m->state_count; i++) {
		const struct alphabet *a = &r->alphabets[i];
		bool handled = s->choice ? i == m->trigger_count + s->index : i < m->trigger_count && s->cells[i].handler;

		if (!handled)
			continue;
		write_nothing(out, quiet, a->base, &any);
		quiet = a->base + a->size;
	}
	write_nothing(out, quiet, r->symbols, &any);
	out_text(out, any ? ") -> %s\n" : "\t\tzlen\n", label(s));
	out_text(out, "\t)%s\n", last ? ";" : ",");
}

/* Ragel chooses the numbers of its states; match_ragel read them from `ragel -x`. */
static void
write_numbers(struct out *out, const struct region *r)
{
	out_text(out, "static const uint16_t ragel_%s_state[STATES] = {\n", r->c_name);
	for (unsigned i = 0; i < r->state_count; i++)
		if (r->states[i]->cells)
			out_text(out, "\t[%s] = %u,\n", out_state(r->states[i]), r->states[i]->ragel);
	out_text(out, "};\n");
}

/* Clang takes time quadratic in the cases of a switch, unless it does not optimise the function. */
enum { MANY_EDGES = 4096 };

static void
write_decide(struct out *out, const struct region *r)
{
	if (r->edges > MANY_EDGES)
		out_text(out, "\n#ifdef __clang__\n__attribute__((noinline, optnone))\n#endif");
	out_text(out, "\nstatic const struct edge *\ndecide_%s(enum state from, unsigned symbol)\n{\n", r->c_name);
	out_text(out, "\tunsigned short one = (unsigned short)symbol;\n");
	out_text(out, "\tconst unsigned short *p = &one, *pe = p + 1;\n");
	out_text(out, "\tconst struct edge *edge;\n\tunsigned taken = 0;\n\tint cs;\n\n");
	out_text(out, "\tassert(from < STATES && ragel_%s_state[from]);\n", r->c_name);
	out_text(out, "\tcs = ragel_%s_state[from];\n", r->c_name);
	out_text(out, "\t%%%% write exec;\n");
	out_text(out, "\tedge = &edges_%s[taken];\n", r->c_name);
	out_text(out, "\tassert(cs == ragel_%s_state[edge->to == STATES ? from : edge->to]);\n", r->c_name);
	out_text(out, "\treturn taken ? edge : NULL;\n}\n");
}

static void
write_region(struct out *out, const struct region *r)
{
	const struct machine *m = out->machine;

	out_text(out, "\n%%%%{\n\tmachine ragel_%s;\n\talphtype unsigned short;\n", r->c_name);
	for (unsigned i = 0; i < r->state_count; i++)
		for (unsigned j = 0; r->states[i]->cells && j < (r->states[i]->choice ? 1 : m->trigger_count); j++)
			if (r->states[i]->cells[j].handler)
				write_actions(out, &r->states[i]->cells[j]);
	out_text(out, "\tmain :=\n");
	for (unsigned i = 0, left = 0; i < r->state_count; i++) {
		left = 0;
		for (unsigned j = i + 1; j < r->state_count; j++)
			left += r->states[j]->cells != NULL;
		if (r->states[i]->cells)
			write_state(out, r, r->states[i], !left);
	}
	out_text(out, "}%%%%\n%%%% write data noerror nofinal noentry;\n\n");
	write_numbers(out, r);
	write_decide(out, r);
}

static void
write_ragel(struct out *out)
{
	for (size_t i = 0; i < out->machine->regions.count; i++)
		write_region(out, model_region(out->machine, i));
}

static void
write_step(struct out *out)
{
	const struct machine *m = out->machine;

	/* All symbols first, so that no region's guards see what another region did. */
	for (size_t i = 0; i < m->regions.count; i++)
		out_text(out, "\tunsigned symbol_of_%s = symbol_%s(m, s, e);\n", model_region(m, i)->c_name,
			model_region(m, i)->c_name);
	out_text(out, "\n");
	for (size_t i = 0; i < m->regions.count; i++) {
		const char *name = model_region(m, i)->c_name;

		out_text(out, "\treact(m, s, e, fx, REGION_%s, symbol_of_%s, decide_%s, choose_%s, edges_%s,\n\t\tnotes);\n",
			keep_upper(name), name, name, name, name);
	}
}

const struct part emit_ragel_parts[] = {
	{"ragel", write_ragel},
	{"step", write_step},
	{NULL, NULL},
};
