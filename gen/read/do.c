/* Reads when a transition is taken and what it does. */
#include "read.h"

#include <ctype.h>
#include <string.h>

/* A recursive-descent parser for `a and not (b or c)`. */
struct words {
	struct machine *machine;
	struct handler *handler;
	const char *at;
	const struct node *node;
	char word[64];			/* the next one; "" at the end */
	bool failed;
};

static void
next(struct words *w)
{
	size_t length = 0;

	while (isspace((unsigned char)*w->at))
		w->at++;
	if (*w->at && strchr("()", *w->at))
		w->word[length++] = *w->at++;
	else
		while (*w->at && !isspace((unsigned char)*w->at) && !strchr("()", *w->at)) {
			if (length + 1 < sizeof(w->word))
				w->word[length++] = *w->at;
			w->at++;
		}
	w->word[length] = '\0';
}

static bool
accept(struct words *w, const char *word)
{
	if (strcmp(w->word, word) != 0)
		return false;
	next(w);
	return true;
}

static struct when *
join(enum when_kind kind, struct when *left, struct when *right)
{
	struct when *when = keep(sizeof(*when));

	*when = (struct when){.kind = kind, .left = left, .right = right};
	return when;
}

/* Returns the place of the word that was read last. */
static struct place
place_of(const struct words *w)
{
	struct place place = w->node->place;

	if (!w->node->block && !strchr(w->node->text, '\n'))
		place.column += (unsigned)(w->at - w->node->text - (ptrdiff_t)strlen(w->word)) + w->node->quoted;
	return place;
}

/* Reports the first error of a text; further ones would follow from it. */
static void
wrong(struct words *w, const char *text)
{
	if (!w->failed)
		model_error(w->machine, place_of(w), "%s", text);
	w->failed = true;
}

static void
wrong_word(struct words *w, const char *expected)
{
	const char *found = w->word[0] ? keep_format("\"%s\"", w->word) : "the end";

	wrong(w, keep_format("expected %s, found %s in \"%s\"", expected, found, w->node->text));
}

static void
ask_guard(struct words *w, struct guard *guard)
{
	struct handler *h = w->handler;

	guard->used = true;
	for (unsigned i = 0; i < h->guard_count; i++)
		if (h->guards[i] == guard)
			return;
	if (h->guard_count == GUARDS_MAX)
		wrong(w, keep_format("more than %d guards for one event", GUARDS_MAX));
	else
		h->guards[h->guard_count++] = guard;
}

static struct code *
add_code(struct machine *m, const char *text, struct place place)
{
	struct code *code = keep(sizeof(*code));

	*code = (struct code){.text = text, .place = place, .next = m->all_code};
	return m->all_code = code;
}

static const struct field *
find_flag(const struct kind *kind, const char *c_name)
{
	for (size_t i = 0; i < kind->fields.count; i++) {
		const struct field *field = model_field(kind, i);

		if (strcmp(field->c_name, c_name) == 0 && field->type && strcmp(field->type->c_type, "bool") == 0)
			return field;
	}
	return NULL;
}

/* Returns the guard that asks a flag of the context or the settings, made now if it is the first to ask, or NULL.
 * close-apps asks close_apps. */
static struct guard *
flag_guard(struct machine *m, const char *name)
{
	const char *c_name = keep_c_name(name);
	const struct field *remembered = find_flag(&m->context, c_name), *set = find_flag(&m->settings, c_name);
	const struct field *flag = remembered ? remembered : set;
	struct guard *guard;

	if (!flag || strchr(name, '_'))
		return NULL;
	if (remembered && set)
		model_error(m, remembered->place, "the flag \"%s\" is a setting too, so as a guard it needs a name of its own",
			remembered->name);
	guard = keep(sizeof(*guard));
	*guard = (struct guard){.name = keep_copy(name, strlen(name)), .c_name = c_name, .place = flag->place,
		.index = (unsigned)m->guards.count, .code = add_code(m, keep_format("%s->%s", remembered ? "m" : "s", c_name),
		flag->place)};
	names_add(&m->guards, guard->name, guard);
	return guard;
}

