/* trace_reading - one line of a trace while it is decoded: its members, and every complaint about them. The
 * decoder's alone. */
#ifndef TRACE_READING_H
#define TRACE_READING_H

#include <jansson.h>

#include "jsonplace.h"
#include "trace_fields.h"

struct reading {
	const char *bytes;
	size_t length;
	const char *file;
	unsigned line;
	struct messages *messages;
	bool failed;
};

/* Every table of names has the name first in its entries; stride is the size of one. */
struct names {
	const void *table;
	size_t stride, count;
};
#define NAMES(table, count) (const struct names){table, sizeof *(table), count}

/* key NULL: about the line as a whole. */
void trace_complain(struct reading *, const char *key, enum jsonplace, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void trace_expected(struct reading *, const char *key, const char *what, const json_t *found);
/* JSON_KEY: name itself is a key that nothing knows; JSON_VALUE: it is what key holds. suggestion may be NULL. */
void trace_unknown(struct reading *, const char *key, enum jsonplace, const char *name, const char *suggestion);

/* The index among names of the string that key holds; false and an error when it is none of them. */
bool trace_name(struct reading *, const char *key, const json_t *value, struct names, unsigned *index);
/* Every member of an object into its field of the line. */
void trace_members(struct reading *, json_t *object, const struct part *parts, unsigned count, struct trace_line *);
/* Complains, at the owner's key, of members that must be there. */
void trace_missing(struct reading *, const json_t *object, const struct part *, const char *owner);

#endif
