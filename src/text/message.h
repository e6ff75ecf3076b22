/* message - collects errors and warnings about a file, in one form:
 *
 *	policies/lab.yaml:7:14: error: expected a duration such as 30s, 5m or 2w, found "5 days"
 *	policies/lab.yaml:9:3: error: unknown key "recheckk" (did you mean "recheck"?)
 *
 * A run prints all problems of a file, sorted by place. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* A stable name for every kind of message about a policy: P001 to P099 are errors, P101 and above warnings. Numbers are
 * never reused. author/check/codes has their explanations. */
enum message_code {
	CODE_NONE,		/* the text is not a policy */

	CODE_FILE = 1,		/* the text as a whole */
	CODE_ENCODING = 2,
	CODE_SYNTAX = 3,
	CODE_EMPTY = 4,
	CODE_LIMIT = 5,
	CODE_MARK = 6,
	CODE_SECOND_DOCUMENT = 7,
	CODE_DUPLICATE_KEY = 8,

	CODE_UNKNOWN_KEY = 10,	/* keys */
	CODE_MISPLACED_KEY = 11,
	CODE_MISSING_KEY = 12,
	CODE_SHAPE = 13,
	CODE_ONE_OF = 14,

	CODE_FIXED = 20,	/* values, by type */
	CODE_NAME = 21,
	CODE_LABEL = 22,
	CODE_WORD = 23,
	CODE_FLAG = 24,
	CODE_COUNT = 25,
	CODE_VERSION = 26,
	CODE_DURATION = 27,
	CODE_DAYS = 28,
	CODE_DURATIONS = 29,
	CODE_CLOCK = 30,
	CODE_LOCAL = 31,
	CODE_ZONE = 32,
	CODE_RANGE = 33,
	CODE_SAME_TWICE = 34,
	CODE_NO_SUCH_TIME = 35,
	CODE_PATTERN = 36,
	CODE_SHARE = 37,
	CODE_RULE = 38,
	CODE_EXPLOITED_TOO_LATE = 39,

	CODE_SKIPPED = 40,	/* values that contradict each other */
	CODE_DOUBLED = 41,
	CODE_REMIND_TOO_LONG = 42,
	CODE_WARNINGS_TOO_RARE = 43,
	CODE_WINDOW_TOO_LONG = 44,
	CODE_CONTRADICTION = 45,
	CODE_NAMED_TWICE = 46,	/* of blueprints */
	CODE_SHARES = 47,
	CODE_UNREACHED = 48,
	CODE_POLICY = 49,

	CODE_FEED = 50,		/* other files given to check */
	CODE_DEVICES = 51,
	CODE_COUNTDOWN_AT_ONCE = 52,
	CODE_TWO_BLUEPRINTS = 53,

	CODE_LANGUAGE = 60,	/* texts for people */
	CODE_TEXT_UNKNOWN = 61,
	CODE_PLACEHOLDER = 62,
	CODE_TEXT_TOO_LONG = 63,

	CODE_WARNINGS = 100,	/* larger codes are warnings */
	CODE_PAST = 101,
	CODE_WEEKEND = 102,
	CODE_NIGHT = 103,
	CODE_SHORT_NOTICE = 104,
	CODE_NO_SUCH_RELEASE = 105,
	CODE_CANNOT_RUN = 106,
	CODE_COUNTDOWNS = 107,
	CODE_REDUNDANT = 108,
};

enum severity { MESSAGE_ERROR, MESSAGE_WARNING, MESSAGE_FINDING };	/* a finding: the text itself is right */

struct place {
	unsigned line;		/* from 1; 0: the whole file */
	unsigned column;	/* from 1, in characters; 0: the whole line */
};

struct message {
	enum severity severity;
	enum message_code code;
	struct place place;
	char *file;
	char *text;		/* one line; quotes from the file are made printable */
};

struct messages {
	struct message *list;
	size_t count, room;
	size_t of_file;		/* messages in a row about the same file as the last one */
	unsigned errors, warnings;	/* includes those not in list, beyond MESSAGES_KEPT of a file */
};

#define MESSAGES_KEPT 100	/* about one file in a row; the others are only counted */

void message_add(struct messages *, enum severity, const char *file, struct place, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* The same with a code, which makes it an error or a warning. */
void message_coded(struct messages *, enum message_code, const char *file, struct place place, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* Sets the code of every message from index `from` on whose code is CODE_NONE. */
void message_stamp(struct messages *, size_t from, enum message_code);

/* Removes the messages with that code at that place. */
void message_drop(struct messages *, enum message_code, const char *file, struct place);

/* Sorts by file and place, stably. */
void message_sort(struct messages *);

/* Writes "policies/lab.yaml:7:14: error: expected ...", without code or newline. */
void message_write(const struct message *, FILE *);

/* Returns all messages, sorted, one a line, without codes. The caller frees it. */
char *message_text(struct messages *);
/* Writes that text, and frees the messages. */
void message_print(struct messages *, FILE *);
void message_free(struct messages *);

/* Returns the word in a NULL-terminated list that name probably misspells, or NULL. */
const char *message_near(const char *name, const char *const *words);

/* Returns the length of the UTF-8 character at the start of text; 0 if it is invalid or not printable. */
size_t message_printable(const char *text, size_t length);

/* Puts bytes in double quotes, cut at 40 characters, with unprintable ones escaped. Returns out. */
#define QUOTED_SIZE 256
const char *message_quote(const char *bytes, size_t length, char out[QUOTED_SIZE]);

#endif