/* Adds the names of the flags as guards have them: close-apps of close_apps. */
static void
add_flags(struct names *names, const struct kind *kind)
{
	for (size_t i = 0; i < kind->fields.count; i++) {
		const char *c_name = model_field(kind, i)->c_name;
		char *name = keep_copy(c_name, strlen(c_name));

		for (char *at = strchr(name, '_'); at; at = strchr(at, '_'))
			*at = '-';
		if (find_flag(kind, c_name))
			names_add(names, name, name);
	}
}

/* Reports a guard that does not exist; what was meant may be a flag. */
static void
unknown_guard(struct words *w)
{
	struct machine *m = w->machine;
	struct names known = {0};

	for (size_t i = 0; i < m->guards.count; i++)
		names_add(&known, m->guards.name[i], m);
	add_flags(&known, &m->context);
	add_flags(&known, &m->settings);
	m->guards.missed = true;
	model_error(m, place_of(w), "unknown guard \"%s\"%s", w->word, names_hint(&known, w->word));
}

static struct when *either(struct words *);

static struct when *
single(struct words *w)
{
	struct when *when;

	if (accept(w, "not"))
		return join(WHEN_NOT, single(w), NULL);
	if (accept(w, "(")) {
		when = either(w);
		if (!accept(w, ")"))
			wrong_word(w, "a closing bracket");
		return when;
	}
	when = join(WHEN_GUARD, NULL, NULL);
	if (strcmp(w->word, "else") == 0) {
		wrong(w, "else is not a guard: the last transition of a list is {else, do: [...], to: state}");
		return when;
	}
	if (!islower((unsigned char)w->word[0]) || strcmp(w->word, "and") == 0 || strcmp(w->word, "or") == 0) {
		wrong_word(w, "a guard");
		return when;
	}
	when->guard = names_find(&w->machine->guards, w->word);
	if (!when->guard)
		when->guard = flag_guard(w->machine, w->word);
	if (when->guard)
		ask_guard(w, when->guard);
	else if (!w->failed)
		unknown_guard(w);
	w->failed |= !when->guard;
	next(w);
	return when;
}

static struct when *
both(struct words *w)
{
	struct when *when = single(w);

	while (!w->failed && accept(w, "and"))
		when = join(WHEN_AND, when, single(w));
	return when;
}

static struct when *
either(struct words *w)
{
	struct when *when = both(w);

	while (!w->failed && accept(w, "or"))
		when = join(WHEN_OR, when, both(w));
	return when;
}

struct when *
read_when(struct machine *m, const struct node *node, struct handler *handler)
{
	struct words w = {.machine = m, .handler = handler, .at = node->text, .node = node};
	struct when *when;

	next(&w);
	when = either(&w);
	if (w.word[0] && !w.failed)
		wrong_word(&w, "and, or, or the end");
	handler->broken |= w.failed;
	return when;
}

/* Reads a field's value: a word of its type, or C. */
static struct code *
read_value(struct machine *m, const struct node *node, const struct field *field)
{
	struct code *code = read_code(m, node);
	const char **words = field->type ? field->type->words : NULL;

	for (const char **word = words; word && *word; word++)
		if (strcmp(*word, node->text) == 0)
			code->text = keep_upper(keep_format("%s_%s", field->type->c_name, *word));
	return code;
}

/* Returns the context's field of the same name, for a field that is not given. */
static struct code *
from_context(struct machine *m, const struct item *item, const struct field *field)
{
	const struct field *same = names_find(&m->context.fields, field->name);

	if (!same || same->type != field->type) {
		model_error(m, item->place, "effect \"%s\" needs its field \"%s\", which is not in the context: {%s: {%s: ...}}",
			item->effect->name, field->name, item->effect->name, field->name);
		return NULL;
	}
	return add_code(m, keep_format("m->%s", same->c_name), item->place);
}

