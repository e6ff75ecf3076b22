/* cut - a part of a trace. Of the lines before it, keeps those that the part needs, as in shrinking a failing trace. */
#include <string.h>

#include "core/player.h"
#include "text/memory.h"
#include "qa/replay/shrink.h"
#include "edit.h"

struct cutting {
	struct trace_reader *reader;
	int64_t from, to;
	struct halves halves;
	int64_t last;			/* time of the line before; NEVER: there is none */
	bool recorded;
	bool inside, cut;		/* inside: the part has begun; cut: there were lines after `to` */
};

static void
add_line(struct cutting *c, const char *text, size_t length)
{
	buffer_add(&c->halves.tail, text, length);
	buffer_add(&c->halves.tail, "\n", 1);
}

/* Adds an end line. Not in a recording: there no timer fires by itself, and only its events tell the awake time. */
static void
add_end(struct cutting *c, int64_t at)
{
	struct trace_line *end = memory_zeroed(sizeof *end);
	char text[TRACE_LINE_MAX];
	end->kind = LINE_END;
	end->at = at;
	if (!c->recorded)
		add_line(c, text, trace_encode(end, text));
	free(end);
}

/* Returns whether a line belongs to the part. Answers at its first instant are those of timers, which fire before it. */
static bool
in_part(const struct cutting *c, int64_t at, bool answer)
{
	return c->inside || (answer && !c->recorded ? at > c->from : at >= c->from);
}

static bool
sort_line(struct cutting *c)
{
	const struct trace_reader *r = c->reader;
	const struct trace_line *l = &r->line;
	int64_t at = l->kind == LINE_EVENT ? player_event_time(&l->event) : l->at;
	bool answer = l->kind == LINE_STATE || l->kind == LINE_EFFECT;

	if (l->kind == LINE_HEADER) {
		c->recorded = l->header.recorded;
		return true;
	}
	if (at > c->to) {
		c->cut = true;
		return false;
	}
	/* In a recording, answers stay with their input. */
	if (!c->inside && in_part(c, at, answer) && !(answer && c->recorded)) {
		c->inside = true;
		c->halves.head.end = r->text;
		if (c->last <= c->from)
			add_end(c, c->from);
	}
	c->last = l->at;
	if (c->inside)
		add_line(c, r->text, r->length);
	return true;
}

static void
report_kept(const struct cutting *c, struct messages *messages)
{
	if (c->halves.all)
		message_add(messages, MESSAGE_WARNING, c->reader->trace->name, (struct place){0, 0},
			"kept %zu of the %zu lines of input before the cut, which the rest needs", c->halves.kept, c->halves.all);
}

bool
trace_cut(const struct trace_text *t, int64_t from, int64_t to, FILE *out, struct messages *messages)
{
	struct cutting c = {.reader = trace_reader_new(t, messages), .from = from, .to = to, .last = NEVER};
	bool good;

	c.halves.head = lines_of(t->bytes, t->length);
	while (trace_next(c.reader) && sort_line(&c))
		;
	good = !c.reader->failed;
	if (good && !c.inside)
		good = trace_refuse(c.reader, "this trace has no line between these times");
	if (c.cut)
		add_end(&c, to);
	good = good && halves_shrink(t->name, &c.halves, out, messages);
	if (good)
		report_kept(&c, messages);
	buffer_free(&c.halves.tail);
	free(c.reader);
	return good;
}
