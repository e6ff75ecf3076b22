#include <stdio.h>
#include <string.h>

#include "core/version.h"
#include "words/words.h"
#include "content.h"

struct facts
face_facts(const struct face *f)
{
	return card_facts(&f->view, &(struct facts){.os = f->os, .installed = f->installed, .countdown = f->countdown,
		.policy = f->policy_label, .apps_stay = !f->close_apps, .zone = f->zone}, f->now);
}

/* Reminders have digits; the other buttons have the same letter in every language. */
#define KEY_REMIND        '1'
#define KEY_DISMISSED     'x'
#define KEY_LEARN_MORE    'l'
#define KEY_START_NOW     's'
#define KEY_OPEN_TIMER    't'
#define KEY_WINDOW_CLOSED 'w'

char
face_button(const struct card_button *b, unsigned index)
{
	static const char keys[EVENTS] = {
#define KEY(NAME, name) [EV_##NAME] = KEY_##NAME,
		EVENTS_BY_PERSON(KEY)
	};

	return b->intent.kind == EV_REMIND ? (char)(KEY_REMIND + index) : keys[b->intent.kind];
}

bool
face_key(const struct view *v, int key, struct event *intent)
{
	struct card_button list[CARD_BUTTONS];
	unsigned count = card_buttons(v, NULL, &(struct facts){0}, list);

	for (unsigned i = 0; i < count; i++)
		if (face_button(&list[i], i) == key) {
			*intent = list[i].intent;
			return true;
		}
	return false;
}

const char *
face_phrase(const struct face *f, enum phrase phrase, char out[PHRASE_TEXT])
{
	struct facts facts = face_facts(f);

	return phrase_say(f->texts, phrase, &facts, out);
}

const char *
face_target(const struct face *f, char out[FACE_LINE])
{
	char version[VERSION_TEXT];

	snprintf(out, FACE_LINE, "%s %s", f->os, version_format(f->view.target, version));
	return out;
}

static void
add_buttons(const struct face *f, struct panel *p, enum button_place place)
{
	struct facts facts = face_facts(f);
	struct card_button list[CARD_BUTTONS];
	unsigned count = card_buttons(&f->view, f->texts, &facts, list);

	for (unsigned i = 0; i < count; i++)
		if (list[i].place == place)
			panel_button(p, face_button(&list[i], i), list[i].label);
}

bool
face_banner(const struct face *f, struct panel *p, char heading[CARD_LINE])
{
	bool update = f->view.banner == BANNER_UPDATE, warning = f->view.banner == BANNER_WARNING;
	struct facts facts = face_facts(f);
	struct card card;

	if (!card_banner(&f->view, f->texts, &facts, &card))
		return false;
	memcpy(heading, card.heading, CARD_LINE);
	panel_text(p, NEEDED, update ? BOLD : LATE, "%s", card.title);
	panel_text(p, warning ? DETAIL : NEEDED, PLAIN, "%s", card.body);
	if (f->view.screen == SCREEN_NONE)
		panel_gap(p);
	add_buttons(f, p, ON_BANNER);
	return true;
}

static void
fill_info(const struct face *f, const struct card *card, struct panel *p)
{
	int width = 0;

	(void)f;
	panel_text(p, NEEDED, BOLD, "%s", card->title);
	panel_gap(p);
	for (unsigned i = 0; i < card->rows; i++)
		if (grid_columns(card->row[i].label) > width)
			width = grid_columns(card->row[i].label);
	for (unsigned i = 0; i < card->rows; i++)
		panel_text(p, card->row[i].detail ? DETAIL : NEEDED, PLAIN, "%c%s%*s%c%s", AS(DIM), card->row[i].label,
			width + 2 - grid_columns(card->row[i].label), "", AS(PLAIN), card->row[i].value);
	panel_gap(p);
	panel_text(p, DETAIL, PLAIN, "%s", card->body);
}

static void
fill_timer(const struct face *f, const struct card *card, struct panel *p)
{
	char left[WORDS_TEXT];

	panel_text(p, NEEDED, BOLD, "%s", card->title);
	panel_gap(p);
	panel_big(p, language_timer(f->view.left, left));
	panel_gap(p);
	panel_text(p, DETAIL, PLAIN, "%s", card->body);
}

static void
fill_progress(const struct face *f, const struct card *card, struct panel *p)
{
	panel_text(p, NEEDED, BOLD, "%s", card->title);
	panel_gap(p);
	panel_bar(p, f->view.progress);
	panel_text(p, NEEDED, PLAIN, "%s", card->note);
	panel_gap(p);
	panel_text(p, DETAIL, DIM, "%s", card->body);
}

bool
face_window(const struct face *f, struct panel *p, char heading[CARD_LINE])
{
	static void (*const fills[])(const struct face *, const struct card *, struct panel *) = {
		[SCREEN_INFO] = fill_info, [SCREEN_TIMER] = fill_timer, [SCREEN_PROGRESS] = fill_progress,
	};
	struct facts facts = face_facts(f);
	struct card card;

	if (!card_window(&f->view, f->texts, &facts, p->width < 40, &card))
		return false;
	memcpy(heading, card.heading, CARD_LINE);
	fills[f->view.screen](f, &card, p);
	if (f->view.screen != SCREEN_PROGRESS) {
		panel_gap(p);
		add_buttons(f, p, ON_WINDOW);
	}
	return true;
}

static void
add_report(const struct face *f, struct panel *p)
{
	static const struct {
		enum style style;
		const char *mark;
		enum phrase phrase;
	} results[] = {
		[OUTCOME_COMPLIANT] = {GOOD, "✓ ", PHRASE_DONE_COMPLIANT},
		[OUTCOME_VERIFIED] = {GOOD, "✓ ", PHRASE_DONE_VERIFIED},
		[OUTCOME_CALLED_OFF] = {PLAIN, "", PHRASE_DONE_CALLED_OFF},
		[OUTCOME_RETRY] = {LATE, "", PHRASE_DONE_FAILED},
		[OUTCOME_FAILED] = {LATE, "", PHRASE_DONE_FAILED},
	};
	struct facts facts = face_facts(f);
	char text[PHRASE_TEXT];

	facts.target = f->report.version;
	phrase_say(f->texts, results[f->report.outcome].phrase, &facts, text);
	panel_text(p, NEEDED, results[f->report.outcome].style, "%s%s", results[f->report.outcome].mark, text);
}

void
face_quiet(const struct face *f, struct panel *p)
{
	const struct view *v = &f->view;
	enum phrase quiet = card_quiet(v);
	char text[PHRASE_TEXT];

	if (quiet == PHRASE_NOTHING && f->has_report) {
		add_report(f, p);
		return;
	}
	if (quiet != PHRASES)
		panel_text(p, NEEDED, DIM, "%s", face_phrase(f, quiet, text));
	if (v->reminder)
		panel_text(p, NEEDED, DIM, "%s", face_phrase(f, PHRASE_COMES_BACK, text));
	if (v->state == ST_COUNTDOWN_CLOSED && v->left >= 0)
		panel_text(p, NEEDED, LATE, "%s", face_phrase(f, PHRASE_TIMER_LEFT, text));
}
