/* preview_svg - time as pictures. Places across are in per cent and sizes in pixels, so that one drawing is sharp
 * and legible on a phone, on a desk and on paper without a line of script. Colours are the page's. */
#include "words/words.h"
#include "preview.h"

enum { TOP = 22, LANE = 48, FOOT = 16, BAR = 14, DOT = 5 };

#define TICKS 6			/* at most: more would run into each other on a phone */

struct axis {
	int64_t from, to;
};

const char *const preview_phase[PHASES] = {
	[PHASE_QUIET] = "quiet", [PHASE_BANNER] = "banner", [PHASE_SNOOZED] = "snoozed",
	[PHASE_COUNTDOWN] = "countdown", [PHASE_INSTALLING] = "installing", [PHASE_RESTARTING] = "restarting",
};

static double
across(const struct axis *a, int64_t at)
{
	return 100.0 * (double)(at - a->from) / (double)(a->to - a->from);
}

static void
tick(const struct axis *a, int64_t at, int height, const char *label, FILE *out)
{
	double x = across(a, at);

	fprintf(out, "<line x1=\"%.3f%%\" x2=\"%.3f%%\" y1=\"0\" y2=\"%d\"/>", x, x, height);
	if (x < 88)	/* further right it would not fit */
		fprintf(out, "<text x=\"%.3f%%\" dx=\"4\" y=\"12\">%s</text>", x, label);
	fputc('\n', out);
}

/* At local midnights. */
static void
day_ticks(const struct preview *p, const struct axis *a, int height, FILE *out)
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
		tick(a, at, height, label, out);
	}
}

/* At full minutes of the clock. */
static void
minute_ticks(const struct preview *p, const struct axis *a, int height, FILE *out)
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
		tick(a, at, height, label, out);
	}
}

static void
bar(const struct life *life, const struct axis *a, int y, FILE *out)
{
	for (size_t i = 0; i < life->span_count; i++) {
		const struct span *s = &life->spans[i];
		int64_t from = s->from < a->from ? a->from : s->from, to = s->to > a->to ? a->to : s->to;

		if (from < to)
			fprintf(out, "<rect class=\"%s\" x=\"%.3f%%\" y=\"%d\" width=\"%.3f%%\" height=\"%d\"/>\n",
				preview_phase[s->phase], across(a, from), y, across(a, to) - across(a, from), BAR);
	}
}

/* What comes up on the screen. */
static void
dots(const struct preview *p, const struct life *life, const struct axis *a, int y, FILE *out)
{
	char date[WORDS_TEXT];

	for (size_t i = 0; i < life->count; i++) {
		const struct moment *m = &life->moments[i];

		if ((m->effect != FX_BANNER && m->effect != FX_WARNING && m->effect != FX_OPEN_TIMER) || m->at < a->from ||
		    m->at > a->to)
			continue;
		fprintf(out, "<circle class=\"dot\" cx=\"%.3f%%\" cy=\"%d\" r=\"%d\"><title>%s ", across(a, m->at), y, DOT,
			words_date(m->at, p->device.zone, date));
		preview_escape(m->said, out);
		fputs("</title></circle>\n", out);
	}
}

static void
deadline(const struct axis *a, int64_t at, int height, FILE *out)
{
	double x = across(a, at);

	if (at <= a->from || at >= a->to)
		return;
	fprintf(out, "<line class=\"deadline\" x1=\"%.3f%%\" x2=\"%.3f%%\" y1=\"%d\" y2=\"%d\"/>"
		"<text x=\"%.3f%%\" dx=\"-4\" y=\"%d\" text-anchor=\"end\">deadline</text>\n", x, x, TOP, height, x, height - 3);
}

void
preview_timeline(const struct preview *p, FILE *out)
{
	struct axis a = {p->start, p->start + HOUR_MS};
	int height = TOP + PERSONS * LANE + FOOT;

	for (unsigned i = 0; i < PERSONS; i++)
		if (p->lives[i].ends > a.to)
			a.to = p->lives[i].ends;
	a.to += (a.to - a.from) / 50;
	fprintf(out, "<svg role=\"img\" aria-label=\"When each person sees what\" height=\"%d\">\n", height);
	day_ticks(p, &a, height - FOOT, out);
	for (unsigned i = 0; i < PERSONS; i++) {
		int y = TOP + (int)i * LANE + 22;

		fprintf(out, "<text class=\"who\" x=\"0\" y=\"%d\">%s</text>\n", y - 6, person_about[i].who);
		bar(&p->lives[i], &a, y, out);
		dots(p, &p->lives[i], &a, y + BAR / 2, out);
	}
	deadline(&a, p->requirement.deadline, height, out);
	fputs("</svg>\n", out);
}

void
preview_last_hour(const struct preview *p, enum person person, FILE *out)
{
	const struct life *life = &p->lives[person];
	int64_t countdown = preview_begins(life, PHASE_COUNTDOWN), install = preview_begins(life, PHASE_INSTALLING);
	int64_t begins = countdown < install ? countdown : install;
	int64_t margin = begins == NEVER ? 0 : (life->ends - begins) / 20;
	struct axis a = {begins - margin, life->ends + margin};
	int height = TOP + BAR + 6;

	if (begins == NEVER || life->ends <= begins)
		return;
	fprintf(out, "<figure><svg role=\"img\" aria-label=\"From the countdown to the restart\" height=\"%d\">\n", height);
	minute_ticks(p, &a, height, out);
	bar(life, &a, TOP, out);
	dots(p, life, &a, TOP + BAR / 2, out);
	fputs("</svg></figure>\n", out);
}
