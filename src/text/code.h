/* code - a stable name for every kind of message about a policy: P001 to P099 are errors, from P101 on warnings.
 * A number is given once and never again; lastcall-policy(5), `check` and its SARIF rules list this table. */
#ifndef CODE_H
#define CODE_H

enum message_code {
	CODE_NONE,		/* of texts that are no policies */

	CODE_FILE = 1,		/* the text */
	CODE_ENCODING = 2,
	CODE_SYNTAX = 3,
	CODE_EMPTY = 4,
	CODE_LIMIT = 5,
	CODE_MARK = 6,
	CODE_SECOND_DOCUMENT = 7,
	CODE_DUPLICATE_KEY = 8,

	CODE_UNKNOWN_KEY = 10,	/* its keys */
	CODE_MISPLACED_KEY = 11,
	CODE_MISSING_KEY = 12,
	CODE_SHAPE = 13,
	CODE_ONE_OF = 14,

	CODE_FIXED = 20,	/* its values, by their type */
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

	CODE_SKIPPED = 40,	/* what they mean together */
	CODE_DOUBLED = 41,
	CODE_REMIND_TOO_LONG = 42,
	CODE_WARNINGS_TOO_RARE = 43,
	CODE_WINDOW_TOO_LONG = 44,
	CODE_CONTRADICTION = 45,
	CODE_NAMED_TWICE = 46,	/* of blueprints */
	CODE_SHARES = 47,
	CODE_UNREACHED = 48,
	CODE_POLICY = 49,

	CODE_FEED = 50,		/* what was given beside it */
	CODE_DEVICES = 51,
	CODE_COUNTDOWN_AT_ONCE = 52,
	CODE_TWO_BLUEPRINTS = 53,

	CODE_LANGUAGE = 60,	/* what people read */
	CODE_TEXT_UNKNOWN = 61,
	CODE_PLACEHOLDER = 62,
	CODE_TEXT_TOO_LONG = 63,

	CODE_WARNINGS = 100,	/* from here on */
	CODE_PAST = 101,
	CODE_WEEKEND = 102,
	CODE_NIGHT = 103,
	CODE_SHORT_NOTICE = 104,
	CODE_NO_SUCH_RELEASE = 105,
	CODE_CANNOT_RUN = 106,
	CODE_COUNTDOWNS = 107,
	CODE_REDUNDANT = 108,
};

struct code_about {
	enum message_code code;
	const char *title;	/* a few words, for a list */
	const char *about;	/* one or two sentences: what is meant and what to do */
};

extern const struct code_about code_table[];	/* in the order of numbers, ends with CODE_NONE */

#define CODE_TEXT 16
const char *code_text(enum message_code, char out[CODE_TEXT]);	/* "P012" */

#endif
