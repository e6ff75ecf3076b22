/* Follows every event through the machine to learn which events can run a piece of C, and checks the fields it uses. */
#include "passes.h"

#include <ctype.h>
#include <string.h>

/* Returns true if this trigger was not marked yet. *by may be NULL. */
static bool
mark(const struct machine *m, bool **by, unsigned trigger)
{
	if (!*by)
		*by = keep(m->trigger_count + 1);
	if ((*by)[trigger])
		return false;
	return (*by)[trigger] = true;
}

static void
mark_code(const struct machine *m, struct code *code, unsigned trigger)
{
	if (code)
		mark(m, &code->run_by, trigger);
}

static void
mark_doing(const struct machine *m, struct doing *doing, unsigned trigger)
{
	if (!doing->count || !mark(m, &doing->run_by, trigger))
		return;
	for (unsigned i = 0; i < doing->count; i++) {
		struct item *item = &doing->items[i];

		if (item->action)
			mark_code(m, item->action->code, trigger);
		for (size_t j = 0; item->effect && j < item->effect->fields.count; j++)
			mark_code(m, item->args[j], trigger);
		if (item->kind == ITEM_REARM && item->timer)
			mark_code(m, item->timer->value, trigger);
	}
}

static void
mark_arms(const struct machine *m, const struct state *s, unsigned trigger)
{
	for (unsigned i = 0; i < s->arm_count; i++)
		mark_code(m, s->arms[i]->value, trigger);
}

static void
mark_handler(const struct machine *m, struct state *from, struct handler *h, unsigned trigger)
{
	for (unsigned i = 0; i < h->guard_count; i++)
		mark_code(m, h->guards[i]->code, trigger);
	for (unsigned i = 0; i < h->count; i++) {
		struct branch *b = &h->branches[i];

		mark_doing(m, &b->doing, trigger);
		for (struct state *s = b->target ? from : NULL; s && s != b->top; s = s->parent)
			mark_doing(m, &s->leave, trigger);
		for (struct state *s = b->leaf; s && s != b->top; s = s->parent) {
			mark_arms(m, s, trigger);
			mark_doing(m, &s->enter, trigger);
		}
		if (b->leaf && b->leaf->choice && mark(m, &b->leaf->chosen_by, trigger))
			mark_handler(m, b->leaf, b->leaf->choice, trigger);
	}
}

/* Any event may be the first, which arms the timers of the initial states; a boot arms some again. */
static void
mark_timers(const struct machine *m)
{
	for (unsigned i = 0; i < m->events.count; i++)
		for (size_t j = 0; j < m->regions.count; j++)
			for (struct state *s = model_region(m, j)->root; s; s = s->initial)
				mark_arms(m, s, i);
	for (unsigned i = 0; i < m->timers.count; i++) {
		mark_code(m, model_timer(m, i)->value, (unsigned)m->events.count + i);
		for (unsigned j = 0; model_timer(m, i)->again && j < m->events.count; j++)
			if (model_event(m, j)->boots)
				mark_code(m, model_timer(m, i)->value, j);
	}
}

static void
mark_all(const struct machine *m)
{
	for (unsigned i = 0; i < m->state_count; i++)
		for (unsigned j = 0; m->states[i]->cells && j < m->trigger_count; j++)
			if (m->states[i]->cells[j].handler)
				mark_handler(m, m->states[i], m->states[i]->cells[j].handler, j);
	for (unsigned i = 0; m->observe && i < m->events.count; i++)
		mark_code(m, m->observe[i], i);
	mark_timers(m);
}

/* A scan of C, good enough to find what follows an arrow. */
struct scan {
	struct machine *machine;
	struct code *code;
	const char *at, *line_start;
	unsigned line;
	bool checks;			/* false: only learns which values the code calls, and reports nothing */
};

static struct place
place_of(const struct scan *s, const char *at)
{
	unsigned before = s->line ? s->code->indent + 1 : s->code->place.column;

	return (struct place){s->code->place.line + s->line, before + (unsigned)(at - s->line_start)};
}

/* Reports an open quote here: Ragel would take all that follows, its own commands too, as quoted. */
static const char *
skip_quoted(const struct scan *s)
{
	const char *at = s->at + 1;

	while (*at && *at != '\n' && *at != *s->at)
		at += at[0] == '\\' && at[1] ? 2 : 1;
	if (*at == *s->at)
		return at + 1;
	if (s->checks)
		model_error(s->machine, place_of(s, s->at), "this %c is never closed", *s->at);
	return at;
}

