/* trace_fields - what each kind of line holds, for the decoder and the encoder alike. Theirs alone. */
#ifndef TRACE_FIELDS_H
#define TRACE_FIELDS_H

#include "trace.h"

/* Some fields of a line and where the struct that holds them lies in it. Fields without type and words are
 * read and written elsewhere. */
struct part {
	const struct field *fields;
	size_t count, offset;
};

#define TRACE_PARTS 2

/* The parts of a line whose kind, and whose kind of event or effect, is known; how many there are. */
unsigned trace_parts(const struct trace_line *, struct part parts[TRACE_PARTS]);
extern const struct part trace_device;
struct part trace_settings(void);

#endif
