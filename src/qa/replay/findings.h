/* replay_findings - the outcome of replays for people, for a test harness (TAP) or for a build server (JUnit). */
#ifndef REPLAY_FINDINGS_H
#define REPLAY_FINDINGS_H

#include "qa/trace/diff.h"
#include "text/message.h"

enum verdict { MATCH, DIFFERENT, UNUSABLE, VERDICTS };

struct finding {
	const char *name;	/* of the trace */
	enum verdict verdict;
	const struct diff *diff;	/* to be shown; or NULL */
	bool broken;		/* some promise is */
	char *text;		/* messages, a line each, the broken promises among them */
};

struct findings {
	enum { FORM_PLAIN, FORM_TAP, FORM_JUNIT } form;
	bool quiet, colour;
	const char *different;	/* what those that differ are called in the end: "different", or "rewritten" */
	unsigned verdicts[VERDICTS], broken, failures;	/* broken: traces in which a promise is */
	FILE *cases;		/* of JUnit, whose counts come first; in memory */
	char *cases_text;
	size_t cases_length;
};

void findings_begin(struct findings *, size_t traces);
void findings_add(struct findings *, const struct finding *);
/* The summary; frees. */
void findings_end(struct findings *);

#endif