static const char *
skip_comment(struct scan *s)
{
	const char *end = strstr(s->at + 2, "*/");

	if (!end) {
		if (s->checks)
			model_error(s->machine, place_of(s, s->at), "this comment is never closed");
		return s->at + strlen(s->at);
	}
	for (const char *at = s->at; at < end; at++)
		if (*at == '\n') {
			s->line++;
			s->line_start = at + 1;
		}
	return end + 2;
}

static const char *
skip_word(const char *at)
{
	while (isalnum((unsigned char)*at) || *at == '_')
		at++;
	return at;
}

static bool
is(const char *word, const char *end, const char *expected)
{
	return strlen(expected) == (size_t)(end - word) && memcmp(word, expected, strlen(expected)) == 0;
}

static const struct field *
find_field(const struct kind *kind, const char *c_name)
{
	for (size_t i = 0; i < kind->fields.count; i++)
		if (strcmp(model_field(kind, i)->c_name, c_name) == 0)
			return model_field(kind, i);
	return NULL;
}

static void
add_fields(struct names *names, const struct kind *kind)
{
	for (size_t i = 0; i < kind->fields.count; i++)
		names_add(names, model_field(kind, i)->c_name, model_field(kind, i));
}

static void
check_member(struct scan *s, const char *at, const char *name, const struct names *known, const char *what)
{
	struct field *field = names_find(known, name);

	if (field)
		field->used = true;
	else
		model_error(s->machine, place_of(s, at), "unknown %s \"%s\"%s", what, name, names_hint(known, name));
}

/* Checks that every event that can run this code has the field. */
static void
check_payload(struct scan *s, const char *at, const char *name)
{
	struct machine *m = s->machine;
	const struct kind *without = NULL;
	unsigned count = 0;

	for (unsigned i = 0; s->code->run_by && i < m->trigger_count; i++) {
		if (!s->code->run_by[i])
			continue;
		if (i >= m->events.count)
			model_error(m, place_of(s, at), "timer \"%s\" can lead here, and a timer has no field \"%s\"",
				model_trigger_name(m, i), name);
		if (i >= m->events.count)
			return;
		if (!find_field(model_event(m, i), name) && !count++)
			without = model_event(m, i);
	}
	if (without)
		model_error(m, place_of(s, at), "event \"%s\" can lead here%s, but it has no field \"%s\"", without->name,
			count > 1 ? keep_format(" (and %u others)", count - 1) : "", name);
}

static void
check_event_member(struct scan *s, const char *at, const char *name)
{
	static const char *const own[] = {"kind", "timer", "at", "awake"};
	struct names known = {0};

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (strcmp(own[i], name) == 0)
			return;
	for (size_t i = 0; i < s->machine->events.count; i++)
		add_fields(&known, model_event(s->machine, i));
	if (!names_find(&known, name))
		check_member(s, at, name, &known, "field of an event");
	else if (!s->code->general)
		check_payload(s, at, name);
}

static void
check_machine_member(struct scan *s, const char *at, const char *name)
{
	static const char *const own[] = {"settings", "at", "awake", "due", "state"};
	struct names known = {0};

	if (s->code->outside) {
		model_error(s->machine, place_of(s, at), "a promise may not ask what the machine remembers (m->%s): "
			"let it observe the event that tells", name);
		return;
	}
	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (strcmp(own[i], name) == 0)
			return;
	add_fields(&known, &s->machine->context);
	check_member(s, at, name, &known, "field of the context");
}

static void
check_observed(struct scan *s, const char *at, const char *name)
{
	struct names known = {0};

	add_fields(&known, &s->machine->observed);
	check_member(s, at, name, &known, "field of what is observed");
}

static void
check_setting(struct scan *s, const char *at, const char *name)
{
	struct names known = {0};

	add_fields(&known, &s->machine->settings);
	s->machine->settings.fields.missed |= !names_find(&known, name);
	check_member(s, at, name, &known, "setting");
}

