#include "show.h"

#include <stdlib.h>
#include <string.h>

#include "text/memory.h"
#include "words/words.h"

struct showing {
	const struct trace_style *style;
	const struct zone *zone;
	FILE *out;
	struct civil day;		/* of the last moment */
	char shown[TRACE_WORDS];	/* on the screen after it */
};

enum paint { PAINT_TIME, PAINT_EVENT, PAINT_TIMER, PAINT_STATE, PAINT_SHOWN, PAINT_NONE };
static const char *const colours[] = {"\33[2m", "\33[1m", "\33[36m", "\33[33m", "\33[32m", ""};

static void
put_styled(struct showing *s, enum paint paint, const char *text)
{
	if (s->style->colour && *colours[paint])
		fprintf(s->out, "%s%s\33[m", colours[paint], text);
	else
		fputs(text, s->out);
}

static void
put_header(struct showing *s, const struct trace_header *h)
{
	char words[TRACE_WORDS];

	s->zone = trace_zone(s->style->zone, h);
	if (h->story[0]) {
		put_styled(s, PAINT_EVENT, h->story);
		fputc('\n', s->out);
	}
	fprintf(s->out, "%s%s%s%s\n", trace_words_device(h, words), h->policy[0] ? "; policy " : "", h->policy,
		h->recorded ? "; timers as recorded" : "");
	if (h->machine[0])
		fprintf(s->out, "recorded by machine %s%s\n", h->machine,
			strcmp(h->machine, machine_hash) ? ", not by this one" : "");
	fprintf(s->out, "times in %s\n", s->zone->name[0] ? s->zone->name : "UTC");
}

/* Prints "17:00:05.250", below the date if that is a new one. */
static void
put_time(struct showing *s, int64_t at)
{
	char words[WORDS_TEXT], text[80];
	struct civil c;

	calendar_local(at, s->zone, &c, NULL, NULL);
	if (c.year != s->day.year || c.month != s->day.month || c.day != s->day.day) {
		words_moment(at, s->zone, words);
		*strrchr(words, ':') = '\0';		/* cuts off the time of day and the zone */
		*strrchr(words, ' ') = '\0';
		fprintf(s->out, "\n%s\n", words);
	}
	s->day = c;
	snprintf(text, sizeof text, "%02d:%02d:%02d", c.hour, c.minute, c.second);
	if (at % 1000)
		snprintf(text + strlen(text), 8, ".%03d", (int)(at % 1000));
	snprintf(words, sizeof words, "%-14s", text);
	put_styled(s, PAINT_TIME, words);
}

static void
put_answer(struct showing *s, const char *name, const char *payload, enum paint paint)
{
	fprintf(s->out, "%-14s  ", "");
	put_styled(s, paint, name);
	fprintf(s->out, "%s%s\n", *payload ? " " : "", payload);
}

static void
put_answers(struct showing *s, const struct moment *m)
{
	const struct effects *effects = &m->answer->effects;
	char words[TRACE_WORDS], name[80];

	for (unsigned i = 0; i < m->answer->state_count; i++) {
		snprintf(name, sizeof name, "-> %s", machine_state[m->answer->states[i]].path);
		put_answer(s, name, "", PAINT_STATE);
	}
	for (unsigned i = 0; i < effects->count; i++) {
		const struct effect *e = &effects->list[i];

		snprintf(name, sizeof name, " * %s", machine_effect[e->kind].name);
		put_answer(s, name, trace_words_payload(&machine_effect[e->kind], e, s->zone, words), PAINT_NONE);
	}
}

/* Prints what is on the screen if that has changed. */
static void
put_shown(struct showing *s, const struct moment *m)
{
	char words[TRACE_WORDS];
	struct view view;

	trace_view(m, &view);
	trace_words_shown(&view, s->zone, words);
	if (strcmp(words, s->shown) != 0)
		put_answer(s, "shown:", words, PAINT_SHOWN);
	memcpy(s->shown, words, sizeof words);
}

static void
put_moment(void *context, const struct moment *m)
{
	struct showing *s = context;
	bool timer = m->event && m->event->kind == EV_TIMER;
	char words[TRACE_WORDS];

	if (!m->event && m->cause->kind == LINE_HEADER) {
		put_header(s, &m->cause->header);
		return;
	}
	put_time(s, m->player->at);
	put_styled(s, timer ? PAINT_TIMER : PAINT_EVENT, trace_words_cause(m, words));
	if (m->event && *trace_words_payload(&machine_event[m->event->kind], m->event, s->zone, words))
		fprintf(s->out, "  %s", words);
	fputc('\n', s->out);
	if (!m->event)
		return;
	put_answers(s, m);
	put_shown(s, m);
}

/* Answers that the trace merely lacks are not worth a warning. */
void
trace_warn_different(const struct trace_text *t, const struct diff *d, struct messages *messages)
{
	size_t i = 0;

	while (i < d->count && !d->edits[i].removed)
		i++;
	if (i < d->count)
		message_add(messages, MESSAGE_WARNING, t->name, (struct place){(unsigned)d->edits[i].line + 1, 0},
			"the trace expects another answer here; shown are this machine's answers");
}

bool
trace_show(const struct trace_text *t, const struct trace_style *style, FILE *out, struct messages *messages)
{
	struct showing *s = memory_zeroed(sizeof *s);
	struct diff d = {0};
	bool good;

	*s = (struct showing){.style = style, .out = out, .shown = "nothing"};
	good = replay_watch(t->name, t->bytes, t->length, &d, messages, put_moment, s);
	if (good)
		trace_warn_different(t, &d, messages);
	diff_free(&d);
	free(s);
	return good;
}
