/* blueprint_read - reads a file of blueprints: its keys, its groups and their rings. */
#include "blueprint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/file.h"
#include "text/key.h"
#include "text/memory.h"

#define PATTERN_MOST 128
#define DELAY_MOST (26 * 7 * DAY_MS)

/* Stores the list's node, or NULL if it is empty. Its entries are read later, each kind by its own table of keys. */
static bool
read_list(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	const struct node *list = node->count ? node : NULL;

	memcpy(value, &list, sizeof list);
	return list || !key->least || key_fault(node, source, CODE_SHAPE, "expected at least one entry in \"%s\"", key->name);
}

static bool
read_patterns(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	bool good = read_list(node, key, value, source);

	for (const struct node *pattern = node->child; pattern; pattern = pattern->next)
		if (pattern->kind != NODE_SCALAR || !pattern->length || pattern->length > PATTERN_MOST)
			good = key_expected(pattern, source, "a device's name, or a pattern such as desk-*", NULL);
	return good;
}

static bool
read_share(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	char *end;
	long share = node->text[0] >= '1' && node->text[0] <= '9' ? strtol(node->text, &end, 10) : 0;

	*(int64_t *)value = share;
	return (share >= 1 && share <= 100 && !strcmp(end, "%")) ||
	       key_expected(node, source, key->type->expected, NULL);
}

/* Accepts only the empty scalar that hide_settings leaves; the settings themselves are read with their policy. */
static bool
read_hidden_settings(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	(void)value;
	return !node->length || key_expected(node, source, key->type->expected, NULL);
}

static const struct type
	value_patterns = {"patterns", "a list of names and patterns such as [desk-*, kiosk-??]", read_patterns, NULL,
		NODE_LIST, CODE_PATTERN, NULL, NULL},
	value_list = {"list", "a list", read_list, NULL, NODE_LIST, CODE_SHAPE, NULL, NULL},
	value_share = {"share", "a share from 1% to 100%", read_share, NULL, NODE_SCALAR, CODE_SHARE, NULL, NULL},
	value_settings = {"settings", "a map of a policy's keys", read_hidden_settings, NULL, NODE_SCALAR, CODE_SHAPE, NULL,
		NULL};

static const char *const format[] = {"1", NULL};

#define AT(member) offsetof(struct file, member)
struct file {
	const struct node *groups;
};

const struct key blueprint_keys[] = {
	{"blueprints", &value_fixed, 0, NULL, .about = "the format of this file", .words = format},
	{"groups", &value_list, AT(groups), NULL, .about = "groups of devices; a device is in the first that matches its name", .least = 1},
	{0},
};

#undef AT
#define AT(member) offsetof(struct group, member)
struct group {
	char name[POLICY_NAME], label[POLICY_LABEL];
	const struct node *devices, *policies, *rings;
};

const struct key blueprint_group_keys[] = {
	{"name", &value_name, AT(name), NULL, .about = "what reports call this blueprint", .most = POLICY_NAME - 1},
	{"label", &value_label, AT(label), "\"\"", .about = "what people call it", .most = POLICY_LABEL - 1},
	{"devices", &value_patterns, AT(devices), NULL,
	 .about = "names of devices, or shell patterns such as desk-*", .least = 1},
	{"policies", &value_list, AT(policies), NULL, .about = "the policies of these devices", .least = 1},
	{"rings", &value_list, AT(rings), "[]", .about = "shares of the devices, each with its own delay"},
	{0},
};

#undef AT
#define AT(member) offsetof(struct blueprint_policy, member)
const struct key blueprint_policy_keys[] = {
	{"policy", &value_label, AT(file), NULL,
	 .about = "a policy's file, relative to this file", .most = POLICY_LABEL - 1},
	{"label", &value_label, AT(label), "\"\"", .about = "what people call it here", .most = POLICY_LABEL - 1},
	{"settings", &value_settings, 0, "\"\"", .about = "keys of a policy that replace those in its file"},
	{0},
};

#undef AT
#define AT(member) offsetof(struct blueprint_ring, member)
const struct key blueprint_ring_keys[] = {
	{"name", &value_name, AT(name), NULL, .about = "what reports call this ring", .most = POLICY_NAME - 1},
	{"share", &value_share, AT(share), NULL, .about = "the part of the blueprint's devices in this ring, chosen by their names"},
	{"delay", &value_days, AT(delay), "0d", .about = "how much later every deadline is", .most = DELAY_MOST},
	{0},
};

static bool
read_rings(const struct node *list, struct blueprint *b, const struct source *source)
{
	bool good = true;

	b->rings = memory_resize(NULL, (list ? list->count : 1) * sizeof *b->rings);
	if (!list)
		b->rings[b->ring_count++] = (struct blueprint_ring){.name = "all", .share = 100, .place = b->place};
	for (const struct node *entry = list ? list->child : NULL; entry; entry = entry->next) {
		struct blueprint_ring *ring = &b->rings[b->ring_count++];

		*ring = (struct blueprint_ring){.place = entry->place};
		good = keys_read(blueprint_ring_keys, entry, ring, source->file, source->messages) && good;
	}
	return good;
}

static void
read_group(const struct node *entry, struct blueprints *all, const struct source *source)
{
	struct blueprint *b = &all->list[all->count];
	struct group group = {0};
	bool good;

	*b = (struct blueprint){.place = entry->place};
	if (!keys_read(blueprint_group_keys, entry, &group, source->file, source->messages))
		return;
	all->count++;
	memcpy(b->name, group.name, sizeof b->name);
	snprintf(b->label, sizeof b->label, "%s", group.label[0] ? group.label : group.name);
	b->devices = group.devices;
	good = read_rings(group.rings, b, source);
	if (blueprint_policies_read(group.policies, b, source) && good)
		blueprint_check(b, source->file, source->messages);
}

struct blueprints *
blueprints_load(const char *path, struct messages *messages)
{
	const struct source source = {path, blueprint_keys, messages};
	struct blueprints *all = memory_resize(NULL, sizeof *all);
	unsigned errors = messages->errors;
	struct file file = {0};
	size_t length;
	char *bytes = file_read(path, yaml_policy_limits.bytes, &length, messages);

	*all = (struct blueprints){0};
	if (bytes)
		all->yaml = yaml_parse(path, bytes, length, &yaml_policy_limits, messages);
	free(bytes);
	if (all->yaml && keys_read(blueprint_keys, yaml_root(all->yaml), &file, path, messages)) {
		all->list = memory_resize(NULL, file.groups->count * sizeof *all->list);
		for (const struct node *entry = file.groups->child; entry; entry = entry->next)
			read_group(entry, all, &source);
		blueprints_check(all, path, messages);
	}
	if (messages->errors == errors)
		return all;
	blueprints_free(all);
	return NULL;
}

void
blueprints_free(struct blueprints *all)
{
	if (!all)
		return;
	for (unsigned i = 0; i < all->count; i++) {
		free(all->list[i].policies);
		free(all->list[i].rings);
	}
	free(all->list);
	yaml_close(all->yaml);
	free(all);
}

bool
blueprints_are_in(const char *path)
{
	struct messages unread = {0};
	size_t length;
	char *text = file_read(path, yaml_policy_limits.bytes, &length, &unread);
	bool found = blueprints_like(text);

	message_free(&unread);
	free(text);
	return found;
}
