/* chart - the moments of a trace, kept and drawn as an SVG: time from left to right, a lane for each thing that lasts. */
#include "show.h"

#include <stdlib.h>
#include <string.h>

#include "text/memory.h"
#include "words/svg.h"
#include "words/words.h"

/* --- the moments --- */

static char *
copy_text(const char *text)
{
	size_t length = strlen(text) + 1;

	return memcpy(memory_resize(NULL, length), text, length);
}

static char *
list_effects(const struct effects *effects, const struct zone *zone)
{
	struct buffer b = {0};
	char words[TRACE_WORDS];

	for (unsigned i = 0; i < effects->count; i++) {
		const struct effect *e = &effects->list[i];
		const char *name = machine_effect[e->kind].name;

		buffer_add(&b, "; ", i ? 2 : 0);
		buffer_add(&b, name, strlen(name));
		if (*trace_words_payload(&machine_effect[e->kind], e, zone, words)) {
			buffer_add(&b, " ", 1);
			buffer_add(&b, words, strlen(words));
		}
	}
	buffer_add(&b, "", 1);
	return b.bytes;
}

static void
add_shown(struct chart *c, struct spot *s, const struct moment *m)
{
	char words[TRACE_WORDS];
	struct view view;

	trace_view(m, &view);
	s->badge = copy_text(view.badge ? "badge" : "");
	s->banner = copy_text(trace_words_banner(&view, c->zone, words));
	s->window = copy_text(trace_words_window(&view, words));
	s->shown = copy_text(trace_words_shown(&view, c->zone, words));
}

void
chart_add(void *chart, const struct moment *m)
{
	static const struct effects none;
	struct chart *c = chart;
	char words[TRACE_WORDS];
	struct spot *s, *before;

	if (!m->event && m->cause->kind == LINE_HEADER) {
		c->header = m->cause->header;
		c->zone = trace_zone(c->zone, &c->header);
		return;
	}
	c->spots = array_grow(c->spots, &c->room, c->count + 1, sizeof *s);
	s = &c->spots[c->count++];
	before = c->count > 1 ? s - 1 : NULL;
	*s = (struct spot){.at = m->player->at, .event = m->event, .away = m->player->asleep || m->player->absent};
	s->timer = s->event && m->event->kind == EV_TIMER;
	s->waited = before ? (s->event ? player_event_time(m->event) : s->at) - before->at : 0;
	for (unsigned i = 0; i < REGIONS; i++)
		s->state[i] = (enum state)m->player->machine.state[i];
	s->cause = copy_text(trace_words_cause(m, words));
	words[0] = '\0';
	if (m->event)
		trace_words_payload(&machine_event[m->event->kind], m->event, c->zone, words);
	s->payload = copy_text(words);
	s->effects = list_effects(m->event ? &m->answer->effects : &none, c->zone);
	add_shown(c, s, m);
}

void
chart_free(struct chart *c)
{
	for (size_t i = 0; i < c->count; i++) {
		struct spot *s = &c->spots[i];

		free(s->cause), free(s->payload), free(s->effects);
		free(s->badge), free(s->banner), free(s->window), free(s->shown);
	}
	free(c->spots);
}

const char *
chart_time(const struct chart *c, const struct spot *s, const struct spot *before)
{
	static char text[WORDS_TEXT + 16];
	char date[WORDS_TEXT], last[WORDS_TEXT] = "";
	struct civil civil;

	calendar_local(s->at, c->zone, &civil, NULL, NULL);
	words_date(s->at, c->zone, date);
	if (before)
		words_date(before->at, c->zone, last);
	*strrchr(date, ' ') = '\0';
	if (*last)
		*strrchr(last, ' ') = '\0';
	snprintf(text, sizeof text, "%s%s%02d:%02d:%02d", strcmp(date, last) ? date : "", strcmp(date, last) ? " " : "",
		civil.hour, civil.minute, civil.second);
	return text;
}

/* --- what is drawn --- */

enum { LEFT = 90, RIGHT = 120, TOP = 44, LANE = 30, BAR = 22, NEAR = 16, LETTER = 6 };

/* A lane: its text at a spot, "" for nothing, and the colour of that text. */
struct lane {
	const char *label;
	const char *(*says)(const struct spot *);
	const char *(*colour)(const struct spot *);
};

static const char *
says_update(const struct spot *s)
{
	return machine_state[s->state[REGION_UPDATE]].path;
}

static const char *
says_cache(const struct spot *s)
{
	return s->state[REGION_CACHE] == ST_CACHE_NONE ? "" : machine_state[s->state[REGION_CACHE]].path;
}

static const char *says_badge(const struct spot *s) { return s->badge; }
static const char *says_banner(const struct spot *s) { return s->banner; }
static const char *says_window(const struct spot *s) { return s->window; }

static const char *
colour_update(const struct spot *s)
{
	static const struct { enum state state; const char *colour; } colours[] = {
		{ST_IDLE, "quiet"}, {ST_NOTIFY_WINDOW, "notice"}, {ST_COUNTDOWN, "late"}, {ST_UNATTENDED, "late"},
		{ST_INSTALLING, "work"}, {ST_REBOOTING, "work"}, {ST_VERIFYING, "done"}, {ST_RETRY, "bad"}, {ST_FAILED, "bad"},
	};
	enum state state = s->state[REGION_UPDATE];

	for (; state != STATES; state = machine_state[state].parent)
		for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++)
			if (colours[i].state == state)
				return colours[i].colour;
	return "quiet";
}

