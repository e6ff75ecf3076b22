/* A diagram for Graphviz: nested states as clusters, one edge for all that lead the same way. */
#include "emit.h"

#include <string.h>

static bool
dot_open(struct out *out, const struct machine *m, const char *path)
{
	*out = (struct out){.machine = m, .file = fopen(path, "w"), .path = path, .line = 1};
	if (!out->file)
		message_add(m->messages, MESSAGE_ERROR, path, (struct place){0}, "cannot be written");
	return out->file;
}

static void
indent(struct out *out, const struct state *s)
{
	for (unsigned i = 0; i <= s->depth; i++)
		out_text(out, "\t");
}

static void
write_state(struct out *out, const struct state *s)
{
	indent(out, s);
	if (s->choice) {
		out_text(out, "%s [shape=diamond, label=%s, style=filled, fillcolor=white];\n", s->c_name, out_string(s->name));
		return;
	}
	if (model_is_leaf(s)) {
		out_text(out, "%s [label=%s, tooltip=%s];\n", s->c_name, out_string(s->name), out_string(s->about));
		return;
	}
	out_text(out, "subgraph cluster_%s { label=%s;\n", s->c_name, out_string(s->name));
	for (unsigned i = 0; i < s->child_count; i++)
		write_state(out, s->children[i]);
	indent(out, s);
	out_text(out, "}\n");
}

static const struct state *
any_leaf(const struct state *s)
{
	while (s->child_count)
		s = s->initial;
	return s;
}

/* "required: not obsolete" */
static const char *
label_of(const struct machine *m, const struct handler *h, const struct branch *b)
{
	const char *trigger = h == h->state->choice ? "" : model_trigger_name(m, h->trigger);

	if (model_trigger_timer(m, h->trigger % (m->trigger_count ? m->trigger_count : 1)) && *trigger)
		trigger = keep_format("timer %s", trigger);
	if (!b->text)
		return trigger;
	return *trigger ? keep_format("%s [%s]", trigger, b->text) : keep_format("[%s]", b->text);
}

/* Everything that leads from s to one target, as one edge. */
static void
write_edges_to(struct out *out, const struct state *s, const struct state *target)
{
	const char *label = NULL;
	const char *from = any_leaf(s)->c_name, *to = any_leaf(target)->c_name;

	for (unsigned i = 0; i <= s->handler_count; i++) {
		const struct handler *h = i < s->handler_count ? s->handlers[i] : s->choice;

		for (unsigned j = 0; h && j < h->count; j++)
			if (h->branches[j].target == target) {
				const char *own = label_of(out->machine, h, &h->branches[j]);

				label = label ? keep_format("%s\\n%s", label, own) : own;
			}
	}
	if (!label)
		return;
	out_text(out, "\t%s -> %s [label=\"%s\"", from, to, label);
	if (!model_is_leaf(s))
		out_text(out, ", ltail=cluster_%s", s->c_name);
	if (!model_is_leaf(target) && !model_inside(s, target))
		out_text(out, ", lhead=cluster_%s", target->c_name);
	out_text(out, "];\n");
}

static void
write_edges(struct out *out, const struct state *s)
{
	for (unsigned i = 0; s->parent && i < s->region->state_count; i++)
		write_edges_to(out, s, s->region->states[i]);
}

bool
emit_dot(const struct machine *m, const char *path)
{
	struct out out;

	if (!dot_open(&out, m, path))
		return false;
	out_text(&out, "digraph %s {\n\tcompound=true; rankdir=LR; fontname=\"Helvetica\"; nodesep=0.35; ranksep=0.9;\n",
		keep_c_name(m->name));
	out_text(&out, "\tnode [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"Helvetica\"];\n");
	out_text(&out, "\tedge [fontname=\"Helvetica\", fontsize=9, color=\"#555555\", fontcolor=\"#333333\"];\n");
	for (size_t i = 0; i < m->regions.count; i++) {
		const struct region *r = model_region(m, i);

		out_text(&out, "\tsubgraph cluster_region_%s { label=%s; style=\"rounded,dashed\";\n", r->c_name,
			out_string(r->name));
		for (unsigned j = 0; j < r->root->child_count; j++)
			write_state(&out, r->root->children[j]);
		out_text(&out, "\t\tbegin_%s [shape=point, width=0.15, label=\"\"];\n\t}\n", r->c_name);
		out_text(&out, "\tbegin_%s -> %s;\n", r->c_name, any_leaf(r->root)->c_name);
	}
	for (unsigned i = 0; i < m->state_count; i++)
		write_edges(&out, m->states[i]);
	out_text(&out, "}\n");
	return fclose(out.file) == 0;
}
