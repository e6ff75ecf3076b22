/* answers - reads the file of --answers, the script of a rehearsal's pretended person. */
#include <stdio.h>
#include <string.h>

#include "core/policy.h"
#include "text/trace/trace.h"
#include "rehearse.h"

static const char *const occasions[OCCASIONS + 1] = {
	[ON_UPDATE] = "banner", [ON_WARNING] = "warning", [ON_INFO] = "info", [ON_TIMER] = "timer",
};

/* The words are those of the subcommands that send an intent. */
static const char *const words[] = {
	"remind", "learn-more", "start", "open-timer", "close", "dismiss", "nothing", NULL,
};
static const enum event_kind kinds[] = {
	EV_REMIND, EV_LEARN_MORE, EV_START_NOW, EV_OPEN_TIMER, EV_WINDOW_CLOSED, EV_DISMISSED, EVENTS,
};
#define ONE(NAME, name) + 1
_Static_assert(sizeof kinds / sizeof *kinds == 1 EVENTS_BY_PERSON(ONE), "an event of group person has no word");

/* One line of the script. */
struct reader {
	const char *file;
	struct messages *messages;
	unsigned line;
	const char *start, *at, *end;	/* at: read up to here */
	const char *token;		/* the last one read */
	size_t length;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Reads the next word or colon. Returns false at the end of the line or the beginning of a comment. */
static bool
read_token(struct reader *r)
{
	while (r->at < r->end && is_blank(*r->at))
		r->at++;
	if (r->at < r->end && *r->at == '#')
		r->at = r->end;
	r->token = r->at;
	if (r->at < r->end && *r->at == ':')
		r->at++;
	else
		while (r->at < r->end && *r->at != ':' && !is_blank(*r->at))
			r->at++;
	r->length = (size_t)(r->at - r->token);
	return r->length > 0;
}

static bool
token_is(const struct reader *r, const char *word)
{
	return strlen(word) == r->length && !memcmp(word, r->token, r->length);
}

/* Reports what was expected in place of the last token; candidates: words it may be a misspelling of, or NULL. Always
 * returns false. */
static bool
add_expected(const struct reader *r, const char *what, const char *const *candidates)
{
	char quoted[QUOTED_SIZE], word[64];
	const char *near = NULL;
	unsigned column = 1;

	for (const char *c = r->start; c < r->token; c++)
		column += ((unsigned char)*c & 0xc0) != 0x80;
	snprintf(word, sizeof word, "%.*s", r->length > 60 ? 60 : (int)r->length, r->token);
	if (candidates && r->length)
		near = message_near(word, candidates);
	message_add(r->messages, MESSAGE_ERROR, r->file, (struct place){r->line, column}, "expected %s, found %s%s%s%s", what,
		r->length ? message_quote(r->token, r->length, quoted) : "the end of the line",
		near ? " (did you mean \"" : "", near ? near : "", near ? "\"?)" : "");
	return false;
}

/* Returns the index of the token in a list, or -1. */
static int
token_index(const struct reader *r, const char *const *list)
{
	for (int i = 0; list[i]; i++)
		if (token_is(r, list[i]))
			return i;
	return -1;
}

static bool
read_duration(struct reader *r, bool or_tomorrow, int64_t *ms)
{
	char text[DURATION_TEXT] = "";

	read_token(r);
	if (or_tomorrow && token_is(r, "tomorrow")) {
		*ms = DAY_MS;
		return true;
	}
	if (r->length < sizeof text)
		memcpy(text, r->token, r->length);
	return duration_parse(text, ms) ||
		add_expected(r, or_tomorrow ? "\"tomorrow\" or a duration such as 1h" : "a duration such as 30s, 5m or 2h", NULL);
}

static bool
read_answer(struct reader *r, struct reaction *reaction)
{
	int found;

	read_token(r);
	found = token_index(r, words);
	if (found < 0)
		return add_expected(r, "remind, learn-more, start, open-timer, close, dismiss or nothing", words);
	reaction->intent.kind = kinds[found];
	reaction->silent = kinds[found] == EVENTS;
	if (reaction->intent.kind == EV_REMIND && !read_duration(r, true, &reaction->intent.for_))
		return false;
	if (!read_token(r))
		return true;
	if (!token_is(r, "after"))
		return add_expected(r, "\"after\" or the end of the line", (const char *const[]){"after", NULL});
	return read_duration(r, false, &reaction->after) && (!read_token(r) || add_expected(r, "the end of the line", NULL));
}

/* Returns false for a line that is empty or, after reporting it, wrong. */
static bool
read_line(struct reader *r, struct reaction *reaction)
{
	int found;

	*reaction = (struct reaction){.after = HOST_REACTION};
	if (!read_token(r))
		return false;
	if (!token_is(r, "on"))
		return add_expected(r, "\"on\"", (const char *const[]){"on", NULL});
	read_token(r);
	found = token_index(r, occasions);
	if (found < 0)
		return add_expected(r, "banner, warning, info or timer", occasions);
	reaction->occasion = (enum occasion)found;
	read_token(r);
	if (!token_is(r, ":"))
		return add_expected(r, "\":\"", NULL);
	return read_answer(r, reaction);
}

bool
answers_parse(const char *file, const char *text, size_t length, struct script *script, struct messages *messages)
{
	struct reader r = {.file = file, .messages = messages, .end = text};
	const char *end = text + length;
	unsigned errors = messages->errors;

	*script = (struct script){0};
	for (; text < end; text = r.end + 1) {
		struct reaction reaction;

		r.start = r.at = text;
		r.end = memchr(text, '\n', (size_t)(end - text));
		if (!r.end)
			r.end = end;
		r.line++;
		if (!read_line(&r, &reaction))
			continue;
		if (script->count == SCRIPT_MAX) {
			message_add(messages, MESSAGE_ERROR, file, (struct place){r.line, 0}, "more than %d answers", SCRIPT_MAX);
			break;
		}
		script->list[script->count++] = reaction;
	}
	return messages->errors == errors;
}
