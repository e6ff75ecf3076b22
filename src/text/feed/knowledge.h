/* knowledge_text - reads and writes a device's knowledge (core/knowledge) as lines of text:
 *
 *	seen 2026-08-18T18:11:43Z 15.7.9	when the device first saw this release flagged as exploited
 *	held lab 15.7.9				the release that a policy last required of it */
#ifndef KNOWLEDGE_TEXT_H
#define KNOWLEDGE_TEXT_H

#include <stddef.h>

#include "core/knowledge.h"

/* Malformed lines are skipped; their facts will be learned again. */
void knowledge_read(struct knowledge *, const char *text);
/* The caller frees it. */
char *knowledge_text(const struct knowledge *, size_t *length);

#endif
