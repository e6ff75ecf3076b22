/* why_steps - the steps of the chain that why tells. Nobody else's. */
#ifndef WHY_STEPS_H
#define WHY_STEPS_H

#include "why.h"

struct chain {
	const struct why *why;
	json_t *steps;
};

void chain_say(struct chain *, const char *format, ...) __attribute__((format(printf, 2, 3)));

void step_summary(struct chain *);
void step_device(struct chain *);		/* what it runs, and whose clocks count */
void step_policy(struct chain *, const struct policy_source *);	/* what one policy asks of it */
void step_choice(struct chain *);		/* which of several counts */
void step_target(struct chain *);		/* what is installed */
void step_shown(struct chain *);		/* what a person sees, and when */
void step_now(struct chain *);
void step_change(struct chain *);		/* what would change it */

/* The source of the policy whose deadline counts; when nothing is required, the first for the platform; or NULL. */
const struct policy_source *why_source(const struct why *);

#endif
