/* jsonpath - where in a text of JSON something stands, for messages. jansson tells only where text stopped being
 * JSON; looking again costs nothing as long as nothing is wrong. */
#ifndef JSONPATH_H
#define JSONPATH_H

#include "text/message.h"

#define JSONPATH 160	/* room for a path; what is longer is cut, and found only as far as it goes */

/* text is well-formed JSON. Of "osVersionRequirements[0].requiredInstallationDate" the key; of "list[2]" the entry; as
 * much of a path as there is. */
struct place jsonpath_place(const char *text, const char *path);

#endif
