#include "assess.h"

void
assess(const struct policy *const *policies, unsigned count, const struct feed *feed, const struct device *device,
	struct knowledge *knowledge, int64_t now, struct assessment *a)
{
	struct device informed = *device;
	const struct requirement *required;

	*a = (struct assessment){.again = NEVER};
	if (knowledge) {
		a->learned = knowledge_see(knowledge, feed, device->version, now);
		knowledge_lend(knowledge, &informed);
	}
	a->required = plan_requirement(policies, count, feed, &informed, now, &a->requirement);
	required = a->required ? &a->requirement : NULL;
	if (knowledge)
		a->learned |= knowledge_hold(knowledge, required);
	a->policy = required ? required->policy : policy_in_force(policies, count, device->platform);
	if (a->policy) {
		policy_settings(a->policy, &a->settings);
		a->again = now + a->policy->recheck;
	}
	a->event = assess_event(required, device->version);
}
