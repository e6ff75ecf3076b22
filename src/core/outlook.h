/* outlook - what becomes of a device that checks in now, with somebody at it, under some policies: the requirement,
 * and the state that the machine is then in. Runs plan and the machine itself; pure. */
#ifndef OUTLOOK_H
#define OUTLOOK_H

#include "plan.h"

struct outlook {
	bool required;
	struct requirement requirement;	/* when required */
	int64_t deadline;		/* UTC ms, notice.minimum from now included */
	int64_t opens;			/* of the notice window */
	enum state state;		/* a leaf of the update region */
	bool counts_down;		/* which is a countdown */
	const struct release *beyond;	/* what is asked for and cannot run on the device, plan_beyond; or NULL */
};

void outlook_of(const struct policy *const *policies, unsigned count, const struct feed *, const struct device *,
	int64_t now, struct outlook *);

/* What that means, in one word. FATE_CANNOT_RUN: the target; or what would be required, if the device could run it. */
enum fate { FATE_COMPLIANT, FATE_NOTIFIED, FATE_COUNTDOWN, FATE_CANNOT_RUN, FATES };
enum fate outlook_fate(const struct outlook *);

#endif
