#include "card.h"

#include <stdio.h>
#include <string.h>

#include "core/version.h"
#include "pattern.h"

struct facts
card_facts(const struct view *v, const struct facts *known, int64_t now)
{
	struct facts f = *known;

	f.target = v->target;
	f.required = v->required;
	f.deadline = v->deadline;
	f.reminder = v->reminder;
	f.left = v->left >= 0 ? v->left : v->deadline > now ? v->deadline - now : 0;
	return f;
}

static void
write_line(const struct texts *texts, enum phrase phrase, const struct facts *f, char out[CARD_LINE])
{
	char text[PHRASE_TEXT];

	phrase_say(texts, phrase, f, text);
	pattern_fill(text, (struct slot[]){{0}}, out, CARD_LINE);
}

bool
card_banner(const struct view *v, const struct texts *texts, const struct facts *f, struct card *card)
{
	static const struct {
		enum phrase title, body;
	} banners[] = {
		[BANNER_UPDATE] = {PHRASE_BANNER_TITLE, PHRASE_BANNER_BODY},
		[BANNER_WARNING] = {PHRASE_WARNING_TITLE, PHRASE_WARNING_BODY},
		[BANNER_FAILED] = {PHRASE_FAILED_TITLE, PHRASE_FAILED_BODY},
	};

	memset(card, 0, sizeof *card);
	if (v->banner == BANNER_NONE)
		return false;
	write_line(texts, PHRASE_HEADING, f, card->heading);
	write_line(texts, banners[v->banner].title, f, card->title);
	phrase_say(texts, banners[v->banner].body, f, card->body);
	return true;
}

static void
add_row(struct card *card, const struct texts *texts, enum phrase label, const struct facts *f, bool detail,
	const char *value)
{
	write_line(texts, label, f, card->row[card->rows].label);
	snprintf(card->row[card->rows].value, CARD_LINE, "%.150s", value);
	card->row[card->rows++].detail = detail;
}

static void
fill_info(struct card *card, const struct texts *texts, const struct facts *f, bool narrow, bool ahead)
{
	const struct language *l = texts ? texts->language : &language_en;
	char text[CARD_LINE], version[VERSION_TEXT], words[LANGUAGE_TEXT];

	write_line(texts, PHRASE_INFO_TITLE, f, card->title);
	if (f->installed)
		add_row(card, texts, PHRASE_INFO_INSTALLED, f, true, version_format(f->installed, version));
	write_line(texts, PHRASE_INFO_OR_NEWER, f, text);
	add_row(card, texts, PHRASE_INFO_REQUIRED, f, false, text);
	add_row(card, texts, PHRASE_INFO_DEADLINE, f, false, narrow ? language_date(l, f->deadline, f->zone, words)
		: language_moment(l, f->deadline, f->zone, words));
	if (ahead)
		add_row(card, texts, PHRASE_INFO_LEFT, f, true, language_span(l, f->left, words));
	if (f->policy && *f->policy)
		add_row(card, texts, PHRASE_INFO_POLICY, f, true, f->policy);
	phrase_say(texts, f->apps_stay ? PHRASE_INFO_BODY_APPS_STAY : PHRASE_INFO_BODY, f, card->body);
}

/* Returns a state's `phrase`, or PHRASES. */
static enum phrase
state_phrase(enum state state)
{
	static const struct {
		enum state state;
		enum phrase phrase;
	} phrases[] = {
#define STATE_PHRASE(STATE, PHRASE) {STATE, PHRASE_##PHRASE},
		STATE_PHRASES(STATE_PHRASE)
	};

	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
		if (phrases[i].state == state)
			return phrases[i].phrase;
	return PHRASES;
}

static void
fill_progress(struct card *card, const struct view *v, const struct texts *texts, const struct facts *f)
{
	enum phrase doing = state_phrase(v->state);

	write_line(texts, PHRASE_PROGRESS_TITLE, f, card->title);
	write_line(texts, doing == PHRASES ? PHRASE_PROGRESS_PREPARING : doing, f, card->note);
	phrase_say(texts, PHRASE_PROGRESS_BODY, f, card->body);
}

