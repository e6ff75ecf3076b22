/* Reads durations, named ones too, and timers. */
#include "read.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Returns true for a number followed by a word that is no suffix of C and no unit: 500ms, 90 sec. */
static bool
is_no_duration(const char *text)
{
	const char *word = text + strspn(text, "0123456789");

	if (word == text)
		return false;
	word += strspn(word, " ");
	return islower((unsigned char)*word) && !strchr("ulx", *word) && !word[strspn(word, "abcdefghijklmnopqrstuvwxyz")];
}

/* Returns "5m" as milliseconds in C, or NULL if the text is no duration. */
static const char *
milliseconds(const char *text)
{
	static const struct { char unit; long long ms; } units[] = {
		{'s', 1000}, {'m', 60000}, {'h', 3600000}, {'d', 86400000}, {'w', 604800000},
	};
	unsigned number;
	char unit = 0, more;

	/* sscanf would take blanks and a sign, too. */
	if (isdigit((unsigned char)*text) && sscanf(text, "%9u%c%c", &number, &unit, &more) == 2)
		for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
			if (units[i].unit == unit)
				return keep_format("INT64_C(%lld)", number * units[i].ms);
	return NULL;
}

struct code *
read_duration(struct machine *m, const struct node *node)
{
	struct code *code = read_code(m, node);
	const char *ms = milliseconds(node->text);
	struct length *length = names_find(&m->lengths, node->text);

	if (ms) {
		code->text = ms;
	} else if (length) {
		length->used = true;
		code->text = length->c_name;
	} else if (is_no_duration(node->text)) {
		model_error(m, node->place, "expected a duration such as 30s, 5m, 1h, 5d or 2w, or C, found \"%s\"", node->text);
	} else if (m->lengths.count && read_is_name(node->text)) {
		read_find(m, &m->lengths, "duration", node->text, node->place);
	}
	return code;
}

void
read_lengths(struct machine *m, const struct node *node)
{
	for (const struct node *n = node->child; n; n = n->next) {
		struct length *length = keep(sizeof(*length));
		char quoted[QUOTED_SIZE];

		*length = (struct length){.name = read_name(m, n), .place = n->key->place, .text = "0"};
		length->c_name = keep_upper(length->name);
		names_add(&m->lengths, length->name, length);
		if (!read_text(m, n, "a duration"))
			continue;
		length->text = milliseconds(n->text);
		if (!length->text)
			model_error(m, n->place, "expected a duration such as 30s, 5m, 1h, 5d or 2w, found %s",
				message_quote(n->text, n->length, quoted));
	}
}

const struct key timer_keys[] = {
	{.name = "at"}, {.name = "after"}, {.name = "after_awake"}, {.name = "every_awake"},
	{.name = "restart", .shape = SHAPE_RESTART}, {.name = "about"}, {0},
};

static void
read_timer(struct machine *m, const struct node *node, struct timer *timer)
{
	static const char *const clocks[] = {"at", "after", "after_awake", "every_awake", NULL};
	const struct node *restart;

	if (!read_map(m, node, "a timer", timer_keys))
		return;
	for (unsigned i = 0; clocks[i]; i++) {
		const struct node *value = yaml_get(node, clocks[i]);

		if (!value)
			continue;
		if (timer->value)
			model_error(m, value->key->place, "a timer has one clock, found \"%s\" too", clocks[i]);
		timer->clock = i;
		timer->value = read_text(m, value, "a duration or C") ? read_duration(m, value) : NULL;
	}
	if (!timer->value)
		model_error(m, timer->place, "timer \"%s\" needs one of at, after, after_awake or every_awake", timer->name);
	restart = yaml_get(node, "restart");
	timer->again = restart && strcmp(restart->text, "again") == 0;
	if (!restart && timer->clock >= CLOCK_AFTER_AWAKE)
		model_error(m, timer->place, "timer \"%s\" counts awake time, so it must say what becomes of it on a restart: "
			"restart: keep or restart: again", timer->name);
	if (restart && !timer->again && strcmp(restart->text, "keep") != 0)
		model_error(m, restart->place, "expected keep or again, found \"%s\"", restart->text);
	if (timer->again && timer->clock < CLOCK_AFTER_AWAKE)
		model_error(m, restart->place, "a timer on the wall clock is not touched by a restart: expected keep");
}

void
read_timers(struct machine *m, const struct node *node)
{
	for (const struct node *n = node->child; n; n = n->next) {
		struct timer *timer = keep(sizeof(*timer));

		*timer = (struct timer){.name = read_name(m, n), .place = n->key->place};
		timer->c_name = keep_c_name(timer->name);
		timer->index = (unsigned)m->timers.count;
		names_add(&m->timers, timer->name, timer);
		read_timer(m, n, timer);
	}
}
