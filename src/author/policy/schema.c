/* schema - prints the table of a policy's keys as JSON Schema (draft 7, which editors read), with descriptions, defaults
 * and examples. `check` is stricter: the schema describes single values, not combinations of them or dates that do not
 * exist. Editors read YAML 1.2, where a bare 15.2 is a number, so versions may be numbers. */
#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "text/command.h"
#include "text/key.h"
#include "text/memory.h"
#include "text/zone.h"
#include "words/texts.h"
#include "words/policy.h"

/* The schema's keywords for a key's limits. JSON Schema has none for durations. */
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
set_member(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value) != 0)
		memory_out();
}

static void
append_value(json_t *list, json_t *value)
{
	if (json_array_append_new(list, value) != 0)
		memory_out();
}

static json_t *
node_json(const struct node *node)
{
	bool number = node->length && strspn(node->text, "0123456789") == node->length;
	json_t *list;

	if (node->kind == NODE_LIST) {
		list = json_array();
		for (const struct node *member = node->child; member; member = member->next)
			append_value(list, node_json(member));
		return list;
	}
	if (node->kind == NODE_MAP) {
		json_t *map = json_object();

		for (const struct node *member = node->child; member; member = member->next)
			set_member(map, member->key->text, node_json(member));
		return map;
	}
	if (!node->quoted && number)
		return json_integer(strtoll(node->text, NULL, 10));
	if (!node->quoted && (!strcmp(node->text, "true") || !strcmp(node->text, "false")))
		return json_boolean(node->text[0] == 't');
	return json_stringn(node->text, node->length);
}

/* Converts the YAML of a default or an example. */
static json_t *
yaml_json(const char *text)
{
	struct messages messages = {0};
	struct yaml *yaml = yaml_parse("table", text, strlen(text), &yaml_policy_limits, &messages);
	json_t *json;

	assert(yaml && !messages.errors);	/* text comes from our own table */
	json = node_json(yaml_root(yaml));
	yaml_close(yaml);
	return json;
}

/* Returns the words as JSON; a number or flag also as a string, since `check` accepts `policy: 1` and `policy: "1"` alike. */
static json_t *
word_list(const char *const *words)
{
	json_t *list = json_array();

	for (; *words; words++) {
		json_t *value = yaml_json(*words);

		append_value(list, json_incref(value));
		if (!json_is_string(value))
			append_value(list, json_string(*words));
		json_decref(value);
	}
	return list;
}

static json_t *
zone_list(void)
{
	json_t *list = json_array();

	append_value(list, json_string("device"));
	for (const char *const *name = zone_names(); *name; name++)
		append_value(list, json_string(*name));
	return list;
}

/* Adds the texts that a policy may replace: a map of languages by their tags, each a map of texts by their names. */
static void
add_texts(json_t *schema)
{
	json_t *properties = json_object();

	for (unsigned i = 0; i < PHRASES; i++)
		set_member(properties, phrase_about[i].name, json_pack("{s:s, s:s, s:i, s:s, s:[s]}", "description",
			phrase_about[i].about, "type", "string", "minLength", 1, "pattern", "^[^\\x00-\\x1f\\x7f]*$", "examples",
			language_en.phrases[i]));
	set_member(schema, "propertyNames", json_pack("{s:s}", "pattern", "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"));
	set_member(schema, "additionalProperties", json_pack("{s:s, s:b, s:o}", "type", "object", "additionalProperties", 0,
		"properties", properties));
}

static void
add_limits(const struct key *key, json_t *schema)
{
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		if (limits[i].type != key->type)
			continue;
		if (limits[i].least)
			set_member(schema, limits[i].least, json_integer(key->least));
		set_member(schema, limits[i].most, json_integer(key->most));
	}
	if (key->words)
		set_member(schema, "enum", word_list(key->words));
	if (key->type == &value_zone)
		set_member(schema, "enum", zone_list());
	if (key->type == &value_texts)
		add_texts(schema);
}

static json_t *
value_json(const struct key *key)
{
	json_t *own = json_loads(key->type->schema, 0, NULL), *schema = json_pack("{s:s}", "description", key->about);
	const char *example = key->example ? key->example : key->fallback ? key->fallback : key->type->example;

	assert(own);
	if (json_object_update(schema, own) != 0)
		memory_out();
	json_decref(own);
	add_limits(key, schema);
	if (key->fallback)
		set_member(schema, "default", yaml_json(key->fallback));
	if (example)
		set_member(schema, "examples", json_pack("[o]", yaml_json(example)));
	return schema;
}

static bool
is_required(const struct key *key)
{
	return key->type ? !key->fallback : key->one_of;
}

static json_t *
section_json(const struct key *section)
{
	json_t *properties = json_object(), *required = json_array();
	json_t *schema = json_pack("{s:s, s:s, s:b, s:o}", "description", section->about, "type", "object",
		"additionalProperties", 0, "properties", properties);

	for (const struct key *key = section->keys; key->name; key++) {
		set_member(properties, key->name, key->type ? value_json(key) : section_json(key));
		if (is_required(key) && !section->one_of)
			append_value(required, json_string(key->name));
	}
	if (section->one_of) {
		set_member(schema, "minProperties", json_integer(1));
		set_member(schema, "maxProperties", json_integer(1));
	}
	if (json_array_size(required))
		set_member(schema, "required", json_incref(required));
	json_decref(required);
	return schema;
}

static json_t *
schema_json(const struct key *table, const char *title, const char *description)
{
	json_t *schema = json_pack("{s:s, s:s}", "$schema", "http://json-schema.org/draft-07/schema#", "title", title);
	json_t *section = section_json(&(struct key){.about = description, .keys = table});

	if (!schema || json_object_update(schema, section) != 0)
		memory_out();
	json_decref(section);
	return schema;
}

static int
print_schema(void *arguments, unsigned count, char **operands)
{
	json_t *schema = schema_json(policy_keys, "lastcall policy",
		"what is required of devices, and how people are notified");

	(void)arguments, (void)count, (void)operands;
	if (json_dumpf(schema, stdout, JSON_INDENT(2)) != 0 && !ferror(stdout))
		memory_out();
	putchar('\n');
	json_decref(schema);
	return EXIT_FINE;
}

const struct command command_schema = {
	.name = "schema", .about = "print the JSON Schema of policies, for editors", .run = print_schema,
};
