/* lines - a stream of bytes taken apart into lines, within limits. */
#ifndef LINES_H
#define LINES_H

#include <stdbool.h>
#include <stddef.h>

#define LINES_LONGEST 65536

struct lines {
	char held[LINES_LONGEST + 1];	/* of a line whose end has not come yet */
	size_t length;
	bool skipping;			/* the rest of a line that was too long */
};

/* Each line, without its end (newline or carriage return), NUL-terminated. cut: it was longer than this. */
typedef void lines_line(void *context, const char *line, bool cut);

void lines_take(struct lines *, const char *bytes, size_t length, lines_line *, void *context);
/* The last line, if it had no end. */
void lines_finish(struct lines *, lines_line *, void *context);

#endif
