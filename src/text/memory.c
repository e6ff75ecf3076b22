#include "memory.h"

void *
array_grow(void *array, size_t *room, size_t count, size_t size)
{
	if (count <= *room)
		return array;
	*room = count > 2 * *room ? count : 2 * *room;
	return memory_resize(array, *room * size);
}

void
buffer_add(struct buffer *b, const char *bytes, size_t length)
{
	b->bytes = array_grow(b->bytes, &b->room, b->length + length + 1, 1);
	if (length)	/* bytes may be NULL if there are none */
		memcpy(b->bytes + b->length, bytes, length);
	b->length += length;
}

void
buffer_free(struct buffer *b)
{
	free(b->bytes);
	*b = (struct buffer){0};
}
