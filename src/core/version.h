/* version - OS versions as numbers that compare: 15.2, 15.2.1, 13.4.1 (a), 12.8. Reads nothing.
 *
 * Packed as major, minor, patch and supplement, so a newer version is a larger number and plain < decides.
 * Missing parts are zero; a letter in brackets is a supplement above its base version. */
#ifndef VERSION_H
#define VERSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VERSION_TEXT 32		/* room for any version as text */
#define VERSION_PART_MAX 9999	/* of major, minor and patch */

enum { VERSION_NONE = 0 };

/* major 1..9999, minor and patch 0..9999, supplement 0 or 'a'..'z'. */
int64_t version_make(unsigned major, unsigned minor, unsigned patch, char supplement);

/* Returns false, and leaves *version unchanged, for anything that is not a version: empty text, signs, more than three
 * parts, leading zeros ("15.02"), parts beyond VERSION_PART_MAX, trailing text. */
bool version_parse(const char *text, int64_t *version);

/* As people write it: at least major.minor, the patch when not zero: "15.0", "15.2.1", "13.4.1 (a)". */
const char *version_format(int64_t version, char out[VERSION_TEXT]);

/* Returns a version that an update to this one could replace: 15.1 for 15.2, 15.2 for 15.2 (a), VERSION_NONE for 1.0. */
int64_t version_below(int64_t version);

unsigned version_major(int64_t version);
char version_supplement(int64_t version);	/* 0: none */
int64_t version_base(int64_t version);		/* without its supplement */

#endif
