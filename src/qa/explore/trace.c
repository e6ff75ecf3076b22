/* trace - writes a way through the worlds as a trace for `lastcall replay`, with real instants and answers. */
#include <string.h>

#include "text/trace/trace.h"
#include "explore.h"

static const int64_t monday = INT64_C(1764576000000);	/* 2025-12-01T08:00:00Z */

struct writing {
	const struct scope *scope;
	struct world world;
	FILE *out;
	struct trace_line line;
};

static void
put_line(struct writing *w)
{
	char text[TRACE_LINE_MAX];

	trace_encode(&w->line, text);
	fprintf(w->out, "%s\n", text);
}

static void
put_header(struct writing *w, const char *story)
{
	struct trace_header *h = &w->line.header;

	w->line.kind = LINE_HEADER;
	snprintf(h->story, sizeof h->story, "%s", story);
	snprintf(h->machine, sizeof h->machine, "%s", machine_hash);
	h->has_settings = true;
	h->settings = w->scope->settings;
	h->version = explore_version(1);
	h->recorded = !w->scope->automatic;
	put_line(w);
}

static void
put_event(struct writing *w, const struct event *e)
{
	w->line.kind = LINE_EVENT;
	w->line.at = e->at;
	w->line.event = *e;
	w->line.has_awake = false;
	put_line(w);
}

static void
put_answer(struct writing *w, const struct answer *a, int64_t at)
{
	w->line.at = at;
	w->line.kind = LINE_STATE;
	for (unsigned i = 0; i < a->state_count; i++) {
		w->line.state = a->states[i];
		put_line(w);
	}
	w->line.kind = LINE_EFFECT;
	for (unsigned i = 0; i < a->effects.count; i++) {
		w->line.effect = a->effects.list[i];
		put_line(w);
	}
}

/* Writes the settings that change. */
static void
put_settings(struct writing *w, const struct settings *before)
{
	struct trace_header *h = &w->line.header;
	const char *now = (const char *)w->world.player.machine.settings;

	*h = (struct trace_header){.has_settings = true};
	memcpy(&h->settings, now, sizeof h->settings);
	for (unsigned i = 0; i < machine_settings.field_count; i++) {
		size_t offset = machine_settings.fields[i].offset;

		if (!memcmp((const char *)before + offset, now + offset, sizeof(int64_t)))
			*(int64_t *)((char *)&h->settings + offset) = TRACE_ABSENT;
	}
	w->line.kind = LINE_SETTINGS;
	w->line.at = w->world.player.at;
	put_line(w);
}

static void
put_plain(struct writing *w, enum line_kind kind)
{
	w->line.kind = kind;
	w->line.at = w->world.player.at;
	put_line(w);
}

static uint32_t
put_move(struct writing *w, const struct move *m, bool lost)
{
	const struct settings *settings = w->world.player.machine.settings;
	const struct watch before = w->world.watch;
	struct answer answer;
	struct event e = {.kind = EV_HALT};
	uint32_t broken;

	/* Impossible if an instant that counted as a unit in the past is further in the past here. */
	if (!explore_possible(&w->world, m, w->scope, &e))
		return 0;
	broken = explore_make_move(&w->world, m, &e, &answer);
	if (lost)
		broken = explore_crash_after(&w->world, &before, &e);
	if (m->kind == MOVE_EVENT || (m->kind == MOVE_TIMER && !w->scope->automatic))
		put_event(w, &e);
	if (m->kind == MOVE_POLICY)
		put_settings(w, settings);
	if (lost)
		answer.effects.count = 0;
	put_answer(w, &answer, e.at);
	if (m->kind == MOVE_CRASH || lost)
		put_plain(w, LINE_CRASH);
	return broken;
}

bool
explore_close(FILE *out)
{
	bool written = !fflush(out) && !ferror(out);

	return !fclose(out) && written;
}

uint32_t
explore_write(const struct search *s, const uint16_t *way, size_t length, const char *story, FILE *out)
{
	struct writing w = {.scope = s->scope, .out = out};
	uint32_t broken = 0;

	put_header(&w, story);
	explore_begin(&w.world, s->scope, monday);
	put_event(&w, &(struct event){.kind = EV_START, .at = monday});
	for (size_t i = 0; i < length; i++)
		broken |= put_move(&w, &s->moves[way[i] / 2], way[i] % 2);
	for (size_t i = 0; s->scope->automatic && i < TIMERS; i++)
		put_move(&w, &(struct move){.kind = MOVE_TIMER}, false);
	put_plain(&w, LINE_END);
	return broken;
}
