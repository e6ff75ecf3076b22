#include "policysource.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/file.h"
#include "policy.h"

bool
policysource_decode(const char *path, const char *bytes, size_t length, struct policy_source *s, struct messages *ms)
{
	struct messages again = {0};

	*s = (struct policy_source){.path = path};
	if (!policy_decode(path, bytes, length, &s->policy, ms))
		return false;
	s->yaml = yaml_parse(path, bytes, length, &yaml_policy_limits, &again);
	message_free(&again);
	return true;
}

bool
policysource_load(const char *path, struct policy_source *s, struct messages *ms)
{
	size_t length;
	char *bytes = file_read(path, yaml_policy_limits.bytes, &length, ms);
	bool good = bytes && policysource_decode(path, bytes, length, s, ms);

	if (!bytes)
		*s = (struct policy_source){.path = path};
	free(bytes);
	return good;
}

void
policysource_free(struct policy_source *s)
{
	yaml_close(s->yaml);
	s->yaml = NULL;
}

struct place
policysource_place(const struct policy_source *s, const char *key, bool *said)
{
	const struct node *node = yaml_root(s->yaml);
	struct place place = node->place;
	char part[32];

	if (said)
		*said = false;
	for (;;) {
		size_t length = strcspn(key, ".");

		snprintf(part, sizeof part, "%.*s", (int)length, key);
		node = node->kind == NODE_MAP ? yaml_get(node, part) : NULL;
		if (!node)
			return place;
		place = node->key->place;
		if (!key[length])
			break;
		key += length + 1;
	}
	if (said)
		*said = true;
	return place;
}
