/* command - describes the commands of lastcall and parses their arguments.
 *
 * The parser, the usage, --help, the shells' completions and the manual's synopsis all come from one table of options.
 * Every command exports `const struct command command_NAME`; src/cli lists and runs them. Prints nothing, except in
 * command_misused. */
#ifndef TEXT_COMMAND_H
#define TEXT_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "message.h"

#define LASTCALL_VERSION "0.1.0"

/* The exit status of every command; 69 and 77 are those of sysexits(3), which drivers use, too. */
enum exit_code {
	EXIT_FINE = 0,
	EXIT_DIFFERENT = 1,	/* problems found, a difference, refused */
	EXIT_UNUSABLE = 2,	/* wrong usage, input that cannot be used at all, or output that cannot be written */
	EXIT_NOT_THERE = 69,	/* no agent is running */
	EXIT_NOT_ALLOWED = 77,
};

/* The kind of an option's value, and the type of the struct member that stores it. If the option is not given and has
 * no fallback, the member stays zero. */
enum option_kind {
	OPTION_FLAG,		/* takes no value; bool */
	OPTION_TEXT,		/* const char * */
	OPTION_CHOICE,		/* one of the words in `value`, "text|html"; const char * */
	OPTION_LIST,		/* a text; may be given more than once; struct option_list */
	OPTION_NUMBER,		/* digits alone, from least to most; uint64_t */
	OPTION_TIME,		/* RFC 3339; int64_t, UTC milliseconds */
	OPTION_VERSION,		/* int64_t */
	OPTION_ZONE,		/* an IANA name; const struct zone *, kept until zones_free */
};

#define OPTION_LIST_MOST 16

struct option_list {
	const char *items[OPTION_LIST_MOST];
	unsigned count;
};

struct option {
	const char *name;	/* without the dashes */
	const char *value;	/* what the help calls its value: "FILE", or "text|html"; NULL for a flag */
	enum option_kind kind;
	size_t offset;		/* of its member in the command's arguments */
	const char *about;	/* for the help: "read releases from FILE" */
	const char *fallback;	/* parsed when the option is not given, and shown in the help */
	const char *with;	/* an option that this one needs; its row is the one above */
	bool required;		/* must be given in the forms that have it */
	bool hidden;		/* for tests: neither shown nor abbreviated */
	unsigned char either;	/* a group: only one of its options may be given; keep them together; 0: no group */
	unsigned char forms;	/* bit i: is in form i of the usage; 0: in all */
	uint64_t least, most;	/* of an OPTION_NUMBER */
};

#define FORM(i) (1u << (i))
#define COMMAND_FORMS 2

/* Operands are described as "ddm|nudge POLICY", "FILE|FOLDER..." or "FILE [DEVICE...]". A name with a capital is a
 * placeholder for any text; of words in lower case, one must be typed as it is. */
struct command {
	const char *name;	/* "check"; for a subcommand "trace cut" */
	const char *about;	/* for the help, without a full stop: "find every problem in policies" */
	const char *operands[COMMAND_FORMS];	/* of each form of the usage; the first may be NULL: no operands */
	const struct option *options;		/* ends with a NULL name; NULL: none */
	size_t size;				/* of the arguments; 0: none */
	/* Returns the exit status. May change its arguments. The operands end with NULL. */
	int (*run)(void *arguments, unsigned count, char **operands);
	const struct command *const *subcommands;	/* ends with NULL; the first is the default */
};

enum parsed { PARSED, PARSED_HELP, PARSED_WRONG };

#define PARSE_ERROR 512

/* Parses argv[0..argc-1], without the command's name, into arguments: `size` bytes, all zero, that borrow from argv.
 * Operands move to the front of argv. PARSED_HELP: --help was found, all else is undefined. PARSED_WRONG: error says
 * why, without the command's name. */
enum parsed command_parse(const struct command *, int argc, char **argv, void *arguments, unsigned *operands,
	char error[PARSE_ERROR]);

/* One word of an operand description. */
struct operand {
	const char *text;
	size_t length;		/* of its name, without brackets and dots */
	bool optional, many;
};

/* Reads the next word of a description and moves *text past it. Returns false at the end. */
bool command_operand(const char **text, struct operand *);

/* Whether the text is a placeholder such as FILE|FOLDER, not words to type such as 1h|tomorrow. */
bool command_placeholder(const char *text, size_t length);

/* Parses a whole number in digits alone, from least to most. Returns false for any other text. */
bool command_number(const char *text, uint64_t least, uint64_t most, uint64_t *value);

/* Writes ` (did you mean "--near"?)`, or nothing if near is NULL. dashes: before near, may be "". Returns out. */
const char *command_hint(const char *dashes, const char *near, char out[QUOTED_SIZE]);

/* Whether text is one of the words, which are separated by bars. If not, error becomes "SUBJECT text, html or ics,
 * found ...". */
bool command_choice(const char *subject, const char *words, size_t length, const char *text, char error[PARSE_ERROR]);

/* Parses an option's value into its member. Returns false and sets the error if it is of the wrong kind. */
bool command_store(const struct option *, const char *text, void *to, char error[PARSE_ERROR]);

/* Prints "lastcall NAME: why" and where to find help to standard error. Returns EXIT_UNUSABLE. */
int command_misused(const struct command *, const char *why, ...) __attribute__((format(printf, 2, 3)));

#endif
