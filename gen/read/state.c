/* Reads regions, states and their transitions. */
#include "read.h"

#include <string.h>

/* `{else, do: [...], to: state}`: in YAML a key without a value. */
static void
read_else(struct machine *m, const struct node *last, const struct node *when, struct branch *b)
{
	b->place = last->key->place;
	b->text = "else";
	b->is_else = true;
	if (last->kind != NODE_SCALAR || (last->length && strcmp(last->text, "null") != 0))
		model_error(m, last->place, "else has no value: {else, do: [...], to: state}");
	if (when)
		model_error(m, when->key->place, "a transition has when or else, not both");
}

const struct key branch_keys[] = {
	{.name = "when"}, {.name = "else", .shape = SHAPE_NOTHING}, {.name = "do", .shape = SHAPE_DOING}, {.name = "to"}, {0},
};

static void
read_branch(struct machine *m, const struct node *node, struct handler *h, struct branch *b)
{
	const struct node *when, *last, *to;

	b->place = node->place;
	if (!read_map(m, node, "a transition", branch_keys)) {
		h->broken = true;
		return;
	}
	when = yaml_get(node, "when");
	last = yaml_get(node, "else");
	to = yaml_get(node, "to");
	if (last)
		read_else(m, last, when, b);
	else if (when && read_text(m, when, "guards")) {
		b->place = when->place;
		b->text = when->text;
		b->when = read_when(m, when, h);
	}
	if (to && read_text(m, to, "a state")) {
		b->target_text = to->text;
		b->target_place = to->place;
	}
	read_doing(m, yaml_get(node, "do"), &b->doing);
}

/* `event: target`, `event: {when, do, to}`, or a list of those; `else` in a list stays and does nothing. */
static void
read_branches(struct machine *m, const struct node *node, struct handler *h)
{
	h->branches = keep((node->count + 1) * sizeof(*h->branches));
	if (node->kind == NODE_SCALAR) {
		h->count = 1;
		h->branches[0] = (struct branch){.place = node->place, .target_text = node->text, .target_place = node->place};
		if (strcmp(node->text, "else") == 0)
			h->branches[0] = (struct branch){.place = node->place, .text = "else", .is_else = true};
		if (!node->length)
			model_error(m, node->key->place, "expected a state, a transition or a list of those, found nothing");
		h->broken = !node->length;
	} else if (node->kind == NODE_MAP) {
		h->count = 1;
		read_branch(m, node, h, &h->branches[0]);
		if (h->branches[0].is_else)
			model_error(m, h->branches[0].place, "else needs a transition with when: before it");
	} else {
		for (const struct node *n = node->child; n; n = n->next) {
			struct branch *b = &h->branches[h->count++];

			if (n->kind == NODE_SCALAR && strcmp(n->text, "else") == 0)
				*b = (struct branch){.place = n->place, .text = "else", .is_else = true};
			else
				read_branch(m, n, h, b);
			if (b->is_else && n->next)
				model_error(m, b->place, "else belongs at the end of the list");
		}
		if (h->count == 1 && h->branches[0].is_else)
			model_error(m, h->branches[0].place, "else needs a transition with when: before it");
		h->broken |= !h->count;
		if (!h->count)
			model_error(m, node->place, "expected at least one transition");
	}
}

static struct handler *
new_handler(const struct node *node, struct state *s, unsigned trigger)
{
	struct handler *h = keep(sizeof(*h));

	*h = (struct handler){.place = node->key->place, .state = s, .trigger = trigger};
	return h;
}

