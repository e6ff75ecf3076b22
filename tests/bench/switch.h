/* switch - the machine of frozen.yaml as one would write it by hand. The machine generated from that file is compared with
 * it, event by event, and measured against it. It does not ship. */
#ifndef SWITCH_H
#define SWITCH_H

#include "machine.h"

struct hand {
	const struct settings *settings;
	enum state update, cache;
	int64_t required, target, installed, deadline, floor, snooze;
	int64_t due[TIMERS];		/* NEVER: not armed */
	uint32_t attempts, progress;
	bool session, busy, info, banner_up;
};

void hand_init(struct hand *, const struct settings *);
void hand_step(struct hand *, const struct event *, struct effects *);

#endif
