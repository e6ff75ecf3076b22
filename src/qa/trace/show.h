/* show - a trace for people: what happened, what the machine answered, and what the person was shown. Plays the trace, and
 * warns if it expects other answers. */
#ifndef TRACE_SHOW_H
#define TRACE_SHOW_H

#include "core/calendar.h"
#include "core/view.h"
#include "qa/replay/play.h"
#include "edit.h"

struct trace_style {
	const struct zone *zone;	/* of the times shown; NULL: the device's, or UTC if that is unknown */
	bool colour;
};

typedef bool trace_showing(const struct trace_text *, const struct trace_style *, FILE *, struct messages *);
trace_showing trace_show;		/* as lines of text */
trace_showing trace_html;		/* as one page without other files */

/* Adds a warning if the trace has an answer that the machine did not give. */
void trace_warn_different(const struct trace_text *, const struct diff *, struct messages *);

/* --- a moment of a trace in words --- */

#define TRACE_WORDS 1024	/* room for any of these; each is written into out, which is returned */

/* The fields of an event or effect: "version 15.2, target 15.3, deadline Fri 4 Dec 17:00", or "". */
const char *trace_words_payload(const struct kind *, const void *base, const struct zone *, char out[TRACE_WORDS]);
/* The name of an event or timer, or what a directive does in a few words. */
const char *trace_words_cause(const struct moment *, char out[TRACE_WORDS]);
/* The device of a header: "macos 15.1 (24B83), Mac15,6, America/New_York". */
const char *trace_words_device(const struct trace_header *, char out[TRACE_WORDS]);

/* The banner and the window on the screen, or "". */
const char *trace_words_banner(const struct view *, const struct zone *, char out[TRACE_WORDS]);
const char *trace_words_window(const struct view *, char out[TRACE_WORDS]);
/* Everything on the screen, or "nothing". */
const char *trace_words_shown(const struct view *, const struct zone *, char out[TRACE_WORDS]);

/* What a person is shown right after the moment. */
void trace_view(const struct moment *, struct view *);
/* Returns the zone asked for, the device's, or UTC: the first that is known. */
const struct zone *trace_zone(const struct zone *asked, const struct trace_header *);

/* --- the moments of a trace as a chart --- */

struct spot {			/* a moment, and what is true until the next */
	int64_t at;
	int64_t waited;		/* ms since the moment before, by the clock before it was set */
	bool timer, event;	/* neither: a directive */
	bool away;		/* the device sleeps, or no agent runs */
	enum state state[REGIONS];
	char *cause, *payload, *effects;
	char *badge, *banner, *window, *shown;	/* "": none */
};

struct chart {
	const struct zone *zone;	/* asked for, or NULL; after the header: the one in use */
	struct trace_header header;
	struct spot *spots;
	size_t count, room;
};

void chart_add(void *chart, const struct moment *);	/* for replay_watch */
void chart_draw(const struct chart *, FILE *);
/* Returns "Fri 4 Dec 17:00:05", without the date if the spot before has the same; a static string. */
const char *chart_time(const struct chart *, const struct spot *, const struct spot *before);
void chart_free(struct chart *);

#endif
