/* words - what a person reads now, in their language: for faces that have no texts of their own. */
#include <jansson.h>
#include <string.h>

#include "words/card.h"
#include "text/instant.h"
#include "host.h"
#include "people.h"

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
words(const struct view *v, const struct texts *texts, const struct facts *facts)
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
host_words(struct agent *a, const char *question, char line[SOCKET_LINE])
{
	json_t *asked = json_loads(question, JSON_REJECT_DUPLICATES, NULL), *answer;
	const char *ask = json_string_value(json_object_get(asked, "ask")), *locale;
	struct facts known = {.os = a->device.os, .installed = a->device.version, .countdown = a->policy->countdown.length,
		.policy = a->policy->label, .apps_stay = !a->policy->install.close_apps, .zone = host_device(a).zone}, facts;
	struct texts texts;
	struct view view;
	int64_t at;
	size_t length;

	locale = json_string_value(json_object_get(asked, "locale"));
	if (!ask || strcmp(ask, "text") != 0 || !locale || json_object_size(asked) != 2) {
		json_decref(asked);
		return false;
	}
	agent_view(a, &view, &at);
	facts = card_facts(&view, &known, at);
	texts_choose(a->policy->text, locale, &texts);
	people_view_text(&view, at, line);
	answer = json_pack("{so so}", "text", words(&view, &texts, &facts), "shown", json_loads(line, 0, NULL));
	length = json_dumpb(answer, line, SOCKET_LINE - 2, JSON_COMPACT);
	line[length <= SOCKET_LINE - 2 ? length : 0] = '\0';
	json_decref(answer);
	json_decref(asked);
	return true;
}
