/* world - everything around one machine, drawn from a seed: a person, clocks, an updater, a feed and a policy that
 * move, power, crashes. Pure; the same seed is the same world to the byte.
 *
 * The world is what an agent's host is to the machine: it does what the machine asks, and hands events over in time.
 * It has no journal. When an agent dies while it writes, world says how far it came; what the next agent makes of that,
 * who keeps the journal says. */
#ifndef WORLD_H
#define WORLD_H

#include "core/player.h"
#include "random.h"

/* What may go wrong. Swarm testing: each seed leaves some of them out, so that the others get room. */
enum fault {
	FAULT_CRASH,		/* the agent dies between events */
	FAULT_TEAR,		/* or in the middle of one, its journal torn */
	FAULT_STOP,		/* the agent is told to stop, and is started later */
	FAULT_POWER,		/* the power goes */
	FAULT_CLOCK,		/* the clock is set: by seconds, hours, years */
	FAULT_ZONE,		/* the device travels, and with it the deadline */
	FAULT_POLICY_MOVES,
	FAULT_POLICY_GONE,
	FAULT_SETTINGS,		/* the policy's lengths change */
	FAULT_RELEASE,		/* the feed has a newer version */
	FAULT_NO_ASSESSMENT,	/* the feed and the policy cannot be read: nothing is said for a while */
	FAULT_OTHER_MEANS,	/* the person updates the device by another way */
	FAULT_INTENTS,		/* any intent at any time, as clients that lag send it */
	FAULT_WORDS,		/* any word of a driver at any time */
	FAULT_DOWNLOAD,		/* downloads fail */
	FAULT_APPS,		/* apps do not close */
	FAULT_INSTALL_FAILS,
	FAULT_INSTALL_LIES,	/* it says installed, and the version stays */
	FAULT_INSTALL_HANGS,
	FAULT_INSTALL_RESTARTS,	/* it restarts the device itself, without a word */
	FAULT_INSTALL_SLOW,	/* it takes hours */
	FAULT_NO_RESTART,	/* a restart that does not come */
	FAULT_SLEEPS,		/* lids close */
	FAULT_AWAY,		/* nobody looks */
	FAULT_LOGS_OUT,
	FAULT_SHUTS_DOWN,
	FAULT_BUSY,		/* presentations and calls */
	FAULT_STALE,		/* what is there already is asked for */
	FAULTS
};
extern const char *const fault_name[FAULTS];

/* Where the person and the device are. */
enum presence { AT_DESK, AWAY, LID_CLOSED, LOGGED_OUT, SHUT_DOWN, PRESENCES };

/* What a person does with what is shown, each in 1,000; the rest of the time nothing. */
struct temper {
	uint32_t starts, snoozes_hour, snoozes_day, dismisses, reads, closes_timer;
	int64_t reaction;	/* ms, at most */
};

/* What is asked of devices, by version and day, computed beforehand from policy and feed. */
struct demand {
	int64_t version, target, deadline;	/* version 0: nothing is required */
};
struct demands {
	int64_t first_day;			/* days since 1970-01-01, UTC */
	uint32_t days, versions;
	const int64_t *version;			/* installed */
	const struct demand *list;		/* of version v on day d: [(v * days + d) * 2], and once its deadline is past: + 1 */
};

/* People who keep office hours, for a rollout's figures. */
struct office {
	const int64_t *midnight;		/* UTC ms at which each local day begins */
	uint32_t days;				/* midnights */
	int first_weekday;			/* 0 is Sunday */
};

struct nature {
	struct settings settings;
	int64_t installed;
	struct demand demand;			/* without demands */
	int64_t start, trouble_every;		/* ms */
	uint32_t faults;			/* bits, by enum fault */
	uint32_t fault_per_mille;		/* how often an occasion for one is taken */
	struct temper temper;
	const struct demands *demands;		/* or NULL */
	const struct office *office;		/* or NULL: presence is drawn */
};

/* A nature of a swarm. */
void nature_draw(struct nature *, struct random *);

/* What comes next in the world, in the order in which it is considered at one instant. */
enum thing { THING_POWER, THING_DOWN, THING_SESSION, THING_ASSESS, THING_PRESENCE, THING_BUSY, THING_ANSWER,
	THING_DOWNLOAD, THING_APPS, THING_INSTALL, THING_TROUBLE, THING_WORK, THINGS };

enum happened {
	HAPPENED_NOTHING,	/* until then */
	HAPPENED_EVENT,		/* event and answer */
	HAPPENED_CRASH,		/* event.at */
	HAPPENED_SETTINGS,	/* event.at; settings are others from here on */
};

/* The agent died while it wrote down what happened: the event, states and effects of an answer, or settings. */
struct torn {
	bool yes;
	unsigned written;		/* lines that it knew to be on disk; the next one may be, or any part of it */
	struct player player;		/* both as before */
	struct settings settings;
};

/* What the next agent finds. */
struct found {
	bool heard;			/* the event or the settings happened */
	struct player player;
	struct effects left;		/* that were asked for: it begins them now */
	uint32_t boot;			/* in which an agent last began to run */
};

struct world {
	struct settings settings;	/* in force; the machine borrows them: a world stays where it began */
	struct player player;
	struct nature nature;
	struct random random;
	int64_t now, offset;		/* true UTC ms, and what the device's clock is off by */
	int64_t due[THINGS];		/* true time; NEVER */
	enum presence presence;
	bool session, busy, off;
	int64_t paused[THINGS];		/* what was left of them when the lid closed; or NEVER */
	uint32_t boot, heard_boot;	/* this one, and in which an agent last began to run */
	bool assessed;			/* since the agent came up: it always does so first */
	struct torn torn;
	int64_t version, pending;	/* truly installed; and what the next boot brings, or 0 */
	int64_t installing;		/* what the updater is at, or 0 */
	enum effect_kind work;		/* of any other driver, for THING_WORK */
	enum fault install_fate;	/* FAULTS: it works */
	struct effects left;		/* asked for, and not begun when the agent died: none of them once */
	uint32_t day, step;		/* of office hours */
	int64_t arrives, leaves;	/* this person's habits, ms after midnight */
	enum presence nights;
	struct event event;
	struct answer answer;
};

void world_begin(struct world *, const struct nature *, struct random);
/* The next thing that the machine hears of until then (true time). */
enum happened world_next(struct world *, int64_t until);
/* After something that happened with torn.yes. Not said, the event happened and the rest of its answer is made good. */
void world_find(struct world *, const struct found *);
/* From here on nothing goes wrong, and somebody is there: every device must become compliant. */
void world_heal(struct world *);
/* What is asked of it now; version 0: nothing. */
struct demand world_demand(const struct world *);
/* At or above what is asked of it, and the machine knows. */
bool world_compliant(const struct world *);

#endif
