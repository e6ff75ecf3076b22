/* The two pictures, for Graphviz: everything, with nested states as clusters and one edge for all branches between the same
 * two states; and the few arrows of the picture for people. */
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
		out_text(out, "%s [shape=diamond, label=%s, style=filled, fillcolor=\"#fff8e0\"];\n", s->c_name, out_string(s->name));
		return;
	}
	if (model_is_leaf(s)) {
		out_text(out, "%s [label=%s, tooltip=%s];\n", s->c_name, out_string(s->name), out_string(s->about));
		return;
	}
	out_text(out, "subgraph cluster_%s { label=%s; style=\"rounded,filled\"; fillcolor=\"%s\";\n", s->c_name,
		out_string(s->name), s->depth % 2 ? "#f2f5f8" : "#e4eaf0");
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

/* "required [not obsolete]" */
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

/* The labels of all branches from s to the target, one below the other; NULL if there are none. */
static const char *
labels(const struct machine *m, const struct state *s, const struct state *target)
{
	const char *all = NULL;

	for (unsigned i = 0; i <= s->handler_count; i++) {
		const struct handler *h = i < s->handler_count ? s->handlers[i] : s->choice;

		for (unsigned j = 0; h && j < h->count; j++)
			if (h->branches[j].target == target) {
				const char *own = label_of(m, h, &h->branches[j]);

				all = all ? keep_format("%s\\n%s", all, own) : own;
			}
	}
	return all;
}

static void
write_edge(struct out *out, const struct state *s, const struct state *target, const char *label)
{
	const char *from = any_leaf(s)->c_name, *to = any_leaf(target)->c_name;

	/* An edge back to a choice would cross everything else: it ends in the choice's name instead. */
	if (target->choice && target->index < s->index) {
		to = keep_format("from_%s_to_%s", s->c_name, target->c_name);
		out_text(out, "\t\t%s [shape=plaintext, style=\"\", fontcolor=\"#333333\", label=%s];\n", to,
			out_string(keep_format("to %s", target->name)));
	}
	out_text(out, "\t\t%s -> %s [label=\"%s\"", from, to, label);
	if (!model_is_leaf(s) && !model_inside(target, s))
		out_text(out, ", ltail=cluster_%s", s->c_name);
	if (!model_is_leaf(target) && !model_inside(s, target))
		out_text(out, ", lhead=cluster_%s", target->c_name);
	/* Ranks follow the order of the file, so an edge that leads back must not decide them. */
	if (target->index < s->index && !target->choice)
		out_text(out, ", constraint=false");
	out_text(out, "];\n");
}

static void
write_edges(struct out *out, const struct state *s)
{
	for (unsigned i = 0; i < s->region->state_count; i++) {
		const char *label = labels(out->machine, s, s->region->states[i]);

		if (label)
			write_edge(out, s, s->region->states[i], label);
	}
}

static void
write_region(struct out *out, const struct region *r)
{
	out_text(out, "\tsubgraph cluster_region_%s { label=%s; style=\"rounded,dashed\";\n", r->c_name, out_string(r->name));
	for (unsigned i = 0; i < r->root->child_count; i++)
		write_state(out, r->root->children[i]);
	out_text(out, "\t\tbegin_%s [shape=point, width=0.15, fillcolor=black, label=\"\"];\n", r->c_name);
	out_text(out, "\t\tbegin_%s -> %s;\n", r->c_name, any_leaf(r->root)->c_name);
	for (unsigned i = 0; i < r->state_count; i++)
		write_edges(out, r->states[i]);
	out_text(out, "\t}\n");
}

bool
emit_dot(const struct machine *m, const char *path)
{
	struct out out;

	if (!dot_open(&out, m, path))
		return false;
	out_text(&out, "digraph %s {\n\tcompound=true; fontname=\"Helvetica\"; nodesep=0.35; ranksep=0.5;\n",
		keep_c_name(m->name));
	out_text(&out, "\tnode [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"Helvetica\"];\n");
	out_text(&out, "\tedge [fontname=\"Helvetica\", fontsize=9, color=\"#555555\", fontcolor=\"#333333\"];\n");
	for (size_t i = 0; i < m->regions.count; i++)
		write_region(&out, model_region(m, i));
	out_text(&out, "}\n");
	return fclose(out.file) == 0;
}

/* Grey that reads on a white page and on a dark one. */
#define BOTH_PAGES "#6f7a85"

static void
write_box(struct out *out, const struct state *s)
{
	out_text(out, "\t%s [label=%s];\n", s->c_name, out_string(s->name));
}

static void
write_arrow(struct out *out, const struct arrow *a)
{
	/* The spaces keep the label off its line. An arrow that leads back must not move its target down. */
	out_text(out, "\t%s -> %s [label=%s%s];\n", a->from->c_name, a->to->c_name,
		out_string(keep_format(" %s ", a->label)), a->from->row < a->to->row ? "" : ", constraint=false");
}

bool
emit_picture(const struct machine *m, const char *path)
{
	struct out out;

	if (!m->picture)
		return true;
	if (!dot_open(&out, m, path))
		return false;
	out_text(&out, "digraph %s {\n\tbgcolor=transparent; nodesep=0.5; ranksep=0.3; pad=0.1; ordering=out;\n",
		keep_c_name(m->name));
	out_text(&out, "\tnode [shape=box, style=\"rounded,filled\", fillcolor=\"#e4eaf0\", color=\"" BOTH_PAGES "\", "
		"fontcolor=\"#16202a\", fontname=\"Helvetica,Arial,sans-serif\", margin=\"0.15,0.05\", height=0.4];\n");
	out_text(&out, "\tedge [color=\"" BOTH_PAGES "\", fontcolor=\"" BOTH_PAGES "\", "
		"fontname=\"Helvetica,Arial,sans-serif\", fontsize=12, arrowsize=0.8];\n");
	/* Graphviz orders the boxes of a row as they first come in the file, and that is the author's order. */
	for (const struct arrow *a = m->picture; a; a = a->next)
		write_arrow(&out, a);
	for (unsigned i = 0; i < m->state_count; i++)
		if (m->states[i]->row)
			write_box(&out, m->states[i]);
	out_text(&out, "}\n");
	return fclose(out.file) == 0;
}
