/* plan - policy + feed + device + now -> what is required of this device, or nothing. Pure: the same answer in
 * the agent, in `why`, `preview`, `check` and the simulator. The rules are DESIGN's section "The requirement". */
#ifndef PLAN_H
#define PLAN_H

#include "policy.h"

struct release {
	int64_t version;
	int32_t day;			/* released: days since 1970-01-01, a calendar date */
	bool exploited;			/* closes a hole that is used in attacks, the feed says now */
	char build[16];
	const char *const *devices;	/* boards (J314sAP) and models (Mac15,6) that can run it; none listed: all */
	uint32_t device_count;
};

struct feed {
	const struct release *releases;	/* newest version first */
	uint32_t count;
	uint16_t majors[32];		/* that the feed supports, newest first */
	uint32_t major_count;
};

/* When this device first saw the feed say that a release closes an exploited hole. It counts for good: feeds take such
 * flags back and bring them again, and a deadline that comes and goes is worse than one that came. */
struct sighting {
	int64_t version;
	int64_t at;			/* UTC ms */
};

/* What a policy under `automatic` last asked this device for. While it stands, an older release that a feed comes to
 * list only then, or dates anew, is not asked for in its place; and it is out, though the feed date it anew as yet to
 * come. Requirements do not go back. */
struct held {
	char policy[POLICY_NAME];
	int64_t version;
};

struct device {
	enum platform platform;
	int64_t version;			/* never VERSION_NONE: ask for no plan while it is unknown */
	const char *build, *model, *board;	/* each may be NULL: unknown */
	const struct zone *zone;		/* its own time zone, never NULL */
	const struct sighting *seen;		/* a flag that is not among them is seen now */
	uint32_t seen_count;
	const struct held *held;	/* NULL: nothing */
};

struct requirement {
	int64_t version;		/* the floor */
	int64_t target;			/* what is installed; never below version nor what is installed */
	int64_t deadline;		/* UTC ms; notice.minimum is not in it: the machine adds that */
	const struct policy *policy;	/* the one whose deadline counts */
	const struct release *release;	/* that set the deadline; NULL under `minimum` */
	int64_t exploited;		/* UTC ms: the deadline is sooner since the flag was first seen then; 0: it is not */
};

/* Sets the device's model or its board, whichever the name is: a model has a comma, a board has none. Borrows it. */
void plan_name_device(struct device *, const char *name);

/* Whether a release counts for a device: the feed lists its board or model, or lists none, or the device's is
 * unknown. Of a list of boards alone a device that knows only its model (models have a comma) learns nothing. */
bool plan_runs(const struct release *, const struct device *);

/* What a policy makes of a release that is newer than what is installed. major: the one that is asked about, the
 * installed one's for deadlines, the required one's for targets. */
enum plan_verdict { PLAN_COUNTS, PLAN_OTHER_MAJOR, PLAN_SUPPLEMENT, PLAN_NOT_OUT, PLAN_CANNOT_RUN };
enum plan_verdict plan_weigh(const struct release *, const struct policy *, unsigned major, const struct device *,
	int64_t now);

/* Under `automatic`: when a release is due, UTC ms, by its date alone. */
int64_t plan_release_deadline(const struct release *, const struct policy *, const struct device *);

/* The same, and sooner by automatic.exploited: that many calendar days from when this device first saw the flag, with
 * no less than notice.minimum from then, and never later. *since as struct requirement has it; may be NULL. */
int64_t plan_release_due(const struct release *, const struct policy *, const struct device *, int64_t now,
	int64_t *since);

/* Under `automatic`: whether any release that counts for the device falls due after now. */
bool plan_ahead(const struct policy *, const struct feed *, const struct device *, int64_t now);

/* The newest release that this device would have to install, did the feed not list it for other devices only:
 * under `minimum`, it and everything else that would do; under `automatic`, it and all of its major. NULL: none. */
const struct release *plan_beyond(const struct policy *, const struct feed *, const struct device *, int64_t now);

/* False: nothing is required. feed may be NULL (none yet). now is UTC ms. Of several policies the earliest
 * deadline counts, with the highest required version among them; of equal deadlines, the first policy's.
 * Policies of another platform are passed over. A deadline that the zone's clocks skip is the first instant
 * after the gap; one that they show twice is the first of the two. */
bool plan_requirement(const struct policy *const *policies, unsigned count, const struct feed *,
	const struct device *, int64_t now, struct requirement *);

#endif