/* Adds the value that C calls here to those of this code. */
static void
find_call(struct scan *s, const char *word, const char *end)
{
	const struct machine *m = s->machine;

	for (size_t i = 0; end[strspn(end, " ")] == '(' && i < m->values.count; i++) {
		struct value *value = m->values.value[i];

		if (!is(word, end, value->c_name))
			continue;
		value->used = true;
		if (!names_find(&s->code->calls, value->name))
			names_add(&s->code->calls, value->name, value);
		if (s->checks && (s->code->outside || s->code->general))
			model_error(s->machine, place_of(s, word), "promises and functions in code: cannot call the value \"%s\"",
				value->name);
	}
}

/* Marks the durations that C names as used. */
static void
mark_named(const struct machine *m, const char *word, const char *end)
{
	for (size_t i = 0; i < m->lengths.count; i++) {
		struct length *length = m->lengths.value[i];

		length->used |= is(word, end, length->c_name);
	}
}

/* At a word: checks the member if the word is m, s, e, f, o or settings and an arrow follows. */
static void
check_word(struct scan *s)
{
	const char *word = s->at, *end = skip_word(word), *arrow = end, *member, *member_end;
	const char *name;

	s->at = end;
	find_call(s, word, end);
	if (!s->checks)
		return;
	mark_named(s->machine, word, end);
	while (*arrow == ' ')
		arrow++;
	if (arrow[0] != '-' || arrow[1] != '>')
		return;
	for (member = arrow + 2; *member == ' ';)
		member++;
	member_end = skip_word(member);
	name = keep_copy(member, (size_t)(member_end - member));
	if (is(word, end, "m"))
		check_machine_member(s, word, name);
	else if (is(word, end, "s") || is(word, end, "settings"))
		check_setting(s, word, name);
	else if (is(word, end, "o") && s->code->outside)
		check_observed(s, word, name);
	else if (is(word, end, "f") && s->code->outside && !s->code->effect)
		model_error(s->machine, place_of(s, word), "there is no effect here: f goes with effects, and with holds "
			"after at: effects alone");
	else if (is(word, end, "e"))
		check_event_member(s, word, name);
}

static void
scan(struct machine *m, struct code *code, bool checks)
{
	struct scan s = {.machine = m, .code = code, .at = code->text, .line_start = code->text, .checks = checks};

	while (*s.at) {
		if (*s.at == '\n') {
			s.line++;
			s.line_start = ++s.at;
		} else if (*s.at == '"' || *s.at == '\'') {
			s.at = skip_quoted(&s);
		} else if (s.at[0] == '/' && s.at[1] == '/') {
			s.at += strcspn(s.at, "\n");
		} else if (s.at[0] == '/' && s.at[1] == '*') {
			s.at = skip_comment(&s);
		} else if (isalpha((unsigned char)*s.at) || *s.at == '_') {
			check_word(&s);
		} else {
			s.at = isdigit((unsigned char)*s.at) ? skip_word(s.at) : s.at + 1;
		}
	}
}

/* What leads to this code leads to the values that it calls, and to those that they call. */
static void
mark_calls(const struct machine *m, struct code *code)
{
	for (size_t i = 0; i < code->calls.count; i++) {
		struct code *called = ((struct value *)code->calls.value[i])->code;
		bool news = false;

		for (unsigned j = 0; called && code->run_by && j < m->trigger_count; j++)
			news |= code->run_by[j] && mark(m, &called->run_by, j);
		if (news)
			mark_calls(m, called);
	}
}

static void
check_circle(struct machine *m, struct value *from, const struct value *value)
{
	for (size_t i = 0; value->code && i < value->code->calls.count; i++) {
		struct value *called = value->code->calls.value[i];

		if (called == from)
			model_error(m, from->place, "value \"%s\" calls itself%s", from->name,
				value == from ? "" : keep_format(", through \"%s\"", value->name));
		if (called == from || called->visited)
			continue;
		called->visited = true;
		check_circle(m, from, called);
	}
}

static void
check_circles(struct machine *m)
{
	for (size_t i = 0; i < m->values.count; i++) {
		for (size_t j = 0; j < m->values.count; j++)
			((struct value *)m->values.value[j])->visited = false;
		check_circle(m, m->values.value[i], m->values.value[i]);
	}
}

void
check_code(struct machine *m)
{
	mark_all(m);
	for (struct code *code = m->all_code; code; code = code->next)
		scan(m, code, false);
	for (struct code *code = m->all_code; code; code = code->next)
		mark_calls(m, code);
	for (struct code *code = m->all_code; code; code = code->next)
		scan(m, code, true);
	check_circles(m);
}
