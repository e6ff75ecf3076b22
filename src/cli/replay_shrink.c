#include "replay_shrink.h"

#include <stdlib.h>
#include <string.h>

#include "../text/memory.h"
#include "replay_promises.h"
#include "replay_run.h"
#include "replay_trace.h"

struct shrinking {
	const char *name;
	struct piece header, *inputs;	/* inputs: those of the head that are left */
	size_t count, room;
	const struct buffer *tail;
	struct buffer text;		/* the candidate at hand */
	struct buffer wanted;		/* what is said of the tail while nothing is left out, */
	uint32_t broken;		/* and the promises that are broken */
};

static void
add_line(struct buffer *b, const struct piece *p)
{
	buffer_add(b, p->text, p->length);
	buffer_add(b, "\n", 1);
}

/* All but the inputs from skip on, as many as skipped. */
static void
compose(struct shrinking *s, size_t skip, size_t skipped)
{
	s->text.length = 0;
	add_line(&s->text, &s->header);
	for (size_t i = 0; i < s->count; i++)
		if (i < skip || i >= skip + skipped)
			add_line(&s->text, &s->inputs[i]);
	buffer_add(&s->text, s->tail->bytes, s->tail->length);
}

/* How many edits of the diff lie before the tail, which begins at a line: what is added before it belongs to the
 * run before it. */
static size_t
before_tail(const struct diff *d, size_t line)
{
	size_t count = 0;

	while (count < d->count && (d->edits[count].line < line || (d->edits[count].line == line && !d->edits[count].removed)))
		count++;
	return count;
}

/* The differences in the tail, so that they compare. */
static void
describe(const struct diff *d, size_t line, struct buffer *out)
{
	char where[64];

	out->length = 0;
	for (size_t i = before_tail(d, line); i < d->count; i++) {
		const struct edit *e = &d->edits[i];
		int length = snprintf(where, sizeof where, "%zu %zu %zu\n", e->line - line, e->removed, e->added);

		buffer_add(out, where, (size_t)length);
		if (e->added)
			buffer_add(out, d->added.bytes + e->begin, e->end - e->begin);
	}
}

static bool
play(const struct shrinking *s, struct diff *d, uint32_t *broken, struct messages *messages)
{
	struct promises promises = {0};
	bool good = replay_watch(s->name, s->text.bytes, s->text.length, d, messages, promises_see, &promises);

	*broken = promises_end(&promises);
	return good;
}

/* Whether what is said of the tail, and of the promises, stays as it was with these inputs left out. */
static bool
still(struct shrinking *s, size_t skip, size_t skipped)
{
	struct messages messages = {0};
	struct buffer found = {0};
	struct diff d;
	uint32_t broken;
	bool same;

	compose(s, skip, skipped);
	same = play(s, &d, &broken, &messages) && broken == s->broken;
	if (same) {
		describe(&d, 1 + s->count - skipped, &found);
		same = found.length == s->wanted.length &&
		       (!found.length || !memcmp(found.bytes, s->wanted.bytes, found.length));
	}
	buffer_free(&found);
	diff_free(&d);
	message_free(&messages);
	return same;
}

static void
leave_out(struct shrinking *s, size_t skip, size_t skipped)
{
	memmove(s->inputs + skip, s->inputs + skip + skipped, (s->count - skip - skipped) * sizeof *s->inputs);
	s->count -= skipped;
}

/* One pass over all inputs, so many at a time. */
static bool
pass(struct shrinking *s, size_t chunk)
{
	bool less = false;
	size_t i = 0;

	while (i < s->count) {
		size_t skipped = s->count - i < chunk ? s->count - i : chunk;

		if (!still(s, i, skipped)) {
			i += skipped;
			continue;
		}
		leave_out(s, i, skipped);
		less = true;
	}
	return less;
}

/* Halves first, single lines last, until none of those can go. */
static void
shrink(struct shrinking *s)
{
	for (size_t chunk = s->count; chunk > 1; chunk = (chunk + 1) / 2)
		pass(s, chunk);
	while (pass(s, 1))
		;
}

