/* manual - a table of keys, the kinds of their values, the codes of messages and the texts as mdoc(7), for manual pages. */
#ifndef MANUAL_H
#define MANUAL_H

#include "text/key.h"

/* Each writes one list. */
void manual_keys(const struct key *table, FILE *);
void manual_types(const struct key *table, FILE *);
void manual_codes(FILE *);
void manual_texts(FILE *);	/* what people read, which a policy may word otherwise */

/* The tags of the built-in languages, as the end of a sentence. */
void manual_languages(FILE *);

#endif
