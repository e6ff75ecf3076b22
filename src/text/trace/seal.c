#include "seal.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define CRC_SLICES 4

/* A CRC is linear: the checksums of the eight single bits (reflected polynomial 0x82f63b78) give those of all bytes. */
#define BITS_1(c, a) (c), (c) ^ (a)
#define BITS_2(c, a, b) BITS_1(c, a), BITS_1((c) ^ (b), a)
#define BITS_4(c, a, b, d, e) BITS_2(c, a, b), BITS_2((c) ^ (d), a, b), BITS_2((c) ^ (e), a, b), \
	BITS_2((c) ^ (d) ^ (e), a, b)
#define BITS_6(c, a, b, d, e, f, g) BITS_4(c, a, b, d, e), BITS_4((c) ^ (f), a, b, d, e), \
	BITS_4((c) ^ (g), a, b, d, e), BITS_4((c) ^ (f) ^ (g), a, b, d, e)
#define BYTES(a, b, d, e, f, g, h, i) BITS_6(0u, a, b, d, e, f, g), BITS_6(h, a, b, d, e, f, g), \
	BITS_6(i, a, b, d, e, f, g), BITS_6((h) ^ (i), a, b, d, e, f, g)

/* crc_slice[n][b]: the checksum of byte b followed by n zero bytes, so that one round takes four bytes. */
static const uint32_t crc_slice[CRC_SLICES][256] = {
	{BYTES(0xf26b8303, 0xe13b70f7, 0xc79a971f, 0x8ad958cf, 0x105ec76f, 0x20bd8ede, 0x417b1dbc, 0x82f63b78)},
	{BYTES(0x13a29877, 0x274530ee, 0x4e8a61dc, 0x9d14c3b8, 0x3fc5f181, 0x7f8be302, 0xff17c604, 0xfbc3faf9)},
	{BYTES(0xa541927e, 0x4f6f520d, 0x9edea41a, 0x38513ec5, 0x70a27d8a, 0xe144fb14, 0xc76580d9, 0x8b277743)},
	{BYTES(0xdd45aab8, 0xbf672381, 0x7b2231f3, 0xf64463e6, 0xe964b13d, 0xd725148b, 0xaba65fe7, 0x52a0c93f)},
};

uint32_t
crc32c(const void *bytes, size_t length)
{
	const uint8_t *p = bytes;
	uint32_t crc = 0xffffffffu;

	for (; length >= CRC_SLICES; length -= CRC_SLICES, p += CRC_SLICES) {
		crc ^= (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
		crc = crc_slice[3][crc & 0xff] ^ crc_slice[2][crc >> 8 & 0xff] ^ crc_slice[1][crc >> 16 & 0xff] ^
			crc_slice[0][crc >> 24];
	}
	while (length--)
		crc = crc >> 8 ^ crc_slice[0][(crc ^ *p++) & 0xff];
	return ~crc;
}

#define SEQ_KEY ",\"seq\":"
#define CRC_KEY ",\"crc\":\""
#define SEQ_LENGTH (sizeof SEQ_KEY - 1)
#define CRC_LENGTH (sizeof CRC_KEY - 1 + 8 + 2) /* the eight digits, quote and brace */

size_t
seal_line(const char *object, size_t length, uint64_t seq, char out[SEALED_MAX])
{
	size_t end = length - 1;

	assert(length > 2 && length <= SEAL_OBJECT_MAX && object[0] == '{' && object[end] == '}');
	assert(!memchr(object, '\n', length));
	memcpy(out, object, end);
	end += (size_t)snprintf(out + end, SEALED_MAX - end, SEQ_KEY "%" PRIu64, seq);
	end += (size_t)snprintf(out + end, SEALED_MAX - end, CRC_KEY "%08" PRIx32 "\"}\n", crc32c(out, end));
	return end;
}

uint64_t
seal_seq(const char *line, size_t length)
{
	char crc[CRC_LENGTH + 1];
	uint64_t seq = 0, place = 1;

	if (length < SEQ_LENGTH + CRC_LENGTH || line[0] != '{')
		return 0;
	length -= CRC_LENGTH;
	/* Rejects most other bytes without the expensive checksum. */
	if (memcmp(line + length, CRC_KEY, sizeof CRC_KEY - 1) != 0)
		return 0;
	snprintf(crc, sizeof crc, CRC_KEY "%08" PRIx32 "\"}", crc32c(line, length));
	if (memcmp(line + length, crc, CRC_LENGTH) != 0)
		return 0;
	for (; length > SEQ_LENGTH && line[length - 1] >= '0' && line[length - 1] <= '9'; place *= 10)
		seq += place * (uint64_t)(line[--length] - '0');
	return memcmp(line + length - SEQ_LENGTH, SEQ_KEY, SEQ_LENGTH) == 0 ? seq : 0;
}

/* Whether the bytes hold an intact line. It may begin at any brace, since a damaged newline joins it to a bad line. */
static bool
holds_line(const char *bytes, size_t length)
{
	const char *end = bytes + length;

	while ((bytes = memchr(bytes, '{', (size_t)(end - bytes)))) {
		if (seal_seq(bytes, (size_t)(end - bytes)))
			return true;
		bytes++;
	}
	return false;
}

struct sealed
seal_scan(const char *bytes, size_t length)
{
	return seal_scan_on(bytes, length, (struct sealed){0});
}

struct sealed
seal_scan_on(const char *bytes, size_t length, struct sealed known)
{
	const char *at = bytes + known.good, *end = bytes + length, *newline;
	struct sealed found = known;

	while ((newline = memchr(at, '\n', (size_t)(end - at))) && seal_seq(at, (size_t)(newline - at)) == found.lines + 1) {
		found.last = (size_t)(at - bytes);
		found.lines++;
		at = newline + 1;
	}
	found.good = (size_t)(at - bytes);
	found.damaged = length - found.good > SEALED_MAX;
	for (; newline && !found.damaged; newline = memchr(at, '\n', (size_t)(end - at))) {
		found.damaged = holds_line(at, (size_t)(newline - at));
		at = newline + 1;
	}
	return found;
}

uint64_t
seal_each(const char *bytes, size_t length, sealed_line *line, void *context)
{
	const char *end = bytes + length, *newline;
	uint64_t lines = 0;

	for (; bytes < end; bytes = newline + 1, lines++) {
		newline = memchr(bytes, '\n', (size_t)(end - bytes));
		if (!line(context, bytes, (size_t)(newline - bytes)))
			break;
	}
	return lines;
}
