#include "crc32c.h"

#include <pthread.h>

#define POLYNOMIAL 0x82f63b78u /* reflected */
#define SLICES 4

/* slice[n][b]: what byte b comes to with n zero bytes behind it, so that four bytes cost one round. */
static uint32_t slice[SLICES][256];
static pthread_once_t built = PTHREAD_ONCE_INIT;

static void
build(void)
{
	for (uint32_t byte = 0; byte < 256; byte++) {
		uint32_t crc = byte;

		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? POLYNOMIAL : 0);
		slice[0][byte] = crc;
	}
	for (int n = 1; n < SLICES; n++)
		for (uint32_t byte = 0; byte < 256; byte++)
			slice[n][byte] = slice[n - 1][byte] >> 8 ^ slice[0][slice[n - 1][byte] & 0xff];
}

uint32_t
crc32c(const void *bytes, size_t length)
{
	const uint8_t *p = bytes;
	uint32_t crc = 0xffffffffu;

	pthread_once(&built, build);
	for (; length >= SLICES; length -= SLICES, p += SLICES) {
		crc ^= (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
		crc = slice[3][crc & 0xff] ^ slice[2][crc >> 8 & 0xff] ^ slice[1][crc >> 16 & 0xff] ^ slice[0][crc >> 24];
	}
	while (length--)
		crc = crc >> 8 ^ slice[0][(crc ^ *p++) & 0xff];
	return ~crc;
}
