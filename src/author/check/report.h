/* report - what `check` found, in the three forms that it is wanted in: for people, for programs, and for the
 * code review of GitHub, GitLab and others (SARIF 2.1.0, an OASIS standard). Reads the files again for excerpts. */
#ifndef REPORT_H
#define REPORT_H

#include <jansson.h>

#include "text/message.h"

struct report {
	struct messages *messages;
	unsigned policies;	/* looked at */
	unsigned faulty;	/* of them: with at least one error */
	bool unusable;		/* something could not be looked at */
	json_t *devices;	/* of radius_json; NULL: none were given. Borrowed. */
};

/* Compiler-style: each message with its line and a caret, then one line that sums up. */
void report_plain(const struct report *, FILE *);
void report_json(const struct report *, FILE *);
void report_sarif(const struct report *, FILE *);

#endif
