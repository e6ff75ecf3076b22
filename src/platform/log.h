/* log - one line an event on standard error, key=value, as service managers collect it.
 *
 * Values are quoted where need be, and what cannot be printed is escaped. Callers pass no secrets: of a URL only
 * what fetch_shown gives. */
#ifndef LOG_H
#define LOG_H

#include <stdbool.h>

enum log_level { LEVEL_DEBUG, LEVEL_INFO, LEVEL_NOTICE, LEVEL_WARNING, LEVEL_ERROR, LEVEL_NOTHING };

/* Lines below the level are left out. Notice at first. */
void log_set_level(enum log_level);
bool log_parse_level(const char *name, enum log_level *);

/* Pairs of key and value, both strings, then NULL. A pair whose value is NULL is left out. */
void log_say(enum log_level, const char *message, ...) __attribute__((sentinel));

#endif
