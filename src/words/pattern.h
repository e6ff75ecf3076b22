/* pattern - fills in texts with placeholders: "{target} will be installed". Pure. */
#ifndef TEXT_PATTERN_H
#define TEXT_PATTERN_H

#include <stddef.h>

struct slot {
	const char *name;	/* NULL ends a list */
	const char *value;
};

/* Replaces each {name} by its value. The result is cut after a whole character if it does not fit. A { that does not
 * begin a placeholder of the list is copied. Returns out. */
const char *pattern_fill(const char *pattern, const struct slot *, char *out, size_t size);

/* Returns the first { that does not begin a placeholder with one of the names (NULL-terminated), or NULL. *length
 * becomes the length up to and including its }, or else of the rest of the pattern. */
const char *pattern_stray(const char *pattern, const char *const *names, size_t *length);

/* Returns the columns that a text takes; a wide East Asian character takes two. */
unsigned pattern_columns(const char *text);

#endif
