/* rehearse - the parts of `lastcall rehearse`: the scenario (which device, from when on), the file of answers, and the
 * stage they are played on. */
#ifndef REHEARSE_H
#define REHEARSE_H

#include "core/plan.h"
#include "platform/probe.h"
#include "text/message.h"
#include "host.h"

/* Whether a scenario pretends to be another device, and why. */
enum pretence_reason { AS_IT_IS, NOTHING_REQUIRED, OTHER_PLATFORM };

struct scenario {
	struct probe_device device;	/* what the agent sees; its boot id changes with every pretended restart */
	const struct zone *zone;	/* the device's */
	enum pretence_reason pretends;
	int64_t start;			/* UTC ms */
	struct requirement requirement;	/* at the start */
};

/* Finds a device and a start at which the policy requires something. The device stays as it is if the policy requires
 * something of it; otherwise, or if its version is unknown (0), it pretends to run a version just below one that is
 * required. start: UTC ms, or 0 for a little before the notice window opens. now: the real time, UTC ms. Returns NULL,
 * or why there is no such scenario; a static string. */
const char *scenario_find(const struct policy *, const struct feed *, int64_t start, int64_t now, struct scenario *);

/* Reads a script:
 *
 *	# occasion: answer, and how long after it (a minute, when not said)
 *	on banner: remind 1h
 *	on banner: remind tomorrow after 5m
 *	on timer: close
 *
 * Returns false if something is wrong with it: messages then hold all of its problems, under the name `file`. */
bool answers_parse(const char *file, const char *text, size_t length, struct script *, struct messages *);

struct rehearsal {
	const char *policy_path, *feed_path;	/* feed_path may be NULL */
	const struct policy *policy;
	struct scenario scenario;
	double speed;			/* throughout; 0: fast up to the deadline, then slower */
	struct script *answers;		/* NULL: only the person at the terminal answers */
	bool plain;			/* prints lines, even on a terminal */
};

/* Plays the rehearsal to its end. The agent keeps its state in `folder`, which the caller removes. Returns the exit
 * status. */
int rehearsal_play(struct rehearsal *, const char *folder);

#endif
