/* json - decodes and encodes the values of a machine's events, effects and settings as JSON, by a table of types, and
 * finds the places of keys for messages. */
#ifndef TEXT_JSON_H
#define TEXT_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "message.h"

struct out {			/* text being written; the caller has reserved enough room */
	char *end;
};

void out_text(struct out *, const char *text);
void out_number(struct out *, int64_t);
void out_string(struct out *, const char *text);	/* in quotes, escaped */

struct jsonvalue {
	const char *name;		/* from the machine's `types:`, or from text/trace */
	const char *expected;		/* for messages */
	/* value points to an int64_t, or to the characters of a text. Returns false for another type; the value is then
	 * unspecified. */
	bool (*decode)(const json_t *, void *value);
	void (*encode)(struct out *, const void *value);
	bool (*absent)(const void *value);	/* whether an optional field with this value is left out */
};

/* Never NULL: a machine with an unknown type is a bug. */
const struct jsonvalue *jsonvalue_type(const char *name);

/* --- places --- */

enum jsonplace { JSON_KEY, JSON_VALUE };

/* Returns the place of the key's first occurrence, at any depth, in one line of valid JSON; the beginning of the line
 * if key is missing or NULL. jansson keeps no places; searching again costs nothing while there are no errors. */
struct place jsonplace(const char *bytes, size_t length, unsigned line, const char *key, enum jsonplace);

#endif
