/* key - what a YAML map may hold, as a table. One engine reads a text by it and writes it back; whatever else
 * describes the text (a manual, a JSON schema) walks the same table. Knows no policy, no clock, no network.
 *
 * A default is text that an author might have written and goes through the same reader as theirs. */
#ifndef KEY_H
#define KEY_H

#include <stdint.h>
#include <stdio.h>

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

#endif
