/* Types, and what has fields of them: settings, context, events, effects. */
#include "read.h"

#include <string.h>

/* A field is an identifier of its own, so it may not be a word of C. */
static const char *
field_c_name(const char *name)
{
	static const char words[] = " alignas alignof auto bool break case char const continue default do double else"
		" enum extern float for goto if inline int long register restrict return short signed sizeof static"
		" struct switch true false typedef union unsigned void volatile while ";
	const char *c_name = keep_c_name(name);

	return strstr(words, keep_format(" %s ", c_name)) ? keep_format("%s_", c_name) : c_name;
}

static void
read_c_type(struct machine *m, const struct node *n, struct type *type)
{
	static const struct { const char *name; unsigned size; } c_types[] = {
		{"int64_t", 8}, {"uint32_t", 4}, {"int32_t", 4}, {"uint16_t", 2}, {"int16_t", 2}, {"uint8_t", 1}, {"int8_t", 1},
		{"bool", 1},
	};
	char quoted[QUOTED_SIZE];

	for (size_t i = 0; n->kind == NODE_SCALAR && i < sizeof(c_types) / sizeof(*c_types); i++)
		if (strcmp(n->text, c_types[i].name) == 0) {
			type->c_type = c_types[i].name;
			type->size = c_types[i].size;
			return;
		}
	model_error(m, n->place, "expected an integer type of C such as int64_t, or a list of words, found %s",
		n->kind == NODE_SCALAR ? message_quote(n->text, n->length, quoted) : read_kind_name(n));
}

static void
read_words(struct machine *m, const struct node *n, struct type *type)
{
	unsigned count = 0;

	type->words = keep((n->count + 1) * sizeof(*type->words));
	for (const struct node *word = n->child; word; word = word->next)
		if (read_text(m, word, "a word"))
			type->words[count++] = read_name(m, word);
}

void
read_types(struct machine *m, const struct node *node)
{
	for (const struct node *n = node->child; n; n = n->next) {
		struct type *type = keep(sizeof(*type));

		*type = (struct type){.name = read_name(m, n), .place = n->key->place, .c_type = "uint8_t", .size = 1};
		type->c_name = field_c_name(type->name);
		if (names_find(&m->types, type->name)) {
			model_error(m, type->place, "the type \"%s\" is built in", type->name);
			continue;
		}
		names_add(&m->types, type->name, type);
		if (n->kind == NODE_LIST)
			read_words(m, n, type);
		else
			read_c_type(m, n, type);
	}
}

/* `version` or `optional version`. */
static struct field *
read_field(struct machine *m, const struct node *n)
{
	struct field *field = keep(sizeof(*field));
	const char *type = n->text;

	*field = (struct field){.name = read_name(m, n), .place = n->key->place};
	field->c_name = field_c_name(field->name);
	if (!read_text(m, n, "a type"))
		return field;
	if (strncmp(type, "optional ", 9) == 0) {
		field->optional = true;
		type += 9;
	}
	field->type = read_find(m, &m->types, "type", type, n->place);
	if (field->type)
		field->type->used = true;
	return field;
}

static void
read_fields(struct machine *m, const struct node *node, struct kind *kind)
{
	for (const struct node *n = node->child; n; n = n->next) {
		struct field *field = read_field(m, n);

		names_add(&kind->fields, field->name, field);
	}
}

void
read_settings(struct machine *m, const struct node *node)
{
	read_fields(m, node, &m->settings);
}

void
read_context(struct machine *m, const struct node *node)
{
	read_fields(m, node, &m->context);
	for (size_t i = 0; i < m->context.fields.count; i++)
		if (model_field(&m->context, i)->optional)
			model_error(m, model_field(&m->context, i)->place, "only an event's field can be optional");
}

static bool
read_attribute(struct machine *m, const struct node *n, struct kind *kind, bool event)
{
	const char *key = n->key->text;

	if (strcmp(key, "about") == 0)
		kind->about = read_text(m, n, "a sentence") ? n->text : "";
	else if (event && strcmp(key, "boots") == 0)
		kind->boots = read_flag(m, n);
	else if (!event && strcmp(key, "once") == 0)
		kind->once = read_flag(m, n);
	else
		return event && strcmp(key, "sets_clock") == 0;
	return true;
}

static void
check_own(struct machine *m, const struct field *field, bool event)
{
	static const char *const own[] = {"kind", "timer", "at", "awake"};

	for (size_t i = 0; i < (event ? sizeof(own) / sizeof(*own) : 1); i++)
		if (strcmp(field->name, own[i]) == 0)
			model_error(m, field->place, "every %s has a field \"%s\" already", event ? "event" : "effect", own[i]);
}

static struct kind *
read_kind(struct machine *m, const struct node *node, bool event)
{
	const struct node *clock = NULL;
	struct kind *kind = keep(sizeof(*kind));

	*kind = (struct kind){.name = read_name(m, node), .about = "", .place = node->key->place};
	kind->c_name = keep_c_name(kind->name);
	if (!read_map(m, node, "a map of fields", NULL))
		return kind;
	for (const struct node *n = node->child; n; n = n->next) {
		struct field *field;

		if (event && strcmp(n->key->text, "sets_clock") == 0)
			clock = n;
		if (read_attribute(m, n, kind, event))
			continue;
		field = read_field(m, n);
		names_add(&kind->fields, field->name, field);
		check_own(m, field, event);
	}
	if (clock && read_text(m, clock, "a field of this event"))
		kind->sets_clock = read_find(m, &kind->fields, "field", clock->text, clock->place);
	return kind;
}

void
read_events(struct machine *m, const struct node *node)
{
	for (const struct node *n = node->child; n; n = n->next) {
		struct kind *kind = read_kind(m, n, true);

		kind->index = (unsigned)m->events.count;
		names_add(&m->events, kind->name, kind);
		kind->used = strcmp(kind->name, "timer") == 0;
		if (kind->used)
			model_error(m, kind->place, "the event \"timer\" is built in: it says that a timer is due");
	}
}

void
read_effects(struct machine *m, const struct node *node)
{
	for (const struct node *n = node->child; n; n = n->next) {
		struct kind *kind = read_kind(m, n, false);

		kind->index = (unsigned)m->effects.count;
		names_add(&m->effects, kind->name, kind);
		kind->used = strcmp(kind->name, "rearm") == 0 || strcmp(kind->name, "stop") == 0;
		if (kind->used)
			model_error(m, kind->place, "\"%s\" is a word of the language: rearm and stop work on timers",
				kind->name);
	}
}
