/* codes - what each code of a message about a policy means: lastcall-policy(5), `check` and its SARIF rules list this
 * table. The numbers are in text/message.h. */
#ifndef AUTHOR_CODES_H
#define AUTHOR_CODES_H

#include "text/message.h"

struct code_about {
	enum message_code code;
	const char *title;	/* a few words, for a list */
	const char *about;	/* one or two sentences: what is meant and what to do */
};

extern const struct code_about code_table[];	/* in the order of numbers, ends with CODE_NONE */

#define CODE_TEXT 16
const char *code_text(enum message_code, char out[CODE_TEXT]);	/* "P012" */

#endif
