#include "read.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char *const kind_name[] = {"text", "a list", "a map"};

const char *
read_kind_name(const struct node *node)
{
	return kind_name[node->kind];
}

static bool
expect(struct machine *m, const struct node *node, enum node_kind kind, const char *what)
{
	char quoted[QUOTED_SIZE];

	if (node->kind == kind)
		return true;
	if (node->kind == NODE_SCALAR)
		model_error(m, node->place, "expected %s, found %s", what,
			node->length ? message_quote(node->text, node->length, quoted) : "nothing");
	else
		model_error(m, node->place, "expected %s, found %s", what, kind_name[node->kind]);
	return false;
}

bool
read_list(struct machine *m, const struct node *node, const char *what)
{
	return expect(m, node, NODE_LIST, what);
}

bool
read_text(struct machine *m, const struct node *node, const char *what)
{
	if (!expect(m, node, NODE_SCALAR, what))
		return false;
	if (node->length == 0)
		model_error(m, node->place, "expected %s, found nothing", what);
	return node->length > 0;
}

bool
read_flag(struct machine *m, const struct node *node)
{
	if (!read_text(m, node, "true or false"))
		return false;
	if (strcmp(node->text, "true") != 0 && strcmp(node->text, "false") != 0)
		model_error(m, node->place, "expected true or false, found \"%s\"", node->text);
	return strcmp(node->text, "true") == 0;
}

bool
read_map(struct machine *m, const struct node *node, const char *what, const struct key *keys)
{
	struct names known = {0};

	if (!expect(m, node, NODE_MAP, what))
		return false;
	for (; keys && keys->name; keys++)
		names_add(&known, keys->name, &known);
	for (const struct node *member = node->child; known.count && member; member = member->next)
		if (!names_find(&known, member->key->text)) {
			const char *hint = names_hint(&known, member->key->text);

			if (!*hint && member->kind == NODE_SCALAR && !member->length && !member->quoted)
				hint = " (C with a comma in it needs quotes here)";
			model_error(m, member->key->place, "unknown key \"%s\" in %s%s", member->key->text, what, hint);
		}
	return true;
}

bool
read_is_name(const char *name)
{
	if (!islower((unsigned char)name[0]))
		return false;
	for (; *name; name++)
		if (!islower((unsigned char)*name) && !isdigit((unsigned char)*name) && !strchr("-_", *name))
			return false;
	return true;
}

const char *
read_name(struct machine *m, const struct node *member)
{
	const struct node *at = member->key ? member->key : member;
	char quoted[QUOTED_SIZE];

	if (!read_is_name(at->text))
		model_error(m, at->place, "expected a name of small letters, digits, - and _, found %s",
			message_quote(at->text, at->length, quoted));
	return at->text;
}

/* Returns the indentation of a block scalar, which libyaml drops: the first line with text has it. */
static unsigned
block_indent(const struct machine *m, const struct node *node)
{
	const char *text = node->text;
	unsigned line = node->place.line;	/* counted from 1, so this is the index of the next */

	while (*text == '\n' && line + 1 < m->line_count) {
		text++;
		line++;
	}
	if (line >= m->line_count)
		return 0;
	return (unsigned)(strspn(m->lines[line], " ") - strspn(text, " "));
}

struct code *
read_code(struct machine *m, const struct node *node)
{
	struct code *code = keep(sizeof(*code));

	*code = (struct code){.text = node->text, .place = node->place, .next = m->all_code};
	code->place.column += node->quoted;
	if (node->block) {
		code->indent = block_indent(m, node);
		code->place = (struct place){node->place.line + 1, code->indent + 1};
	}
	m->all_code = code;
	return code;
}

void *
read_find(struct machine *m, struct names *names, const char *what, const char *name, struct place place)
{
	void *found = names_find(names, name);

	names->missed |= !found;
	if (!found)
		model_error(m, place, "unknown %s \"%s\"%s", what, name, names_hint(names, name));
	return found;
}

static void
read_guards(struct machine *m, const struct node *node)
{
	static const char words[] = " and or not else ";

	for (const struct node *n = node->child; n; n = n->next) {
		struct guard *guard = keep(sizeof(*guard));

		*guard = (struct guard){.name = read_name(m, n), .place = n->key->place};
		guard->c_name = keep_c_name(guard->name);
		guard->index = (unsigned)m->guards.count;
		guard->code = read_text(m, n, "a question in C") ? read_code(m, n) : NULL;
		names_add(&m->guards, guard->name, guard);
		guard->used = strstr(words, keep_format(" %s ", guard->name)) != NULL;
		if (guard->used)
			model_error(m, guard->place, "\"%s\" is a word of the language and cannot name a guard", guard->name);
	}
}

static void
read_values(struct machine *m, const struct node *node)
{
	for (const struct node *n = node->child; n; n = n->next) {
		struct value *value = keep(sizeof(*value));

		*value = (struct value){.name = read_name(m, n), .place = n->key->place};
		value->c_name = keep_c_name(value->name);
		value->code = read_text(m, n, "an expression in C") ? read_code(m, n) : NULL;
		names_add(&m->values, value->name, value);
	}
}

