/* Reads types, and what has fields: settings, context, events and effects. */
#include "read.h"

#include <string.h>

enum { WORDS_MAX = 256 };	/* a byte in the context */

/* Returns the field's identifier in C: a keyword gets an underscore. */
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

	if (n->count < 1 || n->count > WORDS_MAX)
		model_error(m, n->place, "expected 1 to %d words, found %u", WORDS_MAX, n->count);
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

/* Only events may lack fields. */
static void
refuse_optional(struct machine *m, const struct kind *kind)
{
	for (size_t i = 0; i < kind->fields.count; i++)
		if (model_field(kind, i)->optional)
			model_error(m, model_field(kind, i)->place, "only an event's field can be optional");
}

static void
check_own(struct machine *m, const struct field *field, const char *what, const char *const *own)
{
	for (; *own; own++)
		if (strcmp(field->name, *own) == 0)
			model_error(m, field->place, "%s has a field \"%s\" already", what, *own);
}

void
read_settings(struct machine *m, const struct node *node)
{
	read_fields(m, node, &m->settings);
	refuse_optional(m, &m->settings);
}

void
read_context(struct machine *m, const struct node *node)
{
	static const char *const own[] = {"settings", "at", "awake", "due", "state", NULL};

	read_fields(m, node, &m->context);
	refuse_optional(m, &m->context);
	for (size_t i = 0; i < m->context.fields.count; i++)
		check_own(m, model_field(&m->context, i), "the machine", own);
}

void
read_observed(struct machine *m, const struct node *node)
{
	read_fields(m, node, &m->observed);
	refuse_optional(m, &m->observed);
}

static void
read_about(struct machine *m, const struct node *n, struct kind *kind)
{
	kind->about = read_text(m, n, "a sentence") ? n->text : "";
}

static void
read_boots(struct machine *m, const struct node *n, struct kind *kind)
{
	kind->boots = read_flag(m, n);
}

static void
read_once(struct machine *m, const struct node *n, struct kind *kind)
{
	kind->once = read_flag(m, n);
}

/* The field may follow: find_clock looks it up. */
static void
read_sets_clock(struct machine *m, const struct node *n, struct kind *kind)
{
	(void)kind;
	read_text(m, n, "a field of this event");
}

static void
read_says(struct machine *m, const struct node *n, struct kind *kind)
{
	kind->says = read_text(m, n, "what a rehearsal prints") ? n->text : NULL;
}

/* `view`, or `updater download`: a driver and its verb. */
static void
read_by(struct machine *m, const struct node *n, struct kind *kind)
{
	const char *space;

	if (!read_text(m, n, "an owner, or a driver and its verb"))
		return;
	space = strchr(n->text, ' ');
	kind->owner = space ? keep_copy(n->text, (size_t)(space - n->text)) : n->text;
	kind->verb = space ? space + 1 : NULL;
	if (!read_is_name(kind->owner) || (space && !read_is_name(space + 1)) || strcmp(n->text, "driver") == 0)
		model_error(m, n->place, "expected an owner, as in view, or a driver and its verb, as in updater download, "
			"found \"%s\"", n->text);
	else if (!space && !names_find(&m->owners, n->text))
		names_add(&m->owners, n->text, kind);
}

static struct kind *
read_outcome(struct machine *m, const struct node *n)
{
	return read_text(m, n, "an event") ? read_find(m, &m->events, "event", n->text, n->place) : NULL;
}

/* The event when it is done, or a list with the one when it failed. */
static void
read_then(struct machine *m, const struct node *n, struct kind *kind)
{
	unsigned count = 0;

	if (n->kind != NODE_LIST) {
		kind->then[0] = read_outcome(m, n);
		return;
	}
	if (n->count < 1 || n->count > 2)
		model_error(m, n->place, "expected the event when it is done and the one when it failed, found %u", n->count);
	for (const struct node *event = n->child; event && count < 2; event = event->next)
		kind->then[count++] = read_outcome(m, event);
}

static void
read_meanwhile(struct machine *m, const struct node *n, struct kind *kind)
{
	kind->meanwhile = read_outcome(m, n);
}

/* The effects may follow: find_drivers looks them up. */
static void
read_ends(struct machine *m, const struct node *n, struct kind *kind)
{
	kind->ends_node = read_list(m, n, "a list of effects") ? n : NULL;
}

static void
read_waits(struct machine *m, const struct node *n, struct kind *kind)
{
	kind->waits_node = read_list(m, n, "a list of effects") ? n : NULL;
}

static void
read_silent(struct machine *m, const struct node *n, struct kind *kind)
{
	kind->silent = read_flag(m, n);
}