/* s: the state that has the handlers; NULL: answers, for any state. */
static void
read_handlers(struct machine *m, const struct node *node, struct state *s, bool timers, struct handler **handlers,
	unsigned *count)
{
	if (!read_map(m, node, timers ? "a map of timers" : "a map of events", NULL))
		return;
	for (const struct node *n = node->child; n; n = n->next) {
		struct timer *timer = NULL;
		struct kind *event = NULL;
		struct handler *h;

		if (timers)
			timer = read_find(m, &m->timers, "timer", n->key->text, n->key->place);
		else
			event = read_find(m, &m->events, "event", n->key->text, n->key->place);
		if (!timer && !event)
			continue;
		if (event)
			event->used = true;
		h = new_handler(n, s, timer ? (unsigned)m->events.count + timer->index : event->index);
		handlers[(*count)++] = h;
		read_branches(m, n, h);
	}
}

static void
read_choice(struct machine *m, const struct node *node, const struct node *state, struct state *s)
{
	for (const struct node *n = state->child; n; n = n->next)
		if (strcmp(n->key->text, "choose") != 0 && strcmp(n->key->text, "about") != 0)
			model_error(m, n->key->place, "a state that chooses is left at once, so it cannot have \"%s\"",
				n->key->text);
	s->choice = new_handler(node, s, m->trigger_count);
	if (node->kind == NODE_MAP || read_list(m, node, "a transition, or a list of those"))
		read_branches(m, node, s->choice);
	else
		s->choice->broken = true;
}

static void
ignore_event(struct machine *m, struct state *s, const struct kind *event, struct place place, bool with_group)
{
	if (s->ignores[event->index].line)
		model_error(m, place, "event \"%s\" is ignored here already%s", event->name,
			s->ignored_with_group[event->index] ? keep_format(", as one of group \"%s\"", event->group->name) : "");
	else
		s->ignores[event->index] = place;
	s->ignored_with_group[event->index] |= with_group;
}

static void
ignore_group(struct machine *m, struct state *s, struct group *group, struct place place)
{
	s->ignored_groups[s->ignored_group_count] = group;
	s->ignored_group_places[s->ignored_group_count++] = place;
	for (unsigned i = 0; i < m->events.count; i++)
		if (group->has[i])
			ignore_event(m, s, model_event(m, i), place, true);
}

static void
unknown_event(struct machine *m, const struct node *n)
{
	const char *hint = names_hint(&m->events, n->text);

	m->events.missed = true;
	model_error(m, n->place, "unknown event%s \"%s\"%s", m->groups.count ? " or group" : "", n->text,
		*hint ? hint : names_hint(&m->groups, n->text));
}

static void
read_ignores(struct machine *m, const struct node *node, struct state *s)
{
	if (!read_list(m, node, "a list of events"))
		return;
	s->ignored_groups = keep((node->count + 1) * sizeof(struct group *));
	s->ignored_group_places = keep((node->count + 1) * sizeof(*s->ignored_group_places));
	for (const struct node *n = node->child; n; n = n->next) {
		const struct kind *event;
		struct group *group;

		if (!read_text(m, n, "an event or a group of events"))
			continue;
		event = names_find(&m->events, n->text);
		group = names_find(&m->groups, n->text);
		if (event)
			ignore_event(m, s, event, n->place, false);
		else if (group)
			ignore_group(m, s, group, n->place);
		else
			unknown_event(m, n);
	}
}

static void
read_arms(struct machine *m, const struct node *node, struct state *s)
{
	if (!read_list(m, node, "a list of timers"))
		return;
	s->arms = keep(node->count * sizeof(*s->arms));
	s->arm_places = keep(node->count * sizeof(*s->arm_places));
	for (const struct node *n = node->child; n; n = n->next) {
		struct timer *timer = read_text(m, n, "a timer") ? read_find(m, &m->timers, "timer", n->text, n->place)
			: NULL;

		if (!timer)
			continue;
		for (unsigned i = 0; i < s->arm_count; i++)
			if (s->arms[i] == timer)
				model_error(m, n->place, "timer \"%s\" is armed here already", timer->name);
		s->arms[s->arm_count] = timer;
		s->arm_places[s->arm_count++] = n->place;
	}
}

enum { SHOWN_MAX = 32 };

