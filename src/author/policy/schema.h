/* schema - a table of keys as JSON Schema (draft 7, which editors read), with descriptions, defaults and examples.
 *
 * It says what one value can be, not what several mean together, nor what a calendar says of them: `check` is
 * stricter. Editors read YAML as of version 1.2, so a bare 15.2 comes as a number. */
#ifndef SCHEMA_H
#define SCHEMA_H

#include <jansson.h>

#include "text/key.h"

/* Caller releases. The names of time zones are those of this system. */
json_t *schema_of(const struct key *table, const char *title, const char *description);

/* The YAML of a default or an example as JSON. */
json_t *schema_value(const char *yaml);

#endif
