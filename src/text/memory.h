/* memory - allocation that never fails: if memory runs out, the program prints one line and exits. */
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

/* Like realloc, but never returns NULL. old may be NULL. */
static inline void *
memory_resize(void *old, size_t size)
{
	void *new = realloc(old, size ? size : 1);

	if (!new)
		memory_out();
	return new;
}

/* Returns a new allocation of zeros. */
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

/* Returns the array, possibly moved, with room for at least count entries of the given size. The room doubles, so that
 * adding entries one at a time takes constant time on average. */
void *array_grow(void *array, size_t *room, size_t count, size_t size);

#endif
