/* Writes states and events as Markdown tables, for people who review a machine. */
#include "emit.h"

static const char *
branch_text(const struct branch *b)
{
	const char *to = b->target ? keep_format("**%s**", b->target->path) : "stays";
	const char *text = b->text ? keep_format("%s: %s", b->text, to) : to;

	for (unsigned i = 0; i < b->doing.count; i++) {
		const struct item *item = &b->doing.items[i];
		const char *name = item->kind == ITEM_ACTION ? item->action->name : item->kind == ITEM_EFFECT
			? keep_format("`%s`", item->effect->name) : item->kind == ITEM_REARM
			? keep_format("rearm %s", item->timer->name) : keep_format("stop %s", item->timer->name);

		text = keep_format("%s%s%s", text, i ? ", " : " after ", name);
	}
	return text;
}

static void
write_row(struct out *out, const char *trigger, const struct handler *h, const struct state *s)
{
	out_text(out, "| %s | ", trigger);
	for (unsigned i = 0; i < h->count; i++)
		out_text(out, "%s%s", i ? "<br>" : "", branch_text(&h->branches[i]));
	if (h->state != s)
		out_text(out, " *(as %s)*", h->state->parent ? h->state->path : h->state->region->name);
	out_text(out, " |\n");
}

static void
write_leaf(struct out *out, const struct state *s)
{
	const struct machine *m = out->machine;
	const char *ignored = "";

	out_text(out, "\n### %s\n\n%s%s| on | what happens |\n| --- | --- |\n", s->path, s->about, *s->about ? "\n\n" : "");
	if (s->choice) {
		write_row(out, "at once", s->choice, s);
		return;
	}
	for (unsigned i = 0; i < m->trigger_count; i++) {
		const char *name = model_trigger_name(m, i);

		if (s->cells[i].handler)
			write_row(out, model_trigger_timer(m, i) ? keep_format("timer %s", name) : name, s->cells[i].handler, s);
		else if (i < m->events.count)
			ignored = keep_format("%s%s%s", ignored, *ignored ? ", " : "", name);
	}
	if (*ignored)
		out_text(out, "\nIgnored: %s.\n", ignored);
}

/* The overview has a row for each leaf and a short word for each cell: a column for each leaf would be too wide. */
static void
write_overview(struct out *out, const struct region *r)
{
	const struct machine *m = out->machine;

	out_text(out, "\n## Region %s\n\n| state |", r->name);
	for (size_t i = 0; i < m->events.count; i++)
		out_text(out, " %s |", model_event(m, i)->name);
	out_text(out, "\n| --- |");
	for (size_t i = 0; i < m->events.count; i++)
		out_text(out, " --- |");
	for (unsigned i = 0; i < r->state_count; i++) {
		const struct state *s = r->states[i];

		if (!s->cells || s->choice)
			continue;
		out_text(out, "\n| %s |", s->path);
		for (unsigned j = 0; j < m->events.count; j++) {
			const struct handler *h = s->cells[j].handler;

			out_text(out, " %s |", !h ? "" : h->count > 1 ? "?" : h->branches[0].target ? h->branches[0].target->name
				: "stays");
		}
	}
	out_text(out, "\n\nAn empty cell: ignored. A question mark: it depends; see below.\n");
}

bool
emit_markdown(const struct machine *m, const char *path)
{
	struct out out = {.machine = m, .file = fopen(path, "w"), .path = path, .line = 1};

	if (!out.file) {
		message_add(m->messages, MESSAGE_ERROR, path, (struct place){0}, "cannot be written");
		return false;
	}
	out_text(&out, "# %s\n\n%s\n", m->name, m->about);
	for (size_t i = 0; i < m->regions.count; i++) {
		const struct region *r = model_region(m, i);

		write_overview(&out, r);
		for (unsigned j = 0; j < r->state_count; j++)
			if (r->states[j]->cells)
				write_leaf(&out, r->states[j]);
	}
	return fclose(out.file) == 0;
}
