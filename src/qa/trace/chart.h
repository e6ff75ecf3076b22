/* trace_chart - the moments of a trace, kept, and drawn as an SVG: time from left to right, a lane for each thing
 * that lasts. */
#ifndef TRACE_CHART_H
#define TRACE_CHART_H

#include <stdio.h>

#include "words.h"

struct spot {			/* a moment, and what lasts from it on to the next */
	int64_t at;
	int64_t waited;		/* ms since the one before, by the clock as it then stood */
	bool timer, event;	/* neither: a directive */
	bool away;		/* asleep, or no agent runs */
	enum state state[REGIONS];
	char *cause, *payload, *effects;
	char *badge, *banner, *window, *shown;	/* "": none */
};

struct chart {
	const struct zone *zone;	/* asked for, or NULL; once there is a header, the one that is used */
	struct trace_header header;
	struct spot *spots;
	size_t count, room;
};

void chart_add(void *chart, const struct moment *);	/* a watching */
void chart_draw(const struct chart *, FILE *);
/* "Fri 4 Dec 17:00:05", without the date when that is the one of the spot before. Static. */
const char *chart_time(const struct chart *, const struct spot *, const struct spot *before);
void chart_free(struct chart *);

#endif
