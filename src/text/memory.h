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

#endif
