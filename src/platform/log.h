/* log - writes each message as one line of key=value pairs on standard error, which service managers collect.
 *
 * Values are quoted if need be, and unprintable bytes are escaped. Callers pass no secrets: of a URL only what
 * fetch_shown returns. */
#ifndef LOG_H
#define LOG_H

#include <stdbool.h>

enum log_level { LEVEL_DEBUG, LEVEL_INFO, LEVEL_NOTICE, LEVEL_WARNING, LEVEL_ERROR, LEVEL_NOTHING };

/* Messages below this level are dropped. The default is notice. */
void log_set_level(enum log_level);
bool log_parse_level(const char *name, enum log_level *);

/* After the message: pairs of key and value, both strings, then NULL. A pair whose value is NULL is dropped. */
void log_say(enum log_level, const char *message, ...) __attribute__((sentinel));

#endif
