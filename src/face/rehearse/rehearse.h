/* rehearse - the parts of `lastcall rehearse`: a scenario (which device, from when on), and the stage that it is
 * played on. */
#ifndef REHEARSE_H
#define REHEARSE_H

#include "core/plan.h"
#include "platform/probe.h"
#include "answers.h"

/* Why the device is not what it is. */
enum pretence_reason { AS_IT_IS, NOTHING_REQUIRED, OTHER_PLATFORM };

struct scenario {
	struct probe_device device;	/* as the agent is to see it; its boot changes with every pretended restart */
	const struct zone *zone;	/* the device's */
	enum pretence_reason pretends;
	int64_t start;			/* UTC ms */
	struct requirement requirement;	/* at the start */
};

/* A device and a start at which the policy requires something. The device stays as it is when that will do; else, or
 * when its version is not known (0), it pretends to run one just below one that is required. start 0: a while before the notice window opens.
 * now: the world's, UTC ms. NULL: found; else why not, static. */
const char *scenario_find(const struct policy *, const struct feed *, int64_t start, int64_t now, struct scenario *);

struct rehearsal {
	const char *policy_path, *feed_path;	/* feed_path may be NULL */
	const struct policy *policy;
	struct scenario scenario;
	double speed;			/* of the whole; 0: as it is best watched */
	struct answers *answers;	/* NULL: nobody but who is at the terminal */
	bool plain;			/* lines, even on a terminal */
};

/* Plays it to its end in a folder of its own, which is gone afterwards. The exit status. */
int rehearsal_play(struct rehearsal *, const char *folder);

#endif
