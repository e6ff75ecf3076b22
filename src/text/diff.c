#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "diff.h"

#define CONTEXT 3

/* Doubles: an array that grows by one costs a constant. Ends the program when there is no memory. */
static void *
grow(void *array, size_t *room, size_t need, size_t size)
{
	if (need <= *room)
		return array;
	*room = need > 2 * *room ? need : 2 * *room;
	array = realloc(array, *room * size);
	if (!array) {
		fputs("lastcall: out of memory\n", stderr);
		exit(2);
	}
	return array;
}

static size_t
lines_in(const char *text, size_t length)
{
	size_t count = 0;

	for (const char *end = text + length; text < end; count++) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));

		text = newline ? newline + 1 : end;
	}
	return count;
}

void
diff_replace(struct diff *d, size_t line, size_t removed, const char *lines, size_t length)
{
	struct edit *last = d->count ? &d->edits[d->count - 1] : NULL;

	d->added = grow(d->added, &d->added_room, d->added_length + length + 1, 1);
	memcpy(d->added + d->added_length, lines, length);
	d->added_length += length;
	if (last && last->line + last->removed == line) {
		last->removed += removed;
		last->added += lines_in(lines, length);
		last->end = d->added_length;
		return;
	}
	assert(!last || last->line + last->removed < line);
	d->edits = grow(d->edits, &d->room, d->count + 1, sizeof *d->edits);
	d->edits[d->count++] = (struct edit){line, removed, d->added_length - length, d->added_length,
		lines_in(lines, length)};
}

void
diff_free(struct diff *d)
{
	free(d->edits);
	free(d->added);
	*d = (struct diff){0};
}

/* Reads a text line by line, and knows the number of the next. */
struct cursor {
	const char *at, *end;
	size_t line;
};

/* Its length without the newline; false at the end. */
static bool
next(struct cursor *c, const char **line, size_t *length)
{
	const char *newline;

	if (c->at == c->end)
		return false;
	newline = memchr(c->at, '\n', (size_t)(c->end - c->at));
	*line = c->at;
	*length = (size_t)((newline ? newline : c->end) - c->at);
	c->at = newline ? newline + 1 : c->end;
	c->line++;
	return true;
}

struct style {
	const char *prefix;
	bool colour;
	FILE *out;
};

/* A line of the diff: what it is (' ', '-', '+', or 0 for a heading), and its text. */
static void
show(const struct style *s, char mark, const char *line, size_t length)
{
	const char *begin = mark == '-' ? "\33[31m" : mark == '+' ? "\33[32m" : mark ? "" : "\33[36m";

	fprintf(s->out, "%s%s", s->prefix, s->colour ? begin : "");
	if (mark)
		fputc(mark, s->out);
	fwrite(line, 1, length, s->out);
	fprintf(s->out, "%s\n", s->colour && *begin ? "\33[m" : "");
}

static void
show_lines(const struct style *s, char mark, struct cursor *c, size_t until)
{
	const char *line;
	size_t length;

	while (c->line < until && next(c, &line, &length))
		show(s, mark, line, length);
}

static void
show_edit(const struct style *s, const struct diff *d, const struct edit *e, struct cursor *c)
{
	struct cursor added = {d->added + e->begin, d->added + e->end, 0};

	show_lines(s, ' ', c, e->line);
	show_lines(s, '-', c, e->line + e->removed);
	show_lines(s, '+', &added, e->added);
}

/* How many edits from the first on stand so near that their contexts meet. */
static size_t
together(const struct diff *d, size_t first)
{
	size_t count = 1;

	while (first + count < d->count &&
	       d->edits[first + count].line - (d->edits[first + count - 1].line + d->edits[first + count - 1].removed) <=
	       2 * CONTEXT)
		count++;
	return count;
}

/* A line range as unified diffs give it: an empty one stands behind the line before it. */
static void
range(char out[64], size_t begin, size_t count)
{
	snprintf(out, 64, count == 1 ? "%zu" : "%zu,%zu", count ? begin + 1 : begin, count);
}

void
diff_print(const struct diff *d, const char *name, const char *prefix, bool colour, FILE *out)
{
	const struct style style = {prefix, colour, out};
	struct cursor c = {d->text, d->text + d->length, 0};
	size_t lines = lines_in(d->text, d->length), shift = 0, count;
	char heading[160], from[64], to[64];
	const char *line;
	size_t length;

	fprintf(out, "%s--- %s\n%s+++ %s\n", prefix, name, prefix, name);
	for (size_t i = 0; i < d->count; i += count) {
		size_t begin = d->edits[i].line < CONTEXT ? 0 : d->edits[i].line - CONTEXT, end, added = 0, removed = 0;

		count = together(d, i);
		for (size_t k = i; k < i + count; k++) {
			added += d->edits[k].added;
			removed += d->edits[k].removed;
		}
		end = d->edits[i + count - 1].line + d->edits[i + count - 1].removed + CONTEXT;
		end = end < lines ? end : lines;
		range(from, begin, end - begin);
		range(to, begin + shift, end - begin + added - removed);
		snprintf(heading, sizeof heading, "@@ -%s +%s @@", from, to);
		while (c.line < begin && next(&c, &line, &length))
			;
		show(&style, 0, heading, strlen(heading));
		for (size_t k = i; k < i + count; k++)
			show_edit(&style, d, &d->edits[k], &c);
		show_lines(&style, ' ', &c, end);
		shift += added - removed;	/* modulo: may be less than zero in between */
	}
}

void
diff_apply(const struct diff *d, FILE *out)
{
	struct cursor c = {d->text, d->text + d->length, 0};
	const char *line;
	size_t length;

	for (size_t i = 0; i <= d->count; i++) {
		const struct edit *e = i < d->count ? &d->edits[i] : NULL;

		while ((!e || c.line < e->line) && next(&c, &line, &length)) {
			fwrite(line, 1, length, out);
			fputc('\n', out);
		}
		if (!e)
			break;
		fwrite(d->added + e->begin, 1, e->end - e->begin, out);
		while (c.line < e->line + e->removed && next(&c, &line, &length))
			;
	}
}
