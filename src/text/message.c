#include "message.h"

#include <assert.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

enum { NAME_MAX_NEAR = 64, QUOTED_CHARACTERS = 40 };

static char *
copy_text(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(memory_resize(NULL, size), text, size);
}

/* Keeps a message on one line, even if a file name or text holds control characters. */
static void
mask_controls(char *text)
{
	for (; *text; text++)
		if (iscntrl((unsigned char)*text))
			*text = '?';
}

/* Makes room for a message; false if the file already has MESSAGES_KEPT of them. */
static bool
make_room(struct messages *ms, const char *file)
{
	ms->of_file = ms->count && !strcmp(ms->list[ms->count - 1].file, file) ? ms->of_file + 1 : 1;
	if (ms->of_file > MESSAGES_KEPT)
		return false;
	if (ms->count == ms->room) {
		ms->room = ms->room ? 2 * ms->room : 8;
		ms->list = memory_resize(ms->list, ms->room * sizeof(*ms->list));
	}
	return true;
}

static void
add_message(struct messages *ms, struct message m, const char *file, const char *format, va_list args)
{
	va_list again;
	int length;

	ms->errors += m.severity == MESSAGE_ERROR;
	ms->warnings += m.severity == MESSAGE_WARNING;
	if (!make_room(ms, file))
		return;
	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, args);
	assert(length >= 0);
	m.file = copy_text(file);
	m.text = memory_resize(NULL, (size_t)length + 1);
	vsnprintf(m.text, (size_t)length + 1, format, again);
	va_end(again);
	mask_controls(m.file);
	mask_controls(m.text);
	ms->list[ms->count++] = m;
}

void
message_add(struct messages *ms, enum severity severity, const char *file, struct place place, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_message(ms, (struct message){.severity = severity, .place = place}, file, format, args);
	va_end(args);
}

void
message_coded(struct messages *ms, enum message_code code, const char *file, struct place place, const char *format, ...)
{
	enum severity severity = code < CODE_WARNINGS ? MESSAGE_ERROR : MESSAGE_WARNING;
	va_list args;

	va_start(args, format);
	add_message(ms, (struct message){severity, code, place, NULL, NULL}, file, format, args);
	va_end(args);
}

void
message_stamp(struct messages *ms, size_t from, enum message_code code)
{
	for (size_t i = from; i < ms->count; i++)
		if (ms->list[i].code == CODE_NONE)
			ms->list[i].code = code;
}

void
message_drop(struct messages *ms, enum message_code code, const char *file, struct place place)
{
	size_t kept = 0;

	for (size_t i = 0; i < ms->count; i++) {
		struct message m = ms->list[i];

		if (m.code != code || m.place.line != place.line || m.place.column != place.column ||
		    strcmp(m.file, file) != 0) {
			ms->list[kept++] = m;
			continue;
		}
		ms->errors -= m.severity == MESSAGE_ERROR;
		ms->warnings -= m.severity == MESSAGE_WARNING;
		free(m.file);
		free(m.text);
	}
	ms->count = kept;
}

static int
compare_places(const struct message *a, const struct message *b)
{
	int files = strcmp(a->file, b->file);

	if (files)
		return files;
	if (a->place.line != b->place.line)
		return a->place.line < b->place.line ? -1 : 1;
	return (a->place.column > b->place.column) - (a->place.column < b->place.column);
}

/* Uses an insertion sort, because qsort is not stable and the list is short. */
void
message_sort(struct messages *ms)
{
	for (size_t i = 1; i < ms->count; i++) {
		struct message moved = ms->list[i];
		size_t j = i;

		for (; j > 0 && compare_places(&moved, &ms->list[j - 1]) < 0; j--)
			ms->list[j] = ms->list[j - 1];
		ms->list[j] = moved;
	}
}

void
message_write(const struct message *m, FILE *out)
{
	static const char *const words[] = {
		[MESSAGE_ERROR] = "error: ", [MESSAGE_WARNING] = "warning: ", [MESSAGE_FINDING] = "",
	};

	fputs(m->file, out);
	if (m->place.line)
		fprintf(out, ":%u", m->place.line);
	if (m->place.line && m->place.column)
		fprintf(out, ":%u", m->place.column);
	fprintf(out, ": %s%s", words[m->severity], m->text);
}

