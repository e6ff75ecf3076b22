/* blueprint_policy - reads the policies of a blueprint: a policy's file, with the blueprint's settings replacing its own. */
#include "blueprint.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/file.h"
#include "text/key.h"
#include "text/memory.h"
#include "words/policy.h"

#define PATH 1024

/* --- merging YAML trees --- */

struct joint {
	struct node *pool;
	size_t used;
	struct place place;	/* where the nodes copied from base are said to be */
};

/* Returns an upper bound of the nodes in a tree: each may have a key. */
static size_t
count_nodes(const struct node *node)
{
	size_t sum = 2;

	for (const struct node *child = node->child; child; child = child->next)
		sum += count_nodes(child);
	return sum;
}

static struct node *
add_node(struct joint *j, const struct node *node, bool from_base)
{
	struct node *copy = &j->pool[j->used++];

	*copy = *node;
	copy->next = NULL;
	if (from_base)
		copy->place = j->place;
	return copy;
}

/* Returns the place of the node after this one. */
static const struct node **
append_node(const struct node **end, struct node *node)
{
	*end = node;
	return &node->next;
}

static struct node *
copy_tree(struct joint *j, const struct node *node, bool from_base)
{
	struct node *new = add_node(j, node, from_base);
	const struct node **end = &new->child;

	if (node->key)
		new->key = add_node(j, node->key, from_base);
	for (const struct node *child = node->child; child; child = child->next)
		end = append_node(end, copy_tree(j, child, from_base));
	return new;
}

static const struct key *
find_key(const struct key *keys, const char *name)
{
	for (; keys && keys->name; keys++)
		if (!strcmp(keys->name, name))
			return keys;
	return NULL;
}

/* Returns true if the section takes exactly one of its keys, and over has a different one from base. */
static bool
changes_mode(const struct node *base, const struct node *over, const struct key *section)
{
	if (!section || !section->one_of)
		return false;
	for (const struct node *member = over->child; member; member = member->next)
		if (!yaml_get(base, member->key->text))
			return true;
	return false;
}

static struct node *
join_trees(struct joint *j, const struct node *base, const struct node *over, const struct key *section)
{
	const struct key *keys = section ? section->keys : NULL;
	const struct node **end;
	struct node *new;

	if (base->kind != NODE_MAP || over->kind != NODE_MAP || changes_mode(base, over, section))
		return copy_tree(j, over, false);
	new = add_node(j, over, false);
	if (over->key)
		new->key = add_node(j, over->key, false);
	end = &new->child;
	new->count = 0;
	for (const struct node *m = base->child; m; m = m->next) {
		const struct node *other = yaml_get(over, m->key->text);

		end = append_node(end, other ? join_trees(j, m, other, find_key(keys, m->key->text)) : copy_tree(j, m, true));
		new->count++;
	}
	for (const struct node *m = over->child; m; m = m->next)
		if (!yaml_get(base, m->key->text)) {
			end = append_node(end, copy_tree(j, m, false));
			new->count++;
		}
	return new;
}

/* Merges two trees: maps key by key; for anything else over's value replaces base's. It also replaces a whole section that
 * takes exactly one of its keys, if that key changes. Nodes from base get the place of over, since messages about the
 * result belong to over's file. table: the keys that the maps may have. *pool owns the tree; the caller frees it. */
static const struct node *
merge_trees(const struct node *base, const struct node *over, const struct key *table, struct node **pool)
{
	struct key whole = {.keys = table};
	struct joint j = {memory_resize(NULL, (count_nodes(base) + count_nodes(over)) * sizeof *j.pool), 0, over->place};

	*pool = j.pool;
	return join_trees(&j, base, over, &whole);
}

/* --- policies --- */

/* Returns true for a name whose map blueprint_policy_keys must not see: `settings`, which policy_keys reads, and unknown
 * names, so that the error is about the name and not about its map. */
static bool
is_settings(const char *name)
{
	const struct key *key = blueprint_policy_keys;

	while (key->name && strcmp(key->name, name) != 0)
		key++;
	return !key->name || !strcmp(name, "settings");
}

/* Returns a copy of the entry for blueprint_policy_keys, with an empty scalar in place of the settings. *pool owns it. */
static const struct node *
hide_settings(const struct node *entry, struct node **pool)
{
	struct node *map = memory_resize(NULL, (entry->count + 1) * sizeof *map), *end = map;

	*pool = map;
	*map = *entry;
	for (const struct node *member = entry->child; member && entry->kind == NODE_MAP; member = member->next) {
		struct node *next = end + 1;

		*next = *member;
		if (member->kind == NODE_MAP && is_settings(member->key->text)) {
			next->kind = NODE_SCALAR;
			next->child = NULL;
		}
		*(end == map ? &end->child : &end->next) = next;
		end = next;
	}
	return map;
}

/* Reads the policy again with the entry's settings, if it has any. */
static bool
read_settings(const struct node *entry, struct blueprint_policy *p, const struct yaml *yaml,
	const struct source *source)
{
	const struct node *settings = yaml_get(entry, "settings");
	struct node *pool;
	bool good;

	if (!settings || settings->kind != NODE_MAP)
		return true;
	good = policy_read(source->file, merge_trees(yaml_root(yaml), settings, policy_keys, &pool), &p->policy,
		source->messages);
	free(pool);
	return good;
}

/* Adds one error for all problems in the policy's file: `check` of that file lists them. */
static bool
refuse_policy(const struct node *at, const struct blueprint_policy *p, const char *path, const struct messages *own,
	const struct source *source)
{
	if (own->count == 1 && !own->list[0].place.line)
		return key_fault(at, source, CODE_POLICY, "policy \"%s\": %s", p->file, own->list[0].text);
	return key_fault(at, source, CODE_POLICY, "policy \"%s\" has %u problem%s of its own: lastcall check %s",
		p->file, own->errors, own->errors == 1 ? "" : "s", path);
}

static bool
load_policy(const struct node *entry, struct blueprint_policy *p, const struct source *source)
{
	struct messages own = {0};
	char folder[PATH], path[2 * PATH];
	struct yaml *yaml = NULL;
	size_t length;
	char *bytes;
	bool good;

	snprintf(folder, sizeof folder, "%s", source->file);
	snprintf(path, sizeof path, "%s/%s", dirname(folder), p->file);
	bytes = file_read(path, yaml_policy_limits.bytes, &length, &own);
	if (bytes)
		yaml = yaml_parse(path, bytes, length, &yaml_policy_limits, &own);
	if (yaml && policy_read(path, yaml_root(yaml), &p->policy, &own) && !own.errors)
		good = read_settings(entry, p, yaml, source);
	else
		good = refuse_policy(yaml_get(entry, "policy"), p, path, &own, source);
	if (good && p->label[0])
		memcpy(p->policy.label, p->label, sizeof p->policy.label);
	yaml_close(yaml);
	free(bytes);
	message_free(&own);
	return good;
}

bool
blueprint_policies_read(const struct node *list, struct blueprint *b, const struct source *source)
{
	bool good = true;

	b->policies = memory_resize(NULL, list->count * sizeof *b->policies);
	for (const struct node *entry = list->child; entry; entry = entry->next) {
		struct blueprint_policy *p = &b->policies[b->policy_count++];
		struct node *pool;

		*p = (struct blueprint_policy){.place = entry->place};
		if (keys_read(blueprint_policy_keys, hide_settings(entry, &pool), p, source->file, source->messages))
			good = load_policy(entry, p, source) && good;
		else
			good = false;
		free(pool);
	}
	return good;
}
