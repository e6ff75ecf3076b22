#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"

void *
array_grow(void *array, size_t *room, size_t count, size_t size)
{
	if (count <= *room)
		return array;
	*room = count > 2 * *room ? count : 2 * *room;
	array = realloc(array, *room * size);
	if (!array) {
		fputs("lastcall: out of memory\n", stderr);
		exit(2);
	}
	return array;
}

void
buffer_add(struct buffer *b, const char *bytes, size_t length)
{
	b->bytes = array_grow(b->bytes, &b->room, b->length + length + 1, 1);
	memcpy(b->bytes + b->length, bytes, length);
	b->length += length;
}

void
buffer_free(struct buffer *b)
{
	free(b->bytes);
	*b = (struct buffer){0};
}
