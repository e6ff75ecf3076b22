/* intents - what people may want, read from lines of JSON: the machine's events of the same names. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "text/instant.h"
#include "text/message.h"
#include "people.h"

static const char *const intents[] = {"remind", "dismissed", "learn-more", "start-now", "open-timer", "window-closed", NULL};

static bool
find_kind(const char *name, enum event_kind *kind, char why[256])
{
	char quoted[QUOTED_SIZE];
	const char *near = message_near(name, intents);
	const char *const *intent = intents;

	while (*intent && strcmp(*intent, name) != 0)
		intent++;
	for (unsigned i = 0; *intent && i < EVENTS; i++)
		if (strcmp(machine_event[i].name, name) == 0) {
			*kind = (enum event_kind)i;
			return true;
		}
	snprintf(why, 256, "no intent is called %s", message_quote(name, strlen(name), quoted));
	if (near)
		snprintf(why, 256, "no intent is called %.180s (did you mean \"%s\"?)", quoted, near);
	return false;
}

static bool
read_duration(const json_t *o, struct event *e, char why[256])
{
	const char *text = json_string_value(json_object_get(o, "for"));

	if (text && duration_parse(text, &e->for_))
		return true;
	snprintf(why, 256, "remind wants \"for\", a duration such as 1h or 1d");
	return false;
}

static bool
read_intent(const json_t *o, struct event *e, char why[256])
{
	const char *name = json_string_value(json_object_get(o, "intent"));

	if (!name) {
		snprintf(why, 256, "expected an object with \"intent\"");
		return false;
	}
	if (!find_kind(name, &e->kind, why))
		return false;
	if (json_object_size(o) > (e->kind == EV_REMIND ? 2u : 1u)) {
		snprintf(why, 256, "%s has a key that it does not take", name);
		return false;
	}
	return e->kind != EV_REMIND || read_duration(o, e, why);
}

bool
people_parse_intent(const char *line, size_t length, struct event *e, char why[256])
{
	json_error_t error;
	json_t *o = json_loadb(line, length, JSON_REJECT_DUPLICATES, &error);
	bool fine;

	*e = (struct event){.kind = EVENTS};
	if (!o) {
		snprintf(why, 256, "not JSON: %.160s", error.text);
		return false;
	}
	fine = read_intent(o, e, why);
	json_decref(o);
	return fine;
}
