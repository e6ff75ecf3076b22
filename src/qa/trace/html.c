/* html - a trace as a page: fills in trace.html. */
#include <stdlib.h>
#include <string.h>

#include "words/markup.h"
#include "words/words.h"
#include "show.h"

static const char *const page[] = {
#include "qa/trace/trace.html.inc"
};

struct paper {
	const struct trace_text *trace;
	struct chart chart;
	FILE *out;
};

static void
put_text(FILE *out, const char *text)
{
	markup_text(text, strlen(text), out);
}

static const char *
story_of(const struct paper *p)
{
	return p->chart.header.story[0] ? p->chart.header.story : p->trace->name;
}

static void
put_title(struct paper *p)
{
	fputs("<title>", p->out);
	put_text(p->out, story_of(p));
	fputs("</title>\n", p->out);
}

static void
put_heading(struct paper *p)
{
	const struct trace_header *h = &p->chart.header;
	char words[TRACE_WORDS];

	fputs("<h1>", p->out);
	put_text(p->out, story_of(p));
	fputs("</h1>\n<p>", p->out);
	put_text(p->out, trace_words_device(h, words));
	if (h->policy[0]) {
		fputs("; policy ", p->out);
		put_text(p->out, h->policy);
	}
	fputs(h->recorded ? "; timers as recorded" : "", p->out);
	fprintf(p->out, "</p>\n<p>Played by machine %s", machine_hash);
	if (h->machine[0] && strcmp(h->machine, machine_hash)) {
		fputs(", recorded by another one, ", p->out);
		put_text(p->out, h->machine);
	}
	fputs(". Times in ", p->out);
	put_text(p->out, p->chart.zone->name[0] ? p->chart.zone->name : "UTC");
	fputs(".</p>\n", p->out);
}

static void
put_timeline(struct paper *p)
{
	chart_draw(&p->chart, p->out);
}

static void
put_states(const struct paper *p, const struct spot *s, const struct spot *before)
{
	for (unsigned i = 0; i < REGIONS; i++)
		if (!before || s->state[i] != before->state[i])
			fprintf(p->out, "<li class=\"state\">%s</li>", machine_state[s->state[i]].path);
}

static void
put_row(const struct paper *p, const struct spot *s, const struct spot *before)
{
	const char *at = chart_time(&p->chart, s, before);

	fprintf(p->out, "<tr id=\"m%zu\"><td>%s</td><td>", (size_t)(s - p->chart.spots) + 1, at);
	put_text(p->out, s->cause);
	if (*s->payload) {
		fputs("<br><small>", p->out);
		put_text(p->out, s->payload);
		fputs("</small>", p->out);
	}
	fputs("</td><td><ul>", p->out);
	put_states(p, s, before);
	if (*s->effects) {
		fputs("<li>", p->out);
		put_text(p->out, s->effects);
		fputs("</li>", p->out);
	}
	fputs("</ul></td><td>", p->out);
	if (!before || strcmp(s->shown, before->shown) != 0)
		put_text(p->out, s->shown);
	fputs("</td></tr>\n", p->out);
}

static void
put_table(struct paper *p)
{
	for (size_t i = 0; i < p->chart.count; i++)
		put_row(p, &p->chart.spots[i], i ? &p->chart.spots[i - 1] : NULL);
}

static const struct {
	const char *name;
	void (*put)(struct paper *);
} parts[] = {{"@title", put_title}, {"@heading", put_heading}, {"@timeline", put_timeline}, {"@table", put_table}};

static void
put_page(struct paper *p)
{
	for (size_t i = 0; i < sizeof page / sizeof page[0]; i++) {
		size_t part = 0;

		while (part < sizeof parts / sizeof parts[0] && strcmp(parts[part].name, page[i]) != 0)
			part++;
		if (part < sizeof parts / sizeof parts[0])
			parts[part].put(p);
		else
			fprintf(p->out, "%s\n", page[i]);
	}
}

bool
trace_html(const struct trace_text *t, const struct trace_style *style, FILE *out, struct messages *messages)
{
	struct paper p = {.trace = t, .out = out, .chart = {.zone = style->zone}};
	struct diff d;
	bool good = replay_watch(t->name, t->bytes, t->length, &d, messages, chart_add, &p.chart);

	if (good) {
		put_page(&p);
		trace_warn_different(t, &d, messages);
	}
	diff_free(&d);
	chart_free(&p.chart);
	return good;
}
