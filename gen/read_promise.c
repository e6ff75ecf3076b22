/* Promises, as those who watch the machine from outside will observe them. */
#include "read.h"

#include <string.h>

static void
unknown_state(struct machine *m, const struct node *n)
{
	const char *hint = "";

	for (size_t i = 0; i < m->regions.count && !*hint; i++)
		hint = names_hint(&model_region(m, i)->last_names, n->text);
	model_error(m, n->place, "unknown state \"%s\"%s", n->text, hint);
}

static const struct state *
find_state(struct machine *m, const struct node *n)
{
	for (size_t i = 0; i < m->regions.count; i++) {
		struct region *r = model_region(m, i);
		struct state *s = names_find(&r->paths, n->text);

		if (s || (s = names_find(&r->last_names, n->text)))
			return s;
	}
	unknown_state(m, n);
	return NULL;
}

/* An effect in a list is its name, or a map of its name to a question in C about it. */
static const struct node *
question_of(struct machine *m, const struct node **n)
{
	const struct node *question = (*n)->child;

	if ((*n)->kind != NODE_MAP)
		return NULL;
	if ((*n)->count != 1 || question->kind != NODE_SCALAR) {
		model_error(m, (*n)->place, "expected an effect's name and one question in C, as in {badge: f->shown}");
		return NULL;
	}
	*n = question->key;
	return question;
}

static void
read_names(struct machine *m, const struct node *list, struct happening *h)
{
	const char *key = list->key->text;

	if (!read_list(m, list, "a list of names"))
		return;
	for (const struct node *n = list->child; n; n = n->next) {
		const struct node *name = n, *question = *key == 'e' && key[1] == 'f' ? question_of(m, &name) : NULL;
		struct mention *mention = keep(sizeof(*mention));

		if (name->kind == NODE_MAP || !read_text(m, name, "a name"))
			continue;
		if (strcmp(key, "states") == 0)
			mention->state = find_state(m, name);
		else if (strcmp(key, "events") == 0)
			mention->event = read_find(m, &m->events, "event", name->text, name->place);
		else if (strcmp(key, "timers") == 0)
			mention->timer = read_find(m, &m->timers, "timer", name->text, name->place);
		else
			mention->effect = read_find(m, &m->effects, "effect", name->text, name->place);
		mention->question = question ? read_code(m, question) : NULL;
		mention->next = h->mentions;
		h->mentions = mention;
	}
}

static struct happening *
read_happening(struct machine *m, const struct node *node)
{
	static const char *const lists[] = {"states", "events", "timers", "effects", "when", NULL};
	struct happening *h = keep(sizeof(*h));

	if (!read_map(m, node, "a map of states, events, timers, effects and when", lists))
		return NULL;
	for (unsigned i = 0; lists[i]; i++) {
		const struct node *n = yaml_get(node, lists[i]);

		if (n && lists[i + 1])
			read_names(m, n, h);
		else if (n && read_text(m, n, "a question in C"))
			h->when = read_code(m, n);
	}
	return h;
}

/* States, each with how long the machine must have been there. */
static struct mention *
read_lasting(struct machine *m, const struct node *node)
{
	struct mention *all = NULL;

	if (node->kind != NODE_MAP) {
		model_error(m, node->place, "expected a map of states and durations");
		return NULL;
	}
	for (const struct node *n = node->child; n; n = n->next) {
		struct mention *mention = keep(sizeof(*mention));

		mention->state = find_state(m, n->key);
		mention->question = read_text(m, n, "a duration or C") ? read_duration(m, n) : NULL;
		mention->next = all;
		all = mention;
	}
	return all;
}

static const char *const keys[] = {"says", "before", "after", "while", "at", "comes", "never", "holds", "since",
	"until", "within_awake", "every_awake", "lasting", NULL};

/* What goes with what: said once, of the promise. */
static void
check_form(struct machine *m, const struct promise *p)
{
	bool timed = p->within != NULL;

	if (!p->says)
		model_error(m, p->place, "a promise needs says: what it promises in one sentence");
	if (p->occasions != 1)
		model_error(m, p->place, "a promise needs its occasion: before, after, while or at");
	if (p->claims != 1)
		model_error(m, p->place, "a promise needs its claim: comes, never or holds");
	if (p->occasions != 1 || p->claims != 1)
		return;
	if (timed != (p->claim == CLAIM_COMES && (p->form == FORM_AFTER || p->form == FORM_WHILE)))
		model_error(m, p->place, timed ? "within_awake and every_awake go with after or while, and comes" :
			"what comes after or while needs within_awake or every_awake: by when");
	if (p->form == FORM_BEFORE ? p->claim != CLAIM_COMES : p->form == FORM_AT && p->claim == CLAIM_COMES)
		model_error(m, p->place, "before goes with comes, and at with never or holds");
	for (unsigned i = 0; i < 4; i++) {
		const struct happening *h = (const struct happening *const[]){p->occasion, p->claimed, p->since, p->until}[i];

		if (h && h->when && (i != 0 || p->form != FORM_WHILE))
			model_error(m, h->when->place, "when goes with while");
	}
	if (p->lasting && p->form != FORM_BEFORE)
		model_error(m, p->place, "lasting goes with before");
}

static void
read_part(struct machine *m, struct promise *p, const struct node *n)
{
	static const enum promise_form forms[] = {FORM_BEFORE, FORM_AFTER, FORM_WHILE, FORM_AT};
	unsigned key = 0;

	while (strcmp(keys[key], n->key->text) != 0)
		key++;
	if (key == 0) {
		p->says = read_text(m, n, "a sentence") ? n->text : "";
	} else if (key <= 4) {
		p->form = forms[key - 1];
		p->occasions++;
		p->occasion = read_happening(m, n);
	} else if (key <= 7) {
		p->claim = key == 5 ? CLAIM_COMES : key == 6 ? CLAIM_NEVER : CLAIM_HOLDS;
		p->claims++;
		if (key == 7)
			p->holds = read_text(m, n, "a question in C") ? read_code(m, n) : NULL;
		else
			p->claimed = read_happening(m, n);
	} else if (key <= 9) {
		*(key == 8 ? &p->since : &p->until) = read_happening(m, n);
	} else if (key <= 11) {
		p->within = read_text(m, n, "a duration or C") ? read_duration(m, n) : NULL;
	} else {
		p->lasting = read_lasting(m, n);
	}
}

void
read_promises(struct machine *m, const struct node *node)
{
	struct promise **last = &m->promises;

	for (const struct node *n = node->child; n; n = n->next) {
		struct promise *p = keep(sizeof(*p));

		p->name = read_name(m, n);
		p->c_name = keep_c_name(p->name);
		p->place = n->key->place;
		*last = p;
		last = &p->next;
		if (!read_map(m, n, "a promise", keys))
			continue;
		for (const struct node *part = n->child; part; part = part->next)
			for (unsigned i = 0; keys[i]; i++)
				if (strcmp(keys[i], part->key->text) == 0)
					read_part(m, p, part);
		check_form(m, p);
	}
}
