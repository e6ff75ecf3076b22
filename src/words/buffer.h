/* buffer - bytes and arrays that grow. Out of memory ends the program, in one line. */
#ifndef BUFFER_H
#define BUFFER_H

#include <stddef.h>

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
