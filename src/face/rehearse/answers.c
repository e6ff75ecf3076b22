#include "answers.h"

#include <stdio.h>
#include <string.h>

#define A_MOMENT MINUTE_MS	/* that a person takes to answer, when the script does not say */

static const char *const occasions[OCCASIONS + 1] = {
	[ON_UPDATE] = "banner", [ON_WARNING] = "warning", [ON_INFO] = "info", [ON_TIMER] = "timer",
};

/* The words are those of the subcommands. */
static const char *const words[] = {
	"remind", "learn-more", "start", "open-timer", "close", "dismiss", "nothing", NULL,
};
static const enum event_kind kinds[] = {
	EV_REMIND, EV_LEARN_MORE, EV_START_NOW, EV_OPEN_TIMER, EV_WINDOW_CLOSED, EV_DISMISSED, EVENTS,
};

/* One line of the script, and how far it has been read. */
struct reader {
	const char *file;
	struct messages *messages;
	unsigned line;
	const char *start, *at, *end;
	const char *token;		/* the last one, and its length */
	size_t length;
};

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The next word, or the colon; false at the end of the line, or where a comment begins. */
static bool
next(struct reader *r)
{
	while (r->at < r->end && blank(*r->at))
		r->at++;
	if (r->at < r->end && *r->at == '#')
		r->at = r->end;
	r->token = r->at;
	if (r->at < r->end && *r->at == ':')
		r->at++;
	else
		while (r->at < r->end && *r->at != ':' && !blank(*r->at))
			r->at++;
	r->length = (size_t)(r->at - r->token);
	return r->length > 0;
}

static bool
is(const struct reader *r, const char *word)
{
	return strlen(word) == r->length && !memcmp(word, r->token, r->length);
}

/* Always false, so that a reader can give up with it. */
static bool
expected(const struct reader *r, const char *what, const char *const *candidates)
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

static int
one_of(const struct reader *r, const char *const *list)
{
	for (int i = 0; list[i]; i++)
		if (is(r, list[i]))
			return i;
	return -1;
}

static bool
duration(struct reader *r, bool or_tomorrow, int64_t *ms)
{
	char text[DURATION_TEXT] = "";

	next(r);
	if (or_tomorrow && is(r, "tomorrow")) {
		*ms = DAY_MS;
		return true;
	}
	if (r->length < sizeof text)
		memcpy(text, r->token, r->length);
	return duration_parse(text, ms) ||
		expected(r, or_tomorrow ? "\"tomorrow\" or a duration such as 1h" : "a duration such as 30s, 5m or 2h", NULL);
}

static bool
answer(struct reader *r, struct answer *a)
{
	int found;

	next(r);
	found = one_of(r, words);
	if (found < 0)
		return expected(r, "remind, learn-more, start, open-timer, close, dismiss or nothing", words);
	a->intent.kind = kinds[found];
	a->silent = kinds[found] == EVENTS;
	if (a->intent.kind == EV_REMIND && !duration(r, true, &a->intent.for_))
		return false;
	if (!next(r))
		return true;
	if (!is(r, "after"))
		return expected(r, "\"after\" or the end of the line", (const char *const[]){"after", NULL});
	return duration(r, false, &a->after) && (!next(r) || expected(r, "the end of the line", NULL));
}

/* False: not an answer, because it is empty or wrong. */
static bool
line(struct reader *r, struct answer *a)
{
	int found;

	*a = (struct answer){.after = A_MOMENT};
	if (!next(r))
		return false;
	if (!is(r, "on"))
		return expected(r, "\"on\"", (const char *const[]){"on", NULL});
	next(r);
	found = one_of(r, occasions);
	if (found < 0)
		return expected(r, "banner, warning, info or timer", occasions);
	a->occasion = (enum occasion)found;
	next(r);
	if (!is(r, ":"))
		return expected(r, "\":\"", NULL);
	return answer(r, a);
}

bool
answers_parse(const char *file, const char *text, size_t length, struct answers *answers, struct messages *messages)
{
	struct reader r = {.file = file, .messages = messages, .end = text};
	const char *end = text + length;
	unsigned errors = messages->errors;

	answers->count = 0;
	for (; text < end; text = r.end + 1) {
		struct answer a;

		r.start = r.at = text;
		r.end = memchr(text, '\n', (size_t)(end - text));
		if (!r.end)
			r.end = end;
		r.line++;
		if (!line(&r, &a))
			continue;
		if (answers->count == ANSWERS_MAX) {
			message_add(messages, MESSAGE_ERROR, file, (struct place){r.line, 0}, "more than %d answers", ANSWERS_MAX);
			break;
		}
		answers->list[answers->count++] = a;
	}
	return messages->errors == errors;
}

static void
add(struct answers *answers, enum occasion occasion, enum event_kind kind, int64_t wait)
{
	answers->list[answers->count++] = (struct answer){
		.occasion = occasion, .after = A_MOMENT, .intent = {.kind = kind, .for_ = wait}};
}

void
answers_default(const struct policy *policy, struct answers *answers)
{
	answers->count = 0;
	for (unsigned i = 0; i < policy->notice.reminds; i += policy->notice.reminds > 1 ? policy->notice.reminds - 1 : 1)
		add(answers, ON_UPDATE, EV_REMIND, policy->notice.remind[i]);
	add(answers, ON_TIMER, EV_WINDOW_CLOSED, 0);
}

const struct answer *
answers_next(struct answers *answers, const struct effect *fx)
{
	static const struct {
		enum effect_kind kind;
		enum occasion occasion;
	} asks[] = {
		{FX_BANNER, ON_UPDATE}, {FX_WARNING, ON_WARNING}, {FX_OPEN_INFO, ON_INFO}, {FX_OPEN_TIMER, ON_TIMER},
	};

	for (size_t i = 0; i < sizeof asks / sizeof *asks; i++)
		for (unsigned k = 0; asks[i].kind == fx->kind && k < answers->count; k++) {
			struct answer *a = &answers->list[k];

			if (a->occasion != asks[i].occasion || a->used)
				continue;
			a->used = true;
			return a->silent ? NULL : a;
		}
	return NULL;
}
