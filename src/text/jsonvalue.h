/* jsonvalue - the values that a machine's events, effects and settings carry, as JSON: one table of types, with a
 * decoder and an encoder for each. Enumerations and names are looked up in tables by whoever knows these. */
#ifndef JSONVALUE_H
#define JSONVALUE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

#endif
