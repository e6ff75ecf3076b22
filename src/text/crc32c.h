/* crc32c - the Castagnoli checksum (RFC 3720, appendix B.4): finds every single flipped bit and every burst of 32. */
#ifndef TEXT_CRC32C_H
#define TEXT_CRC32C_H

#include <stddef.h>
#include <stdint.h>

uint32_t crc32c(const void *bytes, size_t length);

#endif
