#include <stdio.h>

#include "../text/words.h"
#include "face.h"

static bool
window_open(const struct view *v)
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

/* After the reminders, whose labels and number are the policy's. */
static const struct {
	char key;
	const char *label;
	enum button_place place;
	enum event_kind kind;
	bool (*offered)(const struct view *);
} buttons[] = {
	{'l', "Learn More", ON_BANNER, EV_LEARN_MORE, may_learn},
	{'t', "Open Timer", ON_BANNER, EV_OPEN_TIMER, may_open_timer},
	{'s', "Start Now", ON_WINDOW, EV_START_NOW, may_start},
	{'w', "Close", ON_WINDOW, EV_WINDOW_CLOSED, window_open},
	{'x', "Close Banner", BELOW, EV_DISMISSED, may_dismiss},
};

unsigned
face_buttons(const struct view *v, struct button list[FACE_BUTTONS])
{
	unsigned count = 0;

	for (unsigned i = 0; i < v->reminds; i++) {
		struct button *b = &list[count++];

		*b = (struct button){(char)('1' + i), ON_BANNER, "", {.kind = EV_REMIND, .for_ = v->remind[i]}};
		words_remind(v->remind[i], b->label);
	}
	for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++) {
		if (!buttons[i].offered(v))
			continue;
		list[count] = (struct button){.key = buttons[i].key, .place = buttons[i].place,
			.intent = {.kind = buttons[i].kind}};
		snprintf(list[count++].label, sizeof list->label, "%s", buttons[i].label);
	}
	return count;
}

bool
face_key(const struct view *v, int key, struct event *intent)
{
	struct button list[FACE_BUTTONS];
	unsigned count = face_buttons(v, list);

	for (unsigned i = 0; i < count; i++)
		if (list[i].key == key) {
			*intent = list[i].intent;
			return true;
		}
	return false;
}
