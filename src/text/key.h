/* key - describes the keys that a YAML map may hold, in tables. One engine reads a document by its table and writes it
 * back; the manual page and the JSON schema walk the same table. Knows no policy, no clock, no network.
 *
 * A default is YAML text, read by the same code as an author's, so a bad default fails the first test. */
#ifndef KEY_H
#define KEY_H

#include <stdint.h>
#include <stdio.h>

#include "core/calendar.h"
#include "yaml.h"

struct key;

/* The document being read, for messages. */
struct source {
	const char *file;
	const struct key *root;		/* the whole table, to say where a misplaced key belongs */
	struct messages *messages;
};

/* A kind of value. */
struct type {
	const char *name;		/* one word, for documentation */
	const char *expected;		/* for messages: "a duration such as 30s, 5m or 2w" */
	/* Stores the value. Returns false and adds one error if the node is not such a value; *value is then
	 * unspecified. */
	bool (*read)(const struct node *, const struct key *, void *value, const struct source *);
	/* Writes the value on one line, as an author would. */
	void (*write)(const void *value, const struct key *, FILE *);
	enum node_kind kind;		/* of the YAML node that holds such a value */
	enum message_code code;		/* of errors that do not set their own */
	const char *schema;		/* JSON Schema of the type; the key's limits are added to it */
	const char *example;		/* as YAML */
};

struct key {
	const char *name;		/* NULL ends a table */
	const struct type *type;	/* NULL: a section */
	size_t offset;			/* of the value in the struct that keys_read fills */
	const char *fallback;		/* the default, as YAML; NULL: the key is mandatory. Sections have none. */
	const char *about;		/* one line for people */
	const char *example;		/* as YAML; NULL: the default, or else the type's */
	int64_t least, most;		/* durations in ms, counts, bytes of a text, members of a list */
	const char *const *words;	/* the choices, NULL-terminated; the value is an index */
	const struct key *keys;		/* of a section */
	bool one_of;			/* a section that takes exactly one of its keys; offset: of an enum, set to its index */
};

/* Fills out from root, which the table describes. Each problem is one error; returns true if there are none. */
bool keys_read(const struct key *table, const struct node *root, void *out, const char *file, struct messages *);

/* Writes every key in the table's order, defaults included: YAML that reads back as the same values. */
void keys_write(const struct key *table, const void *values, FILE *);

/* Report an error at a node, for types and the checks after reading. All return false. key_expected: "expected WHAT,
 * found NODE", followed by hint (may be NULL), with the code of the node's type. */
bool key_expected(const struct node *, const struct source *, const char *what, const char *hint);
/* The same with another code. */
bool key_expected_as(enum message_code, const struct node *, const struct source *, const char *what, const char *hint);
/* Any text, with the code of the node's type. */
bool key_refuse(const struct node *, const struct source *, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Reports an error that is not about a single value's type. */
bool key_fault(const struct node *, const struct source *, enum message_code, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* --- the types: strict, so anything but an exact value is an error that says what is expected --- */

extern const struct type
	value_fixed,	/* words[0] is the only value; nothing is stored */
	value_name,	/* char[most + 1]: a-z, 0-9, dot, dash, underscore, first a letter or digit */
	value_label,	/* char[most + 1]: one line of text, may be empty */
	value_word,	/* an enum: an index into words */
	value_flag,	/* bool: true or false, without quotes */
	value_count,	/* int64_t, least..most */
	value_duration,	/* int64_t ms, least..most; -1 after an error */
	value_days,	/* int64_t ms, whole days written in days or weeks */
	value_rule,	/* int64_t ms, whole days like value_days; 0 for "never" */
	value_durations,/* int64_t[most] ms, each at least `least`, all different; unused ones are 0 */
	value_version,	/* int64_t, core/version */
	value_clock,	/* int64_t ms after midnight, "17:00" */
	value_local,	/* struct civil, "2026-12-04 17:00"; day 0 after an error */
	value_zone;	/* const struct zone *; NULL for "device" and after an error */

#define VALUE_LOCAL 24
const char *value_local_text(const struct civil *, char out[VALUE_LOCAL]);

#endif
