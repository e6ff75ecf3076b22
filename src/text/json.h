/* json - the values that a machine's events, effects and settings carry, as JSON: one table of types, with a
 * decoder and an encoder for each. Enumerations and names are looked up in tables by whoever knows these. */
#ifndef TEXT_JSON_H
#define TEXT_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "message.h"

struct out {			/* text being written; the writer knows that it has room */
	char *end;
};

void out_text(struct out *, const char *text);
void out_number(struct out *, int64_t);
void out_string(struct out *, const char *text);	/* in quotes, escaped */

struct jsonvalue {
	const char *name;		/* as in the machine's `types:`, or one of ours */
	const char *expected;		/* for messages */
	/* value points to an int64_t, or to the characters of a text. False, and value in any state: not of this type. */
	bool (*decode)(const json_t *, void *value);
	void (*encode)(struct out *, const void *value);
	bool (*unsaid)(const void *value);	/* nothing to say when optional */
};

/* Never NULL: a machine with a type that no one can write is a bug. */
const struct jsonvalue *jsonvalue_type(const char *name);

/* --- places --- */

enum jsonplace { JSON_KEY, JSON_VALUE };

/* Of the key's first occurrence, at any depth, in one line of well-formed JSON. A key that is not there, and
 * NULL: the line's beginning. */
struct place jsonplace(const char *bytes, size_t length, unsigned line, const char *key, enum jsonplace);

#endif
