#include "model.h"

#include <stdarg.h>
#include <string.h>

struct kind *
model_event(const struct machine *m, size_t index)
{
	return m->events.value[index];
}

struct kind *
model_effect(const struct machine *m, size_t index)
{
	return m->effects.value[index];
}

struct timer *
model_timer(const struct machine *m, size_t index)
{
	return m->timers.value[index];
}

struct guard *
model_guard(const struct machine *m, size_t index)
{
	return m->guards.value[index];
}

struct region *
model_region(const struct machine *m, size_t index)
{
	return m->regions.value[index];
}

struct field *
model_field(const struct kind *kind, size_t index)
{
	return kind->fields.value[index];
}

bool
model_is_leaf(const struct state *s)
{
	return s->child_count == 0;
}

bool
model_inside(const struct state *s, const struct state *outer)
{
	while (s && s != outer)
		s = s->parent;
	return s != NULL;
}

struct timer *
model_trigger_timer(const struct machine *m, unsigned trigger)
{
	return trigger < m->events.count ? NULL : model_timer(m, trigger - m->events.count);
}

const char *
model_trigger_name(const struct machine *m, unsigned trigger)
{
	const struct timer *timer = model_trigger_timer(m, trigger);

	return timer ? timer->name : model_event(m, trigger)->name;
}

void
model_error(const struct machine *m, struct place place, const char *format, ...)
{
	const char *text;
	va_list args;

	va_start(args, format);
	text = keep_arguments(format, args);
	va_end(args);
	for (size_t i = 0; i < m->messages->count; i++) {
		const struct message *said = &m->messages->list[i];

		if (said->place.line == place.line && said->place.column == place.column && strcmp(said->text, text) == 0)
			return;		/* of answers, which several states take */
	}
	message_add(m->messages, MESSAGE_ERROR, m->file, place, "%s", text);
}
