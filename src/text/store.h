/* store - the last good copy of a fetched document, and what its server called it, in one file.
 *
 * The file is written beside and renamed, and carries a checksum over everything: what is read back is what was
 * written, whole, or nothing. Knows files only; what the document says is the caller's. */
#ifndef STORE_H
#define STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What makes the next request conditional (RFC 9110, 13.1), as the server sent it; "": it sent none. */
struct validators {
	char etag[256], modified[64];
	uint64_t source;	/* store_sum of the URL they, and the body, came from */
};

/* The body, NUL-terminated beyond *length; caller frees. NULL: none there, damaged, or longer than limit. */
char *store_read(const char *path, size_t limit, struct validators *, size_t *length);

/* Replaces path, on disk before this returns. False, errno saying why: the old one is still there. */
bool store_write(const char *path, const struct validators *, const char *body, size_t length);

/* FNV-1a, 64 bits: finds damage, keeps nobody out. */
uint64_t store_sum(const void *bytes, size_t length);

#endif
