/* report - the counts of a rollout as a table, as CSV and as a chart. */
#include "rollout.h"

#include <inttypes.h>
#include <stdlib.h>

#include "core/calendar.h"
#include "text/memory.h"
#include "words/svg.h"

#define DATE 16

/* Writes the date of a local day; at noon, so that a change of the clocks does not matter. */
static const char *
format_day(const struct rollout_report *r, uint32_t day, char out[DATE])
{
	struct civil c;

	calendar_local(r->office->midnight[day] + 12 * HOUR_MS, r->zone, &c, NULL, NULL);
	snprintf(out, DATE, "%04d-%02d-%02d", c.year % 10000, c.month % 100, c.day % 100);
	return out;
}

/* Returns hundredths of a per cent. */
static unsigned
percent_hundredths(uint64_t part, uint64_t whole)
{
	return whole ? (unsigned)(part * 10000 / whole) : 0;
}

static void
print_share(FILE *out, int width, uint64_t part, uint64_t whole)
{
	unsigned s = percent_hundredths(part, whole);

	fprintf(out, "%*u.%02u %%", width, s / 100, s % 100);
}

/* --- the table --- */

static void
print_days(const struct rollout_report *r, FILE *out)
{
	char text[DATE];

	fprintf(out, "%-10s %10s %10s %10s %10s %10s %10s %10s\n", "day", "compliant", "overdue", "banners", "countdowns",
		"warnings", "restarts", "outside");
	for (uint32_t i = 0; i < r->days; i++) {
		const struct day_lives *d = &r->tally->days[i];

		fprintf(out, "%s", format_day(r, i, text));
		print_share(out, 6, d->compliant, r->devices);
		print_share(out, 6, d->overdue, r->devices);
		fprintf(out, " %10" PRIu64 " %10" PRIu64 " %10" PRIu64 " %10" PRIu64 " %10" PRIu64 "\n", d->banners,
			d->countdowns, d->warnings, d->restarts, d->outside);
	}
}

static void
print_reached(const struct rollout_report *r, FILE *out)
{
	static const unsigned goals[] = {5000, 9000, 9500, 9900, 10000};
	char text[DATE];

	for (unsigned i = 0; i < sizeof goals / sizeof *goals; i++) {
		uint32_t day = 0;

		while (day < r->days && percent_hundredths(r->tally->days[day].compliant, r->devices) < goals[i])
			day++;
		fprintf(out, "%3u %% compliant: %s\n", goals[i] / 100, day < r->days ? format_day(r, day, text) : "not in these days");
	}
}

/* Returns the least number that `percent` of the devices do not exceed. */
static unsigned
percentile(const uint64_t *counts, uint64_t devices, unsigned percent)
{
	uint64_t seen = counts[0];
	unsigned n = 0;

	while (n < TALLY_MOST && seen * 100 < devices * percent)
		seen += counts[++n];
	return n;
}

static void
print_spread(const struct rollout_report *r, const char *what, const uint64_t *counts, FILE *out)
{
	fprintf(out, "%s a person: %u at the median, %u for 95 %%, %u at most\n", what, percentile(counts, r->devices, 50),
		percentile(counts, r->devices, 95), percentile(counts, r->devices, 100));
}

static void
print_installs(const struct rollout_report *r, FILE *out)
{
	const struct lives *t = r->tally;
	uint64_t begun = t->asked + t->by_countdown + t->unattended, restarts = 0, outside = 0;

	for (uint32_t i = 0; i < r->days; i++) {
		restarts += t->days[i].restarts;
		outside += t->days[i].outside;
	}
	fprintf(out, "restarts: %" PRIu64 ", outside working hours", restarts);
	print_share(out, 3, outside, restarts);
	fprintf(out, "\ninstallations: %" PRIu64 "; by Start Now", begun);
	print_share(out, 3, t->asked, begun);
	fputs(", after a countdown", out);
	print_share(out, 3, t->by_countdown, begun);
	fputs(", nobody logged in", out);
	print_share(out, 3, t->unattended, begun);
	fprintf(out, "\nfailed attempts: %" PRIu64 "; failed after every retry: %" PRIu64 "\n",
		t->retries + t->failures, t->failures);
}

void
report_table(const struct rollout_report *r, FILE *out)
{
	fprintf(out, "%s: %" PRIu32 " devices, %" PRIu32 " days, days of %s, seed %" PRIu64 "\n\n", r->policy, r->devices,
		r->days, r->zone->name, r->seed);
	print_days(r, out);
	fputc('\n', out);
	print_reached(r, out);
	print_spread(r, "banners", r->tally->banners, out);
	print_spread(r, "countdowns", r->tally->countdowns, out);
	print_installs(r, out);
}

