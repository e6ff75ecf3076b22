/* trace_show - a trace for people: what happened, what the machine made of it, and what the person saw. Plays the
 * trace; says so when it expects something else. */
#ifndef TRACE_SHOW_H
#define TRACE_SHOW_H

#include "core/calendar.h"
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

#endif
