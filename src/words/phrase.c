#include "phrase.h"

#include <stdio.h>
#include <string.h>

#include "core/version.h"
#include "pattern.h"

#define HINT 400

const struct phrase_room phrase_room[PHRASE_KINDS] = {
	[PHRASE_IS_LABEL] = {"label", 18}, [PHRASE_IS_BUTTON] = {"button text", 28}, [PHRASE_IS_TITLE] = {"title", 80},
	[PHRASE_IS_BODY] = {"body", 320},
};

const char *const phrase_own_places[] = {"none", "delay", "reminder", NULL};

/* {timer} is {left} in the form 29:30. */
static const char *const everywhere[] = {
	"target", "required", "installed", "deadline", "left", "timer", "countdown", "policy", NULL,
};

void
phrase_places(const struct phrase_about *about, const char *names[PHRASE_PLACES])
{
	unsigned count = 0;

	if (about->also)
		names[count++] = about->also;
	/* A button is read at a glance, so its only placeholder is one that does not change. */
	for (unsigned i = 0; everywhere[i] && i < (about->kind == PHRASE_IS_BUTTON ? 1 : PHRASE_PLACES); i++)
		names[count++] = everywhere[i];
	names[count] = NULL;
}

static const char *
write_version(const char *os, int64_t value, char out[96])
{
	char text[VERSION_TEXT];

	snprintf(out, 96, "%.48s%s%s", os ? os : "", os && *os ? " " : "", value ? version_format(value, text) : "–");
	return out;
}

const char *
phrase_fill(const struct language *l, const char *phrase, const struct facts *f, char out[PHRASE_TEXT])
{
	const struct zone *zone = f->zone ? f->zone : &calendar_utc;
	char target[96], required[96], installed[96], deadline[LANGUAGE_TEXT], reminder[LANGUAGE_TEXT],
		left[LANGUAGE_TEXT], timer[LANGUAGE_TEXT], countdown[LANGUAGE_TEXT], delay[LANGUAGE_TEXT];

	return pattern_fill(phrase, (struct slot[]){
		{"target", write_version(f->os, f->target, target)},
		{"required", write_version(NULL, f->required, required)},
		{"installed", write_version(NULL, f->installed, installed)},
		{"deadline", language_date(l, f->deadline, zone, deadline)},
		{"reminder", language_date(l, f->reminder, zone, reminder)},
		{"left", language_span(l, f->left, left)},
		{"timer", language_timer(f->left, timer)},
		{"countdown", language_span(l, f->countdown, countdown)},
		{"delay", language_later(l, f->delay, delay)},
		{"policy", f->policy ? f->policy : ""},
		{0}}, out, PHRASE_TEXT);
}

unsigned
phrase_columns(const struct language *l, const char *text)
{
	const struct facts usual = {.os = "macOS", .target = version_make(15, 3, 1, 0), .required = version_make(15, 2, 0, 0),
		.installed = version_make(14, 7, 2, 0), .deadline = 27 * DAY_MS, .reminder = 27 * DAY_MS,
		.left = 4 * DAY_MS + 23 * HOUR_MS, .countdown = 30 * MINUTE_MS, .delay = 12 * HOUR_MS, .policy = "Engineering"};
	char out[PHRASE_TEXT];

	return pattern_columns(phrase_fill(l, text, &usual, out));
}

static bool
refuse_placeholder(const struct node *node, const struct phrase_about *about, const char *stray, size_t length,
	const struct source *source)
{
	const char *places[PHRASE_PLACES], *near;
	char name[64], found[QUOTED_SIZE], all[HINT];
	size_t used = 0;

	phrase_places(about, places);
	snprintf(name, sizeof name, "%.*s", (int)(length > 2 ? length - 2 : 0), stray + 1);
	near = message_near(name, places);
	message_quote(stray, length, found);
	if (near)
		return key_fault(node, source, CODE_PLACEHOLDER, "unknown placeholder %s (did you mean \"{%s}\"?)", found,
			near);
	for (unsigned i = 0; places[i] && used < sizeof all; i++)
		used += (size_t)snprintf(all + used, sizeof all - used, "%s{%s}", i ? ", " : "", places[i]);
	return key_fault(node, source, CODE_PLACEHOLDER, "unknown placeholder %s; expected one of %s", found, all);
}

bool
phrase_check(const struct phrase_about *about, const struct node *node, const struct language *language,
	const struct source *source)
{
	const struct phrase_room *room = &phrase_room[about->kind];
	const char *places[PHRASE_PLACES], *stray;
	size_t length;
	unsigned columns;

	if (node->kind != NODE_SCALAR || !node->length)
		return key_expected_as(CODE_LABEL, node, source, "one line of text", NULL);
	for (const char *c = node->text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			return key_expected_as(CODE_LABEL, node, source, "one line of text without control characters", NULL);
	phrase_places(about, places);
	stray = pattern_stray(node->text, places, &length);
	if (stray)
		return refuse_placeholder(node, about, stray, length, source);
	columns = phrase_columns(language, node->text);
	if (columns <= room->columns)
		return true;
	return key_fault(node, source, CODE_TEXT_TOO_LONG, "expected a %s of at most %u columns, found %u", room->what,
		room->columns, columns);
}
