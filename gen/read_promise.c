/* Promises: their names are checked here; exploration proves them. */
#include "read.h"

#include <string.h>

static bool
is_state(const struct machine *m, const char *name)
{
	for (size_t i = 0; i < m->regions.count; i++)
		if (names_find(&model_region(m, i)->paths, name) || names_find(&model_region(m, i)->last_names, name))
			return true;
	return false;
}

static void
unknown_state(struct machine *m, const struct node *n)
{
	const char *hint = "";

	for (size_t i = 0; i < m->regions.count && !*hint; i++)
		hint = names_hint(&model_region(m, i)->last_names, n->text);
	model_error(m, n->place, "unknown state \"%s\"%s", n->text, hint);
}

static void
read_names(struct machine *m, const struct node *list)
{
	const struct { const char *key, *what; struct names *names; } kinds[] = {
		{"events", "event", &m->events}, {"timers", "timer", &m->timers}, {"effects", "effect", &m->effects},
	};

	if (!read_list(m, list, "a list of names"))
		return;
	for (const struct node *n = list->child; n; n = n->next) {
		if (!read_text(m, n, "a name"))
			continue;
		if (strcmp(list->key->text, "states") == 0 && !is_state(m, n->text))
			unknown_state(m, n);
		for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
			if (strcmp(list->key->text, kinds[i].key) == 0)
				read_find(m, kinds[i].names, kinds[i].what, n->text, n->place);
	}
}

static void
read_promise(struct machine *m, const struct node *promise)
{
	static const char *const forms[] = {"before", "after", "while", "at", "comes", "never", "since", "until", NULL};
	static const char *const keys[] = {"says", "before", "after", "while", "at", "comes", "never", "holds", "since",
		"until", "within_awake", "every_awake", NULL};
	static const char *const lists[] = {"states", "events", "timers", "effects", NULL};
	bool occasion = false, claim = false;

	if (!read_map(m, promise, "a promise", keys))
		return;
	for (unsigned i = 0; forms[i]; i++) {
		const struct node *part = yaml_get(promise, forms[i]);

		if (!part || !read_map(m, part, "a map of states, events, timers and effects", lists))
			continue;
		occasion |= i < 4;
		claim |= i == 4 || i == 5;
		for (const struct node *n = part->child; n; n = n->next)
			read_names(m, n);
	}
	claim |= yaml_get(promise, "holds") != NULL;
	if (!yaml_get(promise, "says"))
		model_error(m, promise->key->place, "a promise needs says: what it promises in one sentence");
	if (!occasion)
		model_error(m, promise->key->place, "a promise needs its occasion: before, after, while or at");
	if (!claim)
		model_error(m, promise->key->place, "a promise needs its claim: comes, never or holds");
}

void
read_promises(struct machine *m, const struct node *node)
{
	for (const struct node *n = node->child; n; n = n->next) {
		read_name(m, n);
		read_promise(m, n);
	}
}
