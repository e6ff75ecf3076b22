/* check - the parts of `lastcall check`: lint, the codes of its messages, and the three forms of its report. */
#ifndef CHECK_H
#define CHECK_H

#include <jansson.h>

#include "core/plan.h"
#include "text/message.h"
#include "words/policy.h"

/* lint: reports what is valid in a policy but hurts people when the deadline comes: deadlines in the past, on weekends or
 * at night, too little notice, versions that do not exist. Each is a warning at the policy's line; only a notice window
 * longer than the time to the deadline is an error. An agent accepts such a policy all the same. */
struct lint {
	int64_t now;			/* UTC ms */
	bool now_given;			/* the author gave --now: a window too long at that time is an error. Without --now
					 * it is not, or an unchanged policy would begin to fail near its deadline */
	const struct feed *feed;	/* or NULL */
};

void lint_policy(const struct policy_source *, const struct lint *, struct messages *);

/* The meaning of each message code, in the order of text/message.h; ends with CODE_NONE. lastcall-policy(5) and SARIF list
 * this table. */
struct code_about {
	enum message_code code;
	const char *title;	/* a few words */
	const char *about;	/* one or two sentences: what is wrong and what to do */
};
extern const struct code_about code_table[];

#define CODE_TEXT 16
const char *code_text(enum message_code, char out[CODE_TEXT]);	/* "P012"; returns out */

struct report {
	struct messages *messages;
	unsigned policies;	/* number checked */
	unsigned faulty;	/* number with at least one error */
	bool unusable;		/* something could not be read */
	json_t *devices;	/* from radius_json, borrowed; NULL if no list of devices was given */
};

/* Prints messages as a compiler does, each with its source line and a caret, then a summary line. Reads the files again
 * to quote them. */
void report_plain(const struct report *, FILE *);
void report_json(const struct report *, FILE *);
/* Prints SARIF 2.1.0, an OASIS standard that code reviews on GitHub, GitLab and elsewhere show. */
void report_sarif(const struct report *, FILE *);

#endif
