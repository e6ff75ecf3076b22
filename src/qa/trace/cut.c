/* A part of a trace. Its end is cut as it is; of what came before its beginning, the lines that it needs are looked
 * for as a failing trace is shrunk. */
#include <string.h>

#include "core/player.h"
#include "text/memory.h"
#include "qa/replay/halves.h"
#include "edit.h"

struct cutting {
	struct trace_reader *reader;
	int64_t from, to;
	struct halves halves;
	int64_t last;			/* when the line before was; NEVER: there is none */
	bool recorded;
	bool inside, cut;		/* inside: the tail has begun; cut: something came after `to` */
};

static void
add(struct cutting *c, const char *text, size_t length)
{
	buffer_add(&c->halves.tail, text, length);
	buffer_add(&c->halves.tail, "\n", 1);
}

/* Time runs on to an instant. In a recording nothing happens by that, and its awake clock is its own. */
static void
add_end(struct cutting *c, int64_t at)
{
	struct trace_line *end = memory_zeroed(sizeof *end);
	char text[TRACE_LINE_MAX];
	end->kind = LINE_END;
	end->at = at;
	if (!c->recorded)
		add(c, text, trace_encode(end, text));
	free(end);
}

/* Timers that fire at the beginning's very instant came before it. */
static bool
within(const struct cutting *c, int64_t at, bool answer)
{
	return c->inside || (answer && !c->recorded ? at > c->from : at >= c->from);
}

static bool
take(struct cutting *c)
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
	/* In a recording answers stay with the line that they answer. */
	if (!c->inside && within(c, at, answer) && !(answer && c->recorded)) {
		c->inside = true;
		c->halves.head.end = r->text;
		if (c->last <= c->from)
			add_end(c, c->from);
	}
	c->last = l->at;
	if (c->inside)
		add(c, r->text, r->length);
	return true;
}

static void
say_kept(const struct cutting *c, struct messages *messages)
{
	if (c->halves.all)
		message_add(messages, MESSAGE_WARNING, c->reader->trace->name, (struct place){0, 0},
			"%zu of the %zu lines of input before the cut are kept: the rest needs them", c->halves.kept, c->halves.all);
}

bool
trace_cut(const struct trace_text *t, int64_t from, int64_t to, FILE *out, struct messages *messages)
{
	struct cutting c = {.reader = trace_reader_new(t, messages), .from = from, .to = to, .last = NEVER};
	bool good;

	c.halves.head = lines_of(t->bytes, t->length);
	while (trace_next(c.reader) && take(&c))
		;
	good = !c.reader->failed;
	if (good && !c.inside)
		good = trace_refuse(c.reader, "nothing of this trace lies between these times");
	if (c.cut)
		add_end(&c, to);
	good = good && halves_shrink(t->name, &c.halves, out, messages);
	if (good)
		say_kept(&c, messages);
	buffer_free(&c.halves.tail);
	free(c.reader);
	return good;
}