static void
read_safe(struct machine *m, const struct node *n, struct kind *kind)
{
	kind->safe = read_flag(m, n);
}

/* The attributes of an event or effect; any other key is a field. */
static const struct attribute {
	const char *key;
	bool of_event, of_effect;
	enum shape shape;
	void (*read)(struct machine *, const struct node *, struct kind *);
} attributes[] = {
	{"about", true, true, SHAPE_SCALAR, read_about},
	{"boots", true, false, SHAPE_FLAG, read_boots},
	{"sets_clock", true, false, SHAPE_SCALAR, read_sets_clock},
	{"once", false, true, SHAPE_FLAG, read_once},
	{"says", true, true, SHAPE_SCALAR, read_says},
	{"by", false, true, SHAPE_SCALAR, read_by},
	{"then", false, true, SHAPE_WORDS, read_then},
	{"meanwhile", false, true, SHAPE_SCALAR, read_meanwhile},
	{"ends", false, true, SHAPE_NAMES, read_ends},
	{"waits", false, true, SHAPE_NAMES, read_waits},
	{"silent", false, true, SHAPE_FLAG, read_silent},
	{"safe", false, true, SHAPE_FLAG, read_safe},
};

enum { ATTRIBUTES = sizeof(attributes) / sizeof(*attributes) };

const struct key *
read_attribute_keys(bool event)
{
	struct key *keys = keep((ATTRIBUTES + 1) * sizeof(*keys)), *to = keys;

	for (size_t i = 0; i < ATTRIBUTES; i++)
		if (event ? attributes[i].of_event : attributes[i].of_effect)
			*to++ = (struct key){.name = attributes[i].key, .shape = attributes[i].shape};
	return keys;
}

static const struct attribute *
find_attribute(const char *key, bool event)
{
	for (size_t i = 0; i < ATTRIBUTES; i++)
		if (strcmp(attributes[i].key, key) == 0 && (event ? attributes[i].of_event : attributes[i].of_effect))
			return &attributes[i];
	return NULL;
}

static void
find_clock(struct machine *m, const struct node *node, struct kind *event)
{
	const struct node *clock = yaml_get(node, "sets_clock");

	if (clock && clock->kind == NODE_SCALAR && clock->length)
		event->sets_clock = read_find(m, &event->fields, "field", clock->text, clock->place);
}

/* Checks that what a rehearsal prints has no placeholder but the fields of this event or effect. */
static void
check_placeholders(struct machine *m, const struct node *node, struct kind *kind)
{
	const struct node *says = kind->says ? yaml_get(node, "says") : NULL;

	for (const char *at = says ? strchr(kind->says, '{') : NULL; at; at = strchr(at + 1, '{'))
		read_find(m, &kind->fields, "field", keep_copy(at + 1, strcspn(at + 1, "}")), says->place);
}

static struct kind *
read_kind(struct machine *m, const struct node *node, bool event)
{
	static const char *const of_event[] = {"kind", "timer", "at", "awake", NULL}, *const of_effect[] = {"kind", NULL};
	struct kind *kind = keep(sizeof(*kind));

	*kind = (struct kind){.name = read_name(m, node), .about = "", .place = node->key->place};
	kind->c_name = keep_c_name(kind->name);
	if (!read_map(m, node, "a map of fields", NULL))
		return kind;
	for (const struct node *n = node->child; n; n = n->next) {
		const struct attribute *attribute = find_attribute(n->key->text, event);
		struct field *field;

		if (attribute) {
			attribute->read(m, n, kind);
			continue;
		}
		field = read_field(m, n);
		names_add(&kind->fields, field->name, field);
		check_own(m, field, event ? "every event" : "every effect", event ? of_event : of_effect);
	}
	check_placeholders(m, node, kind);
	if (event)
		find_clock(m, node, kind);
	else
		refuse_optional(m, kind);
	return kind;
}

static struct kind *
add_event(struct machine *m, struct kind *event)
{
	event->index = (unsigned)m->events.count;
	names_add(&m->events, event->name, event);
	event->used = strcmp(event->name, "timer") == 0;
	if (event->used)
		model_error(m, event->place, "the event \"timer\" is built in: it says that a timer is due");
	return event;
}

/* An event that carries nothing needs no more than its name in a group. */
static struct kind *
read_member(struct machine *m, const struct node *n)
{
	struct kind *event = names_find(&m->events, n->text);

	if (event)
		return event;
	if (!read_is_name(n->text))
		model_error(m, n->place, "expected a name of small letters, digits, - and _, found \"%s\"", n->text);
	event = keep(sizeof(*event));
	*event = (struct kind){.name = n->text, .c_name = keep_c_name(n->text), .about = "", .place = n->place};
	return add_event(m, event);
}

