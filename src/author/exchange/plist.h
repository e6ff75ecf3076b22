/* plist - Apple's property lists in XML as JSON that has the same things on the same lines and, where there is room,
 * in the same columns: what is said of the JSON's places is true of the list. Dates and data become text. Not for the
 * binary form. */
#ifndef PLIST_H
#define PLIST_H

#include "text/message.h"

#define PLIST_DEPTH 32

/* Whether a text means to be one. */
bool plist_like(const char *text);
/* JSON, caller frees; NULL, and one error, when it is none. text ends with a NUL. */
char *plist_json(const char *file, const char *text, struct messages *);

#endif
