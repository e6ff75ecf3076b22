/* trace_file - the whole text of a trace, from a file or, for "-", from standard input. */
#ifndef TRACE_FILE_H
#define TRACE_FILE_H

#include "text/message.h"

/* NUL-terminated beyond *length; caller frees. NULL and an error: it cannot be read, or has more than 256 MB. */
char *trace_file(const char *name, size_t *length, struct messages *);

#endif
