/* instant - points in time and lengths of time as text, for traces, policies and people's commands.
 * Both ways, exact to the millisecond, without locale or TZ. Reads no clock. */
#ifndef INSTANT_H
#define INSTANT_H

#include <stdbool.h>
#include <stdint.h>

/* RFC 3339 with any offset, at most milliseconds, years 1970..9999; "2026-12-04T22:00:00Z". Not the leap
 * second :60. False, and *at untouched, for anything else. */
#define INSTANT_TEXT 32
bool instant_parse(const char *text, int64_t *at);
/* In UTC, with milliseconds only when there are any. */
const char *instant_format(int64_t at, char out[INSTANT_TEXT]);

/* 30s 5m 1h 5d 2w: one whole number and one unit, up to ten years (3650d). */
#define DURATION_TEXT 24
bool duration_parse(const char *text, int64_t *ms);
/* The same, and "1500ms" too: what a machine says may not be whole seconds. */
bool duration_parse_exact(const char *text, int64_t *ms);
/* In the largest unit that is exact; "0s", "1500ms". ms is not negative. */
const char *duration_format(int64_t ms, char out[DURATION_TEXT]);

#endif
