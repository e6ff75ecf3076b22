#include "run.h"

#include <stdlib.h>
#include <string.h>

#include "text/memory.h"

#define TABLE_MAX 1000000	/* cells of the table for the longest common subsequence */

void
piece_add(struct buffer *b, const struct piece *p)
{
	buffer_add(b, p->text, p->length);
	buffer_add(b, "\n", 1);
}

void
run_begin(struct run *r, size_t first)
{
	r->first = first;
	r->count = 0;
	r->answers.length = 0;
}

void
run_expect(struct run *r, const struct piece *p)
{
	r->expected = array_grow(r->expected, &r->room, r->count + 1, sizeof *r->expected);
	r->expected[r->count++] = *p;
}

void
run_answer(struct run *r)
{
	char text[TRACE_LINE_MAX];
	size_t length = trace_encode(&r->line, text);

	text[length] = '\n';
	buffer_add(&r->answers, text, length + 1);
}

void
run_free(struct run *r)
{
	free(r->expected);
	buffer_free(&r->answers);
}

/* Returns whether a text is what a journal adds to a line: ,"seq":12,"crc":"0a1b2c3d"} */
static bool
is_seal(const char *text, size_t length)
{
	static const char pattern[] = ",\"seq\":9,\"crc\":\"ffffffff\"}";	/* 9: digits, f: one in hex */
	const char *p = pattern, *end = text + length;

	for (; text < end && *p; p++, text++) {
		if (*p == '9')
			while (text + 1 < end && text[0] >= '0' && text[0] <= '9' && text[1] >= '0' && text[1] <= '9')
				text++;
		if (*p == '9' ? *text < '0' || *text > '9' :
		    *p == 'f' ? !memchr("0123456789abcdef", *text, 16) : *text != *p)
			return false;
	}
	return text == end && !*p;
}

static bool
same_text(const struct piece *p, const char *answer, size_t length)
{
	if (p->length < length || memcmp(p->text, answer, length - 1) != 0)
		return false;
	return p->length == length ? p->text[length - 1] == '}' : is_seal(p->text + length - 1, p->length - length + 1);
}

/* Returns whether all lines are equal as text, without a journal's seq and crc. */
static bool
same_texts(const struct run *r)
{
	struct lines lines = lines_of(r->answers.bytes, r->answers.length);
	const char *answer;
	size_t length;

	for (size_t i = 0; i < r->count; i++)
		if (!lines_next(&lines, &answer, &length) || !same_text(&r->expected[i], answer, length))
			return false;
	return !lines_next(&lines, &answer, &length);
}

/* The lines of a text. */
struct list {
	struct piece *pieces;
	size_t count, room;
};

static void
split_lines(const struct buffer *text, struct list *list)
{
	struct lines lines = lines_of(text->bytes, text->length);
	struct piece p = {0};

	while (lines_next(&lines, &p.text, &p.length)) {
		list->pieces = array_grow(list->pieces, &list->room, list->count + 1, sizeof p);
		list->pieces[list->count++] = p;
	}
}

/* Writes the expected lines as the machine would. */
static bool
normalize_expected(const struct run *r, struct buffer *text, const char *file, struct messages *messages)
{
	struct trace_line *line = memory_resize(NULL, sizeof *line);
	struct messages unknown = {0};
	char bytes[TRACE_LINE_MAX];
	bool good = true;

	for (size_t i = 0; i < r->count; i++) {
		const struct piece *p = &r->expected[i];
		size_t length;

		if (!trace_decode(p->text, p->length, file, (unsigned)p->number + 1, line, r->foreign ? &unknown : messages)) {
			good &= r->foreign;
			piece_add(text, p);
			continue;
		}
		line->has_awake = false;
		line->seq = 0;
		length = trace_encode(line, bytes);
		bytes[length] = '\n';
		buffer_add(text, bytes, length + 1);
	}
	free(line);
	message_free(&unknown);
	return good;
}

