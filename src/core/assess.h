/* assess - policies + feed + device + knowledge + now -> the event that tells the machine what is required, the
 * settings that apply, what the device has learned, and when to assess again. Pure. A requirement becomes an event here
 * and nowhere else: for the agent, preview, the history of feeds, the simulator and outlook alike. */
#ifndef ASSESS_H
#define ASSESS_H

#include "knowledge.h"

struct assessment {
	struct event event;		/* `required` or `compliant`; at and awake are the caller's to set */
	bool required;
	struct requirement requirement;	/* when required; else zeros */
	const struct policy *policy;	/* in force, borrowed: the requirement's, else policy_in_force's; NULL: none given */
	struct settings settings;	/* that follow from it */
	bool learned;			/* knowledge changed: save it before the event is posted */
	int64_t again;			/* UTC ms: assess again then, unless something triggers it earlier; NEVER without a policy */
};

/* policies, count, feed, device and now as for plan_requirement. knowledge is lent to the device and updated; NULL: the
 * device's own `seen` and `held` are used, and nothing is learned (for simulations in which the feed never changes). */
void assess(const struct policy *const *policies, unsigned count, const struct feed *, const struct device *,
	struct knowledge *, int64_t now, struct assessment *);

/* The event alone. requirement is NULL when nothing is required; only its versions and deadline are read. Inline, since the
 * simulator makes one at every recheck of a million devices. */
static inline struct event
assess_event(const struct requirement *r, int64_t installed)
{
	if (!r)
		return (struct event){.kind = EV_COMPLIANT, .installed = installed};
	return (struct event){.kind = EV_REQUIRED, .version = r->version, .target = r->target, .deadline = r->deadline,
		.installed = installed};
}

#endif