static void
read_group(struct machine *m, const struct node *node, struct group *group)
{
	if (!read_list(m, node, "a list of events"))
		return;
	for (const struct node *n = node->child; n; n = n->next) {
		struct kind *event = read_text(m, n, "an event") ? read_member(m, n) : NULL;

		if (event && event->group)
			model_error(m, n->place, "event \"%s\" is in group \"%s\" already", event->name, event->group->name);
		else if (event)
			event->group = group;
	}
}

void
read_groups(struct machine *m, const struct node *node)
{
	for (const struct node *n = node->child; n; n = n->next) {
		struct group *group = keep(sizeof(*group));

		*group = (struct group){.name = read_name(m, n), .place = n->key->place, .index = (unsigned)m->groups.count};
		group->c_name = keep_c_name(group->name);
		names_add(&m->groups, group->name, group);
		read_group(m, n, group);
	}
}

void
check_members(struct machine *m)
{
	struct names listed = {0};

	for (size_t i = 0; i < m->groups.count; i++) {
		struct group *group = m->groups.value[i];

		group->has = keep(m->events.count + 1);
		if (names_find(&m->events, group->name))
			model_error(m, group->place, "\"%s\" names an event already", group->name);
	}
	for (unsigned i = 0; i < m->events.count; i++)
		if (model_event(m, i)->group) {
			model_event(m, i)->group->has[i] = true;
			names_add(&listed, model_event(m, i)->name, m);
		}
	for (unsigned i = 0; m->groups.count && i < m->events.count; i++)
		if (!model_event(m, i)->group)
			model_error(m, model_event(m, i)->place, "event \"%s\" is in none of the groups: whose word is it?%s",
				model_event(m, i)->name, names_hint(&listed, model_event(m, i)->name));
}

void
read_events(struct machine *m, const struct node *node)
{
	for (const struct node *n = node->child; n; n = n->next) {
		struct kind *event = read_kind(m, n, true), *listed = names_find(&m->events, event->name);

		if (!listed) {
			add_event(m, event);
			continue;
		}
		event->group = listed->group;
		event->index = listed->index;
		event->used = listed->used;
		*listed = *event;
	}
}

enum { DRIVERS_MAX = 32 };

static uint32_t
find_drivers(struct machine *m, const struct node *list)
{
	uint32_t found = 0;

	for (const struct node *n = list ? list->child : NULL; n; n = n->next) {
		const struct kind *effect = read_text(m, n, "an effect") ?
			read_find(m, &m->effects, "effect", n->text, n->place) : NULL;

		if (effect && !effect->verb)
			model_error(m, n->place, "effect \"%s\" is no driver's, so nothing ends it or waits for it", effect->name);
		else if (effect)
			found |= UINT32_C(1) << effect->index;
	}
	return found;
}

/* Looks up ends and waits. A driver ends its own earlier run, unless it waits for that. */
static void
check_drivers(struct machine *m)
{
	for (unsigned i = 0; i < m->effects.count; i++) {
		struct kind *effect = model_effect(m, i);

		if (!effect->verb && (effect->then[0] || effect->meanwhile || effect->ends_node || effect->waits_node ||
			effect->silent || effect->safe))
			model_error(m, effect->place, "effect \"%s\" has what only a driver's has: then, meanwhile, ends, waits, "
				"silent or safe", effect->name);
		if (effect->verb && i >= DRIVERS_MAX)
			model_error(m, effect->place, "a driver's effect has to be among the first %d effects", DRIVERS_MAX);
		if (!effect->verb || i >= DRIVERS_MAX)
			continue;
		effect->ends = find_drivers(m, effect->ends_node);
		effect->waits = find_drivers(m, effect->waits_node);
		if (!(effect->waits >> i & 1))
			effect->ends |= UINT32_C(1) << i;
		if (effect->fields.count > 1)
			model_error(m, effect->place, "effect \"%s\" has %zu fields, but a driver is given one argument",
				effect->name, effect->fields.count);
	}
}

/* If one effect has an owner, all must: no host would carry out one without. */
static void
check_owners(struct machine *m)
{
	bool any = false;

	for (size_t i = 0; i < m->effects.count; i++)
		any |= model_effect(m, i)->owner != NULL;
	for (size_t i = 0; any && i < m->effects.count; i++)
		if (!model_effect(m, i)->owner)
			model_error(m, model_effect(m, i)->place, "effect \"%s\" has no owner: say by: whose it is",
				model_effect(m, i)->name);
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
	check_owners(m);
	check_drivers(m);
}
