#include "safemode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/store.h"

#define STARTS 5		/* so many mean safe mode */
#define TEXT_SIZE 256

/* Reads the instants of earlier starts, one a line, as many as matter. Whatever cannot be read is not counted: that is
 * better than an agent that does not start. */
static unsigned
read_starts(const char *path, int64_t at, int64_t starts[STARTS])
{
	struct validators ignored;
	size_t length;
	char *text = store_read(path, TEXT_SIZE, &ignored, &length), *next = text;
	unsigned count = 0;

	while (next && *next && count < STARTS) {
		int64_t start = strtoll(next, &next, 10);

		if (start > at - SAFEMODE_LENGTH && start <= at)
			starts[count++] = start;
		next = *next == '\n' ? next + 1 : NULL;
	}
	free(text);
	return count;
}

bool
safemode_needed(const char *folder, int64_t at)
{
	int64_t starts[STARTS + 1];
	struct validators none = {.source = 0};
	char path[1024], text[TEXT_SIZE];
	unsigned count;
	int length = 0;

	snprintf(path, sizeof path, "%s/starts", folder);
	count = read_starts(path, at, starts);
	starts[count++] = at;
	for (unsigned i = count > STARTS ? 1 : 0; i < count; i++)
		length += snprintf(text + length, sizeof text - (size_t)length, "%lld\n", (long long)starts[i]);
	store_write(path, &none, text, (size_t)length);
	return count >= STARTS;
}
