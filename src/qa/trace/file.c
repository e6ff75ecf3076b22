#include "file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "text/memory.h"
#include "text/file.h"

#define TRACE_BYTES_MAX ((size_t)256 << 20)

static char *
read_stdin(size_t *length, struct messages *messages)
{
	struct buffer b = {0};
	char bytes[65536];
	size_t got;

	while ((got = fread(bytes, 1, sizeof bytes, stdin)) > 0 && b.length <= TRACE_BYTES_MAX)
		buffer_add(&b, bytes, got);
	*length = b.length;
	buffer_add(&b, "", 1);
	if (!ferror(stdin) && *length <= TRACE_BYTES_MAX)
		return b.bytes;
	message_add(messages, MESSAGE_ERROR, "-", (struct place){0, 0}, "%s",
		ferror(stdin) ? strerror(errno) : "too large: at most 256 MB are read");
	buffer_free(&b);
	return NULL;
}

char *
trace_file(const char *name, size_t *length, struct messages *messages)
{
	return strcmp(name, "-") ? file_read(name, TRACE_BYTES_MAX, length, messages) : read_stdin(length, messages);
}
