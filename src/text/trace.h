/* trace - the lines of traces and journals (JSON Lines): headers, events, states, effects, directives.
 * Formats and rules: DESIGN, "Traces and the journal: one format"; lastcall-trace(5).
 *
 * Encoding is deterministic to the byte: fixed key order, no spaces, times in UTC with milliseconds only
 * when there are any. Decoding accepts any key order after the first, spaces, and any RFC 3339 offset. */
#ifndef TRACE_H
#define TRACE_H

#include "machine.h"
#include "message.h"

enum line_kind {
	LINE_HEADER,	/* {"trace":1, ...} */
	LINE_EVENT,
	LINE_STATE,
	LINE_EFFECT,
	LINE_SETTINGS,	/* {"at":...,"settings":{...},"policy":...}: the policy changed; from here on these */
	LINE_CRASH,	/* {"at":...,"crash":true}: the agent is gone without a word until `start` or `booted` */
	LINE_END,	/* {"at":...,"end":true}: virtual time runs on to here */
};

struct trace_header {
	char policy[256];		/* path beside the trace, or "" */
	char machine[24];		/* hash of the machine that wrote it, or "" */
	bool has_settings;
	struct settings settings;	/* when the header holds them (a journal's does) */
	char platform[16], build[16], model[32], board[32], time_zone[64];	/* "": not said */
	int64_t version;		/* installed; 0: not said */
	bool recorded;			/* timers: "recorded" */
	char boot[40];			/* a journal's: boot id, or "" */
};

struct trace_line {
	enum line_kind kind;
	bool has_awake;			/* the line carries "awake" */
	int64_t at, awake;		/* ms */
	uint64_t seq;			/* 0: none */
	struct trace_header header;	/* LINE_HEADER, LINE_SETTINGS */
	struct event event;
	enum state state;
	struct effect effect;
	char boot[40];			/* of start and booted in a journal, or "" */
};

#define TRACE_LINE_MAX 4096	/* longer lines are refused, newline included */

/* False and one error when bytes (one line, without its newline) are not a line of a trace. */
bool trace_decode(const char *bytes, size_t length, const char *file, unsigned line, struct trace_line *,
	struct messages *);
/* Length of the text in out, without a newline; at most TRACE_LINE_MAX. */
size_t trace_encode(const struct trace_line *, char out[TRACE_LINE_MAX]);

/* RFC 3339 with any offset, at most milliseconds, years 1970..9999; "2026-12-04T22:00:00Z". */
#define INSTANT_TEXT 32
bool instant_parse(const char *text, int64_t *at);
const char *instant_format(int64_t at, char out[INSTANT_TEXT]);

/* 30s 5m 1h 5d 2w: one whole number and one unit, up to ten years. */
#define DURATION_TEXT 24
bool duration_parse(const char *text, int64_t *ms);
const char *duration_format(int64_t ms, char out[DURATION_TEXT]);	/* in the largest unit that is exact; "1500ms" */

#endif
