#include "inventory.h"

#include <string.h>

#include "core/version.h"

static struct device_kind *
kind_at(const struct inventory *all, size_t kind)
{
	return (struct device_kind *)all->kinds.entries + kind;
}

const struct device_kind *
inventory_at(const struct inventory *all, size_t kind)
{
	return kind_at(all, kind);
}

/* Until all devices are read, `before` counts the kind's own devices. */
static void
add_device(struct inventory *all, const struct listed_device *l, enum platform platform)
{
	struct device_key key = {.version = l->device.version, .zone = l->zone_said ? l->device.zone : NULL};

	if (strlen(l->model) < sizeof key.model)	/* no model is longer */
		memcpy(key.model, l->model, strlen(l->model));
	if (l->platform_said && l->device.platform != platform)
		all->elsewhere++;
	else if (l->device.version == VERSION_NONE)
		all->unknown++;
	else
		((struct device_kind *)tally_entry(&all->kinds, &key))->before++;
}

bool
inventory_read(struct inventory *all, const char *path, enum platform platform, struct messages *messages)
{
	struct devices *devices = devices_open(path, messages);
	struct listed_device l;

	if (!devices)
		return false;
	all->kinds = (struct tally){.entry = sizeof (struct device_kind), .key = sizeof (struct device_key)};
	while (devices_next(devices, &l, messages))
		add_device(all, &l, platform);
	devices_close(devices);
	for (size_t i = 0; i < all->kinds.count; i++) {
		uint64_t own = kind_at(all, i)->before;

		kind_at(all, i)->before = all->devices;
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
	size_t least = 0, beyond = all->kinds.count;

	while (beyond - least > 1) {
		size_t middle = least + (beyond - least) / 2;

		if (kind_at(all, middle)->before <= number)
			least = middle;
		else
			beyond = middle;
	}
	return least;
}

void
inventory_free(struct inventory *all)
{
	tally_free(&all->kinds);
	*all = (struct inventory){0};
}