static void
read_actions(struct machine *m, const struct node *node)
{
	for (const struct node *n = node->child; n; n = n->next) {
		struct action *action = keep(sizeof(*action));
		char quoted[QUOTED_SIZE];

		*action = (struct action){.name = read_name(m, n), .place = n->key->place};
		action->c_name = keep_c_name(action->name);
		action->index = (unsigned)m->actions.count;
		action->code = read_text(m, n, "statements in C") ? read_code(m, n) : NULL;
		names_add(&m->actions, action->name, action);
		action->used = names_find(&m->effects, action->name) != NULL;
		if (action->used)
			model_error(m, action->place, "\"%s\" names an effect already", action->name);
		if (action->code && !strpbrk(n->text, ";}"))
			model_error(m, n->place, "expected statements in C, each ended by a semicolon, found %s",
				message_quote(n->text, n->length, quoted));
	}
}

static void
read_include(struct machine *m, const struct node *node)
{
	m->include = keep((node->count + 1) * sizeof(*m->include));
	for (const struct node *n = node->child; n; n = n->next)
		if (read_text(m, n, "a C header"))
			m->include[m->include_count++] = n->text;
}

static void
read_name_key(struct machine *m, const struct node *node)
{
	m->name = node->text;
	if (!read_is_name(m->name))
		model_error(m, node->place, "expected a name of small letters, digits, - and _, found \"%s\"", node->text);
}

static void
read_about(struct machine *m, const struct node *node)
{
	m->about = node->text;
}

static void
read_version(struct machine *m, const struct node *node)
{
	if (strcmp(node->text, "1") != 0)
		model_error(m, node->place, "expected version 1 of the machine language, found \"%s\"", node->text);
}

static void
read_top_code(struct machine *m, const struct node *node)
{
	m->code = read_code(m, node);
	m->code->general = true;
}

static void
read_regions(struct machine *m, const struct node *node)
{
	for (const struct node *n = node->child; n; n = n->next)
		read_region(m, n);
	if (!m->regions.count)
		model_error(m, node->key->place, "a machine needs a region");
}

static void
add_built_in(struct machine *m)
{
	static struct type types[] = {
		{.name = "instant", .c_type = "int64_t", .size = 8}, {.name = "duration", .c_type = "int64_t", .size = 8},
		{.name = "count", .c_type = "uint32_t", .size = 4}, {.name = "flag", .c_type = "bool", .size = 1},
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		types[i].built_in = types[i].used = true;
		names_add(&m->types, types[i].name, &types[i]);
	}
}

/* In this order: each part may use names of those before it. */
static const struct part {
	const char *key;
	enum node_kind kind;
	enum shape shape;
	void (*read)(struct machine *, const struct node *);
	const char *needed;		/* what must be there */
} parts[] = {
	{"machine", NODE_SCALAR, SHAPE_VERSION, read_version, "the version of the language"},
	{"name", NODE_SCALAR, SHAPE_SCALAR, read_name_key, "a name"},
	{"about", NODE_SCALAR, SHAPE_SCALAR, read_about, NULL},
	{"include", NODE_LIST, SHAPE_NAMES, read_include, NULL},
	{"types", NODE_MAP, SHAPE_TYPES, read_types, NULL},
	{"settings", NODE_MAP, SHAPE_SCALARS, read_settings, NULL},
	{"context", NODE_MAP, SHAPE_SCALARS, read_context, NULL},
	{"durations", NODE_MAP, SHAPE_SCALARS, read_lengths, NULL},
	{"groups", NODE_MAP, SHAPE_GROUPS, read_groups, NULL},
	{"events", NODE_MAP, SHAPE_EVENTS, read_events, "the events"},
	{"effects", NODE_MAP, SHAPE_EFFECTS, read_effects, NULL},
	{"timers", NODE_MAP, SHAPE_TIMERS, read_timers, NULL},
	{"code", NODE_SCALAR, SHAPE_SCALAR, read_top_code, NULL},
	{"values", NODE_MAP, SHAPE_SCALARS, read_values, NULL},
	{"guards", NODE_MAP, SHAPE_SCALARS, read_guards, NULL},
	{"actions", NODE_MAP, SHAPE_SCALARS, read_actions, NULL},
	{"answers", NODE_MAP, SHAPE_ANSWERS, read_answers, NULL},
	{"regions", NODE_MAP, SHAPE_REGIONS, read_regions, "the regions with their states"},
	{"picture", NODE_MAP, SHAPE_ARROWS, read_picture, NULL},
	{"observed", NODE_MAP, SHAPE_SCALARS, read_observed, NULL},
	{"observe", NODE_MAP, SHAPE_SCALARS, read_observe, NULL},
	{"promises", NODE_MAP, SHAPE_PROMISES, read_promises, NULL},
};
enum { PARTS = sizeof(parts) / sizeof(*parts) };

const struct key *
read_machine_keys(void)
{
	struct key *keys = keep((PARTS + 1) * sizeof(*keys));

	for (size_t i = 0; i < PARTS; i++)
		keys[i] = (struct key){parts[i].key, parts[i].shape, parts[i].needed != NULL};
	return keys;
}

void
read_machine(struct machine *m, const struct node *root)
{
	add_built_in(m);
	if (!read_map(m, root, "a machine", read_machine_keys()))
		return;
	for (size_t i = 0; i < PARTS; i++) {
		const struct node *node = yaml_get(root, parts[i].key);

		if (node && expect(m, node, parts[i].kind, kind_name[parts[i].kind]))
			parts[i].read(m, node);
		if (!node && parts[i].needed)
			model_error(m, (struct place){0}, "expected the key \"%s\" (%s)", parts[i].key, parts[i].needed);
		if (strcmp(parts[i].key, "events") == 0)
			check_members(m);
		if (strcmp(parts[i].key, "timers") == 0)
			m->trigger_count = (unsigned)(m->events.count + m->timers.count);
	}
}
