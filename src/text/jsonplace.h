/* jsonplace - where in a line of JSON a key or its value stands, for messages. jansson tells only where text
 * stopped being JSON; looking again costs nothing as long as nothing is wrong. */
#ifndef JSONPLACE_H
#define JSONPLACE_H

#include "message.h"

enum jsonplace { JSON_KEY, JSON_VALUE };

/* Of the key's first occurrence, at any depth, in one line of well-formed JSON. A key that is not there, and
 * NULL: the line's beginning. */
struct place jsonplace(const char *bytes, size_t length, unsigned line, const char *key, enum jsonplace);

#endif
