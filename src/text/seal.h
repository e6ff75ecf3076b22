/* seal - what makes a line a journal's: `,"seq":N,"crc":"xxxxxxxx"` before its last brace; and how much of a file of
 * such lines is to be believed. Bytes in memory only.
 *
 * seq counts from 1 without gaps; crc is the CRC-32C of the line's bytes before `,"crc"`. */
#ifndef SEAL_H
#define SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The Castagnoli checksum (RFC 3720, appendix B.4): it finds every flipped bit and every burst of up to 32 bits. */
uint32_t crc32c(const void *bytes, size_t length);

#define SEALED_MAX 4096			/* a sealed line with its newline: what text/trace reads */
#define SEAL_OBJECT_MAX (SEALED_MAX - 64)

/* The length of object (one line, `{` to `}`, not empty) as a sealed line in out, its newline included. */
size_t seal_line(const char *object, size_t length, uint64_t seq, char out[SEALED_MAX]);

/* The seq of a line, without its newline, that is as seal_line wrote it; 0 for any other bytes. */
uint64_t seal_seq(const char *line, size_t length);

struct sealed {
	uint64_t lines;		/* whole ones from the start, in sequence */
	size_t good, last;	/* bytes of all these lines; where the last of them begins */
	bool damaged;
};

/* Lines are made durable one by one, so a crash or power cut damages the last one at most, in whatever order
 * the disk wrote its sectors. damaged: what follows the good bytes is not the rest of one line, since it holds
 * a whole line or is longer than any. */
struct sealed seal_scan(const char *bytes, size_t length);
/* The same for bytes that begin with what an earlier scan has found good. */
struct sealed seal_scan_on(const char *bytes, size_t length, struct sealed known);

/* Called for each line without its newline, in order. False stops: that line cannot be understood. */
typedef bool sealed_line(void *context, const char *line, size_t length);

/* How many of the lines, whole ones, were understood. */
uint64_t seal_each(const char *bytes, size_t length, sealed_line *, void *context);

#endif