static void
read_args(struct machine *m, const struct node *args, struct item *item)
{
	const struct names *fields = &item->effect->fields;
	struct key *keys = keep((fields->count + 1) * sizeof(*keys));

	item->args = keep((fields->count + 1) * sizeof(*item->args));
	for (size_t i = 0; i < fields->count; i++)
		keys[i].name = fields->name[i];
	if (args && !read_map(m, args, "the effect's fields", keys))
		return;
	if (args && !fields->count && args->child)
		model_error(m, args->child->key->place, "effect \"%s\" has no fields", item->effect->name);
	for (size_t i = 0; i < fields->count; i++) {
		const struct node *arg = args ? yaml_get(args, fields->name[i]) : NULL;

		if (!arg)
			item->args[i] = from_context(m, item, fields->value[i]);
		else if (read_text(m, arg, "a value in C"))
			item->args[i] = read_value(m, arg, fields->value[i]);
	}
}

/* `session: true` sets the field of the context. */
static void
read_assignment(struct machine *m, const struct node *n, const struct field *field, struct item *item)
{
	const char *to = keep_format("m->%s = ", field->c_name);
	struct action *action = keep(sizeof(*action));
	struct code *code;

	item->action = action;
	*action = (struct action){.name = keep_format("%s: %s", field->name, n->text), .place = n->key->place, .used = true,
		.c_name = keep_format("set_%s_%zu", field->c_name, m->actions.count), .index = (unsigned)m->actions.count};
	names_add(&m->actions, action->c_name, action);
	if (!read_text(m, n, "a value in C"))
		return;
	if (strpbrk(n->text, ";{}"))
		model_error(m, n->place, "expected an expression in C for the field \"%s\"", field->name);
	code = read_value(m, n, field);
	code->text = keep_format("%s%s;", to, code->text);
	code->place.column -= (unsigned)strlen(to);	/* so that messages name the column in the file */
	action->code = code;
}

static void
read_effect(struct machine *m, const char *name, struct place place, const struct node *args, struct item *item)
{
	item->kind = ITEM_EFFECT;
	item->effect = names_find(&m->effects, name);
	if (item->effect) {
		item->effect->used = true;
		read_args(m, args, item);
		return;
	}
	if (args && names_find(&m->actions, name))
		model_error(m, place, "the action \"%s\" takes no fields", name);
	else if (args && args->kind == NODE_SCALAR)
		read_find(m, &m->context.fields, "field of the context", name, place);
	else if (args)
		read_find(m, &m->effects, "effect", name, place);
	else {
		m->actions.missed = m->effects.missed = true;
		model_error(m, place, "unknown action or effect \"%s\"%s", name,
			*names_hint(&m->actions, name) ? names_hint(&m->actions, name) : names_hint(&m->effects, name));
	}
}

static void
read_timer_item(struct machine *m, const struct node *n, struct item *item)
{
	item->kind = strcmp(n->key->text, "rearm") == 0 ? ITEM_REARM : ITEM_STOP;
	if (read_text(m, n, "a timer"))
		item->timer = read_find(m, &m->timers, "timer", n->text, n->place);
}

static void
read_item(struct machine *m, const struct node *n, struct item *item)
{
	const struct field *field;

	item->place = n->place;
	if (n->kind == NODE_SCALAR) {
		item->action = names_find(&m->actions, n->text);
		if (item->action)
			item->action->used = true;
		else
			read_effect(m, n->text, n->place, NULL, item);
		return;
	}
	if (n->kind != NODE_MAP || n->count != 1) {
		model_error(m, n->place, "expected an action, an effect, a field of the context with its value, rearm: or stop: with one timer");
		item->kind = ITEM_STOP;
		return;
	}
	field = names_find(&m->context.fields, n->child->key->text);
	if (strcmp(n->child->key->text, "rearm") == 0 || strcmp(n->child->key->text, "stop") == 0)
		read_timer_item(m, n->child, item);
	else if (field && n->child->kind == NODE_SCALAR && !names_find(&m->effects, field->name))
		read_assignment(m, n->child, field, item);
	else
		read_effect(m, n->child->key->text, n->child->key->place, n->child, item);
}

void
read_doing(struct machine *m, const struct node *node, struct doing *doing)
{
	if (!node || !read_list(m, node, "a list of actions and effects"))
		return;
	doing->items = keep(node->count * sizeof(*doing->items));
	for (const struct node *n = node->child; n; n = n->next) {
		struct item *item = &doing->items[doing->count++];

		read_item(m, n, item);
		doing->effects += item->kind == ITEM_EFFECT;
	}
}
