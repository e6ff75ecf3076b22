/* plan - policy + feed + device + now -> what is required of this device, or nothing. Pure: the same answer in
 * the agent, in `why`, `preview`, `check` and the simulator. The rules are in lastcall-policy(5). */
#ifndef PLAN_H
#define PLAN_H

#include "policy.h"

struct release {
	int64_t version;
	int32_t day;			/* release date: days since 1970-01-01 */
	bool exploited;			/* the feed says now that it closes a hole used in attacks */
	char build[16];
	const char *const *devices;	/* boards (J314sAP) and models (Mac15,6) that can run it; empty: all */
	uint32_t device_count;
};

struct feed {
	const struct release *releases;	/* newest version first */
	uint32_t count;
	uint16_t majors[32];		/* supported, newest first */
	uint32_t major_count;
};

/* When this device first saw the feed flag a release as closing an exploited hole. The flag counts from then on, even
 * if the feed drops it: feeds drop such flags and restore them, and a deadline must not come and go. */
struct sighting {
	int64_t version;
	int64_t at;			/* UTC ms */
};

/* The release that a policy under `automatic` last required of this device. Until it is installed, no older release
 * takes its place, even if the feed adds one or changes its date; and it counts as released, even if the feed moves its
 * date into the future. So requirements never go back. */
struct held {
	char policy[POLICY_NAME];
	int64_t version;
};

struct device {
	enum platform platform;
	int64_t version;			/* installed; never VERSION_NONE: do not plan while it is unknown */
	const char *build, *model, *board;	/* each may be NULL: unknown */
	const struct zone *zone;		/* its own time zone, never NULL */
	const struct sighting *seen;		/* any other flag counts as seen now */
	uint32_t seen_count;
	const struct held *held;	/* NULL: nothing */
};

struct requirement {
	int64_t version;		/* the floor */
	int64_t target;			/* to be installed; never below the floor or the installed version */
	int64_t deadline;		/* UTC ms, without notice.minimum: the machine adds that */
	const struct policy *policy;	/* whose deadline counts */
	const struct release *release;	/* that sets the deadline; NULL under `minimum` */
	int64_t exploited;		/* if a flag makes the deadline earlier, UTC ms at which the device first saw it; else 0 */
};

/* Sets the device's model or its board, whichever the name is: a model has a comma, a board has none. Borrows it. */
void plan_name_device(struct device *, const char *name);

/* Whether a release can run on a device: the feed lists no devices for it, or lists this one's board or model, or only
 * boards for a device whose board is unknown, or only models for one whose model is. */
bool plan_can_run(const struct release *, const struct device *);

/* Whether a release that is newer than the installed version counts under a policy, or why not. major: of the installed
 * version when looking for a deadline, of the required version when looking for a target. */
enum plan_verdict { PLAN_COUNTS, PLAN_OTHER_MAJOR, PLAN_SUPPLEMENT, PLAN_NOT_OUT, PLAN_CANNOT_RUN };
enum plan_verdict plan_weigh(const struct release *, const struct policy *, unsigned major, const struct device *,
	int64_t now);

/* Under `automatic`: returns when a release is due by its date alone, UTC ms. */
int64_t plan_release_deadline(const struct release *, const struct policy *, const struct device *);

/* The same, but no later than automatic.exploited calendar days after this device first saw the flag, or than
 * notice.minimum after it if that is later. *since (may be NULL) becomes `exploited` of struct requirement. */
int64_t plan_release_due(const struct release *, const struct policy *, const struct device *, int64_t now,
	int64_t *since);

/* Under `automatic`: whether any release that counts for the device is due after now. */
bool plan_due_later(const struct policy *, const struct feed *, const struct device *, int64_t now);

/* Returns the newest release that a policy asks for and this device cannot run, or NULL. A release does not count if
 * the device can run another in its place: under `minimum` the required version or a newer one, under `automatic` one
 * of the same major. */
const struct release *plan_unsupported(const struct policy *, const struct feed *, const struct device *, int64_t now);

/* Returns false if nothing is required. feed may be NULL (none yet). now is UTC ms. Of several policies the earliest
 * deadline counts, with the highest required version among them; of equal deadlines, the first policy's.
 * Policies for another platform are skipped. A deadline that the zone's clocks skip is the first instant
 * after the gap; one that they show twice is the first of the two. */
bool plan_requirement(const struct policy *const *policies, unsigned count, const struct feed *,
	const struct device *, int64_t now, struct requirement *);

#endif
