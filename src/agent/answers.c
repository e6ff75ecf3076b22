/* answers - writes answers to clients as lines of JSON: the view, why an update is required, and the text to show. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/outlook.h"
#include "core/version.h"
#include "text/instant.h"
#include "text/memory.h"
#include "words/card.h"
#include "words/why.h"
#include "people.h"

#define ENOUGH "There is more: run lastcall why with these policies to see all of it."

/* --- the view --- */

void
people_view(const struct people *p, struct view *view, int64_t *at)
{
	struct now now = clock_now(p->post->clock);

	view_of(&p->post->player.machine, p->assessor->policy, now.at, now.awake, view);
	view->safe_mode = effects_in_safe_mode(p->effects);
	if (at)
		*at = now.at;
}

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
reminds_json(const struct view *v)
{
	json_t *list = json_array();
	char text[DURATION_TEXT];

	for (unsigned i = 0; i < v->reminds; i++)
		json_array_append_new(list, json_string(duration_format(v->remind[i], text)));
	return list;
}

size_t
people_view_line(const struct view *v, int64_t at, char line[PEOPLE_LINE])
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
	json_object_set_new(o, "remind", reminds_json(v));
	json_object_set_new(o, "learn_more", json_boolean(v->learn_more));
	json_object_set_new(o, "start_now", json_boolean(v->start_now));
	json_object_set_new(o, "open_timer", json_boolean(v->open_timer));
	json_object_set_new(o, "reminder", instant_or_null(v->reminder));
	json_object_set_new(o, "left", number_or_null(v->left < 0 ? -1 : v->left / 1000));
	json_object_set_new(o, "progress", number_or_null(v->progress));
	json_object_set_new(o, "safe_mode", json_boolean(v->safe_mode));
	length = json_dumpb(o, line, PEOPLE_LINE - 1, JSON_COMPACT);
	json_decref(o);
	line[length < PEOPLE_LINE ? length : 0] = '\0';
	return length < PEOPLE_LINE ? length : 0;
}

/* --- why --- */

/* Plans as for a fresh device, then takes state and deadline from the running machine. */
static void
find_outlook(const struct post *post, struct why *w)
{
	const struct machine *m = &post->player.machine;
	const struct policy **policies = memory_resize(NULL, w->count * sizeof *policies);
	struct outlook *o = &w->outlook;

	for (unsigned i = 0; i < w->count; i++)
		policies[i] = &w->sources[i].policy;
	outlook_of(policies, w->count, w->feed, &w->device, w->now, o);
	free(policies);
	o->state = (enum state)m->state[REGION_UPDATE];
	o->counts_down = machine_in(m, ST_COUNTDOWN);
	if (o->required && m->required) {
		o->deadline = m->deadline;
		o->opens = m->deadline - post->settings.window;
	}
}

/* Drops steps from the end of the chain until the answer fits a line, and says so. */
static size_t
fit_into_line(json_t *answer, char line[PEOPLE_LINE])
{
	json_t *chain = json_object_get(json_object_get(answer, "why"), "chain");
	size_t length;

	while ((length = json_dumpb(answer, line, PEOPLE_LINE - 2, JSON_COMPACT)) > PEOPLE_LINE - 2 &&
	       json_array_size(chain) > 1) {
		json_array_remove(chain, json_array_size(chain) - 1);
		json_array_set_new(chain, json_array_size(chain) - 1, json_string(ENOUGH));
	}
	line[length <= PEOPLE_LINE - 2 ? length : 0] = '\0';
	return strlen(line);
}

size_t
people_why(const struct people *p, char line[PEOPLE_LINE])
{
	const struct assessor *a = p->assessor;
	struct why w = {.feed_name = "feed", .zone_given = true, .now = clock_now(a->clock).at, .running = true};
	json_t *answer;
	size_t length;

	w.sources = documents_policy_sources(a->documents, &w.count);
	w.feed = documents_feed(a->documents);
	w.device = assessor_device(a);
	if (w.device.version == VERSION_NONE)
		return (size_t)snprintf(line, PEOPLE_LINE, "{\"error\":\"the version of this device is not known yet\"}");
	find_outlook(p->post, &w);
	answer = json_pack("{so}", "why", why_explain(&w));
	length = fit_into_line(answer, line);
	json_decref(answer);
	return length;
}

/* --- text --- */

static json_t *
card_json(const struct card *card)
{
	json_t *rows = json_array();

	for (unsigned i = 0; i < card->rows; i++)
		json_array_append_new(rows, json_pack("[ss]", card->row[i].label, card->row[i].value));
	return json_pack("{ss ss ss ss so}", "heading", card->heading, "title", card->title, "note", card->note, "body",
		card->body, "rows", rows);
}

static json_t *
button_json(const struct card_button *button)
{
	json_t *o = json_pack("{ss ss}", "label", button->label, "intent", machine_event[button->intent.kind].name);
	char text[DURATION_TEXT];

	if (button->intent.kind == EV_REMIND)
		json_object_set_new(o, "for", json_string(duration_format(button->intent.for_, text)));
	return o;
}

static json_t *
text_json(const struct view *v, const struct texts *texts, const struct facts *facts)
{
	json_t *o = json_object(), *list = json_array();
	struct card_button buttons[CARD_BUTTONS];
	unsigned count = card_buttons(v, texts, facts, buttons);
	enum phrase quiet = card_quiet(v);
	char text[PHRASE_TEXT];
	struct card card;

	for (unsigned i = 0; i < count; i++)
		json_array_append_new(list, button_json(&buttons[i]));
	json_object_set_new(o, "language", json_string(texts->language->tag));
	json_object_set_new(o, "menu", v->offered ? json_string(phrase_say(texts, PHRASE_MENU, facts, text)) : json_null());
	json_object_set_new(o, "banner", card_banner(v, texts, facts, &card) ? card_json(&card) : json_null());
	json_object_set_new(o, "window", card_window(v, texts, facts, false, &card) ? card_json(&card) : json_null());
	json_object_set_new(o, "quiet", quiet == PHRASES ? json_null() : json_string(phrase_say(texts, quiet, facts, text)));
	json_object_set_new(o, "buttons", list);
	return o;
}

bool
people_text(const struct people *p, const char *question, char line[PEOPLE_LINE])
{
	json_t *asked = json_loads(question, JSON_REJECT_DUPLICATES, NULL), *answer;
	const char *ask = json_string_value(json_object_get(asked, "ask")), *locale;
	const struct assessor *a = p->assessor;
	struct facts known = {.os = a->device.os, .installed = a->device.version, .countdown = a->policy->countdown.length,
		.policy = a->policy->label, .apps_stay = !a->policy->install.close_apps, .zone = assessor_device(a).zone}, facts;
	struct texts texts;
	struct view view;
	int64_t at;
	size_t length;

	locale = json_string_value(json_object_get(asked, "locale"));
	if (!ask || strcmp(ask, "text") != 0 || !locale || json_object_size(asked) != 2) {
		json_decref(asked);
		return false;
	}
	people_view(p, &view, &at);
	facts = card_facts(&view, &known, at);
	texts_choose(a->policy->text, locale, &texts);
	people_view_line(&view, at, line);
	answer = json_pack("{so so}", "text", text_json(&view, &texts, &facts), "shown", json_loads(line, 0, NULL));
	length = json_dumpb(answer, line, PEOPLE_LINE - 2, JSON_COMPACT);
	line[length <= PEOPLE_LINE - 2 ? length : 0] = '\0';
	json_decref(answer);
	json_decref(asked);
	return true;
}
