/* file - reads a whole regular file, or reports in one line why it cannot. */
#ifndef TEXT_FILE_H
#define TEXT_FILE_H

#include "message.h"

/* Returns the bytes, followed by a NUL that *length does not count; the caller frees them. Returns NULL and adds one
 * error if the file is missing, unreadable, not a regular file, or larger than limit. Never blocks. */
char *file_read(const char *path, size_t limit, size_t *length, struct messages *);

#endif
