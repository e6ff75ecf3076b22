#include "pattern.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct text {			/* text being written into a buffer of fixed size */
	char *out;
	size_t used, size;
	bool full;
};

/* Cuts text that does not fit, but not inside a character. */
static void
append_text(struct text *t, const char *from, size_t length)
{
	size_t room = t->size - 1 - t->used;

	if (t->full)
		return;
	if (length > room) {
		t->full = true;
		for (length = room; length && ((unsigned char)from[length] & 0xc0) == 0x80;)
			length--;
	}
	memcpy(t->out + t->used, from, length);
	t->used += length;
}

/* Whether text begins with {name}; *length is then the length of {name}. */
static bool
begins_with_place(const char *text, const char *name, size_t *length)
{
	size_t n = strlen(name);

	if (strncmp(text + 1, name, n) != 0 || text[n + 1] != '}')
		return false;
	*length = n + 2;
	return true;
}

static const struct slot *
find_slot(const char *text, const struct slot *slots, size_t *length)
{
	for (; slots->name; slots++)
		if (begins_with_place(text, slots->name, length))
			return slots;
	return NULL;
}

const char *
pattern_fill(const char *pattern, const struct slot *slots, char *out, size_t size)
{
	struct text t = {out, 0, size, false};

	assert(size > 0);
	while (*pattern) {
		size_t length = strcspn(pattern + 1, "{") + 1;
		const struct slot *slot = *pattern == '{' ? find_slot(pattern, slots, &length) : NULL;

		if (slot)
			append_text(&t, slot->value, strlen(slot->value));
		else
			append_text(&t, pattern, length);
		pattern += length;
	}
	out[t.used] = '\0';
	return out;
}

const char *
pattern_stray(const char *pattern, const char *const *names, size_t *length)
{
	while ((pattern = strchr(pattern, '{'))) {
		const char *const *name = names;

		while (*name && !begins_with_place(pattern, *name, length))
			name++;
		if (!*name) {
			*length = strcspn(pattern, "}");
			*length += pattern[*length] == '}';
			return pattern;
		}
		pattern += *length;
	}
	return NULL;
}

/* Reads the next character of valid UTF-8. */
static uint32_t
next_character(const char **text)
{
	const unsigned char *c = (const unsigned char *)*text;
	int more = c[0] < 0xc0 ? 0 : c[0] < 0xe0 ? 1 : c[0] < 0xf0 ? 2 : 3;
	uint32_t glyph = more ? c[0] & (0x3fu >> more) : c[0];

	for (int i = 1; i <= more && c[i]; i++)
		glyph = glyph << 6 | (c[i] & 0x3fu);
	for (*text += 1; more-- && ((unsigned char)**text & 0xc0) == 0x80;)
		*text += 1;
	return glyph;
}

/* Returns a character's columns, from a simplified list of combining marks and of the wide and full-width blocks in
 * Unicode's EastAsianWidth.txt. */
static unsigned
character_columns(uint32_t glyph)
{
	static const struct {
		uint32_t first, last;
		unsigned columns;
	} blocks[] = {
		{0x0300, 0x036f, 0}, {0x1100, 0x115f, 2}, {0x200b, 0x200f, 0}, {0x2e80, 0xa4cf, 2}, {0xac00, 0xd7a3, 2},
		{0xf900, 0xfaff, 2}, {0xfe00, 0xfe0f, 0}, {0xfe30, 0xfe6f, 2}, {0xff00, 0xff60, 2}, {0xffe0, 0xffe6, 2},
		{0x1f300, 0x1faff, 2}, {0x20000, 0x3fffd, 2},
	};

	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
		if (glyph >= blocks[i].first && glyph <= blocks[i].last)
			return blocks[i].columns;
	return 1;
}

unsigned
pattern_columns(const char *text)
{
	unsigned count = 0;

	while (*text)
		count += character_columns(next_character(&text));
	return count;
}
