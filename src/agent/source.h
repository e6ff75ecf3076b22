/* source - where a document comes from: a path, or a file, http or https URL. Opens nothing. */
#ifndef SOURCE_H
#define SOURCE_H

#include <stdbool.h>

struct source {
	char *path;	/* of a path or a file URL; NULL: http or https */
	char *shown;	/* for logs: without user, password, query and fragment */
};

#define SOURCE_REASON 160

/* Takes text apart. False, and why, when fetch could not use it; text's secrets are not in the reason.
 * Free it either way. */
bool source_parse(const char *text, struct source *, char reason[SOURCE_REASON]);
void source_free(struct source *);

#endif
