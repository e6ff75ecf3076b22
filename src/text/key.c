#include "key.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#define KEYS_MAX 128	/* in one section */
#define LINE 512	/* of one message; longer ones are cut */

static const char *
describe_node(const struct node *node, char out[QUOTED_SIZE])
{
	if (node->kind == NODE_LIST)
		return "a list";
	if (node->kind == NODE_MAP)
		return "a map";
	if (!node->length)
		return node->quoted ? "empty text" : "nothing";
	return message_quote(node->text, node->length, out);
}

static void
report_node(const struct node *node, const struct source *source, enum message_code code, const char *format,
	va_list args)
{
	char line[LINE];

	vsnprintf(line, sizeof line, format, args);
	message_coded(source->messages, code, source->file, node->place, "%s", line);
}

bool
key_refuse(const struct node *node, const struct source *source, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	report_node(node, source, CODE_NONE, format, args);
	va_end(args);
	return false;
}

bool
key_fault(const struct node *node, const struct source *source, enum message_code code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	report_node(node, source, code, format, args);
	va_end(args);
	return false;
}

bool
key_expected(const struct node *node, const struct source *source, const char *what, const char *hint)
{
	char found[QUOTED_SIZE];

	return key_refuse(node, source, "expected %s, found %s%s", what, describe_node(node, found), hint ? hint : "");
}

bool
key_expected_as(enum message_code code, const struct node *node, const struct source *source, const char *what,
	const char *hint)
{
	size_t before = source->messages->count;

	key_expected(node, source, what, hint);
	message_stamp(source->messages, before, code);
	return false;
}

/* Returns the section that has a key of this name, or NULL. */
static const struct key *
section_of_key(const struct key *table, const char *name)
{
	for (const struct key *section = table; section->name; section++) {
		const struct key *deeper;

		if (!section->keys)
			continue;
		for (const struct key *key = section->keys; key->name; key++)
			if (!strcmp(key->name, name))
				return section;
		deeper = section_of_key(section->keys, name);
		if (deeper)
			return deeper;
	}
	return NULL;
}

static const char *
list_names(const struct key *table, char *out, size_t room)
{
	size_t used = 0;

	for (const struct key *key = table; key->name && used < room; key++)
		used += (size_t)snprintf(out + used, room - used, "%s%s", key == table ? "" : ", ", key->name);
	return out;
}

static const struct key *
find_key(const struct key *table, const char *name)
{
	for (const struct key *key = table; key->name; key++)
		if (!strcmp(key->name, name))
			return key;
	return NULL;
}

/* Returns the key that the author probably meant by this name, or NULL. */
static const struct key *
nearest_key(const struct key *table, const char *name)
{
	const char *names[KEYS_MAX] = {0}, *near;

	for (size_t i = 0; table[i].name; i++) {
		assert(i < KEYS_MAX - 1);
		names[i] = table[i].name;
	}
	near = message_near(name, names);
	return near ? find_key(table, near) : NULL;
}

static void
report_unknown_key(const struct key *table, const struct node *name, const struct source *source)
{
	const struct key *near = nearest_key(table, name->text), *section = section_of_key(source->root, name->text);
	char found[QUOTED_SIZE], all[LINE / 2];

	describe_node(name, found);
	if (near)
		key_fault(name, source, CODE_UNKNOWN_KEY, "unknown key %s (did you mean \"%s\"?)", found, near->name);
	else if (section)
		key_fault(name, source, CODE_MISPLACED_KEY, "key %s belongs under \"%s\"", found, section->name);
	else if (find_key(source->root, name->text))
		key_fault(name, source, CODE_MISPLACED_KEY, "key %s belongs at the top level", found);
	else
		key_fault(name, source, CODE_UNKNOWN_KEY, "unknown key %s; expected one of %s", found,
			list_names(table, all, sizeof all));
}

/* Returns the value written for a key. A misspelt name counts, so that problems below it are found in the same run. */
static const struct node *
find_value(const struct key *table, const struct key *key, const struct node *map)
{
	const struct node *node = map ? yaml_get(map, key->name) : NULL;

	if (node || !map)
		return node;
	for (node = map->child; node; node = node->next)
		if (!find_key(table, node->key->text) && nearest_key(table, node->key->text) == key)
			return node;
	return NULL;
}