void
report_csv(const struct rollout_report *r, FILE *out)
{
	char text[DATE];

	fputs("day,devices,compliant,overdue,banners,countdowns,warnings,restarts,restarts_outside_hours\n", out);
	for (uint32_t i = 0; i < r->days; i++) {
		const struct day_lives *d = &r->tally->days[i];

		fprintf(out, "%s,%" PRIu32 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64
			",%" PRIu64 "\n", format_day(r, i, text), r->devices, d->compliant, d->overdue, d->banners, d->countdowns,
			d->warnings, d->restarts, d->outside);
	}
}

/* --- the chart --- */

enum { LEFT = 60, TOP = 50, WIDTH = 720, HEIGHT = 300 };

static const char style[] =
	"text { font: 12px sans-serif; }\n"
	"text.title { font-size: 15px; }\n"
	"rect.paper { fill: #fff; }\n"
	"line { stroke: #ddd; }\n"
	"polyline { fill: none; stroke-width: 2; }\n"
	"polyline.compliant { stroke: #1b7f3b; } text.compliant { fill: #1b7f3b; }\n"
	"polyline.overdue { stroke: #c0392b; } text.overdue { fill: #c0392b; }\n"
	"rect.restarts { fill: #9bbbd4; } text.restarts { fill: #4a7ba3; }\n";

static unsigned
x_of(const struct rollout_report *r, uint32_t day)
{
	return LEFT + (unsigned)((2 * (uint64_t)day + 1) * WIDTH / (2 * (uint64_t)r->days));
}

static unsigned
y_of(uint64_t part, uint64_t whole)
{
	return TOP + HEIGHT - (unsigned)(whole ? part * HEIGHT / whole : 0);
}

static void
draw_grid(const struct rollout_report *r, const struct svg *svg)
{
	uint32_t every = r->days > 10 ? (r->days + 9) / 10 : 1;
	char text[DATE];

	for (unsigned p = 0; p <= 100; p += 25) {
		snprintf(text, sizeof text, "%u %%", p);
		svg_level(svg, NULL, LEFT, LEFT + WIDTH, y_of(p, 100));
		svg_label(svg, &(struct svg_label){.x = LEFT - 8, .y = y_of(p, 100) + 4, .anchor = SVG_END}, text);
	}
	for (uint32_t i = 0; i < r->days; i += every)
		svg_label(svg, &(struct svg_label){.x = x_of(r, i), .y = TOP + HEIGHT + 20, .anchor = SVG_MIDDLE},
			format_day(r, i, text) + 5);
}

static void
draw_restarts(const struct rollout_report *r, const struct svg *svg)
{
	unsigned width = (unsigned)(WIDTH * 6 / 10 / r->days);

	if (!width)
		width = 1;
	for (uint32_t i = 0; i < r->days; i++) {
		unsigned y = y_of(r->tally->days[i].restarts, r->devices);

		svg_bar(svg, &(struct svg_bar){.class = "restarts", .x = x_of(r, i) - width / 2, .y = y, .width = width,
			.height = TOP + HEIGHT - y});
	}
}

static void
draw_share(const struct rollout_report *r, const char *class, bool overdue, const struct svg *svg)
{
	struct svg_point *points = memory_resize(NULL, r->days * sizeof *points);

	for (uint32_t i = 0; i < r->days; i++) {
		const struct day_lives *d = &r->tally->days[i];

		points[i] = (struct svg_point){x_of(r, i), y_of(overdue ? d->overdue : d->compliant, r->devices)};
	}
	svg_curve(svg, class, points, r->days);
	free(points);
}

void
report_svg(const struct rollout_report *r, FILE *out)
{
	static const struct {
		const char *class, *text;
		int x;
	} legend[] = {{"compliant", "compliant", LEFT}, {"overdue", "overdue", LEFT + 72},
		{"restarts", "restarts that day", LEFT + 132}};
	const struct svg svg = {out, false};
	char title[512];

	snprintf(title, sizeof title, "%s: %" PRIu32 " devices", r->policy, r->devices);
	svg_begin_file(&svg, LEFT + WIDTH + 20, TOP + HEIGHT + 40, title, style);
	svg_bar(&svg, &(struct svg_bar){.class = "paper", .width = LEFT + WIDTH + 20, .height = TOP + HEIGHT + 40});
	svg_label(&svg, &(struct svg_label){.class = "title", .x = LEFT, .y = 24}, title);
	for (size_t i = 0; i < sizeof legend / sizeof *legend; i++)
		svg_label(&svg, &(struct svg_label){.class = legend[i].class, .x = legend[i].x, .y = 42}, legend[i].text);
	draw_grid(r, &svg);
	draw_restarts(r, &svg);
	draw_share(r, "compliant", false, &svg);
	draw_share(r, "overdue", true, &svg);
	svg_end(&svg);
}
