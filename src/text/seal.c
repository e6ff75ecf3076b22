#include "seal.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "crc32c.h"

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
	/* Most bytes that are no line end here, before the costly part. */
	if (memcmp(line + length, CRC_KEY, sizeof CRC_KEY - 1) != 0)
		return 0;
	snprintf(crc, sizeof crc, CRC_KEY "%08" PRIx32 "\"}", crc32c(line, length));
	if (memcmp(line + length, crc, CRC_LENGTH) != 0)
		return 0;
	for (; length > SEQ_LENGTH && line[length - 1] >= '0' && line[length - 1] <= '9'; place *= 10)
		seq += place * (uint64_t)(line[--length] - '0');
	return memcmp(line + length - SEQ_LENGTH, SEQ_KEY, SEQ_LENGTH) == 0 ? seq : 0;
}

/* A flipped newline glues a whole line to a bad one, so a line may begin at any brace. */
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
