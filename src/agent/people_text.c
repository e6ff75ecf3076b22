#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/version.h"
#include "text/instant.h"
#include "text/message.h"
#include "people.h"

/* --- the view --- */

static json_t *
version_or_null(int64_t version)
{
	char text[VERSION_TEXT];

	return version ? json_string(version_format(version, text)) : json_null();
}

static json_t *
instant_or_null(int64_t at)
{
	char text[INSTANT_TEXT];

	return at ? json_string(instant_format(at, text)) : json_null();
}

static json_t *
number_or_null(int64_t number)
{
	return number < 0 ? json_null() : json_integer(number);
}

static json_t *
reminds(const struct view *v)
{
	json_t *list = json_array();
	char text[DURATION_TEXT];

	for (unsigned i = 0; i < v->reminds; i++)
		json_array_append_new(list, json_string(duration_format(v->remind[i], text)));
	return list;
}

/* Seconds left are counted from at, on the clock that stands still while the device sleeps. */
size_t
people_view_text(const struct view *v, int64_t at, char out[PEOPLE_LINE])
{
	json_t *o = json_object();
	size_t length;

	json_object_set_new(o, "view", json_integer(1));
	json_object_set_new(o, "at", instant_or_null(at));
	json_object_set_new(o, "state", json_string(machine_state[v->state].path));
	json_object_set_new(o, "cache", json_string(machine_state[v->cache].path));
	json_object_set_new(o, "required", version_or_null(v->required));
	json_object_set_new(o, "target", version_or_null(v->target));
	json_object_set_new(o, "deadline", instant_or_null(v->deadline));
	json_object_set_new(o, "badge", json_boolean(v->badge));
	json_object_set_new(o, "offered", json_boolean(v->offered));
	json_object_set_new(o, "screen", json_string(screen_name[v->screen]));
	json_object_set_new(o, "banner", json_string(banner_name[v->banner]));
	json_object_set_new(o, "remind", reminds(v));
	json_object_set_new(o, "learn_more", json_boolean(v->learn_more));
	json_object_set_new(o, "start_now", json_boolean(v->start_now));
	json_object_set_new(o, "open_timer", json_boolean(v->open_timer));
	json_object_set_new(o, "reminder", instant_or_null(v->reminder));
	json_object_set_new(o, "left", number_or_null(v->left < 0 ? -1 : v->left / 1000));
	json_object_set_new(o, "progress", number_or_null(v->progress));
	json_object_set_new(o, "safe_mode", json_boolean(v->safe_mode));
	length = json_dumpb(o, out, PEOPLE_LINE - 1, JSON_COMPACT);
	json_decref(o);
	out[length < PEOPLE_LINE ? length : 0] = '\0';
	return length < PEOPLE_LINE ? length : 0;
}

/* --- intents --- */

/* What a person may say, by the names of the machine's events. */
static const char *const intents[] = {"remind", "dismissed", "learn-more", "start-now", "open-timer", "window-closed", NULL};

static bool
kind_of(const char *name, enum event_kind *kind, char why[256])
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
take_duration(const json_t *o, struct event *e, char why[256])
{
	const char *text = json_string_value(json_object_get(o, "for"));

	if (text && duration_parse(text, &e->for_))
		return true;
	snprintf(why, 256, "remind wants \"for\", a duration such as 1h or 1d");
	return false;
}

static bool
take(const json_t *o, struct event *e, char why[256])
{
	const char *name = json_string_value(json_object_get(o, "intent"));

	if (!name) {
		snprintf(why, 256, "expected an object with \"intent\"");
		return false;
	}
	if (!kind_of(name, &e->kind, why))
		return false;
	if (json_object_size(o) > (e->kind == EV_REMIND ? 2u : 1u)) {
		snprintf(why, 256, "%s has a key that it does not take", name);
		return false;
	}
	return e->kind != EV_REMIND || take_duration(o, e, why);
}

bool
people_intent(const char *line, size_t length, struct event *e, char why[256])
{
	json_error_t error;
	json_t *o = json_loadb(line, length, JSON_REJECT_DUPLICATES, &error);
	bool fine;

	*e = (struct event){.kind = EVENTS};
	if (!o) {
		snprintf(why, 256, "not JSON: %.160s", error.text);
		return false;
	}
	fine = take(o, e, why);
	json_decref(o);
	return fine;
}