static const char *
colour_cache(const struct spot *s)
{
	return s->state[REGION_CACHE] == ST_CACHED ? "done" : "work";
}

static const char *colour_badge(const struct spot *s) { (void)s; return "bad"; }
static const char *colour_shown(const struct spot *s) { (void)s; return "notice"; }

static const struct lane lanes[] = {
	{"state", says_update, colour_update},
	{"download", says_cache, colour_cache},
	{"badge", says_badge, colour_badge},
	{"banner", says_banner, colour_shown},
	{"window", says_window, colour_shown},
};
enum { LANES = sizeof lanes / sizeof lanes[0], BOTTOM = TOP + LANE * (LANES + 1) };

/* Returns the width of a wait: 8 for each doubling of its seconds. */
static long
width_of(int64_t waited)
{
	long width = 0;

	for (int64_t s = waited / 1000; s > 0; s /= 2)
		width += 8;
	return NEAR + width;
}

static long *
place_spots(const struct chart *c, long *width)
{
	long *x = memory_resize(NULL, (c->count + 1) * sizeof *x), at = LEFT + NEAR;

	for (size_t i = 0; i < c->count; i++)
		x[i] = at += i ? width_of(c->spots[i].waited) : 0;
	x[c->count] = *width = at + RIGHT;
	return x;
}

static void
draw_bar(const struct lane *lane, const struct spot *s, long from, long to, long y, const struct svg *svg)
{
	const char *text = lane->says(s);

	svg_bar(svg, &(struct svg_bar){.class = lane->colour(s), .x = (double)from, .width = (double)(to - from), .y = y,
		.height = BAR, .round = 3, .title = text});
	if ((long)strlen(text) * LETTER + 8 <= to - from)
		svg_label(svg, &(struct svg_label){.x = (double)from + 4, .y = y + 15}, text);
}

static void
label_lane(const char *label, long y, const struct svg *svg)
{
	svg_label(svg, &(struct svg_label){.class = "faint", .x = 8, .y = y + 15}, label);
}

/* Draws a bar for each stretch over which the lane's text is the same. */
static void
draw_lane(const struct chart *c, const long *x, unsigned number, const struct svg *svg)
{
	const struct lane *lane = &lanes[number];
	long y = TOP + LANE * ((long)number + 1);

	label_lane(lane->label, y, svg);
	for (size_t i = 0, k; i < c->count; i = k) {
		k = i + 1;
		while (k < c->count && !strcmp(lane->says(&c->spots[i]), lane->says(&c->spots[k])))
			k++;
		if (*lane->says(&c->spots[i]))
			draw_bar(lane, &c->spots[i], x[i], x[k], y, svg);
	}
}

/* Shades the times at which nothing can be shown. */
static void
draw_away(const struct chart *c, const long *x, const struct svg *svg)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->spots[i].away)
			svg_bar(svg, &(struct svg_bar){.class = "away", .x = (double)x[i], .width = (double)(x[i + 1] - x[i]),
				.y = TOP, .height = BOTTOM - TOP, .title = "asleep, or no agent runs"});
}

/* Draws a time wherever there is room, with its date if that is new. */
static void
draw_times(const struct chart *c, const long *x, const struct svg *svg)
{
	char date[WORDS_TEXT], last[WORDS_TEXT] = "", *clock;
	long free_from = LEFT;

	for (size_t i = 0; i < c->count; i++) {
		words_date(c->spots[i].at, c->zone, date);
		clock = strrchr(date, ' ');
		*clock++ = '\0';
		if (x[i] < free_from)
			continue;
		svg_mark(svg, "tick", (double)x[i], 34, BOTTOM, (struct svg_label){.class = "faint", .y = 30}, clock);
		if (strcmp(date, last) != 0)
			svg_label(svg, &(struct svg_label){.x = (double)x[i], .y = 15}, date);
		memcpy(last, date, sizeof last);
		free_from = x[i] + 72;
	}
}

static void
draw_events(const struct chart *c, const long *x, const struct svg *svg)
{
	char title[3 * TRACE_WORDS], href[32];

	label_lane("events", TOP, svg);
	for (size_t i = 0; i < c->count; i++) {
		const struct spot *s = &c->spots[i];

		if (!s->event)
			continue;
		snprintf(title, sizeof title, "%s %s %s", chart_time(c, s, NULL), s->cause, s->payload);
		snprintf(href, sizeof href, "#m%zu", i + 1);
		svg_dot(svg, &(struct svg_dot){.class = s->timer ? "timer" : "event", .x = (double)x[i], .y = TOP + 11,
			.title = title, .href = href});
	}
}

void
chart_draw(const struct chart *c, FILE *out)
{
	const struct svg svg = {out, false};
	long width, *x = place_spots(c, &width);

	svg_begin(&svg, width, BOTTOM + 8, "timeline");
	draw_times(c, x, &svg);
	for (unsigned i = 0; i < LANES; i++)
		draw_lane(c, x, i, &svg);
	draw_away(c, x, &svg);
	draw_events(c, x, &svg);
	svg_end(&svg);
	free(x);
}
