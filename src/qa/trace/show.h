/* trace_show - a trace for people: what happened, what the machine made of it, and what the person saw. Plays the
 * trace; says so when it expects something else. */
#ifndef TRACE_SHOW_H
#define TRACE_SHOW_H

#include "core/calendar.h"
#include "core/view.h"
#include "qa/replay/play.h"
#include "edit.h"

struct trace_style {
	const struct zone *zone;	/* whose clocks are shown; NULL: the device's, else UTC */
	bool colour;
};

typedef bool trace_showing(const struct trace_text *, const struct trace_style *, FILE *, struct messages *);
trace_showing trace_show;		/* lines of text */
trace_showing trace_html;		/* one page that needs nothing else */

/* A warning when the trace says otherwise than what was shown. */
void trace_doubt(const struct trace_text *, const struct diff *, struct messages *);

/* --- a moment of a trace in words --- */

#define TRACE_WORDS 1024	/* room for any of these; each is written into out, which is returned */

/* "version 15.2, target 15.3, deadline Fri 4 Dec 17:00": what an event or effect carries. "" for nothing. */
const char *trace_words_payload(const struct kind *, const void *base, const struct zone *, char out[TRACE_WORDS]);
/* What happened: an event's name, a timer's, or a directive in a few words. */
const char *trace_words_cause(const struct moment *, char out[TRACE_WORDS]);
/* What the device's header says of it. */
const char *trace_words_device(const struct trace_header *, char out[TRACE_WORDS]);

/* What is on the screen, but for the badge: "" for nothing. */
const char *trace_words_banner(const struct view *, const struct zone *, char out[TRACE_WORDS]);
const char *trace_words_window(const struct view *, char out[TRACE_WORDS]);
/* All of it; "nothing". */
const char *trace_words_shown(const struct view *, const struct zone *, char out[TRACE_WORDS]);

/* What a person is shown right after the moment. */
void trace_view(const struct moment *, struct view *);
/* The zone asked for, else the device's, else UTC. */
const struct zone *trace_zone(const struct zone *asked, const struct trace_header *);

/* --- the moments of a trace as a chart --- */

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