static void
add_shown(struct machine *m, const struct node *n, struct state *s)
{
	unsigned index = 0;

	if (!read_text(m, n, "a word for what is shown") || !read_is_name(n->text)) {
		if (n->kind == NODE_SCALAR && n->length)
			model_error(m, n->place, "expected a word for what is shown, found \"%s\"", n->text);
		return;
	}
	while (index < m->shown.count && strcmp(m->shown.name[index], n->text) != 0)
		index++;
	if (index == SHOWN_MAX)
		model_error(m, n->place, "more than %d words for what is shown", SHOWN_MAX);
	else if (index == m->shown.count)
		names_add(&m->shown, n->text, m);
	if (index < SHOWN_MAX)
		s->shows |= UINT32_C(1) << index;
}

/* A word, or a list of them. */
static void
read_shows(struct machine *m, const struct node *node, struct state *s)
{
	if (node->kind != NODE_LIST)
		add_shown(m, node, s);
	else
		for (const struct node *n = node->child; n; n = n->next)
			add_shown(m, n, s);
}

static const char *
read_phrase(struct machine *m, const struct node *node)
{
	if (!read_is_name(node->text))
		model_error(m, node->place, "expected the name of a phrase, found \"%s\"", node->text);
	else if (m->phrases.count)
		read_find(m, &m->phrases, "phrase", node->text, node->place);
	return node->text;
}

static void
read_taken_answers(struct machine *m, const struct node *node, struct state *s)
{
	if (!read_list(m, node, "a list of answers"))
		return;
	s->answers = keep((node->count + 1) * sizeof(*s->answers));
	s->answer_places = keep((node->count + 1) * sizeof(*s->answer_places));
	for (const struct node *n = node->child; n; n = n->next) {
		struct answers *answers = read_text(m, n, "the name of answers") ?
			read_find(m, &m->answers, "answers", n->text, n->place) : NULL;

		if (!answers)
			continue;
		answers->used = true;
		s->answers[s->answer_count] = answers;
		s->answer_places[s->answer_count++] = n->place;
	}
}

void
read_answers(struct machine *m, const struct node *node)
{
	for (const struct node *n = node->child; n; n = n->next) {
		struct answers *answers = keep(sizeof(*answers));

		*answers = (struct answers){.name = read_name(m, n), .place = n->key->place};
		answers->handlers = keep((m->trigger_count + 1) * sizeof(*answers->handlers));
		names_add(&m->answers, answers->name, answers);
		read_handlers(m, n, NULL, false, answers->handlers, &answers->count);
	}
}

static struct state *
new_state(struct machine *m, const struct node *node, struct region *region, struct state *parent)
{
	struct state *s = keep(sizeof(*s));

	*s = (struct state){.name = read_name(m, node), .about = "", .place = node->key->place, .region = region,
		.parent = parent, .depth = parent ? parent->depth + 1 : 0};
	s->path = parent && parent->parent ? keep_format("%s.%s", parent->path, s->name) : s->name;
	s->c_name = parent ? keep_c_name(s->path) : keep_format("region_%s", keep_c_name(s->name));
	s->ignores = keep((m->events.count + 1) * sizeof(*s->ignores));
	s->ignored_with_group = keep(m->events.count + 1);
	return s;
}

static void
add_state(struct machine *m, struct state *s)
{
	struct region *r = s->region;

	s->index = m->state_count;
	m->states[m->state_count++] = s;
	if (!r->states)
		r->states = &m->states[s->index];
	r->state_count++;
	names_add(&r->paths, s->path, s);
	names_add(&r->last_names, s->name, s);
}

