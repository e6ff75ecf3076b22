/* seal - seals the lines of a journal with `,"seq":N,"crc":"xxxxxxxx"` before the last brace, and finds how much of a
 * file of such lines is intact. Works on bytes in memory only.
 *
 * seq counts from 1 without gaps; crc is the CRC-32C of the line's bytes before `,"crc"`. */
#ifndef SEAL_H
#define SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The Castagnoli checksum (RFC 3720, appendix B.4): it finds every flipped bit and every burst of up to 32 bits. */
uint32_t crc32c(const void *bytes, size_t length);

#define SEALED_MAX 4096			/* a sealed line with its newline, as long as text/trace/decode reads */
#define SEAL_OBJECT_MAX (SEALED_MAX - 64)

/* Seals object (one line, `{` to `}`, not empty) into out. Returns the length with its newline. */
size_t seal_line(const char *object, size_t length, uint64_t seq, char out[SEALED_MAX]);

/* Returns the seq of a line (without newline) that seal_line wrote; 0 for any other bytes. */
uint64_t seal_seq(const char *line, size_t length);

struct sealed {
	uint64_t lines;		/* intact and in sequence, from the start */
	size_t good, last;	/* bytes of these lines; the offset of the last of them */
	bool damaged;
};

/* Finds the intact lines. Lines are made durable one by one, so a crash or power cut damages only the last one. damaged:
 * there is other damage, since the bytes after the good ones hold an intact line or are longer than any line. */
struct sealed seal_scan(const char *bytes, size_t length);
/* Continues an earlier scan. bytes begin with its good bytes. */
struct sealed seal_scan_on(const char *bytes, size_t length, struct sealed known);

/* Called for each line, without its newline, in order. Returns false to stop. */
typedef bool sealed_line(void *context, const char *line, size_t length);

/* Returns the number of lines before the one that stopped it. Every line must have its newline. */
uint64_t seal_each(const char *bytes, size_t length, sealed_line *, void *context);

#endif
