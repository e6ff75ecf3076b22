/* counterpart - finds the keys of a policy that another tool's format cannot express. */
#include "exchange.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/key.h"

#define KEY 128		/* bytes for a key with its section, "notice.window" */
#define LINE 512

struct report {
	const struct policy_source *source;
	const struct counterpart *table;
	const char *there;
	struct messages *messages;
};

bool
counterpart_always(const struct policy *policy)
{
	(void)policy;
	return true;
}

bool
counterpart_label(const struct policy *policy)
{
	return !strcmp(policy->label, policy->name);
}

bool
counterpart_text(const struct policy *policy)
{
	return !*policy->text;
}

bool
counterpart_minimum(const struct policy *policy)
{
	return policy->notice.minimum == 0;
}

bool
counterpart_refuse(const struct policy_source *source, const char *key, struct messages *messages, const char *format,
	...)
{
	char line[LINE];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	message_add(messages, MESSAGE_ERROR, source->path, policysource_place(source, key, NULL), "%s", line);
	return false;
}

/* Returns the value as an author would write it; the caller frees it. */
static char *
value_text(const struct key *key, const struct policy *policy)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	assert(out);
	key->type->write((const char *)policy + key->offset, key, out);
	if (fclose(out))
		abort();
	return text;
}

static void
report_key(const struct key *key, const char *path, const struct report *r)
{
	const struct counterpart *c = r->table;
	struct place place;
	char *value;
	bool written;

	while (c->key && strcmp(c->key, path) != 0)
		c++;
	/* A fixed value, such as `policy: 1`, says nothing about the policy itself. */
	if (key->type == &value_fixed || (c->key && c->carried && c->carried(&r->source->policy)))
		return;
	place = policysource_place(r->source, path, &written);
	value = value_text(key, &r->source->policy);
	message_add(r->messages, MESSAGE_WARNING, r->source->path, written ? place : (struct place){0},
		"%s (%s%s) is left out: %s%s", path, value, written ? "" : ", the default",
		c->key && c->instead ? c->instead : r->there, c->key && c->instead ? "" : " has nothing similar");
	free(value);
}

static void
report_table(const struct key *section, const char *prefix, const struct report *r)
{
	for (const struct key *key = section->keys; key->name; key++) {
		char path[KEY];
		int chosen;

		if (section->one_of) {
			memcpy(&chosen, (const char *)&r->source->policy + section->offset, sizeof chosen);
			if (key != section->keys + chosen)
				continue;
		}
		snprintf(path, sizeof path, "%s%s%s", prefix, *prefix ? "." : "", key->name);
		if (key->keys)
			report_table(key, path, r);
		else
			report_key(key, path, r);
	}
}

void
counterpart_report(const struct policy_source *source, const struct counterpart *table, const char *there,
	struct messages *messages)
{
	const struct report report = {source, table, there, messages};

	report_table(&(struct key){.keys = policy_keys}, "", &report);
}