const struct key state_keys[] = {
	{.name = "about"}, {.name = "initial"}, {.name = "enter", .shape = SHAPE_DOING},
	{.name = "leave", .shape = SHAPE_DOING}, {.name = "arm", .shape = SHAPE_NAMES},
	{.name = "timers", .shape = SHAPE_HANDLERS}, {.name = "shows", .shape = SHAPE_WORDS}, {.name = "phrase"},
	{.name = "awaits"}, {.name = "answers", .shape = SHAPE_NAMES}, {.name = "events", .shape = SHAPE_HANDLERS},
	{.name = "ignore", .shape = SHAPE_NAMES}, {.name = "states", .shape = SHAPE_STATES},
	{.name = "choose", .shape = SHAPE_CHOICE}, {0},
};

static void
read_state(struct machine *m, const struct node *node, struct state *s)
{
	const struct node *states, *part;
	unsigned errors = m->messages->errors;

	if (!read_map(m, node, s->parent ? "a state" : "a region", state_keys))
		return;
	states = yaml_get(node, "states");
	s->handlers = keep((m->trigger_count + 1) * sizeof(*s->handlers));
	if ((part = yaml_get(node, "about")) && read_text(m, part, "a sentence"))
		s->about = part->text;
	if ((part = yaml_get(node, "shows")))
		read_shows(m, part, s);
	if ((part = yaml_get(node, "phrase")) && read_text(m, part, "the name of a phrase"))
		s->phrase = read_phrase(m, part);
	if ((part = yaml_get(node, "awaits")) && read_text(m, part, "a group of events"))
		s->awaits = read_find(m, &m->groups, "group", part->text, part->place);
	if ((part = yaml_get(node, "choose")))
		read_choice(m, part, node, s);
	if ((part = yaml_get(node, "initial")) && read_text(m, part, "a state")) {
		s->initial_text = part->text;
		s->initial_place = part->place;
		if (!states)
			model_error(m, part->key->place, "an initial state, but no states inside");
	}
	read_doing(m, yaml_get(node, "enter"), &s->enter);
	read_doing(m, yaml_get(node, "leave"), &s->leave);
	if ((part = yaml_get(node, "arm")))
		read_arms(m, part, s);
	if ((part = yaml_get(node, "events")))
		read_handlers(m, part, s, false, s->handlers, &s->handler_count);
	if ((part = yaml_get(node, "timers")))
		read_handlers(m, part, s, true, s->handlers, &s->handler_count);
	if ((part = yaml_get(node, "answers")))
		read_taken_answers(m, part, s);
	if ((part = yaml_get(node, "ignore")))
		read_ignores(m, part, s);
	s->broken = m->messages->errors > errors;
	if (!states || !read_map(m, states, "a map of states", NULL))
		return;
	s->children = keep((states->count + 1) * sizeof(*s->children));
	for (const struct node *n = states->child; n; n = n->next) {
		struct state *child = new_state(m, n, s->region, s);

		s->children[s->child_count++] = child;
		add_state(m, child);
		read_state(m, n, child);
	}
}

static unsigned
count_states(const struct node *node)
{
	const struct node *states = node->kind == NODE_MAP ? yaml_get(node, "states") : NULL;
	unsigned count = 0;

	for (const struct node *n = states ? states->child : NULL; n; n = n->next)
		count += 1 + count_states(n);
	return count;
}

void
read_region(struct machine *m, const struct node *node)
{
	struct region *r = keep(sizeof(*r));
	struct state **states = keep((m->state_count + count_states(node) + 1) * sizeof(*states));

	for (unsigned i = 0; i < m->state_count; i++)
		states[i] = m->states[i];
	m->states = states;
	*r = (struct region){.name = read_name(m, node), .place = node->key->place};
	r->c_name = keep_c_name(r->name);
	r->index = (unsigned)m->regions.count;
	names_add(&m->regions, r->name, r);
	r->root = new_state(m, node, r, NULL);
	read_state(m, node, r->root);
	if (node->kind == NODE_MAP && !r->root->child_count)
		model_error(m, r->place, "region \"%s\" has no states", r->name);
	if (r->root->choice || r->root->enter.count || r->root->leave.count)
		model_error(m, r->place, "a region is neither entered nor left and cannot choose");
}
