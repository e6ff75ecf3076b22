#include "message.h"

#include <assert.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Out of memory while complaining: there is nothing better to do than to say so and stop. */
static void *
must(void *memory)
{
	if (!memory) {
		fputs("lastcall: out of memory\n", stderr);
		abort();
	}
	return memory;
}

void
message_add(struct messages *all, enum severity severity, const char *file, struct place place, const char *format, ...)
{
	struct message m = {.severity = severity, .place = place};
	va_list args;
	int length;

	if (severity == MESSAGE_ERROR)
		all->errors++;
	if (all->count++ >= MESSAGES_KEPT)
		return;
	if (all->count > all->room) {
		all->room = all->room ? 2 * all->room : 8;
		all->list = must(realloc(all->list, all->room * sizeof *all->list));
	}
	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	assert(length >= 0);
	m.text = must(malloc((size_t)length + 1));
	va_start(args, format);
	vsnprintf(m.text, (size_t)length + 1, format, args);
	va_end(args);
	m.file = must(strdup(file));
	all->list[all->count - 1] = m;
}

static size_t
kept(const struct messages *all)
{
	return all->count < MESSAGES_KEPT ? all->count : MESSAGES_KEPT;
}

static int
by_place(const void *a, const void *b)
{
	const struct message *x = *(const struct message *const *)a, *y = *(const struct message *const *)b;
	int files = strcmp(x->file, y->file);

	if (files)
		return files;
	if (x->place.line != y->place.line)
		return x->place.line < y->place.line ? -1 : 1;
	if (x->place.column != y->place.column)
		return x->place.column < y->place.column ? -1 : 1;
	return x < y ? -1 : x > y;
}

static void
print(FILE *out, const struct message *m)
{
	fputs(m->file, out);
	if (m->place.line)
		fprintf(out, ":%u", m->place.line);
	if (m->place.line && m->place.column)
		fprintf(out, ":%u", m->place.column);
	fprintf(out, ": %s: %s\n", m->severity == MESSAGE_ERROR ? "error" : "warning", m->text);
}

char *
message_text(struct messages *all)
{
	const struct message **sorted = must(calloc(kept(all) + 1, sizeof *sorted));
	char *text = NULL;
	size_t length;
	FILE *out = must(open_memstream(&text, &length));

	for (size_t i = 0; i < kept(all); i++)
		sorted[i] = &all->list[i];
	qsort(sorted, kept(all), sizeof *sorted, by_place);
	for (size_t i = 0; i < kept(all); i++)
		print(out, sorted[i]);
	if (all->count > MESSAGES_KEPT)
		fprintf(out, "and %zu more\n", all->count - MESSAGES_KEPT);
	free(sorted);
	if (fclose(out) != 0)
		must(NULL);
	return text;
}

void
message_free(struct messages *all)
{
	for (size_t i = 0; i < kept(all); i++) {
		free(all->list[i].file);
		free(all->list[i].text);
	}
	free(all->list);
	*all = (struct messages){0};
}

#define NAME_MAX_NEAR 63

/* Damerau's distance with neighbours swapped, upper and lower case alike; words beyond NAME_MAX_NEAR are far. */
static unsigned
distance(const char *a, const char *b)
{
	size_t la = strlen(a), lb = strlen(b);
	unsigned row[3][NAME_MAX_NEAR + 1], *before = row[0], *last = row[1], *now = row[2];

	if (la > NAME_MAX_NEAR || lb > NAME_MAX_NEAR)
		return NAME_MAX_NEAR;
	memset(row, 0, sizeof row);
	for (size_t j = 0; j <= lb; j++)
		last[j] = (unsigned)j;
	for (size_t i = 1; i <= la; i++) {
		unsigned *spare = before;

		now[0] = (unsigned)i;
		for (size_t j = 1; j <= lb; j++) {
			int ca = tolower((unsigned char)a[i - 1]), cb = tolower((unsigned char)b[j - 1]);
			unsigned best = last[j - 1] + (ca != cb);

			if (last[j] + 1 < best)
				best = last[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && ca == tolower((unsigned char)b[j - 2]) &&
			    cb == tolower((unsigned char)a[i - 2]) && before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			now[j] = best;
		}
		before = last;
		last = now;
		now = spare;
	}
	return last[lb];
}

const char *
message_near(const char *name, const char *const *words)
{
	unsigned best = (unsigned)strlen(name) / 3 + 1;
	const char *found = NULL;

	for (; *words; words++) {
		unsigned d = distance(name, *words);

		/* A guess that shares nothing with the name helps nobody: d must stay below both lengths. */
		if (d < best + (found == NULL) && d < strlen(name) && d < strlen(*words)) {
			best = d;
			found = *words;
		}
	}
	return found;
}

static size_t
escape(unsigned char c, char out[5])
{
	static const char plain[] = "\n\\n\t\\t\r\\r\"\\\"\\\\\\";

	for (const char *p = plain; *p; p += 3)
		if ((unsigned char)*p == c) {
			memcpy(out, p + 1, 2);
			return 2;
		}
	if (c >= 0x20 && c != 0x7f) {
		out[0] = (char)c;
		return 1;
	}
	snprintf(out, 5, "\\x%02x", c);
	return 4;
}

/* The length of the UTF-8 character that starts here, 0 when there is none (RFC 3629). */
static size_t
character(const unsigned char *s, size_t left)
{
	size_t n = s[0] < 0x80 ? 1 : s[0] >= 0xc2 && s[0] < 0xe0 ? 2 : s[0] >= 0xe0 && s[0] < 0xf0 ? 3 :
		s[0] >= 0xf0 && s[0] < 0xf5 ? 4 : 0;

	if (n == 0 || n > left)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) || (s[0] == 0xf0 && s[1] < 0x90) ||
	    (s[0] == 0xf4 && s[1] > 0x8f))
		return 0;
	/* C1 controls steer some terminals. */
	return n == 2 && s[0] == 0xc2 && s[1] < 0xa0 ? 0 : n;
}

const char *
message_quote(const char *bytes, size_t length, char out[QUOTED_SIZE])
{
	size_t n = 0, shown = 0, i = 0;

	out[n++] = '"';
	while (i < length && shown < 40) {
		size_t wide = character((const unsigned char *)bytes + i, length - i);

		if (wide > 1) {
			memcpy(out + n, bytes + i, wide);
			n += wide;
			i += wide;
		} else if (wide == 1) {
			n += escape((unsigned char)bytes[i++], out + n);
		} else {
			n += (size_t)snprintf(out + n, 5, "\\x%02x", (unsigned char)bytes[i++]);
		}
		shown++;
	}
	snprintf(out + n, QUOTED_SIZE - n, i < length ? "\"..." : "\"");
	return out;
}
