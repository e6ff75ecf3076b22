/* world - a pretended world around one machine, drawn from a seed: a person, clocks, an updater, a feed and a policy that
 * change, power, crashes. Pure; the same seed gives the same world to the byte.
 *
 * The world is the machine's host: it carries out effects and posts events. Keeps no journal: if the agent dies in
 * mid-write, it reports how many lines were written; the caller decides what the next agent recovers (world_recover). */
#ifndef WORLD_H
#define WORLD_H

#include "core/player.h"
#include "random.h"

/* What can go wrong. Swarm testing: each seed leaves out some faults, so that the others occur more often. */
enum fault {
	FAULT_CRASH,		/* the agent dies between two events */
	FAULT_TEAR,		/* the agent dies while it handles an event; its journal is torn */
	FAULT_STOP,		/* the agent is stopped, and started later */
	FAULT_POWER,		/* the power fails */
	FAULT_CLOCK,		/* the clock is set: by seconds, hours, years */
	FAULT_ZONE,		/* the device changes its time zone, so the deadline moves */
	FAULT_POLICY_MOVES,
	FAULT_POLICY_GONE,
	FAULT_SETTINGS,		/* the policy's settings change */
	FAULT_RELEASE,		/* the feed lists a newer version */
	FAULT_NO_ASSESSMENT,	/* feed and policy cannot be read: an assessment is skipped */
	FAULT_OTHER_MEANS,	/* the person updates the device in another way */
	FAULT_INTENTS,		/* any intent at any time, as a client that lags sends it */
	FAULT_OUTCOMES,		/* any outcome of a driver at any time */
	FAULT_DOWNLOAD,		/* downloads fail */
	FAULT_APPS,		/* apps do not close */
	FAULT_INSTALL_FAILS,
	FAULT_INSTALL_LIES,	/* it reports success, and the version stays */
	FAULT_INSTALL_HANGS,
	FAULT_INSTALL_RESTARTS,	/* it restarts the device without reporting anything */
	FAULT_INSTALL_SLOW,	/* it takes hours */
	FAULT_NO_RESTART,	/* a restart does not happen */
	FAULT_SLEEPS,		/* the lid is closed */
	FAULT_AWAY,		/* the person leaves the desk */
	FAULT_LOGS_OUT,
	FAULT_SHUTS_DOWN,
	FAULT_BUSY,		/* presentations and calls */
	FAULT_STALE,		/* the required version is installed already */
	FAULTS
};
extern const char *const fault_name[FAULTS];

/* Where the person is, and whether the device is on. */
enum presence { AT_DESK, AWAY, LID_CLOSED, LOGGED_OUT, SHUT_DOWN, PRESENCES };

/* How a person reacts to what is shown: how often in 1,000 in each of these ways, otherwise not at all. */
struct temper {
	uint32_t starts, snoozes_hour, snoozes_day, dismisses, reads, closes_timer;
	int64_t reaction;	/* ms, at most; 0: never reacts */
};

/* What is required of devices, by installed version and day, computed beforehand from policy and feed. */
struct demand {
	int64_t version, target, deadline;	/* version 0: nothing is required */
};
struct demands {
	int64_t first_day;			/* days since 1970-01-01, UTC */
	uint32_t days, versions;
	const int64_t *version;			/* installed */
	const struct demand *list;		/* of version v on day d: [(v * days + d) * 2]; past its deadline: + 1 */
};

/* The days of a person who keeps office hours. */
struct office {
	const int64_t *midnight;		/* UTC ms at which each local day begins */
	uint32_t days;				/* midnights */
	int first_weekday;			/* 0 is Sunday */
};

/* What a world is made of. */
struct nature {
	struct settings settings;
	int64_t installed;
	struct demand demand;			/* in force if there are no demands */
	int64_t start, trouble_every;		/* ms */
	uint32_t faults;			/* bits, by enum fault */
	uint32_t fault_per_mille;		/* how often a fault strikes when it could */
	struct temper temper;
	const struct demands *demands;		/* or NULL */
	const struct office *office;		/* or NULL: the person comes and goes at random */
};

/* Draws the nature of one seed. */
void nature_draw(struct nature *, struct random *);

/* What can happen next; of several at the same instant, the first listed happens first. */
enum thing { THING_POWER, THING_DOWN, THING_SESSION, THING_ASSESS, THING_PRESENCE, THING_BUSY, THING_ANSWER,
	THING_DOWNLOAD, THING_APPS, THING_INSTALL, THING_TROUBLE, THING_WORK, THINGS };

enum happened {
	HAPPENED_NOTHING,	/* up to the given time */
	HAPPENED_EVENT,		/* see event and answer */
	HAPPENED_CRASH,		/* at event.at */
	HAPPENED_SETTINGS,	/* at event.at; settings have changed */
};

/* Set if the agent died while it wrote what happened to its journal: an event, states and effects, or settings. */
struct torn {
	bool yes;
	unsigned written;		/* lines that are surely on disk; the next line may be, or any part of it */
	struct player player;		/* before the event */
	struct settings settings;	/* before the event */
};

/* What the next agent recovers. */
struct found {
	bool journaled;			/* the event or the settings are in the journal */
	struct player player;
	struct effects left;		/* asked for and not begun: the agent begins them now */
	uint32_t boot;			/* of the last start that the journal holds */
};

struct world {
	struct settings settings;	/* in force; the machine borrows them, so a world must not be moved */
	struct player player;
	struct nature nature;
	struct random random;
	int64_t now, offset;		/* true UTC ms, and how far ahead the device's clock is */
	int64_t due[THINGS];		/* true time, or NEVER */
	enum presence presence;
	bool session, busy, off;
	int64_t paused[THINGS];		/* what was left of due when the lid was closed, or NEVER */
	uint32_t boot, started_boot;	/* the current one, and the one in which an agent last started */
	bool assessed;			/* since the agent started, before anything else */
	struct torn torn;
	int64_t version, pending;	/* truly installed; and what the next boot installs, or 0 */
	int64_t installing;		/* by the updater now, or 0 */
	enum effect_kind work;		/* of any other driver, for THING_WORK */
	enum fault install_fate;	/* FAULTS: it succeeds */
	struct effects left;		/* asked for, but not begun when the agent died; without those marked once */
	uint32_t day, step;		/* of office hours */
	int64_t arrives, leaves;	/* this person's habits, ms after midnight */
	enum presence nights;		/* where the person leaves the device at night */
	struct event event;
	struct answer answer;
};

void world_begin(struct world *, const struct nature *, struct random);
/* Runs on to the next event, crash or change of settings, at most to `until` (true time). */
enum happened world_next(struct world *, int64_t until);
/* Sets what the next agent recovers, after something happened with torn.yes. Without this call the event happened and the
 * agent begins the rest of its effects. */
void world_recover(struct world *, const struct found *);
/* Ends all faults and puts a person at the desk: from here on every device must become compliant. */
void world_heal(struct world *);
/* What is required of the device now; version 0: nothing. */
struct demand world_demand(const struct world *);
/* Whether nothing is required of the device and its machine is idle. */
bool world_compliant(const struct world *);

#endif
