#include "overlay.h"

#include <string.h>

#include "text/memory.h"

struct joint {
	struct node *pool;
	size_t used;
	struct place place;	/* of what comes from below */
};

/* With its keys. */
static size_t
count(const struct node *node)
{
	size_t sum = 2;

	for (const struct node *child = node->child; child; child = child->next)
		sum += count(child);
	return sum;
}

static struct node *
add(struct joint *j, const struct node *node, bool below)
{
	struct node *copy = &j->pool[j->used++];

	*copy = *node;
	copy->next = NULL;
	if (below)
		copy->place = j->place;
	return copy;
}

static struct node *
copy(struct joint *j, const struct node *node, bool below)
{
	struct node *new = add(j, node, below);
	const struct node **end = &new->child;

	if (node->key)
		new->key = add(j, node->key, below);
	for (const struct node *child = node->child; child; child = child->next) {
		struct node *member = copy(j, child, below);

		*end = member;
		end = &member->next;
	}
	return new;
}

static const struct key *
find(const struct key *keys, const char *name)
{
	for (; keys && keys->name; keys++)
		if (!strcmp(keys->name, name))
			return keys;
	return NULL;
}

/* Of a section that takes one key: over has another one. */
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
join(struct joint *j, const struct node *base, const struct node *over, const struct key *section)
{
	const struct key *keys = section ? section->keys : NULL;
	const struct node **end;
	struct node *new;

	if (base->kind != NODE_MAP || over->kind != NODE_MAP || changes_mode(base, over, section))
		return copy(j, over, false);
	new = add(j, over, false);
	if (over->key)
		new->key = add(j, over->key, false);
	end = &new->child;
	new->count = 0;
	for (const struct node *pass = base; pass; pass = pass == base ? over : NULL)
		for (const struct node *m = pass->child; m; m = m->next) {
			const struct node *other = yaml_get(pass == base ? over : base, m->key->text);
			struct node *member;

			if (other && pass == over)
				continue;
			member = other ? join(j, m, other, find(keys, m->key->text)) : copy(j, m, pass == base);
			*end = member;
			end = &member->next;
			new->count++;
		}
	return new;
}

const struct node *
overlay(const struct node *base, const struct node *over, const struct key *table, struct node **pool)
{
	struct key whole = {.keys = table};
	struct joint j = {memory_resize(NULL, (count(base) + count(over)) * sizeof *j.pool), 0, over->place};

	*pool = j.pool;
	return join(&j, base, over, &whole);
}