static bool
same_line(const struct piece *a, const struct piece *b)
{
	return a->length == b->length && !memcmp(a->text, b->text, a->length);
}

void
run_drop_lost(const struct run *r, struct effects *fx)
{
	struct messages unread = {0};
	struct buffer text = {0};
	struct list old = {0}, new = {0};
	unsigned kept = 0;
	size_t from = 0;

	normalize_expected(r, &text, "", &unread);
	split_lines(&text, &old);
	split_lines(&r->answers, &new);
	for (unsigned i = 0; new.count >= fx->count && i < fx->count; i++) {
		size_t k = from;

		while (k < old.count && !same_line(&old.pieces[k], &new.pieces[new.count - fx->count + i]))
			k++;
		if (k == old.count)
			continue;
		fx->list[kept++] = fx->list[i];
		from = k + 1;
	}
	fx->count = kept;
	free(old.pieces);
	free(new.pieces);
	buffer_free(&text);
	message_free(&unread);
}

/* What remains of expected (old) and answered (new) lines without those that are equal at the beginning and at the end. */
struct middle {
	const struct piece *old, *new;
	size_t old_count, new_count, skipped;
};

static struct middle
trim_equal(const struct list *old, const struct list *new)
{
	struct middle m = {old->pieces, new->pieces, old->count, new->count, 0};

	while (m.old_count && m.new_count && same_line(m.old, m.new)) {
		m.old++, m.new++, m.skipped++;
		m.old_count--, m.new_count--;
	}
	while (m.old_count && m.new_count && same_line(&m.old[m.old_count - 1], &m.new[m.new_count - 1]))
		m.old_count--, m.new_count--;
	return m;
}

/* Returns the table of longest common subsequences; cell (i, k) is for old from i on and new from k on. NULL if it would
 * be too large. */
static unsigned *
common_lengths(const struct middle *m)
{
	size_t width = m->new_count + 1;
	unsigned *table;

	if (m->old_count * width > TABLE_MAX || !(table = calloc((m->old_count + 1) * width, sizeof *table)))
		return NULL;
	for (size_t i = m->old_count; i-- > 0;)
		for (size_t k = m->new_count; k-- > 0;) {
			unsigned *cell = &table[i * width + k];

			if (same_line(&m->old[i], &m->new[k]))
				*cell = cell[width + 1] + 1;
			else
				*cell = cell[width] >= cell[1] ? cell[width] : cell[1];
		}
	return table;
}

static void
compare_lines(const struct run *r, const struct middle *m, struct diff *d)
{
	size_t i = 0, k = 0, width = m->new_count + 1;
	unsigned *table = common_lengths(m);	/* NULL: all lines are replaced */

	while (i < m->old_count || k < m->new_count) {
		const unsigned *cell = table ? &table[i * width + k] : NULL;
		size_t line = i + m->skipped < r->count ? r->expected[i + m->skipped].number :
			      r->count ? r->expected[r->count - 1].number + 1 : r->first;

		if (table && i < m->old_count && k < m->new_count && same_line(&m->old[i], &m->new[k]))
			i++, k++;
		else if (i < m->old_count && (k == m->new_count || !table || cell[width] >= cell[1]))
			diff_replace(d, line, 1, "", 0), i++;
		else if (!r->cut)
			diff_replace(d, line, 0, m->new[k].text, m->new[k].length + 1), k++;
		else
			k++;
	}
	free(table);
}

bool
run_close(struct run *r, struct diff *d, const char *file, struct messages *messages)
{
	struct buffer text = {0};
	struct list old = {0}, new = {0};
	struct middle m;
	bool good;

	if (d && same_texts(r))
		return true;
	good = normalize_expected(r, &text, file, messages);
	if (good && d) {
		split_lines(&text, &old);
		split_lines(&r->answers, &new);
		m = trim_equal(&old, &new);
		compare_lines(r, &m, d);
	}
	free(old.pieces);
	free(new.pieces);
	buffer_free(&text);
	return good;
}
