#include "schema.h"

#include <assert.h>
#include <string.h>

#include "text/memory.h"
#include "words/phrase.h"
#include "text/key.h"
#include "text/zone.h"

/* Where a key's limits go; those of durations cannot be said. */
static const struct limit {
	const struct type *type;
	const char *least, *most;
} limits[] = {
	{&value_count, "minimum", "maximum"},
	{&value_durations, NULL, "maxItems"},
	{&value_name, NULL, "maxLength"},
	{&value_label, NULL, "maxLength"},
};

static void
put(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value) != 0)
		memory_out();
}

static void
push(json_t *list, json_t *value)
{
	if (json_array_append_new(list, value) != 0)
		memory_out();
}

static json_t *
value_of(const struct node *node)
{
	bool number = node->length && strspn(node->text, "0123456789") == node->length;
	json_t *list;

	if (node->kind == NODE_LIST) {
		list = json_array();
		for (const struct node *member = node->child; member; member = member->next)
			push(list, value_of(member));
		return list;
	}
	if (node->kind == NODE_MAP) {
		json_t *map = json_object();

		for (const struct node *member = node->child; member; member = member->next)
			put(map, member->key->text, value_of(member));
		return map;
	}
	if (!node->quoted && number)
		return json_integer(strtoll(node->text, NULL, 10));
	if (!node->quoted && (!strcmp(node->text, "true") || !strcmp(node->text, "false")))
		return json_boolean(node->text[0] == 't');
	return json_stringn(node->text, node->length);
}

json_t *
schema_value(const char *text)
{
	struct messages messages = {0};
	struct yaml *yaml = yaml_parse("table", text, strlen(text), &yaml_policy_limits, &messages);
	json_t *json;

	assert(yaml && !messages.errors);	/* the table's own mistake */
	json = value_of(yaml_root(yaml));
	yaml_close(yaml);
	return json;
}

/* `policy: 1` and `policy: "1"` are the same to check. */
static json_t *
choice(const char *const *words)
{
	json_t *list = json_array();

	for (; *words; words++) {
		json_t *value = schema_value(*words);

		push(list, json_incref(value));
		if (!json_is_string(value))
			push(list, json_string(*words));
		json_decref(value);
	}
	return list;
}

static json_t *
zones(void)
{
	json_t *list = json_array();

	push(list, json_string("device"));
	for (const char *const *name = zone_names(); *name; name++)
		push(list, json_string(*name));
	return list;
}

/* Languages by their tags, and in each the texts that there are. */
static void
texts(json_t *schema)
{
	json_t *properties = json_object();

	for (unsigned i = 0; i < PHRASES; i++)
		put(properties, phrase_about[i].name, json_pack("{s:s, s:s, s:i, s:s, s:[s]}", "description",
			phrase_about[i].about, "type", "string", "minLength", 1, "pattern", "^[^\\x00-\\x1f\\x7f]*$", "examples",
			language_en.phrases[i]));
	put(schema, "propertyNames", json_pack("{s:s}", "pattern", "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"));
	put(schema, "additionalProperties", json_pack("{s:s, s:b, s:o}", "type", "object", "additionalProperties", 0,
		"properties", properties));
}

static void
limit(const struct key *key, json_t *schema)
{
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		if (limits[i].type != key->type)
			continue;
		if (limits[i].least)
			put(schema, limits[i].least, json_integer(key->least));
		put(schema, limits[i].most, json_integer(key->most));
	}
	if (key->words)
		put(schema, "enum", choice(key->words));
	if (key->type == &value_zone)
		put(schema, "enum", zones());
	if (key->type == &value_texts)
		texts(schema);
}

static json_t *
describe_value(const struct key *key)
{
	json_t *own = json_loads(key->type->schema, 0, NULL), *schema = json_pack("{s:s}", "description", key->about);
	const char *example = key->example ? key->example : key->fallback ? key->fallback : key->type->example;

	assert(own);
	if (json_object_update(schema, own) != 0)
		memory_out();
	json_decref(own);
	limit(key, schema);
	if (key->fallback)
		put(schema, "default", schema_value(key->fallback));
	if (example)
		put(schema, "examples", json_pack("[o]", schema_value(example)));
	return schema;
}

static bool
needed(const struct key *key)
{
	return key->type ? !key->fallback : key->one_of;
}

static json_t *
describe_section(const struct key *section)
{
	json_t *properties = json_object(), *required = json_array();
	json_t *schema = json_pack("{s:s, s:s, s:b, s:o}", "description", section->about, "type", "object",
		"additionalProperties", 0, "properties", properties);

	for (const struct key *key = section->keys; key->name; key++) {
		put(properties, key->name, key->type ? describe_value(key) : describe_section(key));
		if (needed(key) && !section->one_of)
			push(required, json_string(key->name));
	}
	if (section->one_of) {
		put(schema, "minProperties", json_integer(1));
		put(schema, "maxProperties", json_integer(1));
	}
	if (json_array_size(required))
		put(schema, "required", json_incref(required));
	json_decref(required);
	return schema;
}

json_t *
schema_of(const struct key *table, const char *title, const char *description)
{
	json_t *schema = json_pack("{s:s, s:s}", "$schema", "http://json-schema.org/draft-07/schema#", "title", title);
	json_t *section = describe_section(&(struct key){.about = description, .keys = table});

	if (!schema || json_object_update(schema, section) != 0)
		memory_out();
	json_decref(section);
	return schema;
}
