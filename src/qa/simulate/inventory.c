#include "inventory.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/version.h"
#include "text/memory.h"

static int
order(const void *one, const void *other)
{
	const struct device_kind *a = one, *b = other;

	if (a->version != b->version)
		return a->version < b->version ? -1 : 1;
	if (a->zone != b->zone)
		return a->zone < b->zone ? -1 : 1;
	return strcmp(a->model, b->model);
}

/* The one of these that is there already, or a new one; before counts its own devices so far. */
static void
count_in(struct inventory *all, void **tree, const struct device_kind *like)
{
	struct device_kind *new;
	void *found = tfind(like, tree, order);

	if (found) {
		(*(struct device_kind **)found)->before++;
		return;
	}
	new = memory_resize(NULL, sizeof *new);
	*new = *like;
	new->before = 1;
	all->list = array_grow(all->list, &all->room, all->count + 1, sizeof *all->list);
	all->list[all->count++] = new;
	if (!tsearch(new, tree, order))
		memory_out();
}

static void
take(struct inventory *all, void **tree, const struct listed_device *l, enum platform platform)
{
	struct device_kind kind = {.version = l->device.version, .zone = l->zone_said ? l->device.zone : NULL};

	if (strlen(l->model) < sizeof kind.model)	/* no model is longer */
		memcpy(kind.model, l->model, strlen(l->model));
	if (l->platform_said && l->device.platform != platform)
		all->elsewhere++;
	else if (l->device.version == VERSION_NONE)
		all->unknown++;
	else
		count_in(all, tree, &kind);
}

bool
inventory_read(struct inventory *all, const char *path, enum platform platform, struct messages *messages)
{
	struct devices *devices = devices_open(path, messages);
	struct listed_device l;
	void *tree = NULL;

	if (!devices)
		return false;
	while (devices_next(devices, &l, messages))
		take(all, &tree, &l, platform);
	devices_close(devices);
	for (size_t i = 0; i < all->count; i++) {
		uint64_t own = all->list[i]->before;

		tdelete(all->list[i], &tree, order);
		all->list[i]->before = all->devices;
		all->devices += own;
	}
	if (!messages->errors && !all->devices)
		message_add(messages, MESSAGE_ERROR, path, (struct place){0, 0},
			"no device of the policy's platform, with a version, is in it");
	return !messages->errors;
}

size_t
inventory_kind(const struct inventory *all, uint64_t number)
{
	size_t least = 0, beyond = all->count;

	while (beyond - least > 1) {
		size_t middle = least + (beyond - least) / 2;

		if (all->list[middle]->before <= number)
			least = middle;
		else
			beyond = middle;
	}
	return least;
}

void
inventory_free(struct inventory *all)
{
	for (size_t i = 0; i < all->count; i++)
		free(all->list[i]);
	free(all->list);
	*all = (struct inventory){0};
}
