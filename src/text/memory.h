/* memory - allocation for programs that cannot go on without it: out of memory is said, and ends the program. */
#ifndef TEXT_MEMORY_H
#define TEXT_MEMORY_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline _Noreturn void
memory_out(void)
{
	fputs("out of memory\n", stderr);
	exit(2);
}

/* As realloc, but never NULL; old may be NULL. */
static inline void *
memory_resize(void *old, size_t size)
{
	void *new = realloc(old, size ? size : 1);

	if (!new)
		memory_out();
	return new;
}

/* New, and all zero. */
static inline void *
memory_zeroed(size_t size)
{
	return memset(memory_resize(NULL, size), 0, size);
}

struct buffer {
	char *bytes;
	size_t length, room;
};

void buffer_add(struct buffer *, const char *bytes, size_t length);
void buffer_free(struct buffer *);

/* The array, moved or not, with room for count entries of size at least; it doubles, so that growing one by one
 * costs a constant. */
void *array_grow(void *array, size_t *room, size_t count, size_t size);

#endif
