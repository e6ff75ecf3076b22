/* edit - makes a trace from other traces: cuts, merges, moves in time, anonymises, and converts a journal to the
 * hand-written form and back. Each function writes a whole trace, or returns false and why in messages. */
#ifndef TRACE_EDIT_H
#define TRACE_EDIT_H

#include <stdio.h>

#include "qa/replay/diff.h"
#include "text/trace/trace.h"

struct trace_text {
	const char *name;	/* its path, relative to which policies are found */
	const char *bytes;
	size_t length;
};

/* Reads the lines of a trace one by one, without blank ones. */
struct trace_reader {
	const struct trace_text *trace;
	struct messages *messages;
	struct lines lines;
	const char *text;		/* of the current line */
	size_t length;
	struct trace_line line;
	bool failed;
};
struct trace_reader *trace_reader_new(const struct trace_text *, struct messages *);	/* the caller frees it */
/* Returns false at the end and, with failed set, at a line that cannot be read. */
bool trace_next(struct trace_reader *);
/* Reports an error at the current line. Returns false. */
bool trace_refuse(struct trace_reader *, const char *text);
/* Applies the current header or settings line to *settings, and sets the line to all settings now in force. */
bool trace_settings_all(struct trace_reader *, struct settings *);

void trace_put(const struct trace_line *, FILE *);

/* Keeps what happened from one instant to another (NEVER: to the end), and the earlier lines that it needs to come out the
 * same, with this machine's answers. */
bool trace_cut(const struct trace_text *, int64_t from, int64_t to, FILE *, struct messages *);

/* Merges traces of one device by time. The result has no seq and crc. */
bool trace_merge(const struct trace_text *, size_t count, FILE *, struct messages *);

/* Moves every instant. */
bool trace_shift(const struct trace_text *, int64_t by, FILE *, struct messages *);
bool trace_begins(const struct trace_text *, int64_t *at, struct messages *);	/* the time of its first line after the header */

/* Removes what could identify the device: story, policy path, build, model, board, time zone, boot ids, and the date,
 * which becomes the first of January 2000. */
bool trace_anonymise(const struct trace_text *, FILE *, struct messages *);

/* Writes it as an agent would have recorded it: timers as lines, both clocks, all settings, seq and crc. */
bool trace_to_journal(const struct trace_text *, FILE *, struct messages *);
/* Writes it as a person would: timers fire by themselves, no awake clock, only settings that are not the default. Keeps what
 * the machine needs to give the same answers. */
bool trace_to_hand(const struct trace_text *, FILE *, struct messages *);

#endif
