/* why - explains what is required of a device, as a chain of sentences. Each names the line of the policy or the entry
 * of the feed that it follows from. Explains the results of plan and machine; decides nothing. Times are local to the
 * device. */
#ifndef WHY_H
#define WHY_H

#include <jansson.h>
#include <stdio.h>

#include "core/outlook.h"
#include "policy.h"

struct why {			/* all borrowed */
	const struct policy_source *sources;
	unsigned count;
	const struct feed *feed;	/* NULL: none */
	const char *feed_name;		/* its name in messages */
	struct device device;
	bool zone_given;		/* if not, the time zone is a guess, and the chain says so */
	int64_t now;			/* UTC ms */
	struct outlook outlook;
	bool running;			/* the outlook comes from a running agent, not from one assumed to start now */
};

/* Returns an object with the keys requirement ("none" or "update"), reason, installed, required, target, deadline,
 * notice_opens, state, policy and chain. Without a requirement its keys are null. reason is one of
 *	below-minimum release-due release-exploited	with "update"
 *	up-to-date cannot-run no-feed not-managed other-platform	with "none" */
json_t *why_explain(const struct why *);

/* Prints the chain of that object. */
void why_print(const json_t *, FILE *);

/* Returns the steps of the explanation, a list of texts; for why_explain. */
json_t *why_chain(const struct why *);
/* Returns the source of the policy whose deadline counts, or else the first for the platform, or NULL. */
const struct policy_source *why_source(const struct why *);

#endif
