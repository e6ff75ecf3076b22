#include "diff.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define CONTEXT 3

struct lines
lines_of(const char *text, size_t length)
{
	return length ? (struct lines){text, text + length, 0} : (struct lines){0};
}

bool
lines_next(struct lines *l, const char **line, size_t *length)
{
	const char *newline;

	if (l->at == l->end)
		return false;
	newline = memchr(l->at, '\n', (size_t)(l->end - l->at));
	*line = l->at;
	*length = (size_t)((newline ? newline : l->end) - l->at);
	l->at = newline ? newline + 1 : l->end;
	l->count++;
	return true;
}

static size_t
lines_in(const char *text, size_t length)
{
	struct lines l = lines_of(text, length);
	const char *line;

	while (lines_next(&l, &line, &length))
		;
	return l.count;
}

void
diff_replace(struct diff *d, size_t line, size_t removed, const char *lines, size_t length)
{
	struct edit *last = d->count ? &d->edits[d->count - 1] : NULL;

	buffer_add(&d->added, lines, length);
	if (last && last->line + last->removed == line) {
		last->removed += removed;
		last->added += lines_in(lines, length);
		last->end = d->added.length;
		return;
	}
	assert(!last || last->line + last->removed < line);
	d->edits = array_grow(d->edits, &d->room, d->count + 1, sizeof *d->edits);
	d->edits[d->count++] = (struct edit){line, removed, d->added.length - length, d->added.length,
		lines_in(lines, length)};
}

void
diff_free(struct diff *d)
{
	free(d->edits);
	buffer_free(&d->added);
	*d = (struct diff){0};
}

struct style {
	const char *prefix;
	bool colour;
	FILE *out;
};

/* Prints a line of the diff; mark is ' ', '-', '+', or 0 for a heading. */
static void
print_line(const struct style *s, char mark, const char *line, size_t length)
{
	const char *begin = mark == '-' ? "\33[31m" : mark == '+' ? "\33[32m" : mark ? "" : "\33[36m";

	fprintf(s->out, "%s%s", s->prefix, s->colour ? begin : "");
	if (mark)
		fputc(mark, s->out);
	fwrite(line, 1, length, s->out);
	fprintf(s->out, "%s\n", s->colour && *begin ? "\33[m" : "");
}

static void
print_lines(const struct style *s, char mark, struct lines *c, size_t until)
{
	const char *line;
	size_t length;

	while (c->count < until && lines_next(c, &line, &length))
		print_line(s, mark, line, length);
}

static void
print_edit(const struct style *s, const struct diff *d, const struct edit *e, struct lines *c)
{
	struct lines added = {0};

	if (e->added)
		added = lines_of(d->added.bytes + e->begin, e->end - e->begin);
	print_lines(s, ' ', c, e->line);
	print_lines(s, '-', c, e->line + e->removed);
	print_lines(s, '+', &added, e->added);
}

/* Returns the number of edits from the first on whose contexts touch: they share a heading. */
static size_t
edits_in_hunk(const struct diff *d, size_t first)
{
	size_t count = 1;

	while (first + count < d->count &&
	       d->edits[first + count].line - (d->edits[first + count - 1].line + d->edits[first + count - 1].removed) <=
	       2 * CONTEXT)
		count++;
	return count;
}

/* Writes a line range as unified diffs do: an empty one is given by the line before it. */
static void
write_range(char out[64], size_t begin, size_t count)
{
	snprintf(out, 64, count == 1 ? "%zu" : "%zu,%zu", count ? begin + 1 : begin, count);
}

void
diff_print(const struct diff *d, const char *name, const char *prefix, bool colour, FILE *out)
{
	const struct style style = {prefix, colour, out};
	struct lines c = lines_of(d->text, d->length);
	size_t lines = lines_in(d->text, d->length), shift = 0, count;
	char heading[160], from[64], to[64];
	const char *line;
	size_t length;

	fprintf(out, "%s--- %s\n%s+++ %s\n", prefix, name, prefix, name);
	for (size_t i = 0; i < d->count; i += count) {
		size_t begin = d->edits[i].line < CONTEXT ? 0 : d->edits[i].line - CONTEXT, end, added = 0, removed = 0;

		count = edits_in_hunk(d, i);
		for (size_t k = i; k < i + count; k++) {
			added += d->edits[k].added;
			removed += d->edits[k].removed;
		}
		end = d->edits[i + count - 1].line + d->edits[i + count - 1].removed + CONTEXT;
		end = end < lines ? end : lines;
		write_range(from, begin, end - begin);
		write_range(to, begin + shift, end - begin + added - removed);
		snprintf(heading, sizeof heading, "@@ -%s +%s @@", from, to);
		while (c.count < begin && lines_next(&c, &line, &length))
			;
		print_line(&style, 0, heading, strlen(heading));
		for (size_t k = i; k < i + count; k++)
			print_edit(&style, d, &d->edits[k], &c);
		print_lines(&style, ' ', &c, end);
		shift += added - removed;	/* modulo: may be less than zero in between */
	}
}

void
diff_apply(const struct diff *d, FILE *out)
{
	struct lines c = lines_of(d->text, d->length);
	const char *line;
	size_t length;

	for (size_t i = 0; i <= d->count; i++) {
		const struct edit *e = i < d->count ? &d->edits[i] : NULL;

		while ((!e || c.count < e->line) && lines_next(&c, &line, &length)) {
			fwrite(line, 1, length, out);
			fputc('\n', out);
		}
		if (!e)
			break;
		if (e->added)
			fwrite(d->added.bytes + e->begin, 1, e->end - e->begin, out);
		while (c.count < e->line + e->removed && lines_next(&c, &line, &length))
			;
	}
}
