/* findings - reports the outcome of replays for people, for a test harness (TAP) or for a build server (JUnit). */
#ifndef FINDINGS_H
#define FINDINGS_H

#include "diff.h"
#include "text/message.h"

enum verdict { MATCH, DIFFERENT, UNUSABLE, VERDICTS };

struct finding {
	const char *name;	/* of the trace */
	enum verdict verdict;
	const struct diff *diff;	/* to print, or NULL */
	bool broken;		/* a promise is broken */
	char *text;		/* messages, a line each, with those about broken promises */
};

struct findings {
	enum { FORM_PLAIN, FORM_TAP, FORM_JUNIT } form;
	bool quiet, colour;
	const char *different;	/* the summary's word for traces that differ: "different" or "rewritten" */
	unsigned verdicts[VERDICTS], broken, failures;	/* broken: traces that break a promise */
	FILE *cases;		/* of JUnit; in memory, since their counts come first */
	char *cases_text;
	size_t cases_length;
};

void findings_begin(struct findings *, size_t traces);
void findings_add(struct findings *, const struct finding *);
/* Prints the summary and frees. */
void findings_end(struct findings *);

#endif
