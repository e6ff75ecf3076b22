/* why - what is required of a device and why, as one causal chain in plain words: each step names the policy's line or
 * the feed's entry. Tells what plan and machine said; decides nothing. Times are those of the device's clocks. */
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
	const char *feed_name;		/* how messages call it */
	struct device device;
	bool zone_said;			/* else its zone is a guess, and the chain says so */
	int64_t now;			/* UTC ms */
	struct outlook outlook;
	bool running;			/* state and deadline are an agent's; else a device's that would start now */
};

/* An object with the keys requirement ("none" or "update"), reason, installed, required, target, deadline,
 * notice_opens, state, policy and chain. What nothing is required for is null. reason is one of
 *	below-minimum release-due release-exploited	with "update"
 *	up-to-date cannot-run no-feed not-managed other-platform	with "none" */
json_t *why_tell(const struct why *);

/* That object, as people read it. */
void why_print(const json_t *, FILE *);

/* For why_tell: the steps, as a list of texts. */
json_t *why_chain(const struct why *);
/* The source of the policy whose deadline counts; when nothing is required, the first for the platform; or NULL. */
const struct policy_source *why_source(const struct why *);

#endif
