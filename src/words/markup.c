#include "markup.h"

#include <string.h>

#include "text/message.h"

static const char *const escaped[128] = {
	['<'] = "&lt;", ['>'] = "&gt;", ['&'] = "&amp;", ['"'] = "&quot;", ['\''] = "&#39;", ['\n'] = "\n", ['\t'] = "\t",
};

/* Returns the length of the character at the start of text; 0 for what a parser refuses: unprintable characters,
 * overlong forms, surrogates, U+FFFE and U+FFFF, and values above U+10FFFF. */
static size_t
character_length(const char *text, size_t length)
{
	size_t bytes = message_printable(text, length);
	unsigned char first = (unsigned char)text[0], second = bytes > 1 ? (unsigned char)text[1] : 0;

	if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) || (first == 0xf0 && second < 0x90) ||
	    (first == 0xf4 && second > 0x8f))
		return 0;
	return bytes == 3 && first == 0xef && second == 0xbf && (unsigned char)text[2] > 0xbd ? 0 : bytes;
}

void
markup_text(const char *text, size_t length, FILE *out)
{
	while (length) {
		unsigned char first = (unsigned char)*text;
		size_t bytes = character_length(text, length);

		if (first < 128 && escaped[first])
			fputs(escaped[first], out);
		else if (bytes)
			fwrite(text, 1, bytes, out);
		else
			fputs("\xef\xbf\xbd", out);
		bytes = bytes ? bytes : 1;
		text += bytes;
		length -= bytes;
	}
}
