/* merge - several traces as one, by time; lines of one trace keep their order. */
#include <string.h>

#include "core/player.h"
#include "text/memory.h"
#include "qa/replay/source.h"
#include "edit.h"

struct source {
	struct trace_reader *reader;
	struct trace_header header;
	struct settings settings;	/* of its header */
	bool begun, live;		/* live: its reader has a current line */
};

static int64_t
line_time(const struct source *s)
{
	const struct trace_line *l = &s->reader->line;

	return l->kind == LINE_EVENT ? player_event_time(&l->event) : l->at;
}

static bool
open_source(struct source *s, const struct trace_text *t, struct messages *messages)
{
	s->reader = trace_reader_new(t, messages);
	source_defaults(&s->settings);
	if (!trace_next(s->reader) || !trace_settings_all(s->reader, &s->settings))
		return false;
	s->header = s->reader->line.header;
	s->live = trace_next(s->reader);
	return !s->reader->failed;
}

static bool
both_differ(const char *a, const char *b)
{
	return *a && *b && strcmp(a, b) != 0;
}

/* Checks that both can be of the same device and are both recordings, or both not. */
static bool
check_same_device(struct source *s, const struct trace_header *first)
{
	const struct trace_header *h = &s->header;

	s->reader->lines.count = 1;	/* errors are in the header */
	if (both_differ(h->model, first->model) || both_differ(h->board, first->board) || both_differ(h->platform, first->platform))
		return trace_refuse(s->reader, "expected a trace of the first one's device, found another device");
	if (h->recorded != first->recorded)
		return trace_refuse(s->reader, "timers are recorded in one trace and automatic in the other: convert one with "
			"lastcall trace convert");
	s->reader->lines.count = 2;
	return true;
}

/* Returns the source with the earliest line, the first of several; NULL if all are at their end. */
static struct source *
next_source(struct source *sources, size_t count)
{
	struct source *next = NULL;

	for (size_t i = 0; i < count; i++)
		if (sources[i].live && (!next || line_time(&sources[i]) < line_time(next)))
			next = &sources[i];
	return next;
}

/* Writes the header of the first trace; of a later one, its settings if they differ from those in force. */
static void
begin_source(struct source *s, struct settings *in_force, bool first, FILE *out)
{
	struct trace_line *line = memory_zeroed(sizeof *line);
	line->kind = first ? LINE_HEADER : LINE_SETTINGS;
	line->at = line_time(s);
	line->header = s->header;
	if (first || memcmp(in_force, &s->settings, sizeof *in_force) != 0)
		trace_put(line, out);
	*in_force = s->settings;
	s->begun = true;
	free(line);
}

static bool
merge_sources(struct source *sources, size_t count, FILE *out)
{
	struct source *first = next_source(sources, count), *s;
	struct settings in_force;

	for (size_t i = 0; i < count; i++)
		if (first && !check_same_device(&sources[i], &first->header))
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
	good = good && merge_sources(sources, count, out);
	for (size_t i = 0; i < count; i++)
		free(sources[i].reader);
	free(sources);
	return good;
}
