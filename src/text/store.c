#include "store.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "memory.h"

/* The file:
 *	lastcall 1 <store_sum of everything after this line>
 *	<source>
 *	<ETag, or nothing>
 *	<Last-Modified, or nothing>
 *	<body> */
#define MAGIC "lastcall 1 "
#define FIRST_LINE 28	/* bytes, newline included */
#define HEAD_MAX 512

uint64_t
store_sum(const void *bytes, size_t length)
{
	const unsigned char *b = bytes;
	uint64_t sum = 0xcbf29ce484222325;

	for (size_t i = 0; i < length; i++)
		sum = (sum ^ b[i]) * 0x100000001b3;
	return sum;
}

/* Copies the first line of text. Returns the text after it, or NULL if there is no line or it is too long. */
static char *
cut_line(char *text, char *line, size_t size)
{
	char *end = strchr(text, '\n');

	if (!end || (size_t)(end - text) >= size)
		return NULL;
	memcpy(line, text, (size_t)(end - text));
	line[end - text] = '\0';
	return end + 1;
}

static bool
parse_hex(const char *text, uint64_t *value)
{
	int used = 0;

	return sscanf(text, "%16" SCNx64 "%n", value, &used) == 1 && used == 16 && !text[used];
}

/* Returns the start of the body, or NULL if the file is damaged. */
static char *
parse_head(char *text, size_t length, struct validators *v)
{
	char first[32], source[17], *rest;
	uint64_t sum;

	rest = cut_line(text, first, sizeof first);
	if (!rest || strncmp(first, MAGIC, sizeof MAGIC - 1) || !parse_hex(first + sizeof MAGIC - 1, &sum))
		return NULL;
	if (store_sum(rest, length - (size_t)(rest - text)) != sum)
		return NULL;
	rest = cut_line(rest, source, sizeof source);
	if (!rest || !parse_hex(source, &v->source))
		return NULL;
	rest = cut_line(rest, v->etag, sizeof v->etag);
	return rest ? cut_line(rest, v->modified, sizeof v->modified) : NULL;
}

char *
store_read(const char *path, size_t limit, struct validators *v, size_t *length)
{
	struct messages unread = {0};	/* an unreadable store counts as missing */
	size_t total;
	char *text = file_read(path, limit + HEAD_MAX, &total, &unread), *body;

	message_free(&unread);
	if (!text)
		return NULL;
	body = parse_head(text, total, v);
	if (!body || total - (size_t)(body - text) > limit) {
		free(text);
		return NULL;
	}
	*length = total - (size_t)(body - text);
	memmove(text, body, *length + 1);
	return text;
}

static bool
write_all(int file, const char *bytes, size_t length)
{
	while (length) {
		ssize_t n = write(file, bytes, length);

		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0) {
			bytes += n;
			length -= (size_t)n;
		}
	}
	return true;
}

static bool
write_file(const char *path, const char *bytes, size_t length)
{
	int file;
	bool good;

	unlink(path);	/* left by a crash */
	file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (file < 0)
		return false;
	good = write_all(file, bytes, length) && !fsync(file);
	return !close(file) && good;
}

/* Returns the contents of the file, *total bytes. The caller frees it. */
static char *
compose_file(const struct validators *v, const char *body, size_t length, size_t *total)
{
	char *text = memory_resize(NULL, HEAD_MAX + length), *rest = text + FIRST_LINE, first[FIRST_LINE + 1];
	int head;

	head = snprintf(rest, HEAD_MAX - FIRST_LINE, "%016" PRIx64 "\n%s\n%s\n", v->source, v->etag, v->modified);
	assert(head > 0 && head < HEAD_MAX - FIRST_LINE);
	memcpy(rest + head, body, length);
	*total = FIRST_LINE + (size_t)head + length;
	snprintf(first, sizeof first, MAGIC "%016" PRIx64 "\n", store_sum(rest, *total - FIRST_LINE));
	memcpy(text, first, FIRST_LINE);
	return text;
}

bool
store_write(const char *path, const struct validators *v, const char *body, size_t length)
{
	char fresh[PATH_MAX], *text;
	size_t total;
	bool good;

	if (snprintf(fresh, sizeof fresh, "%s.new", path) >= (int)sizeof fresh) {
		errno = ENAMETOOLONG;
		return false;
	}
	text = compose_file(v, body, length, &total);
	good = write_file(fresh, text, total) && !rename(fresh, path);
	free(text);
	return good;
}
