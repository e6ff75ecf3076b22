/* lint - what is no mistake in a policy's text but hurts people on the day: deadlines in the past, on weekends, at
 * night; too little notice; versions that do not exist. Each is a warning at the policy's line; a window that the time
 * to the deadline has no room for is an error. The agent takes such a policy all the same. */
#ifndef LINT_H
#define LINT_H

#include "core/plan.h"
#include "words/policy.h"

struct lint {
	int64_t now;			/* UTC ms */
	bool asked;			/* the author named that time: what it makes impossible is an error. Otherwise a
					 * policy that passes today would fail in its last days, unchanged. */
	const struct feed *feed;	/* NULL: none */
};

void lint_policy(const struct policy_source *, const struct lint *, struct messages *);

#endif
