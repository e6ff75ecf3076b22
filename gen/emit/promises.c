/* Writes promises as tables: lists of constants, and a function for each piece of the author's C. */
#include "emit.h"

static const char *const part_names[] = {"occasion", "claimed", "since", "until"};

static const struct happening *
part_of(const struct promise *p, unsigned part)
{
	return (const struct happening *const[]){p->occasion, p->claimed, p->since, p->until}[part];
}

static void
write_function(struct out *out, const char *result, const char *name, const char *parameters, const struct code *code)
{
	out_text(out, "\nstatic %s\n%s(%s)\n{\n", result, name, parameters);
	out_code(out, keep_format("\treturn (%s)(", result), code, "\t);\n}\n");
}

static const char moment[] =
	"const struct machine *m, const struct settings *s, const struct observed *o, const struct effect *f, int64_t at";

static void
write_happening_functions(struct out *out, const struct promise *p, unsigned part)
{
	const struct happening *h = part_of(p, part);
	unsigned n = 0;

	if (!h)
		return;
	if (h->when)
		write_function(out, "bool", keep_format("%s_%s_when", p->c_name, part_names[part]), moment, h->when);
	for (const struct mention *i = h->mentions; i; i = i->next, n++)
		if (i->effect && i->question)
			write_function(out, "bool", keep_format("%s_%s_asks_%u", p->c_name, part_names[part], n),
				"const struct effect *f", i->question);
}

static void
write_functions(struct out *out, const struct promise *p)
{
	unsigned n = 0;

	for (unsigned part = 0; part < 4; part++)
		write_happening_functions(out, p, part);
	if (p->holds)
		write_function(out, "bool", keep_format("%s_holds", p->c_name), moment, p->holds);
	if (p->within)
		write_function(out, "int64_t", keep_format("%s_within", p->c_name), "const struct settings *s", p->within);
	for (const struct mention *i = p->lasting; i; i = i->next)
		write_function(out, "int64_t", keep_format("%s_lasting_%u", p->c_name, n++), "const struct settings *s",
			i->question);
}

/* Returns the constant of a mention of this sort, or NULL if it is of another sort. */
static const char *
constant(const struct mention *i, unsigned sort)
{
	if (sort == 0)
		return i->state ? out_state(i->state) : NULL;
	if (sort == 1)
		return i->event ? keep_format("EV_%s", keep_upper(i->event->c_name)) : NULL;
	if (sort == 2)
		return i->timer ? keep_format("TM_%s", keep_upper(i->timer->c_name)) : NULL;
	return i->effect ? keep_format("FX_%s", keep_upper(i->effect->c_name)) : NULL;
}

static void
write_happening(struct out *out, const struct promise *p, unsigned part)
{
	static const char *const sorts[] = {"states", "events", "timers", "effects"};
	const struct happening *h = part_of(p, part);
	unsigned n = 0;

	if (!h)
		return;
	out_text(out, "\t\t.%s = {\n", part_names[part]);
	for (unsigned sort = 0; sort < 4; sort++) {
		out_text(out, "\t\t\t.%s = (const int[]){", sorts[sort]);
		for (const struct mention *i = h->mentions; i; i = i->next)
			if (constant(i, sort))
				out_text(out, "%s, ", constant(i, sort));
		out_text(out, "-1},\n");
	}
	out_text(out, "\t\t\t.asks = (bool (*const[])(const struct effect *)){");
	for (const struct mention *i = h->mentions; i; i = i->next, n++)
		if (i->effect)
			out_text(out, "%s, ", i->question ?
				keep_format("%s_%s_asks_%u", p->c_name, part_names[part], n) : "NULL");
	out_text(out, "NULL},\n\t\t\t.when = %s,\n\t\t},\n",
		h->when ? keep_format("%s_%s_when", p->c_name, part_names[part]) : "NULL");
}

static void
write_promise(struct out *out, const struct promise *p)
{
	static const char *const forms[] = {"BEFORE", "AFTER", "WHILE", "AT"}, *const claims[] = {"COMES", "NEVER", "HOLDS"};
	unsigned n = 0;

	out_text(out, "\t{\n\t\t.name = \"%s\", .says = %s, .line = %u,\n", p->name, out_string(p->says), p->place.line);
	out_text(out, "\t\t.form = PROMISE_%s, .claim = PROMISE_%s,\n", forms[p->form], claims[p->claim]);
	for (unsigned part = 0; part < 4; part++)
		write_happening(out, p, part);
	out_text(out, "\t\t.holds = %s,\n", p->holds ? keep_format("%s_holds", p->c_name) : "NULL");
	out_text(out, "\t\t.within = %s,\n", p->within ? keep_format("%s_within", p->c_name) : "NULL");
	out_text(out, "\t\t.lasting = (const struct lasting[]){");
	for (const struct mention *i = p->lasting; i; i = i->next)
		out_text(out, "{%s, %s_lasting_%u}, ", out_state(i->state), p->c_name, n++);
	out_text(out, "{-1, NULL}},\n\t},\n");
}

static void
write_observe(struct out *out)
{
	const struct machine *m = out->machine;

	for (size_t i = 0; m->observe && i < m->events.count; i++)
		if (m->observe[i]) {
			out_text(out, "\nstatic void\nobserve_%s(struct observed *o, const struct machine *m, const struct settings *s, "
				"const struct event *e)\n{\n", model_event(m, i)->c_name);
			out_code(out, "", m->observe[i], "}\n");
		}
	out_text(out, "\nvoid\nmachine_observe(struct observed *o, const struct machine *m, const struct event *e)\n{\n"
		"\tswitch (e->kind) {\n");
	for (size_t i = 0; m->observe && i < m->events.count; i++)
		if (m->observe[i])
			out_text(out, "\tcase EV_%s:\n\t\tobserve_%s(o, m, m->settings, e);\n\t\tbreak;\n",
				keep_upper(model_event(m, i)->c_name), model_event(m, i)->c_name);
	out_text(out, "\tdefault:\n\t\t(void)o, (void)m;\n\t}\n}\n");
}

static void
write_promises(struct out *out)
{
	write_observe(out);
	for (const struct promise *p = out->machine->promises; p; p = p->next)
		write_functions(out, p);
	out_text(out, "\nconst struct promise machine_promise[] = {\n");
	for (const struct promise *p = out->machine->promises; p; p = p->next)
		write_promise(out, p);
	out_text(out, "\t{0},\n};\n");
}

const struct part emit_promise_parts[] = {
	{"promises", write_promises},
	{NULL, NULL},
};
