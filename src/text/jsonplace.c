#include <string.h>

#include "jsonplace.h"

static size_t
skip_space(const char *bytes, size_t length, size_t i)
{
	while (i < length && bytes[i] != '\0' && strchr(" \t\r", bytes[i]))
		i++;
	return i;
}

/* The end of the string that begins at i: its closing quote. */
static size_t
string_end(const char *bytes, size_t length, size_t i)
{
	for (i++; i < length && bytes[i] != '"'; i++)
		i += bytes[i] == '\\';
	return i;
}

static size_t
find(const char *bytes, size_t length, const char *key, enum jsonplace which)
{
	size_t key_length = strlen(key);

	for (size_t begin = 0; begin < length; begin++) {
		size_t end, colon;

		if (bytes[begin] != '"')
			continue;
		end = string_end(bytes, length, begin);
		colon = skip_space(bytes, length, end + 1);
		if (colon < length && bytes[colon] == ':' && end - begin - 1 == key_length &&
		    !memcmp(bytes + begin + 1, key, key_length))
			return which == JSON_KEY ? begin : skip_space(bytes, length, colon + 1);
		begin = end;
	}
	return 0;
}

struct place
jsonplace(const char *bytes, size_t length, unsigned line, const char *key, enum jsonplace which)
{
	size_t offset = key ? find(bytes, length, key, which) : 0;
	struct place place = {line, 1};

	for (size_t i = 0; i < offset; i++)
		place.column += (bytes[i] & 0xC0) != 0x80;	/* UTF-8: continuation bytes are no characters */
	return place;
}
