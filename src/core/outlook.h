/* outlook - what would happen to a device whose agent starts now with somebody logged in: the requirement under some
 * policies, and the state that the machine reaches. Runs assess and the machine itself; pure. */
#ifndef OUTLOOK_H
#define OUTLOOK_H

#include "plan.h"

struct outlook {
	bool required;
	struct requirement requirement;	/* when required */
	int64_t deadline;		/* UTC ms, no earlier than notice.minimum from now */
	int64_t opens;			/* UTC ms at which the notice window opens */
	enum state state;		/* a leaf of the update region */
	bool counts_down;		/* state is a countdown */
	const struct release *unsupported;	/* asked for, but the device cannot run it (plan_unsupported); or NULL */
};

void outlook_of(const struct policy *const *policies, unsigned count, const struct feed *, const struct device *,
	int64_t now, struct outlook *);

/* The outlook in one word. FATE_CANNOT_RUN: the device cannot run the target, or what would otherwise be required. */
enum fate { FATE_COMPLIANT, FATE_NOTIFIED, FATE_COUNTDOWN, FATE_CANNOT_RUN, FATES };
enum fate outlook_fate(const struct outlook *);

#endif
