/* convert - from the hand-written form to a journal and back, with the same answers. Only a journal records how late a
 * timer fired and how long the device had been awake. */
#include <stdlib.h>
#include <string.h>

#include "text/memory.h"
#include "text/trace/seal.h"
#include "qa/replay/source.h"
#include "qa/replay/play.h"
#include "edit.h"

/* --- to a journal --- */

struct sealing {
	FILE *out;
	uint64_t seq;
	unsigned boots;
	char boot[TRACE_NAME];		/* id of the current one */
	struct trace_line line;		/* to write next */
};

static void
put_sealed(struct sealing *s)
{
	char text[TRACE_LINE_MAX], sealed[SEALED_MAX];
	size_t length;

	s->line.seq = 0;
	length = trace_encode(&s->line, text);
	fwrite(sealed, 1, seal_line(text, length, ++s->seq, sealed), s->out);
}

/* Traces written by hand have no boot ids: makes one up for each boot. */
static void
name_boot(struct sealing *s, const char *known, bool another)
{
	if (known[0])
		snprintf(s->boot, sizeof s->boot, "%s", known);
	else if (another || !s->boot[0])
		snprintf(s->boot, sizeof s->boot, "boot-%u", ++s->boots);
}

static void
seal_header(struct sealing *s, const struct moment *m)
{
	struct trace_header *h = &s->line.header;

	s->line = *m->cause;
	name_boot(s, h->boot, false);
	memcpy(h->boot, s->boot, sizeof h->boot);
	snprintf(h->machine, sizeof h->machine, "%s", machine_hash);
	h->settings = *m->player->machine.settings;
	h->has_settings = true;
	h->recorded = true;
	put_sealed(s);
}

static void
seal_directive(struct sealing *s, const struct moment *m)
{
	s->line = *m->cause;
	if (s->line.kind == LINE_SETTINGS) {
		s->line.header.settings = *m->player->machine.settings;
		s->line.header.has_settings = true;
	}
	s->line.has_awake = true;
	s->line.awake = m->player->awake;
	if (s->line.kind != LINE_END)
		put_sealed(s);
}

static void
seal_answer(struct sealing *s, const struct answer *answer, int64_t at)
{
	s->line = (struct trace_line){.kind = LINE_STATE, .at = at};
	for (unsigned i = 0; i < answer->state_count; i++) {
		s->line.state = answer->states[i];
		put_sealed(s);
	}
	s->line.kind = LINE_EFFECT;
	for (unsigned i = 0; i < answer->effects.count; i++) {
		s->line.effect = answer->effects.list[i];
		put_sealed(s);
	}
}

static void
seal_moment(void *context, const struct moment *m)
{
	struct sealing *s = context;
	enum event_kind kind;

	if (!m->event) {
		(m->cause->kind == LINE_HEADER ? seal_header : seal_directive)(s, m);
		return;
	}
	kind = m->event->kind;
	s->line = (struct trace_line){.kind = LINE_EVENT, .at = m->event->at, .event = *m->event, .has_awake = true,
		.awake = m->event->awake};
	if (kind == EV_START || kind == EV_BOOTED) {
		name_boot(s, m->cause->boot, kind == EV_BOOTED);
		memcpy(s->line.boot, s->boot, sizeof s->boot);
	}
	put_sealed(s);
	seal_answer(s, m->answer, m->event->at);
}

bool
trace_to_journal(const struct trace_text *t, FILE *out, struct messages *messages)
{
	struct sealing *s = memory_zeroed(sizeof *s);
	struct diff d;
	bool good;
	s->out = out;
	good = replay_watch(t->name, t->bytes, t->length, &d, messages, seal_moment, s);
	diff_free(&d);
	free(s);
	return good;
}

/* --- to the hand-written form --- */

/* What each form keeps; the simplest comes first. */
struct form { bool automatic, awake; };
static const struct form forms[] = {{true, false}, {true, true}, {false, false}, {false, true}};

