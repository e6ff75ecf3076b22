#include "shrink.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "text/memory.h"
#include "promises.h"
#include "play.h"

/* --- a list --- */

/* Tries to drop each run of `size` items. Returns how many remain. */
static size_t
drop_runs(size_t all, size_t size, dropping *drop, void *context)
{
	for (size_t from = 0; from < all;) {
		size_t count = size < all - from ? size : all - from;

		if (drop(context, from, count))
			all -= count;
		else
			from += count;
	}
	return all;
}

void
shrink_list(size_t count, dropping *drop, void *context)
{
	for (size_t size = count; size > 0;) {
		size_t left = drop_runs(count, size, drop, context);

		if (left == count || size > 1)
			size /= 2;
		count = left;
	}
}

/* --- the head of a trace --- */

struct shrinking {
	const char *name;
	struct piece header, *inputs;	/* inputs: those that remain of the head; in a recording, with their answers */
	bool recorded;
	size_t count, room;
	const struct buffer *tail;
	struct buffer text;		/* the candidate */
	size_t lines;			/* of the candidate, before the tail */
	uint32_t promise;		/* as in struct halves */
	/* Of the whole trace: the differences in its tail, the promises it breaks, the timers that fire early. */
	struct buffer wanted;
	uint32_t broken;
	unsigned early;
	char end[TRACE_LINE_MAX];
};

/* The outcome of a candidate. */
struct played {
	struct diff diff;
	struct promises promises;
	uint32_t broken;
	struct machine before;		/* the last event */
	unsigned early;			/* timers of a recording that fire before they are due */
};

/* Makes the candidate without `skipped` inputs from number `skip` on. */
static void
compose_candidate(struct shrinking *s, size_t skip, size_t skipped)
{
	struct lines lines;
	struct piece p;

	s->text.length = 0;
	piece_add(&s->text, &s->header);
	for (size_t i = 0; i < s->count; i++)
		if (i < skip || i >= skip + skipped)
			piece_add(&s->text, &s->inputs[i]);
	lines = lines_of(s->text.bytes, s->text.length);
	while (lines_next(&lines, &p.text, &p.length))
		;
	s->lines = lines.count;
	buffer_add(&s->text, s->tail->bytes, s->tail->length);
}

/* Returns how many edits of the diff lie before the tail, which begins at `line`. Lines added right before it belong to
 * the head. */
static size_t
edits_before_tail(const struct diff *d, size_t line)
{
	size_t count = 0;

	while (count < d->count && (d->edits[count].line < line || (d->edits[count].line == line && !d->edits[count].removed)))
		count++;
	return count;
}

/* Writes the differences in the tail, so that they can be compared. */
static void
describe_tail(const struct diff *d, size_t line, struct buffer *out)
{
	char where[64];

	out->length = 0;
	for (size_t i = edits_before_tail(d, line); i < d->count; i++) {
		const struct edit *e = &d->edits[i];
		int length = snprintf(where, sizeof where, "%zu %zu %zu\n", e->line - line, e->removed, e->added);

		buffer_add(out, where, (size_t)length);
		if (e->added)
			buffer_add(out, d->added.bytes + e->begin, e->end - e->begin);
	}
}

static void
see_moment(void *context, const struct moment *m)
{
	const struct event *e = m->event;
	struct played *p = context;

	if (e && e->kind == EV_TIMER && machine_armed(&p->before, e->timer))
		p->early += machine_left(&p->before, e->timer, e->at, e->awake) > 0;
	p->before = m->player->machine;
	promises_watch(&p->promises, m);
}

static bool
play_candidate(const struct shrinking *s, struct played *p, struct messages *messages)
{
	bool good;

	*p = (struct played){0};
	good = replay_watch(s->name, s->text.bytes, s->text.length, &p->diff, messages, see_moment, p);
	p->broken = promises_end(&p->promises);
	return good;
}

/* Returns whether the outcome that matters is that of the whole trace. Timers that fire early count because with a line
 * dropped, an early timer would look as if the machine broke the promise. */
static bool
same_outcome(const struct shrinking *s, const struct played *p)
{
	struct buffer found = {0};
	bool same;

	if (s->promise)
		return p->broken & s->promise && p->early <= s->early;
	describe_tail(&p->diff, s->lines, &found);
	same = p->broken == s->broken && found.length == s->wanted.length &&
	       (!found.length || !memcmp(found.bytes, s->wanted.bytes, found.length));
	buffer_free(&found);
	return same;
}

