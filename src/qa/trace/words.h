/* trace_words - a moment of a trace in words, for those who show it. */
#ifndef TRACE_WORDS_H
#define TRACE_WORDS_H

#include "core/calendar.h"
#include "core/view.h"
#include "qa/replay/trace.h"

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

#endif
