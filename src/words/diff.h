/* diff - a text, and lines of it that should read otherwise: as a unified diff, or as the text that it would
 * then be. Knows nothing of what the lines say. */
#ifndef TEXT_DIFF_H
#define TEXT_DIFF_H

#include <stdbool.h>
#include <stdio.h>

#include "text/memory.h"

struct lines {			/* of a text, one after the other */
	const char *at, *end;
	size_t count;		/* so far */
};

struct lines lines_of(const char *text, size_t length);	/* text may be NULL when there is none */
/* The next line, without its newline; false at the end. */
bool lines_next(struct lines *, const char **line, size_t *length);

struct edit {
	size_t line;		/* from 0: where in the text */
	size_t removed;		/* lines from there on; 0: lines are only added, before it */
	size_t begin, end;	/* the added lines, in diff.added */
	size_t added;		/* how many */
};

struct diff {
	const char *text;	/* borrowed; may lack its last newline */
	size_t length;
	struct edit *edits;	/* in the order of the text */
	size_t count, room;
	struct buffer added;
};

/* lines: whole ones, each with its newline. Edits come in the order of the text; one that touches the last is
 * joined with it. */
void diff_replace(struct diff *, size_t line, size_t removed, const char *lines, size_t length);
/* Three lines of context; prefix stands before every line; colours as git's. */
void diff_print(const struct diff *, const char *name, const char *prefix, bool colour, FILE *);
void diff_apply(const struct diff *, FILE *);
void diff_free(struct diff *);

#endif
