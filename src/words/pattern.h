/* pattern - texts with places to fill: "{target} will be installed". Pure. */
#ifndef TEXT_PATTERN_H
#define TEXT_PATTERN_H

#include <stddef.h>

struct slot {
	const char *name;	/* NULL ends a list */
	const char *value;
};

/* The pattern with each {name} replaced by its value, cut after a whole character when it does not fit. A { that
 * begins no such place stays as it is. Returns out. */
const char *pattern_fill(const char *pattern, const struct slot *, char *out, size_t size);

/* The first { that begins no place with one of the names (NULL-terminated), or NULL. *length: up to its }, or the
 * end of the pattern. */
const char *pattern_stray(const char *pattern, const char *const *names, size_t *length);

/* How many columns a text takes, where a wide character of East Asia takes two. */
unsigned pattern_columns(const char *text);

#endif
