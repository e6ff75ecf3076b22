/* failing - finds where a trace fails, and shrinks it around that place. */
#include "shrink.h"

#include <stdlib.h>

#include "qa/watch/watch.h"
#include "text/memory.h"

/* The place of the first difference. */
struct failing {
	size_t input;			/* number, from 0, of the line of input before it */
	struct piece last;		/* the next line of input; text NULL: there is none */
	bool recorded, crash;		/* crash: the next line of input is one */
	bool header;			/* only the header is before it */
};

static bool
find_failing(const char *name, const struct diff *d, struct failing *f)
{
	struct lines lines = lines_of(d->text, d->length);
	struct trace_line *line = memory_zeroed(sizeof *line);
	struct messages unread = {0};
	struct piece p;
	bool found = false;

	while (!f->last.text && lines_next(&lines, &p.text, &p.length)) {
		p.number = lines.count - 1;
		if (!trace_decode(p.text, p.length, name, (unsigned)lines.count, line, &unread) && line->kind != LINE_HEADER)
			continue;
		if (line->kind == LINE_STATE || line->kind == LINE_EFFECT)
			continue;
		f->recorded |= line->kind == LINE_HEADER && line->header.recorded;
		f->header = p.number < d->edits[0].line ? line->kind == LINE_HEADER : f->header;
		if (p.number < d->edits[0].line)
			f->input = p.number, found = true;
		else
			f->last = p, f->crash = line->kind == LINE_CRASH;
	}
	message_free(&unread);
	free(line);
	return found;
}

/* Adds an end at the time of the next input, so that the same timers fire as in the whole trace. */
static void
add_end(const char *name, const struct failing *f, struct buffer *tail)
{
	char text[TRACE_LINE_MAX];
	struct piece end;

	if (f->last.text && f->crash)
		piece_add(tail, &f->last);
	else if (f->last.text && !f->recorded && halves_end(name, &f->last, text, &end))
		piece_add(tail, &end);
}

static bool
shrink_difference(const char *name, const struct diff *d, struct failing *f, FILE *out, struct messages *messages)
{
	struct halves h = {.head = lines_of(d->text, d->length)};
	struct lines rest = h.head;
	struct piece p;
	bool good;

	f->input += f->header;
	while (lines_next(&rest, &p.text, &p.length) && p.text != f->last.text) {
		if (rest.count - 1 == f->input)
			h.head.end = p.text;
		if (rest.count - 1 >= f->input && p.length)
			piece_add(&h.tail, &p);
	}
	add_end(name, f, &h.tail);
	good = halves_shrink(name, &h, out, messages);
	if (good)
		message_add(messages, MESSAGE_WARNING, name, (struct place){(unsigned)f->input + !f->header, 0},
			"the first difference, after this line, needs %zu of the %zu lines of input before it", h.kept, h.all);
	buffer_free(&h.tail);
	return good;
}

static bool
shrink_promise(const char *name, const struct diff *d, int promise, FILE *out, struct messages *messages)
{
	struct halves h = {.head = lines_of(d->text, d->length), .promise = UINT32_C(1) << promise};
	bool good = halves_shrink(name, &h, out, messages);

	if (good)
		message_add(messages, MESSAGE_WARNING, name, (struct place){0, 0},
			"breaking the promise %s takes %zu of the %zu lines of input", machine_promise[promise].name, h.kept,
			h.all);
	return good;
}

bool
replay_shrink(const char *name, const struct diff *d, uint32_t broken, FILE *out, struct messages *messages)
{
	struct failing f = {0};
	int promise = watch_first(broken);
	bool good;

	if (d->count && find_failing(name, d, &f)) {
		good = shrink_difference(name, d, &f, out, messages);
		if (good && promise >= 0)
			message_add(messages, MESSAGE_WARNING, name, (struct place){0, 0},
				"promise %s is broken, too; the trace was shrunk to its first difference", machine_promise[promise].name);
		return good;
	}
	if (promise >= 0)
		return shrink_promise(name, d, promise, out, messages);
	message_add(messages, MESSAGE_ERROR, name, (struct place){0, 0},
		"nothing to shrink: the machine answers as this trace expects, and breaks no promise");
	return false;
}
