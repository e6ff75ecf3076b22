/* trace_edit - traces made of traces: cut, merged, moved in time, without names, and from a journal to the
 * hand-written form and back. Each writes a whole trace, or returns false and says why in messages. */
#ifndef TRACE_EDIT_H
#define TRACE_EDIT_H

#include <stdio.h>

#include "diff.h"
#include "text/trace.h"

struct trace_text {
	const char *name;	/* its path: policies are looked for beside it */
	const char *bytes;
	size_t length;
};

/* Its lines, one after the other; blank ones are passed over. */
struct trace_reader {
	const struct trace_text *trace;
	struct messages *messages;
	struct lines lines;
	const char *text;		/* of the line at hand */
	size_t length;
	struct trace_line line;
	bool failed;
};
struct trace_reader *trace_reader_new(const struct trace_text *, struct messages *);	/* free() it */
/* False at the end, and at a line that is none. */
bool trace_next(struct trace_reader *);
/* The line at hand is at fault; false. */
bool trace_refuse(struct trace_reader *, const char *text);
/* All the settings in force from a header or settings line on; those before are in *settings. */
bool trace_settings_all(struct trace_reader *, struct settings *);

void trace_put(const struct trace_line *, FILE *);

/* What happened from one instant to another (NEVER: to the end). Of what came before, only what the rest needs to
 * come out as it did is kept, with this machine's answers. */
bool trace_cut(const struct trace_text *, int64_t from, int64_t to, FILE *, struct messages *);

/* Traces of one device as one, by time. What was sealed is not any more. */
bool trace_merge(const struct trace_text *, size_t count, FILE *, struct messages *);

/* The same at another time: every instant in it is moved. */
bool trace_shift(const struct trace_text *, int64_t by, FILE *, struct messages *);
bool trace_begins(const struct trace_text *, int64_t *at, struct messages *);	/* when: its first line with a time */

/* Without what tells whose device it was: story, policy's path, build, model, board, time zone, boot ids, and the
 * date, which becomes the first of January 2000. */
bool trace_anonymise(const struct trace_text *, FILE *, struct messages *);

/* As an agent would have recorded it: timers as lines, both clocks, all settings, sealed. */
bool trace_to_journal(const struct trace_text *, FILE *, struct messages *);
/* As a person would write it: timers fire by themselves, no awake clock, only settings that are not the default -
 * as far as the machine then still answers alike. */
bool trace_to_hand(const struct trace_text *, FILE *, struct messages *);

#endif
