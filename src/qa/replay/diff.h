/* diff - edits of the lines of a text, shown as a unified diff or applied. Does not interpret the lines. */
#ifndef DIFF_H
#define DIFF_H

#include <stdbool.h>
#include <stdio.h>

#include "text/memory.h"

struct lines {			/* an iterator over the lines of a text */
	const char *at, *end;
	size_t count;		/* returned so far */
};

struct lines lines_of(const char *text, size_t length);	/* text may be NULL if length is 0 */
/* Gets the next line, without its newline; false at the end. */
bool lines_next(struct lines *, const char **line, size_t *length);

struct edit {
	size_t line;		/* of the text, from 0 */
	size_t removed;		/* lines from there; 0: lines are only inserted before it */
	size_t begin, end;	/* of the added lines, in diff.added */
	size_t added;		/* number of added lines */
};

struct diff {
	const char *text;	/* borrowed; the last newline may be missing */
	size_t length;
	struct edit *edits;	/* in the order of the text */
	size_t count, room;
	struct buffer added;
};

/* Replaces lines; the new ones each have their newline. Edits are added in the order of the text; adjacent ones are
 * joined. */
void diff_replace(struct diff *, size_t line, size_t removed, const char *lines, size_t length);
/* Prints a unified diff with three lines of context, every line behind prefix, in git's colours. */
void diff_print(const struct diff *, const char *name, const char *prefix, bool colour, FILE *);
void diff_apply(const struct diff *, FILE *);
void diff_free(struct diff *);

#endif
