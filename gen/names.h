/* names - tables by name, with constant-time lookup, and the generator's memory. */
#ifndef NAMES_H
#define NAMES_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "message.h"

/* Names in the order in which they were added, each with what it means. */
struct names {
	const char **name;		/* NULL-terminated once anything was added */
	void **value;
	size_t count, room;
	size_t *bucket;			/* of a hash: index + 1 */
	size_t buckets;
	bool missed;			/* a lookup failed */
};

void names_add(struct names *, const char *name, void *value);	/* a name that is there already stays first */
void *names_find(const struct names *, const char *name);

/* ` (did you mean "x"?)`, or "" when nothing is near. */
const char *names_hint(const struct names *, const char *name);

/* Zeroed memory, which lives until the program ends. */
void *keep(size_t size);
char *keep_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *keep_arguments(const char *format, va_list);
char *keep_copy(const char *text, size_t length);
char *keep_c_name(const char *name);	/* hyphens and dots become underscores */
char *keep_upper(const char *name);	/* the same in capitals, for constants */

#endif
