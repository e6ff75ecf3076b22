/* command_value - parses the values of options. Each error has one wording in all commands. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "core/version.h"
#include "instant.h"
#include "message.h"
#include "zone.h"

#define CHOICES_MOST 16

bool
command_number(const char *text, uint64_t least, uint64_t most, uint64_t *value)
{
	char *end;

	errno = 0;
	*value = strtoull(text, &end, 10);
	return *text >= '0' && *text <= '9' && !*end && !errno && *value >= least && *value <= most;
}

const char *
command_hint(const char *dashes, const char *near, char out[QUOTED_SIZE])
{
	*out = '\0';
	if (near)
		snprintf(out, QUOTED_SIZE, " (did you mean \"%s%s\"?)", dashes, near);
	return out;
}

bool
command_choice(const char *subject, const char *words, size_t length, const char *text, char error[PARSE_ERROR])
{
	char copy[PARSE_ERROR], list[PARSE_ERROR] = "", quoted[QUOTED_SIZE], hint[QUOTED_SIZE];
	const char *choices[CHOICES_MOST + 1] = {0};
	size_t count = 0;

	snprintf(copy, sizeof copy, "%.*s", (int)length, words);
	for (char *word = strtok(copy, "|"); word && count < CHOICES_MOST; word = strtok(NULL, "|")) {
		if (strcmp(word, text) == 0)
			return true;
		choices[count++] = word;
	}
	for (size_t i = 0, used = 0; i < count; i++)	/* cannot overflow: no command has that many words */
		used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " or ",
			choices[i]);
	snprintf(error, PARSE_ERROR, "%s %.120s, found %s%s", subject, list, message_quote(text, strlen(text), quoted),
		command_hint("", message_near(text, choices), hint));
	return false;
}

/* Sets the error. near: the value that was probably meant, or NULL. Returns false. */
static bool
refuse_value(const struct option *o, const char *expected, const char *text, const char *near, char error[PARSE_ERROR])
{
	char quoted[QUOTED_SIZE], hint[QUOTED_SIZE];

	snprintf(error, PARSE_ERROR, "option --%s needs %s, found %s%s", o->name, expected,
		message_quote(text, strlen(text), quoted), command_hint("", near, hint));
	return false;
}

static bool
store_choice(const struct option *o, const char *text, const char **to, char error[PARSE_ERROR])
{
	char subject[64];

	*to = text;
	snprintf(subject, sizeof subject, "option --%s needs", o->name);
	return command_choice(subject, o->value, strlen(o->value), text, error);
}

static bool
store_item(const struct option *o, const char *text, struct option_list *to, char error[PARSE_ERROR])
{
	if (to->count == OPTION_LIST_MOST) {
		snprintf(error, PARSE_ERROR, "option --%s is given more than %d times", o->name, OPTION_LIST_MOST);
		return false;
	}
	to->items[to->count++] = text;
	return true;
}

static bool
store_number(const struct option *o, const char *text, uint64_t *to, char error[PARSE_ERROR])
{
	char expected[96];

	snprintf(expected, sizeof expected, "a number from %llu to %llu", (unsigned long long)o->least,
		(unsigned long long)o->most);
	return command_number(text, o->least, o->most, to) || refuse_value(o, expected, text, NULL, error);
}

static bool
store_zone(const struct option *o, const char *text, const struct zone **to, char error[PARSE_ERROR])
{
	const char *why, *near;
	size_t used;

	*to = zone_load(text, &why);
	if (*to)
		return true;
	near = zone_near(text);
	refuse_value(o, "a time zone such as America/New_York", text, near, error);
	used = strlen(error);
	if (!near)
		snprintf(error + used, PARSE_ERROR - used, ": %s", why);
	return false;
}

bool
command_store(const struct option *o, const char *text, void *to, char error[PARSE_ERROR])
{
	if ((o->kind == OPTION_TEXT || o->kind == OPTION_LIST) && !*text)	/* no file, folder or name is empty */
		return refuse_value(o, o->value, text, NULL, error);
	switch (o->kind) {
	case OPTION_FLAG:
		*(bool *)to = true;
		return true;
	case OPTION_TEXT:
		*(const char **)to = text;
		return true;
	case OPTION_CHOICE:
		return store_choice(o, text, to, error);
	case OPTION_LIST:
		return store_item(o, text, to, error);
	case OPTION_NUMBER:
		return store_number(o, text, to, error);
	case OPTION_TIME:
		return instant_parse(text, to) || refuse_value(o, "a time such as 2026-11-30T09:00:00Z", text, NULL, error);
	case OPTION_VERSION:
		return version_parse(text, to) || refuse_value(o, "a version such as 15.2", text, NULL, error);
	case OPTION_ZONE:
		return store_zone(o, text, to, error);
	}
	return false;
}