/* Collects states and effects in order, without times. */
static void
note_answer(void *context, const struct moment *m)
{
	struct buffer *b = context;

	for (unsigned i = 0; m->event && i < m->answer->state_count; i++)
		buffer_add(b, (const char *)&m->answer->states[i], sizeof m->answer->states[i]);
	for (unsigned i = 0; m->event && i < m->answer->effects.count; i++)
		buffer_add(b, (const char *)&m->answer->effects.list[i].kind, sizeof m->answer->effects.list[i].kind);
}

/* Drops settings that have not changed. Returns whether any remain. */
static bool
drop_unchanged(struct trace_line *l, const struct settings *before)
{
	struct trace_header *h = &l->header;
	bool any = false;

	for (unsigned i = 0; i < machine_settings.field_count; i++) {
		size_t offset = machine_settings.fields[i].offset;

		if (!memcmp((char *)&h->settings + offset, (const char *)before + offset, sizeof (int64_t)))
			memcpy((char *)&h->settings + offset, &(int64_t){TRACE_ABSENT}, sizeof (int64_t));
		else
			any = true;
	}
	h->has_settings = any;
	return any;
}

/* Changes the current line to the form. Returns false if it is left out. */
static bool
simplify_line(struct trace_reader *r, const struct form *f, struct settings *in_force)
{
	struct settings before = *in_force;
	struct trace_line *l = &r->line;

	l->boot[0] = '\0';
	l->has_awake &= f->awake;
	if (l->kind == LINE_HEADER || l->kind == LINE_SETTINGS) {
		if (!trace_settings_all(r, in_force))
			return false;
		l->header.machine[0] = l->header.boot[0] = '\0';
		l->header.recorded = !f->automatic;
		return drop_unchanged(l, &before) || l->kind == LINE_HEADER;
	}
	if (l->kind == LINE_EVENT && l->event.kind == EV_TIMER)
		return !f->automatic;
	return l->kind != LINE_STATE && l->kind != LINE_EFFECT;
}

static bool
write_form(const struct trace_text *t, const struct form *f, struct buffer *out, struct messages *messages)
{
	struct trace_reader *r = trace_reader_new(t, messages);
	struct settings in_force;
	char *text = NULL;
	size_t length = 0;
	FILE *file = open_memstream(&text, &length);
	bool good;

	source_defaults(&in_force);
	while (file && trace_next(r))
		if (simplify_line(r, f, &in_force))
			trace_put(&r->line, file);
	good = file && !r->failed;
	if (good && r->line.kind != LINE_HEADER && r->line.kind != LINE_END) {
		r->line.kind = LINE_END;
		r->line.has_awake = false;
		trace_put(&r->line, file);
	}
	if (file)
		fclose(file);
	out->length = 0;
	buffer_add(out, text, length);
	free(text);
	free(r);
	return good;
}

/* Writes this form with the answers if they are those wanted; otherwise returns false. */
static bool
write_if_same(const struct trace_text *t, const struct buffer *text, const struct buffer *wanted, FILE *out)
{
	struct messages messages = {0};
	struct buffer found = {0};
	struct diff d;
	bool good = replay_watch(t->name, text->bytes, text->length, &d, &messages, note_answer, &found);

	good = good && found.length == wanted->length && (!found.length || !memcmp(found.bytes, wanted->bytes, found.length));
	if (good)
		diff_apply(&d, out);
	diff_free(&d);
	message_free(&messages);
	buffer_free(&found);
	return good;
}

bool
trace_to_hand(const struct trace_text *t, FILE *out, struct messages *messages)
{
	struct buffer wanted = {0}, text = {0};
	struct diff d;
	bool good = replay_watch(t->name, t->bytes, t->length, &d, messages, note_answer, &wanted), done = false;

	diff_free(&d);
	for (size_t i = 0; good && !done && i < sizeof forms / sizeof forms[0]; i++) {
		good = write_form(t, &forms[i], &text, messages);
		done = good && write_if_same(t, &text, &wanted, out);
	}
	if (good && !done)
		message_add(messages, MESSAGE_ERROR, t->name, (struct place){0, 0},
			"cannot convert to hand: in every simpler form the machine answers differently");
	buffer_free(&text);
	buffer_free(&wanted);
	return good && done;
}
