/* value - the kinds of value that YAML written by people holds, for tables of keys. Strict: what is not exactly
 * such a value is an error that says what would be. */
#ifndef VALUE_H
#define VALUE_H

#include "core/calendar.h"
#include "key.h"

extern const struct type
	value_fixed,	/* nothing is stored: the text is words[0] */
	value_name,	/* char[most + 1]: a-z, 0-9, dot, dash, underscore, first a letter or digit */
	value_label,	/* char[most + 1]: one line for people, may be empty */
	value_word,	/* an enum: an index into words */
	value_flag,	/* bool: true or false, without quotes */
	value_count,	/* int64_t, least..most */
	value_duration,	/* int64_t ms, least..most; -1 when it could not be read */
	value_days,	/* int64_t ms, whole days written in days or weeks */
	value_rule,	/* the same, or 0 for "never" */
	value_durations,/* int64_t[most] ms, each at least `least`, no two alike; the rest are 0 */
	value_version,	/* int64_t, core/version */
	value_clock,	/* int64_t ms after midnight, "17:00" */
	value_local,	/* struct civil, "2026-12-04 17:00"; day 0 when it could not be read */
	value_zone,	/* const struct zone *; NULL for "device" and for what could not be read */
	value_texts;	/* char[most]: language by language what people read, packed as phrase.h says */

#define VALUE_LOCAL 24
const char *value_local_text(const struct civil *, char out[VALUE_LOCAL]);

#endif
