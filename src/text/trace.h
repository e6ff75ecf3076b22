/* trace - the lines of traces and journals (JSON Lines): headers, events, states, effects, directives.
 * The format, for those who write one: tests/traces/README.md.
 *
 * Encoding is deterministic to the byte: fixed key order, no spaces, times in UTC with milliseconds only
 * when there are any. Decoding accepts any key order after the first, spaces, and any RFC 3339 offset.
 * Which events, effects, settings and states there are, and what they carry, the machine's tables say. */
#ifndef TRACE_H
#define TRACE_H

#include "instant.h"
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

#define TRACE_NAME 64		/* room for short texts, "": not said */
#define TRACE_TEXT 256		/* and for long ones */
#define TRACE_UNSAID INT64_MIN	/* a setting that the line leaves as it is */

struct trace_header {
	char story[TRACE_TEXT];		/* one sentence, for people; or "" */
	char policy[TRACE_TEXT];	/* path beside the trace, or "" */
	char machine[TRACE_NAME];	/* hash of the machine that wrote it, or "" */
	bool has_settings;
	struct settings settings;	/* when has_settings (a journal's header has all); else all TRACE_UNSAID */
	char platform[TRACE_NAME], build[TRACE_NAME], model[TRACE_NAME], board[TRACE_NAME], time_zone[TRACE_NAME];
	int64_t version;		/* installed; 0: not said */
	int64_t recorded;		/* timers: 0 automatic, 1 recorded */
	char boot[TRACE_NAME];		/* a journal's: boot id, or "" */
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

#define TRACE_LINE_MAX 4096	/* longer lines are refused, newline included */

/* False and at least one error when bytes (one line, without its newline) are not a line of a trace.
 * What does not belong to the line's kind is zero, but for the header, which is then untouched.
 * A version may be null: 0, not known. A journal's "crc" is not looked at: the journal has done so. */
bool trace_decode(const char *bytes, size_t length, const char *file, unsigned line, struct trace_line *,
	struct messages *);
/* Length of the text in out, without a newline, NUL-terminated; less than TRACE_LINE_MAX. */
size_t trace_encode(const struct trace_line *, char out[TRACE_LINE_MAX]);

/* Those settings that a header or settings line says, over the others; true when it says them all. */
bool trace_settle(const struct trace_header *, struct settings *);

extern const char *const line_key[];	/* by enum line_kind: the key that makes a line of that kind; NULL-terminated */

#endif
