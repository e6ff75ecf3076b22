#include "face.h"

struct facts
face_facts(const struct face *f)
{
	return card_facts(&f->view, &(struct facts){.os = f->os, .installed = f->installed, .countdown = f->length,
		.policy = f->asked_by, .apps_stay = !f->close_apps, .zone = f->zone}, f->now);
}

/* Reminders have their number; the others keep their key, whatever they are called. */
char
face_button(const struct card_button *b, unsigned index)
{
	static const char keys[EVENTS] = {[EV_LEARN_MORE] = 'l', [EV_OPEN_TIMER] = 't', [EV_START_NOW] = 's',
		[EV_WINDOW_CLOSED] = 'w', [EV_DISMISSED] = 'x'};

	return b->intent.kind == EV_REMIND ? (char)('1' + index) : keys[b->intent.kind];
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
