/* Reads promises and what they observe. */
#include "read.h"

#include <string.h>

static struct code *
read_outside(struct machine *m, const struct node *node)
{
	struct code *code = read_code(m, node);

	code->outside = true;
	return code;
}

/* Reads, for each event, how it changes what promises observe. */
void
read_observe(struct machine *m, const struct node *node)
{
	m->observe = keep(m->events.count * sizeof(*m->observe) + 1);
	for (const struct node *n = node->child; n; n = n->next) {
		const struct kind *event = read_find(m, &m->events, "event", n->key->text, n->key->place);

		if (read_text(m, n, "statements in C") && event)
			m->observe[event->index] = read_outside(m, n);
	}
}

static void
unknown_state(struct machine *m, const struct node *n)
{
	const char *hint = "";

	for (size_t i = 0; i < m->regions.count && !*hint; i++)
		hint = names_hint(&model_region(m, i)->last_names, n->text);
	model_error(m, n->place, "unknown state \"%s\"%s", n->text, hint);
}

static const struct state *
find_by_path(const struct machine *m, const char *text)
{
	const struct state *found = NULL;

	for (size_t i = 0; i < m->regions.count && !found; i++)
		found = names_find(&model_region(m, i)->paths, text);
	return found;
}

/* Finds a state by its last name, which no other state may have. */
static const struct state *
find_by_last_name(struct machine *m, const struct node *n)
{
	const struct state *found = NULL;
	const char *candidates = "";
	unsigned count = 0;

	for (unsigned i = 0; i < m->state_count; i++) {
		if (strcmp(m->states[i]->name, n->text) != 0)
			continue;
		found = m->states[i];
		candidates = keep_format("%s%s%s", candidates, count++ ? ", " : "", found->path);
	}
	if (!found)
		unknown_state(m, n);
	if (count > 1)
		model_error(m, n->place, "\"%s\" may be any of %s: write the whole path", n->text, candidates);
	return found;
}

static const struct state *
find_state(struct machine *m, const struct node *n)
{
	const struct state *found = find_by_path(m, n->text);

	if (!found)
		found = find_by_last_name(m, n);
	if (found && found->choice)
		model_error(m, n->place, "\"%s\" is a choice: no event leaves the machine there", found->path);
	return found;
}

/* Splits `{effect: question}` into its name, in *n, and the question, which is returned; NULL: only a name. */
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
		mention->question = question ? read_outside(m, question) : NULL;
		if (mention->question)
			mention->question->effect = true;
		mention->next = h->mentions;
		h->mentions = mention;
	}
}

const struct key happening_keys[] = {
	{.name = "states", .shape = SHAPE_NAMES}, {.name = "events", .shape = SHAPE_NAMES},
	{.name = "timers", .shape = SHAPE_NAMES}, {.name = "effects", .shape = SHAPE_DOING}, {.name = "when"}, {0},
};

static struct happening *
read_happening(struct machine *m, const struct node *node)
{
	struct happening *h = keep(sizeof(*h));

	if (!read_map(m, node, "a map of states, events, timers, effects and when", happening_keys))
		return NULL;
	for (unsigned i = 0; happening_keys[i].name; i++) {
		const struct node *n = yaml_get(node, happening_keys[i].name);

		h->names |= n && happening_keys[i + 1].name && n->child;
		if (n && happening_keys[i + 1].name)
			read_names(m, n, h);
		else if (n && read_text(m, n, "a question in C"))
			h->when = read_outside(m, n);
	}
	return h;
}

/* Reads a map from states to how long the machine must have been in them. */
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

const struct key promise_keys[] = {
	{.name = "says", .needed = true}, {.name = "before", .shape = SHAPE_HAPPENING},
	{.name = "after", .shape = SHAPE_HAPPENING}, {.name = "while", .shape = SHAPE_HAPPENING},
	{.name = "at", .shape = SHAPE_HAPPENING}, {.name = "comes", .shape = SHAPE_HAPPENING},
	{.name = "never", .shape = SHAPE_HAPPENING}, {.name = "holds"}, {.name = "since", .shape = SHAPE_HAPPENING},
	{.name = "until", .shape = SHAPE_HAPPENING}, {.name = "within_awake"}, {.name = "every_awake"},
	{.name = "lasting", .shape = SHAPE_SCALARS}, {0},
};

