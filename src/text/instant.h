/* instant - reads and writes instants and durations as text, for traces, policies and options. Exact to the
 * millisecond, independent of locale and TZ. Reads no clock. */
#ifndef INSTANT_H
#define INSTANT_H

#include <stdbool.h>
#include <stdint.h>

/* Reads RFC 3339 with any offset, at most milliseconds, years 1970 to 9999: "2026-12-04T22:00:00Z". Leap seconds (:60)
 * are refused. Returns false, and leaves *at unchanged, for anything else. */
#define INSTANT_TEXT 32
bool instant_parse(const char *text, int64_t *at);
/* Writes UTC, with milliseconds only if they are not zero. */
const char *instant_format(int64_t at, char out[INSTANT_TEXT]);

/* Reads a whole number and one unit, up to ten years (3650d): 30s 5m 1h 5d 2w. */
#define DURATION_TEXT 24
bool duration_parse(const char *text, int64_t *ms);
/* Also reads "1500ms", since a machine's durations may not be whole seconds. */
bool duration_parse_exact(const char *text, int64_t *ms);
/* Writes the largest unit that is exact: "0s", "1500ms", "2w". ms is not negative. */
const char *duration_format(int64_t ms, char out[DURATION_TEXT]);

#endif
