/* trace - reads and writes the lines of traces and journals (JSON Lines): headers, events, states, effects, directives.
 * How to write a trace by hand: tests/traces/README.md.
 *
 * Encoding is deterministic to the byte: fixed key order, no spaces, times in UTC with milliseconds only if they are
 * not zero. Decoding accepts any order of keys, spaces, and any RFC 3339 offset. The machine's tables define the
 * events, effects, settings and states, and their fields. */
#ifndef TRACE_H
#define TRACE_H

#include "text/instant.h"
#include "machine.h"
#include "text/message.h"

enum line_kind {
	LINE_HEADER,	/* {"trace":1, ...} */
	LINE_EVENT,
	LINE_STATE,
	LINE_EFFECT,
	LINE_SETTINGS,	/* {"at":...,"settings":{...},"policy":...}: the policy changed, new settings apply */
	LINE_CRASH,	/* {"at":...,"crash":true}: the agent crashed; it is not running until `start` or `booted` */
	LINE_END,	/* {"at":...,"end":true}: virtual time runs to here */
};

#define TRACE_NAME 64		/* room for a short text; "": not given */
#define TRACE_TEXT 256		/* room for a long text */
#define TRACE_ABSENT INT64_MIN	/* a setting that the line does not change */

struct trace_header {
	char story[TRACE_TEXT];		/* one sentence, for people; or "" */
	char policy[TRACE_TEXT];	/* path beside the trace, or "" */
	char machine[TRACE_NAME];	/* hash of the machine that wrote it, or "" */
	bool has_settings;
	struct settings settings;	/* if has_settings (a journal's header has all); else all TRACE_ABSENT */
	char platform[TRACE_NAME], build[TRACE_NAME], model[TRACE_NAME], board[TRACE_NAME], time_zone[TRACE_NAME];
	int64_t version;		/* installed; 0: not given */
	int64_t recorded;		/* "timers": 0 automatic, 1 recorded */
	char boot[TRACE_NAME];		/* boot id in a journal, or "" */
};

struct trace_line {
	enum line_kind kind;
	bool has_awake;			/* the line carries "awake" */
	int64_t at, awake;		/* ms */
	uint64_t seq;			/* 0: none */
	struct trace_header header;	/* LINE_HEADER; settings and policy of LINE_SETTINGS */
	struct event event;		/* its at and awake are the line's */
	enum state state;
	struct effect effect;
	char boot[TRACE_NAME];		/* of start and booted in a journal, or "" */
};

#define TRACE_LINE_MAX 4096	/* with newline; longer lines are refused */

/* Reads one line, without its newline. Returns false, and at least one error, if it is not a line of a trace. Fields
 * that do not belong to the line's kind become zero, except the header, which then stays as it was. A null version
 * becomes 0, unknown. Does not check a journal's "crc"; text/trace/seal does. */
bool trace_decode(const char *bytes, size_t length, const char *file, unsigned line, struct trace_line *,
	struct messages *);
/* Writes the line, NUL-terminated and without newline. Returns its length, less than TRACE_LINE_MAX. */
size_t trace_encode(const struct trace_line *, char out[TRACE_LINE_MAX]);

/* Copies the settings that a header or settings line gives. Returns true if it gives all of them. */
bool trace_copy_settings(const struct trace_header *, struct settings *);

extern const char *const line_key[];	/* by enum line_kind: the key that identifies the kind; NULL-terminated */

#endif