/* Returns whether the outcome stays the same without these inputs. */
static bool
same_without(struct shrinking *s, size_t skip, size_t skipped)
{
	struct messages messages = {0};
	struct played p;
	bool same;

	compose_candidate(s, skip, skipped);
	same = play_candidate(s, &p, &messages) && same_outcome(s, &p);
	diff_free(&p.diff);
	message_free(&messages);
	return same;
}

static bool
drop_inputs(void *context, size_t skip, size_t skipped)
{
	struct shrinking *s = context;

	if (!same_without(s, skip, skipped))
		return false;
	memmove(s->inputs + skip, s->inputs + skip + skipped, (s->count - skip - skipped) * sizeof *s->inputs);
	s->count -= skipped;
	return true;
}

bool
halves_end(const char *name, const struct piece *input, char end[TRACE_LINE_MAX], struct piece *out)
{
	struct trace_line *line = memory_zeroed(sizeof *line);
	struct messages unread = {0};
	bool good = trace_decode(input->text, input->length, name, 0, line, &unread);

	if (good) {
		line->at = line->kind == LINE_EVENT ? player_event_time(&line->event) : line->at;
		line->kind = LINE_END;
		line->has_awake = false;
		*out = (struct piece){.text = end, .length = trace_encode(line, end)};
	}
	message_free(&unread);
	free(line);
	return good;
}

/* Tries to replace the last input by the time that passes until then. Returns false if the input itself is needed. Not for
 * recordings, in which only events tell how long the device was awake. */
static bool
replace_last_by_end(struct shrinking *s)
{
	struct piece *input = &s->inputs[s->count - 1], last = *input;

	if (!s->recorded && halves_end(s->name, &last, s->end, input) && same_without(s, 0, 0))
		return true;
	*input = last;
	return false;
}

static void
shrink_inputs(struct shrinking *s)
{
	shrink_list(s->count, drop_inputs, s);
	if (s->promise && s->count && replace_last_by_end(s))
		shrink_list(s->count, drop_inputs, s);
}

/* Keeps an answer with its input: only the recording tells which effects were carried out before a crash. */
static void
keep_answer(struct shrinking *s, const struct piece *p)
{
	struct piece *input = &s->inputs[s->count - 1];

	input->length = (size_t)(p->text - input->text) + p->length;
}

/* Collects the head's lines of input. Lines that this machine cannot read are left out: they have no effect on it. */
static void
collect_inputs(struct shrinking *s, struct lines head)
{
	struct trace_line *line = memory_zeroed(sizeof *line);
	struct messages unread = {0};
	struct piece p = {0};

	while (lines_next(&head, &p.text, &p.length)) {
		bool good = trace_decode(p.text, p.length, s->name, (unsigned)head.count, line, &unread);

		if (!s->header.text && line->kind == LINE_HEADER && (good || line->header.machine[0])) {
			s->header = p;
			s->recorded = line->header.recorded;
		} else if (good && (line->kind == LINE_STATE || line->kind == LINE_EFFECT)) {
			if (s->recorded && s->count)
				keep_answer(s, &p);
		} else if (good) {
			s->inputs = array_grow(s->inputs, &s->room, s->count + 1, sizeof p);
			s->inputs[s->count++] = p;
		}
	}
	message_free(&unread);
	free(line);
}

/* Writes the candidate, with this machine's answers in its head. */
static void
write_blessed(struct shrinking *s, FILE *out)
{
	struct messages messages = {0};
	struct diff d;

	compose_candidate(s, 0, 0);
	replay_trace(s->name, s->text.bytes, s->text.length, &d, &messages);
	d.count = edits_before_tail(&d, s->lines);
	diff_apply(&d, out);
	diff_free(&d);
	message_free(&messages);
}

bool
halves_shrink(const char *name, struct halves *h, FILE *out, struct messages *messages)
{
	struct shrinking s = {.name = name, .tail = &h->tail, .promise = h->promise};
	struct messages found = {0};
	struct played p;
	bool good;

	collect_inputs(&s, h->head);
	compose_candidate(&s, 0, 0);
	good = play_candidate(&s, &p, &found);
	for (size_t i = 0; i < found.count && !good; i++)
		message_add(messages, found.list[i].severity, name, (struct place){0, 0}, "%s", found.list[i].text);
	message_free(&found);
	assert(!good || (p.broken & s.promise) == s.promise);
	if (good) {
		h->all = s.count;
		s.broken = p.broken;
		s.early = p.early;
		describe_tail(&p.diff, s.lines, &s.wanted);
		shrink_inputs(&s);
		h->kept = s.count;
		write_blessed(&s, out);
	}
	diff_free(&p.diff);
	free(s.inputs);
	buffer_free(&s.text);
	buffer_free(&s.wanted);
	return good;
}