static bool
fits(enum promise_form form, enum promise_claim claim)
{
	static const bool known[][3] = {
		[FORM_BEFORE] = {[CLAIM_COMES] = true},
		[FORM_AFTER] = {[CLAIM_COMES] = true, [CLAIM_NEVER] = true},
		[FORM_WHILE] = {[CLAIM_COMES] = true, [CLAIM_NEVER] = true, [CLAIM_HOLDS] = true},
		[FORM_AT] = {[CLAIM_HOLDS] = true},
	};

	return known[form][claim];
}

/* lasts: the occasion of while, which has states and a condition; all else has events, timers, effects or states. */
static void
check_happening(struct machine *m, const struct promise *p, const struct happening *h, bool lasts)
{
	if (!h)
		return;
	if (h->when && !lasts)
		model_error(m, h->when->place, "when goes with while");
	if (!h->names && !lasts)
		model_error(m, p->place, "this promise names nothing where states, events, timers or effects belong");
	for (const struct mention *i = h->mentions; lasts && i; i = i->next)
		if (i->event || i->timer || i->effect) {
			model_error(m, p->place, "while goes with states and when: events, timers and effects do not last");
			return;
		}
}

static bool
only_effects(const struct happening *h)
{
	const struct mention *i = h ? h->mentions : NULL;

	while (i && i->effect)
		i = i->next;
	return h && h->mentions && !i;
}

/* Checks which keys go together. */
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
	if (!fits(p->form, p->claim))
		model_error(m, p->place, "before goes with comes, at with holds, after with comes or never");
	if (p->since && p->form != FORM_BEFORE && !timed)
		model_error(m, p->place, "since goes with before, within_awake and every_awake");
	if (p->until && p->form != FORM_AFTER)
		model_error(m, p->place, "until goes with after");
	if (p->holds && p->form == FORM_AT)
		p->holds->effect = only_effects(p->occasion);
	if (p->lasting && p->form != FORM_BEFORE)
		model_error(m, p->place, "lasting goes with before");
	for (unsigned i = 0; i < 4; i++)
		check_happening(m, p, (const struct happening *const[]){p->occasion, p->claimed, p->since, p->until}[i],
			i == 0 && p->form == FORM_WHILE);
}

static void
read_part(struct machine *m, struct promise *p, const struct node *n)
{
	static const enum promise_form forms[] = {FORM_BEFORE, FORM_AFTER, FORM_WHILE, FORM_AT};
	unsigned key = 0;

	while (strcmp(promise_keys[key].name, n->key->text) != 0)
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
			p->holds = read_text(m, n, "a question in C") ? read_outside(m, n) : NULL;
		else
			p->claimed = read_happening(m, n);
	} else if (key <= 9) {
		*(key == 8 ? &p->since : &p->until) = read_happening(m, n);
	} else if (key <= 11) {
		if (p->within)
			model_error(m, n->key->place, "within_awake and every_awake mean the same: one of them is enough");
		p->within = read_text(m, n, "a duration or C") ? read_duration(m, n) : NULL;
	} else {
		p->lasting = read_lasting(m, n);
	}
}

static void
check_room(struct machine *m, const struct node *node)
{
	unsigned kept = 0;

	for (const struct promise *p = m->promises; p; p = p->next, kept++)
		for (const struct mention *i = p->lasting; i; i = i->next)
			kept++;
	if (kept > WATCHED_MAX)
		model_error(m, node->key->place, "%u promises and states under lasting: there is room for %d", kept, WATCHED_MAX);
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
		if (!read_map(m, n, "a promise", promise_keys))
			continue;
		for (const struct node *part = n->child; part; part = part->next)
			for (unsigned i = 0; promise_keys[i].name; i++)
				if (strcmp(promise_keys[i].name, part->key->text) == 0)
					read_part(m, p, part);
		check_form(m, p);
	}
	check_room(m, node);
}