char *
message_text(struct messages *ms)
{
	char *text = NULL;
	size_t size = 0, kept = 0;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return copy_text("out of memory\n");
	message_sort(ms);
	for (size_t i = 0; i < ms->count; i++) {
		message_write(&ms->list[i], out);
		fputc('\n', out);
		kept += ms->list[i].severity == MESSAGE_ERROR;
	}
	if (ms->errors > kept)
		fprintf(out, "and %zu more errors\n", ms->errors - kept);
	fclose(out);
	return text;
}

void
message_print(struct messages *messages, FILE *out)
{
	char *text = message_text(messages);

	fputs(text, out);
	free(text);
	message_free(messages);
}

void
message_free(struct messages *ms)
{
	for (size_t i = 0; i < ms->count; i++) {
		free(ms->list[i].file);
		free(ms->list[i].text);
	}
	free(ms->list);
	*ms = (struct messages){0};
}

static size_t
minimum(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Returns the number of letters to change, insert, delete or swap with a neighbour to turn a into b. */
static size_t
edit_distance(const char *a, size_t na, const char *b, size_t nb)
{
	size_t row[3][NAME_MAX_NEAR + 1], *before = row[0], *last = row[1], *this = row[2];

	for (size_t j = 0; j <= nb; j++)
		last[j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t *recycled = before;

		this[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			this[j] = minimum(last[j - 1] + (a[i - 1] != b[j - 1]), minimum(last[j], this[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				this[j] = minimum(this[j], before[j - 2] + 1);
		}
		before = last;
		last = this;
		this = recycled;
	}
	return last[nb];
}

const char *
message_near(const char *name, const char *const *words)
{
	size_t length = strlen(name), nearest = 1 + length / 4;
	const char *found = NULL;

	if (length == 0 || length > NAME_MAX_NEAR)
		return NULL;
	for (; *words; words++) {
		size_t n = strlen(*words), d;

		if (n > NAME_MAX_NEAR || n > length + nearest || length > n + nearest)
			continue;
		d = edit_distance(name, length, *words, n);
		if (d < n && d < length && d <= nearest && (!found || d < nearest)) {
			nearest = d;
			found = *words;
		}
	}
	return found;
}

size_t
message_printable(const char *bytes, size_t length)
{
	const unsigned char *text = (const unsigned char *)bytes;
	size_t n = text[0] < 0x80 ? 1 : text[0] >= 0xc2 && text[0] < 0xe0 ? 2 : (text[0] & 0xf0) == 0xe0 ? 3
		: text[0] >= 0xf0 && text[0] < 0xf5 ? 4 : 0;

	if (n == 1)
		return text[0] >= 0x20 && text[0] != 0x7f;
	if (n > length)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((text[i] & 0xc0) != 0x80)
			return 0;
	return n == 2 && text[0] == 0xc2 && text[1] < 0xa0 ? 0 : n;
}

static char *
write_escaped(char *out, unsigned char byte)
{
	static const char named[] = "\nn\tt\rr\"\"\\\\";

	for (const char *pair = named; *pair; pair += 2)
		if (*pair == (char)byte)
			return out + sprintf(out, "\\%c", pair[1]);
	return out + sprintf(out, "\\x%02x", byte);
}

const char *
message_quote(const char *bytes, size_t length, char out[QUOTED_SIZE])
{
	const char *from = bytes, *end = from + length;
	char *to = out;

	*to++ = '"';
	for (int characters = 0; from < end; characters++) {
		size_t n = message_printable(from, (size_t)(end - from));

		if (characters == QUOTED_CHARACTERS) {
			to = strcpy(to, "...") + 3;
			break;
		}
		if (n == 0 || *from == '"' || *from == '\\') {
			to = write_escaped(to, (unsigned char)*from++);
			continue;
		}
		memcpy(to, from, n);
		to += n;
		from += n;
	}
	strcpy(to, "\"");
	return out;
}
