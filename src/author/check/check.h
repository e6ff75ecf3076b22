/* check - the parts of `lastcall check`: lint, the codes of its messages, and the three forms of its report. */
#ifndef CHECK_H
#define CHECK_H

#include <jansson.h>

#include "core/plan.h"
#include "text/message.h"
#include "words/policy.h"

/* lint: what is valid in a policy but hurts people on the day: deadlines in the past, on weekends or at night, too little
 * notice, versions that do not exist. Each is a warning at the policy's line; only a notice window longer than the time to
 * the deadline is an error. An agent accepts such a policy all the same. */
struct lint {
	int64_t now;			/* UTC ms */
	bool now_given;			/* by the author, so a window that is too long by then is an error; without it a
					 * policy that passes today would fail, unchanged, in its last days */
	const struct feed *feed;	/* or NULL */
};

void lint_policy(const struct policy_source *, const struct lint *, struct messages *);

/* What each code of a message about a policy means, in the order of their numbers, which are in text/message.h; ends with
 * CODE_NONE. lastcall-policy(5) and SARIF list this table. */
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
	unsigned policies;	/* checked */
	unsigned faulty;	/* of them: with at least one error */
	bool unusable;		/* something could not be read */
	json_t *devices;	/* of radius_json, borrowed; NULL: no list of devices was given */
};

/* As compilers do: each message with its line and a caret, then a line that sums up. Reads the files again for that. */
void report_plain(const struct report *, FILE *);
void report_json(const struct report *, FILE *);
/* SARIF 2.1.0, an OASIS standard, for the code review of GitHub, GitLab and others. */
void report_sarif(const struct report *, FILE *);

#endif
