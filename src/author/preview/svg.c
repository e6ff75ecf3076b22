/* preview_svg - draws a life as a timeline: a bar for each phase, a dot for each banner or window that opens. */
#include "words/svg.h"
#include "words/words.h"
#include "preview.h"

enum { TOP = 22, LANE = 48, FOOT = 16, BAR = 14 };

#define TICKS 6			/* at most, or their labels would overlap on a phone */

struct axis {
	int64_t from, to;
};

const char *const preview_phase[PHASES] = {
	[PHASE_QUIET] = "quiet", [PHASE_BANNER] = "banner", [PHASE_SNOOZED] = "snoozed",
	[PHASE_COUNTDOWN] = "countdown", [PHASE_INSTALLING] = "installing", [PHASE_RESTARTING] = "restarting",
};

static double
axis_x(const struct axis *a, int64_t at)
{
	return 100.0 * (double)(at - a->from) / (double)(a->to - a->from);
}

static void
draw_tick(const struct axis *a, int64_t at, int height, const char *text, const struct svg *svg)
{
	double x = axis_x(a, at);

	/* Near the right edge the text would not fit. */
	svg_mark(svg, NULL, x, 0, height, (struct svg_label){.dx = 4, .y = 12}, x < 88 ? text : NULL);
}

/* Draws ticks at local midnights. */
static void
draw_days(const struct preview *p, const struct axis *a, int height, const struct svg *svg)
{
	int64_t step = 1 + (a->to - a->from) / DAY_MS / TICKS, at, day;
	struct civil c;
	char label[32];

	calendar_local(a->from, p->device.zone, &c, NULL, NULL);
	for (day = calendar_days(c.year, c.month, c.day) + 1;; day += step) {
		calendar_date(day, &c);
		c.hour = c.minute = c.second = 0;
		calendar_instant(&c, p->device.zone, &at);
		if (at >= a->to)
			return;
		snprintf(label, sizeof label, "%s %d", language_en.weekday[calendar_weekday(day)], c.day);
		draw_tick(a, at, height, label, svg);
	}
}

/* Draws ticks at whole minutes. */
static void
draw_minutes(const struct preview *p, const struct axis *a, int height, const struct svg *svg)
{
	static const int steps[] = {1, 2, 5, 10, 15, 30, 60, 120, 360, 1440, 10080};
	size_t i = 0;
	int64_t step;
	struct civil c;
	char label[32];

	while (i < sizeof steps / sizeof *steps - 1 && (a->to - a->from) / (steps[i] * MINUTE_MS) > TICKS)
		i++;
	step = steps[i] * MINUTE_MS;
	for (int64_t at = (a->from / step + 1) * step; at < a->to; at += step) {
		calendar_local(at, p->device.zone, &c, NULL, NULL);
		snprintf(label, sizeof label, "%02d:%02d", c.hour, c.minute);
		draw_tick(a, at, height, label, svg);
	}
}

static void
draw_phases(const struct life *life, const struct axis *a, int y, const struct svg *svg)
{
	for (size_t i = 0; i < life->span_count; i++) {
		const struct span *s = &life->spans[i];
		int64_t from = s->from < a->from ? a->from : s->from, to = s->to > a->to ? a->to : s->to;

		if (from < to)
			svg_bar(svg, &(struct svg_bar){.class = preview_phase[s->phase], .x = axis_x(a, from), .y = y,
				.width = axis_x(a, to) - axis_x(a, from), .height = BAR});
	}
}

/* Draws a dot for each banner, warning or window that appears without the person asking. */
static void
draw_dots(const struct preview *p, const struct life *life, const struct axis *a, int y, const struct svg *svg)
{
	char date[WORDS_TEXT], title[WORDS_TEXT + FACE_LINE];

	for (size_t i = 0; i < life->count; i++) {
		const struct moment *m = &life->moments[i];

		if ((m->effect != FX_BANNER && m->effect != FX_WARNING && m->effect != FX_OPEN_TIMER) || m->at < a->from ||
		    m->at > a->to)
			continue;
		snprintf(title, sizeof title, "%s %s", words_date(m->at, p->device.zone, date), m->said);
		svg_dot(svg, &(struct svg_dot){.class = "dot", .x = axis_x(a, m->at), .y = y, .title = title});
	}
}

static void
draw_deadline(const struct axis *a, int64_t at, int height, const struct svg *svg)
{
	if (at > a->from && at < a->to)
		svg_mark(svg, "deadline", axis_x(a, at), TOP, height,
			(struct svg_label){.dx = -4, .y = height - 3, .anchor = SVG_END}, "deadline");
}

void
preview_timeline(const struct preview *p, FILE *out)
{
	const struct svg svg = {out, true};
	struct axis a = {p->start, p->start + HOUR_MS};
	int height = TOP + PERSONS * LANE + FOOT;

	for (unsigned i = 0; i < PERSONS; i++)
		if (p->lives[i].ends > a.to)
			a.to = p->lives[i].ends;
	a.to += (a.to - a.from) / 50;
	svg_begin(&svg, 0, height, "When each person sees what");
	draw_days(p, &a, height - FOOT, &svg);
	for (unsigned i = 0; i < PERSONS; i++) {
		int y = TOP + (int)i * LANE + 22;

		svg_label(&svg, &(struct svg_label){.class = "who", .y = y - 6}, person_about[i].who);
		draw_phases(&p->lives[i], &a, y, &svg);
		draw_dots(p, &p->lives[i], &a, y + BAR / 2, &svg);
	}
	draw_deadline(&a, p->requirement.deadline, height, &svg);
	svg_end(&svg);
}

void
preview_last_hour(const struct preview *p, enum person person, FILE *out)
{
	const struct svg svg = {out, true};
	const struct life *life = &p->lives[person];
	int64_t countdown = preview_begins(life, PHASE_COUNTDOWN), install = preview_begins(life, PHASE_INSTALLING);
	int64_t begins = countdown < install ? countdown : install;
	int64_t margin = begins == NEVER ? 0 : (life->ends - begins) / 20;
	struct axis a = {begins - margin, life->ends + margin};
	int height = TOP + BAR + 6;

	if (begins == NEVER || life->ends <= begins)
		return;
	fputs("<figure>", out);
	svg_begin(&svg, 0, height, "From the countdown to the restart");
	draw_minutes(p, &a, height, &svg);
	draw_phases(life, &a, TOP, &svg);
	draw_dots(p, life, &a, TOP + BAR / 2, &svg);
	svg_end(&svg);
	fputs("</figure>\n", out);
}