bool
card_window(const struct view *v, const struct texts *texts, const struct facts *f, bool narrow, struct card *card)
{
	static const enum phrase headings[] = {[SCREEN_INFO] = PHRASE_INFO_HEADING, [SCREEN_TIMER] = PHRASE_TIMER_HEADING,
		[SCREEN_PROGRESS] = PHRASE_PROGRESS_HEADING};

	memset(card, 0, sizeof *card);
	switch (v->screen) {
	case SCREEN_NONE:
		return false;
	case SCREEN_INFO:
		fill_info(card, texts, f, narrow, v->left < 0 && f->left > 0);
		break;
	case SCREEN_TIMER:
		write_line(texts, PHRASE_TIMER_TITLE, f, card->title);
		phrase_say(texts, f->apps_stay ? PHRASE_TIMER_BODY_APPS_STAY : PHRASE_TIMER_BODY, f, card->body);
		break;
	case SCREEN_PROGRESS:
		fill_progress(card, v, texts, f);
		break;
	}
	write_line(texts, headings[v->screen], f, card->heading);
	return true;
}

enum phrase
card_quiet(const struct view *v)
{
	if (v->state == ST_IDLE)
		return v->required ? PHRASE_DUE : PHRASE_NOTHING;
	return v->screen == SCREEN_PROGRESS ? PHRASES : state_phrase(v->state);
}

static bool
may_close_window(const struct view *v)
{
	return v->screen == SCREEN_INFO || v->screen == SCREEN_TIMER;
}

static bool
may_learn(const struct view *v)
{
	return v->learn_more && v->screen != SCREEN_INFO;
}

static bool
may_start(const struct view *v)
{
	return v->start_now;
}

static bool
may_open_timer(const struct view *v)
{
	return v->open_timer && v->screen != SCREEN_TIMER;
}

static bool
may_dismiss(const struct view *v)
{
	return v->banner != BANNER_NONE;
}

/* Shown after the reminders, which come from the policy. */
static const struct {
	enum phrase label;
	enum button_place place;
	enum event_kind kind;
	bool (*offered)(const struct view *);
} buttons[] = {
	{PHRASE_LEARN_MORE, ON_BANNER, EV_LEARN_MORE, may_learn},
	{PHRASE_OPEN_TIMER, ON_BANNER, EV_OPEN_TIMER, may_open_timer},
	{PHRASE_START_NOW, ON_WINDOW, EV_START_NOW, may_start},
	{PHRASE_CLOSE, ON_WINDOW, EV_WINDOW_CLOSED, may_close_window},
	{PHRASE_CLOSE_BANNER, BELOW, EV_DISMISSED, may_dismiss},
};
#define ONE(NAME, name) + 1
_Static_assert(sizeof buttons / sizeof *buttons + 1 == 0 EVENTS_BY_PERSON(ONE),
	"an event of group person has no button; remind is the one that is not in the table");

unsigned
card_buttons(const struct view *v, const struct texts *texts, const struct facts *known,
	struct card_button list[CARD_BUTTONS])
{
	struct facts f = *known;
	unsigned count = 0;

	for (unsigned i = 0; i < v->reminds; i++) {
		f.delay = v->remind[i];
		list[count] = (struct card_button){.place = ON_BANNER, .intent = {.kind = EV_REMIND, .for_ = f.delay}};
		write_line(texts, f.delay == DAY_MS ? PHRASE_REMIND_TOMORROW : PHRASE_REMIND, &f, list[count++].label);
	}
	for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++)
		if (buttons[i].offered(v)) {
			list[count] = (struct card_button){.place = buttons[i].place, .intent = {.kind = buttons[i].kind}};
			write_line(texts, buttons[i].label, &f, list[count++].label);
		}
	return count;
}
