/* key - what a YAML map may hold, as a table. One engine reads a text by it and writes it back; whatever else
 * describes the text (a manual, a JSON schema) walks the same table. Knows no policy, no clock, no network.
 *
 * A default is text that an author might have written and goes through the same reader as theirs. */
#ifndef KEY_H
#define KEY_H

#include <stdint.h>
#include <stdio.h>

#include "core/calendar.h"
#include "yaml.h"

struct key;

/* Where complaints go. */
struct source {
	const char *file;
	const struct key *root;		/* the whole table: a key in the wrong section is told where it belongs */
	struct messages *messages;
};

/* A kind of value. */
struct type {
	const char *name;		/* one word, for documentation */
	const char *expected;		/* for messages: "a duration such as 30s, 5m or 2w" */
	/* False, and one error, when the node is no such value; *value is then anything that is no secret. */
	bool (*read)(const struct node *, const struct key *, void *value, const struct source *);
	/* As an author would write it, on one line. */
	void (*write)(const void *value, const struct key *, FILE *);
	enum node_kind kind;		/* what such a value is written as */
	enum message_code code;			/* of its errors that have no code of their own */
	const char *schema;		/* what any such value is, as JSON Schema; the key's limits are added to it */
	const char *example;		/* as YAML */
};

struct key {
	const char *name;		/* NULL ends a table */
	const struct type *type;	/* NULL: a section */
	size_t offset;			/* of the value in the struct that is read into */
	const char *fallback;		/* the default, as YAML; NULL: the key must be there. Sections have none. */
	const char *about;		/* one line for people */
	const char *example;		/* as YAML; NULL: the default, or else the type's */
	int64_t least, most;		/* durations in ms, counts, bytes of a text, members of a list */
	const char *const *words;	/* of a choice of words, NULL-terminated; the value is an index */
	const struct key *keys;		/* of a section */
	bool one_of;			/* a section of which exactly one key is there; offset: of an enum, its index */
};

/* True when root holds what the table says, and out has been filled; otherwise each problem is an error. */
bool keys_read(const struct key *table, const struct node *root, void *out, const char *file, struct messages *);

/* Every key and value in the table's order, defaults too: YAML that reads back as the same values. */
void keys_write(const struct key *table, const void *values, FILE *);

/* For types: "expected WHAT, found NODE", then hint (may be NULL), said at the node, with the type's code. Always
 * false. */
bool key_expected(const struct node *, const struct source *, const char *what, const char *hint);
/* The same with a code of its own. */
bool key_expected_as(enum message_code, const struct node *, const struct source *, const char *what, const char *hint);
/* The same in free words. Always false. */
bool key_refuse(const struct node *, const struct source *, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The same for what is no matter of one type. Always false. */
bool key_fault(const struct node *, const struct source *, enum message_code, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* --- the kinds of value --- */

extern const struct type
	value_fixed,	/* nothing is stored: the text is words[0] */
	value_name,	/* char[most + 1]: a-z, 0-9, dot, dash, underscore, first a letter or digit */
	value_label,	/* char[most + 1]: one line for people, may be empty */
	value_word,	/* an enum: an index into words */
	value_flag,	/* bool: true or false, without quotes */
	value_count,	/* int64_t, least..most */
	value_duration,	/* int64_t ms, least..most; -1 when it could not be read */
	value_days,	/* int64_t ms, whole days written in days or weeks */
	value_rule,	/* the same, or 0 for "never" */
	value_durations,/* int64_t[most] ms, each at least `least`, no two alike; the rest are 0 */
	value_version,	/* int64_t, core/version */
	value_clock,	/* int64_t ms after midnight, "17:00" */
	value_local,	/* struct civil, "2026-12-04 17:00"; day 0 when it could not be read */
	value_zone,	/* const struct zone *; NULL for "device" and for what could not be read */
	value_texts;	/* char[most]: language by language what people read, packed as phrase.h says */

#define VALUE_LOCAL 24
const char *value_local_text(const struct civil *, char out[VALUE_LOCAL]);

#endif
