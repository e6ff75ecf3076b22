/* jsonpath - finds the line and column of a path in JSON. */
#include "nudge_file.h"

#include <stdlib.h>
#include <string.h>

static const char *
skip_space(const char *p)
{
	return p + strspn(p, " \t\r\n");
}

/* p is at the opening quote. Returns what follows the closing one. */
static const char *
skip_string(const char *p)
{
	for (p++; *p && *p != '"'; p++)
		p += *p == '\\' && p[1];
	return *p ? p + 1 : p;
}

/* Only counts brackets, since the text is well-formed. */
static const char *
skip_value(const char *p)
{
	int depth = 0;

	do {
		if (*p == '"') {
			p = skip_string(p);
			continue;
		}
		depth += *p == '[' || *p == '{';
		depth -= *p == ']' || *p == '}';
		p++;
	} while (*p && (depth > 0 || !strchr(",]} \t\r\n", *p)));
	return p;
}

/* Returns the member of a list or map that follows p, or NULL at the end. */
static const char *
next_member(const char *p)
{
	p = skip_space(skip_value(p));
	return *p == ',' ? skip_space(p + 1) : NULL;
}

/* p is at the first key. Returns the key of this name, or NULL. */
static const char *
find_key(const char *p, const char *name, size_t length)
{
	while (p && *p == '"') {
		const char *end = skip_string(p);

		if ((size_t)(end - p) == length + 2 && !strncmp(p + 1, name, length))
			return p;
		p = next_member(skip_space(skip_space(end) + 1));	/* after the colon */
	}
	return NULL;
}

static const char *
find_entry(const char *p, long index)
{
	while (p && *p != ']' && index-- > 0)
		p = next_member(p);
	return p && *p != ']' ? p : NULL;
}

static const char *
find_path(const char *text, const char *path)
{
	const char *found = skip_space(text), *value = found;

	while (*path) {
		size_t length = strcspn(path, ".[");
		const char *next, *inside = skip_space(value + 1);

		if (*path == '[') {
			next = *value == '[' ? find_entry(inside, strtol(path + 1, NULL, 10)) : NULL;
			path += strcspn(path, "]") + (strchr(path, ']') != NULL);
			value = next;
		} else {
			next = *value == '{' ? find_key(inside, path, length) : NULL;
			path += length;
			value = next ? skip_space(skip_space(skip_string(next)) + 1) : NULL;
		}
		if (!next)
			return found;
		found = next;
		path += *path == '.';
	}
	return found;
}

struct place
jsonpath_place(const char *text, const char *path)
{
	const char *found = find_path(text, path);
	struct place place = {1, 1};

	for (; text < found; text++)
		if (*text == '\n')
			place = (struct place){place.line + 1, 1};
		else
			place.column += ((unsigned char)*text & 0xC0) != 0x80;	/* a character's first byte */
	return place;
}
