/* simulate_report - a rollout's tally as a table for people, as CSV, and as an SVG chart. Whole numbers only. */
#ifndef SIMULATE_REPORT_H
#define SIMULATE_REPORT_H

#include <stdio.h>

#include "lives.h"

struct rollout_report {
	const char *policy;		/* its name */
	const struct zone *zone;
	const struct lives *tally;
	const struct office *office;
	uint32_t devices, days;
	uint64_t seed;
};

void report_table(const struct rollout_report *, FILE *);
void report_csv(const struct rollout_report *, FILE *);
void report_svg(const struct rollout_report *, FILE *);

#endif
