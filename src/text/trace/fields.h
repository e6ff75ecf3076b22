/* trace_fields - lists the fields of each kind of line; private to the decoder and the encoder. */
#ifndef TRACE_FIELDS_H
#define TRACE_FIELDS_H

#include "trace.h"

/* Some fields of a line, and the offset of the struct that holds them. The decoder and the encoder treat fields with
 * neither type nor words one by one. */
struct part {
	const struct field *fields;
	size_t count, offset;
};

#define TRACE_PARTS 2

/* Gets the parts of a line whose kind (and kind of event or effect) is set. Returns their number. */
unsigned trace_parts(const struct trace_line *, struct part parts[TRACE_PARTS]);
extern const struct part trace_device;
struct part trace_settings(void);

#endif
