/* file - the whole of a small regular file, or one clear line why not. */
#ifndef TEXT_FILE_H
#define TEXT_FILE_H

#include "message.h"

/* The bytes, NUL-terminated beyond *length; caller frees. NULL and one error in messages for what is missing,
 * unreadable, a folder, a FIFO, a device, or larger than limit (refused before it is read). Never blocks. */
char *file_read(const char *path, size_t limit, size_t *length, struct messages *);

#endif
