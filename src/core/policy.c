#include "policy.h"

void
policy_settings(const struct policy *p, struct settings *s)
{
	*s = (struct settings){
		.window = p->notice.window,
		.repeat = p->notice.repeat,
		.minimum = p->notice.minimum,
		.length = p->countdown.length,
		.warn_every = p->countdown.warn_every,
		.retry_wait = p->install.retry_wait,
		.retry_times = p->install.retry_times,
		.recheck = p->recheck,
		.cache = p->install.cache,
		.close_apps = p->install.close_apps,
		.unattended = p->install.unattended == UNATTENDED_INSTALL,
	};
}

const struct policy *
policy_in_force(const struct policy *const *policies, unsigned count, enum platform platform)
{
	for (unsigned i = 0; i < count; i++)
		if (policies[i]->platform == platform)
			return policies[i];
	return count ? policies[count - 1] : NULL;
}