static void
read_default(const struct key *key, void *value)
{
	struct messages messages = {0};
	struct source source = {"default", key, &messages};
	struct yaml *yaml = yaml_parse("default", key->fallback, strlen(key->fallback), &yaml_policy_limits, &messages);
	bool good = yaml && key->type->read(yaml_root(yaml), key, value, &source);

	assert(good);	/* otherwise the default in the table is wrong */
	yaml_close(yaml);
	message_free(&messages);
}

static bool
read_value(const struct key *key, const struct node *node, void *value, const struct source *source)
{
	size_t before = source->messages->count;
	bool good = node->kind == key->type->kind ? key->type->read(node, key, value, source)
		: key_expected(node, source, key->type->expected, NULL);

	message_stamp(source->messages, before, key->type->code);
	return good;
}

static bool read_table(const struct key *section, const struct node *map, const struct node *around, void *out,
	const struct source *source);

/* node is NULL if the key is missing; around is the map that it is missing from. */
static bool
read_key(const struct key *key, const struct node *node, const struct node *around, void *out,
	const struct source *source)
{
	if (key->one_of && !node)
		return key_fault(around, source, CODE_MISSING_KEY, "missing key \"%s\": %s", key->name, key->about);
	if (key->keys)
		return read_table(key, node, around, out, source);
	if (node)
		return read_value(key, node, (char *)out + key->offset, source);
	if (!key->fallback)
		return key_fault(around, source, CODE_MISSING_KEY, "missing key \"%s\": %s", key->name, key->about);
	read_default(key, (char *)out + key->offset);
	return true;
}

static bool
read_one_of(const struct key *section, const struct node *map, void *out, const struct source *source)
{
	const struct key *keys = section->keys;
	const struct node *last = NULL;
	unsigned found = 0;
	bool good = true;
	char all[LINE / 2];

	for (unsigned i = 0; keys[i].name; i++) {
		const struct node *node = find_value(keys, &keys[i], map);
		int chosen = (int)i;

		if (!node)
			continue;
		found++;
		if (!last || node->key->place.line > last->place.line)
			last = node->key;
		memcpy((char *)out + section->offset, &chosen, sizeof chosen);
		good = read_key(&keys[i], node, map, out, source) && good;
	}
	list_names(keys, all, sizeof all);
	if (found > 1)
		return key_fault(last, source, CODE_ONE_OF, "\"%s\" takes exactly one of %s; found another",
			section->name, all);
	if (!found)
		return key_fault(map, source, CODE_ONE_OF, "\"%s\" takes exactly one of %s; found none",
			section->name, all);
	return good;
}

static bool
read_table(const struct key *section, const struct node *map, const struct node *around, void *out,
	const struct source *source)
{
	const struct key *keys = section->keys;
	bool good = true;

	if (map && map->kind != NODE_MAP) {
		char all[LINE / 2], found[QUOTED_SIZE];

		return key_fault(map, source, CODE_SHAPE, "expected a map of %s, found %s",
			list_names(keys, all, sizeof all), describe_node(map, found));
	}
	for (const struct node *node = map ? map->child : NULL; node; node = node->next)
		if (!find_key(keys, node->key->text)) {
			report_unknown_key(keys, node->key, source);
			good = false;
		}
	if (section->one_of)
		return read_one_of(section, map, out, source) && good;
	for (const struct key *key = keys; key->name; key++)
		good = read_key(key, find_value(keys, key, map), map ? map : around, out, source) && good;
	return good;
}

bool
keys_read(const struct key *table, const struct node *root, void *out, const char *file, struct messages *messages)
{
	struct source source = {file, table, messages};
	struct key whole = {.name = file, .keys = table};

	return read_table(&whole, root, root, out, &source);
}

static void
write_table(const struct key *section, const void *values, int depth, FILE *out)
{
	for (const struct key *key = section->keys; key->name; key++) {
		int chosen;

		if (section->one_of) {
			memcpy(&chosen, (const char *)values + section->offset, sizeof chosen);
			if (key != section->keys + chosen)
				continue;
		}
		fprintf(out, "%*s%s:", 2 * depth, "", key->name);
		if (key->keys) {
			fputc('\n', out);
			write_table(key, values, depth + 1, out);
		} else {
			fputc(' ', out);
			key->type->write((const char *)values + key->offset, key, out);
			fputc('\n', out);
		}
	}
}

void
keys_write(const struct key *table, const void *values, FILE *out)
{
	write_table(&(struct key){.keys = table}, values, 0, out);
}