/* The lines of input among the head's; what this machine cannot read it does not need. */
static void
gather(struct shrinking *s, struct lines head)
{
	struct trace_line *line = memory_zeroed(sizeof *line);
	struct messages unread = {0};
	struct piece p = {0};

	while (lines_next(&head, &p.text, &p.length)) {
		bool good = trace_decode(p.text, p.length, s->name, (unsigned)head.count, line, &unread);

		if (!s->header.text && line->kind == LINE_HEADER && (good || line->header.machine[0])) {
			s->header = p;
		} else if (good && line->kind != LINE_STATE && line->kind != LINE_EFFECT) {
			s->inputs = array_grow(s->inputs, &s->room, s->count + 1, sizeof p);
			s->inputs[s->count++] = p;
		}
	}
	message_free(&unread);
	free(line);
}

/* The candidate with this machine's answers in its head. */
static void
write_blessed(struct shrinking *s, FILE *out)
{
	struct messages messages = {0};
	struct diff d;

	compose(s, 0, 0);
	replay_trace(s->name, s->text.bytes, s->text.length, &d, &messages);
	d.count = before_tail(&d, 1 + s->count);
	diff_apply(&d, out);
	diff_free(&d);
	message_free(&messages);
}

bool
shrink_halves(const char *name, struct halves *h, FILE *out, struct messages *messages)
{
	struct shrinking s = {.name = name, .tail = &h->tail};
	struct messages found = {0};
	struct diff d = {0};
	bool good;

	gather(&s, h->head);
	compose(&s, 0, 0);
	good = play(&s, &d, &s.broken, &found);
	for (size_t i = 0; i < found.count && !good; i++)
		message_add(messages, found.list[i].severity, name, (struct place){0, 0}, "%s", found.list[i].text);
	message_free(&found);
	if (good) {
		h->all = s.count;
		describe(&d, 1 + s.count, &s.wanted);
		shrink(&s);
		h->kept = s.count;
		write_blessed(&s, out);
	}
	diff_free(&d);
	free(s.inputs);
	buffer_free(&s.text);
	buffer_free(&s.wanted);
	return good;
}

/* --- a failing trace --- */

/* Where the run with the first difference lies. */
struct failing {
	size_t input;			/* its line of input, from 0 */
	struct piece last;		/* the input that ends it; text NULL: the trace's end does */
	bool recorded, header;		/* header: there is no input before it */
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
			f->last = p;
	}
	message_free(&unread);
	free(line);
	return found;
}

/* What ends the run at the same time as in the whole trace: timers fire until then. */
static void
add_end(const char *name, const struct failing *f, struct buffer *tail)
{
	struct trace_line *line = memory_zeroed(sizeof *line);
	struct messages unread = {0};
	char text[TRACE_LINE_MAX];

	if (f->last.text && trace_decode(f->last.text, f->last.length, name, 0, line, &unread)) {
		struct trace_line end = {.kind = LINE_END, .at = line->kind == LINE_EVENT ? player_comes(&line->event) : line->at};
		struct piece p = {.text = text};

		p.length = trace_encode(&end, text);
		if (line->kind == LINE_CRASH)
			add_line(tail, &f->last);
		else if (!f->recorded)
			add_line(tail, &p);
	}
	message_free(&unread);
	free(line);
}

bool
replay_shrink(const char *name, const struct diff *d, FILE *out, struct messages *messages)
{
	struct halves h = {.head = lines_of(d->text, d->length)};
	struct lines rest = h.head;
	struct failing f = {0};
	struct piece p;
	bool good;

	if (!d->count || !find_failing(name, d, &f)) {
		message_add(messages, MESSAGE_ERROR, name, (struct place){0, 0},
			"the machine answers as this trace says: there is nothing to shrink");
		return false;
	}
	f.input += f.header;
	while (lines_next(&rest, &p.text, &p.length) && p.text != f.last.text) {
		if (rest.count - 1 == f.input)
			h.head.end = p.text;
		if (rest.count - 1 >= f.input && p.length)
			add_line(&h.tail, &p);
	}
	add_end(name, &f, &h.tail);
	good = shrink_halves(name, &h, out, messages);
	if (good)
		message_add(messages, MESSAGE_WARNING, name, (struct place){(unsigned)f.input + !f.header, 0},
			"the first difference, after this line, needs %zu of the %zu lines of input before it", h.kept, h.all);
	buffer_free(&h.tail);
	return good;
}
