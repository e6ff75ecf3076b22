/* The picture for people, `picture:`: reads which arrows it has, and checks that the machine can go where they lead. */
#include "passes.h"
#include "read/read.h"

static void
read_arrows(struct machine *m, const struct node *from)
{
	if (!read_map(m, from, "a map from states to labels", NULL))
		return;
	for (const struct node *n = from->child; n; n = n->next) {
		struct arrow *arrow = keep(sizeof(*arrow));

		*arrow = (struct arrow){.from_text = from->key->text, .from_place = from->key->place, .to_text = n->key->text,
			.place = n->key->place, .label = read_text(m, n, "a label") ? n->text : ""};
		*m->last_arrow = arrow;
		m->last_arrow = &arrow->next;
	}
}

void
read_picture(struct machine *m, const struct node *node)
{
	m->picture_place = node->key->place;
	m->last_arrow = &m->picture;
	for (const struct node *n = node->child; n; n = n->next)
		read_arrows(m, n);
}

static struct state *
find_pictured(struct machine *m, const char *path, struct place place)
{
	const char *hint = "";

	for (size_t i = 0; i < m->regions.count; i++) {
		struct region *r = model_region(m, i);
		struct state *found = names_find(&r->paths, path);

		if (found)
			return found;
		hint = *hint ? hint : names_hint(&r->paths, path);
	}
	model_error(m, place, "unknown state \"%s\"%s", path, hint);
	return NULL;
}

/* Whether a branch ends in the state or inside it, at once or after choices. */
static bool
branches_lead(const struct handler *h, const struct state *to)
{
	for (unsigned i = 0; i < h->count; i++) {
		const struct state *leaf = h->branches[i].leaf;

		if (leaf && (model_inside(leaf, to) || (leaf->choice && branches_lead(leaf->choice, to))))
			return true;
	}
	return false;
}

static bool
leads(const struct machine *m, const struct state *from, const struct state *to)
{
	for (unsigned i = 0; i < from->region->state_count; i++) {
		const struct state *leaf = from->region->states[i];

		if (!leaf->cells || !model_inside(leaf, from))
			continue;
		for (unsigned j = 0; j < m->trigger_count; j++)
			if (leaf->cells[j].handler && branches_lead(leaf->cells[j].handler, to))
				return true;
	}
	return false;
}

/* A picture of a region shows all of its outermost states, so that it cannot fall behind the machine. */
static void
check_complete(struct machine *m, const struct region *r)
{
	for (unsigned i = 0; i < r->root->child_count; i++) {
		const struct state *s = r->root->children[i];

		if (!s->choice && !s->row)
			model_error(m, m->picture_place, "the picture lacks state \"%s\": add an arrow to it or from it", s->path);
	}
}

void
check_picture(struct machine *m)
{
	const struct region *shown = NULL;

	for (struct arrow *a = m->picture; a; a = a->next) {
		a->from = find_pictured(m, a->from_text, a->from_place);
		a->to = find_pictured(m, a->to_text, a->place);
		if (!a->from || !a->to)
			continue;
		a->from->row = a->from->row ? a->from->row : 1;
		a->to->row = a->to->row ? a->to->row : a->from->row + 1;
		if (!leads(m, a->from, a->to))
			model_error(m, a->place, "no event or timer leads from \"%s\" to \"%s\"", a->from->path, a->to->path);
		shown = a->from->region;
	}
	if (shown)
		check_complete(m, shown);
}
