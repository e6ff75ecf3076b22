/* store - keeps the last good copy of a fetched document, with its validators, in one file.
 *
 * The file is written under another name and renamed, and a checksum covers all of it: reading returns exactly what was
 * written, or nothing. Does not interpret the document. */
#ifndef STORE_H
#define STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Validators for the next, conditional request (RFC 9110, 13.1), as the server sent them; "": not sent. */
struct validators {
	char etag[256], modified[64];
	uint64_t source;	/* store_sum of the URL */
};

/* Returns the body, followed by a NUL that *length does not count; the caller frees it. Returns NULL if the file is
 * missing or damaged, or the body longer than limit. */
char *store_read(const char *path, size_t limit, struct validators *, size_t *length);

/* Replaces the file, durably. Returns false and sets errno if that fails; the old file is then unchanged. */
bool store_write(const char *path, const struct validators *, const char *body, size_t length);

/* FNV-1a, 64 bits: detects damage, not manipulation. */
uint64_t store_sum(const void *bytes, size_t length);

#endif
