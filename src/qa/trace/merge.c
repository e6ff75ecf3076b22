/* The lines of several traces by time; those of one trace keep their order. */
#include <string.h>

#include "core/player.h"
#include "text/memory.h"
#include "qa/replay/settings.h"
#include "edit.h"

struct source {
	struct trace_reader *reader;
	struct trace_header header;
	struct settings settings;	/* of its header */
	bool begun, live;		/* live: its reader has a line at hand */
};

static int64_t
comes(const struct source *s)
{
	const struct trace_line *l = &s->reader->line;

	return l->kind == LINE_EVENT ? player_event_time(&l->event) : l->at;
}

static bool
open_source(struct source *s, const struct trace_text *t, struct messages *messages)
{
	s->reader = trace_reader_new(t, messages);
	replay_settings_default(&s->settings);
	if (!trace_next(s->reader) || !trace_settings_all(s->reader, &s->settings))
		return false;
	s->header = s->reader->line.header;
	s->live = trace_next(s->reader);
	return !s->reader->failed;
}

static bool
differ(const char *a, const char *b)
{
	return *a && *b && strcmp(a, b) != 0;
}

/* Whether both can be of the same device, told the same way. */
static bool
fits(struct source *s, const struct trace_header *first)
{
	const struct trace_header *h = &s->header;

	s->reader->lines.count = 1;	/* the header is at fault */
	if (differ(h->model, first->model) || differ(h->board, first->board) || differ(h->platform, first->platform))
		return trace_refuse(s->reader, "this is another device's trace");
	if (h->recorded != first->recorded)
		return trace_refuse(s->reader, "timers are recorded in one trace and automatic in the other: convert one of them");
	s->reader->lines.count = 2;
	return true;
}

/* The one whose line comes next; the first of those at the same time. NULL: all are at their end. */
static struct source *
next_source(struct source *sources, size_t count)
{
	struct source *next = NULL;

	for (size_t i = 0; i < count; i++)
		if (sources[i].live && (!next || comes(&sources[i]) < comes(next)))
			next = &sources[i];
	return next;
}

/* What a later trace's header says otherwise holds from where that trace begins. */
static void
begin_source(struct source *s, struct settings *in_force, bool first, FILE *out)
{
	struct trace_line *line = memory_zeroed(sizeof *line);
	line->kind = first ? LINE_HEADER : LINE_SETTINGS;
	line->at = comes(s);
	line->header = s->header;
	if (first || memcmp(in_force, &s->settings, sizeof *in_force) != 0)
		trace_put(line, out);
	*in_force = s->settings;
	s->begun = true;
	free(line);
}

static bool
merge(struct source *sources, size_t count, FILE *out)
{
	struct source *first = next_source(sources, count), *s;
	struct settings in_force;

	for (size_t i = 0; i < count; i++)
		if (first && !fits(&sources[i], &first->header))
			return false;
	for (bool begun = false; (s = next_source(sources, count)); begun = true) {
		if (!s->begun)
			begin_source(s, &in_force, !begun, out);
		if (s->reader->line.kind == LINE_SETTINGS && !trace_settings_all(s->reader, &in_force))
			return false;
		trace_put(&s->reader->line, out);
		s->live = trace_next(s->reader);
		if (s->reader->failed)
			return false;
	}
	return true;
}

bool
trace_merge(const struct trace_text *traces, size_t count, FILE *out, struct messages *messages)
{
	struct source *sources = memory_zeroed(count * sizeof *sources);
	bool good = true;
	for (size_t i = 0; i < count; i++)
		good &= open_source(&sources[i], &traces[i], messages);
	good = good && merge(sources, count, out);
	for (size_t i = 0; i < count; i++)
		free(sources[i].reader);
	free(sources);
	return good;
}
