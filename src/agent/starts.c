#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "text/store.h"

#define TEXT_SIZE 256

/* Instants of earlier starts, one a line; as many as matter. What cannot be read did not happen: a start that is
 * not counted is better than an agent that does not start. */
static unsigned
read_starts(const char *path, int64_t at, int64_t starts[SAFE_STARTS])
{
	struct validators ignored;
	size_t length;
	char *text = store_read(path, TEXT_SIZE, &ignored, &length), *next = text;
	unsigned count = 0;

	while (next && *next && count < SAFE_STARTS) {
		int64_t start = strtoll(next, &next, 10);

		if (start > at - SAFE_WITHIN && start <= at)
			starts[count++] = start;
		next = *next == '\n' ? next + 1 : NULL;
	}
	free(text);
	return count;
}

unsigned
starts_count(const char *folder, int64_t at)
{
	int64_t starts[SAFE_STARTS + 1];
	struct validators none = {.source = 0};
	char path[1024], text[TEXT_SIZE];
	unsigned count;
	int length = 0;

	snprintf(path, sizeof path, "%s/starts", folder);
	count = read_starts(path, at, starts);
	starts[count++] = at;
	for (unsigned i = count > SAFE_STARTS ? 1 : 0; i < count; i++)
		length += snprintf(text + length, sizeof text - (size_t)length, "%lld\n", (long long)starts[i]);
	store_write(path, &none, text, (size_t)length);
	return count;
}
