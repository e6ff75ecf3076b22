/* Generated from machine/update.yaml by gen/. SAMPLE of the shape that the generator will emit. */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NEVER INT64_MAX

enum region { REGION_UPDATE, REGION_CACHE, REGIONS };
/* Every state, choices too, in the order of the YAML, named by path. */
enum state { ST_IDLE, ST_WEIGH, ST_SATISFIED, ST_VERIFIED, ST_CALLED_OFF, ST_NOTIFY_WINDOW, ST_NOTIFY_WINDOW_BANNER,
	ST_NOTIFY_WINDOW_SNOOZED, ST_NOTIFY_WINDOW_HELD, ST_COUNTDOWN, ST_COUNTDOWN_OPEN, ST_COUNTDOWN_CLOSED,
	ST_UNATTENDED, ST_UNATTENDED_QUIET, ST_UNATTENDED_WAITING, ST_INSTALLING, ST_INSTALLING_BEGIN,
	ST_INSTALLING_CLOSING_APPS, ST_INSTALLING_UPDATING, ST_REBOOTING, ST_VERIFYING, ST_ATTEMPT_OVER, ST_RETRY,
	ST_FAILED, ST_CACHE_NONE, ST_CACHING, ST_CACHED, STATES };
enum event_kind { EV_START, EV_BOOTED, EV_HALT, EV_REQUIRED, EV_COMPLIANT, EV_REMIND, EV_DISMISSED, EV_LEARN_MORE,
	EV_START_NOW, EV_OPEN_TIMER, EV_WINDOW_CLOSED, EV_LOGIN, EV_LOGOUT, EV_SLEEP, EV_WAKE, EV_CLOCK, EV_BUSY, EV_FREE,
	EV_APPS_CLOSED, EV_DOWNLOADED, EV_DOWNLOAD_FAILED, EV_PROGRESS, EV_INSTALLED, EV_INSTALL_FAILED,
	EV_TIMER /* always last: a timer of the machine is due */, EVENTS };
enum effect_kind { FX_BANNER, FX_WARNING, FX_WITHDRAW, FX_BADGE, FX_OPEN_INFO, FX_OPEN_TIMER, FX_OPEN_PROGRESS,
	FX_CLOSE_WINDOWS, FX_DOWNLOAD, FX_CLOSE_APPS, FX_HOLD_APPS, FX_RELEASE_APPS, FX_INSTALL, FX_REBOOT, FX_REPORT,
	EFFECTS };
enum timer { TM_OPENS, TM_DEADLINE, TM_REPEAT, TM_REMINDER, TM_COUNTDOWN, TM_WARN, TM_QUIET, TM_HOLD, TM_RESTART,
	TM_VERIFY, TM_RETRY, TM_RECHECK, TIMERS };
enum outcome { OUTCOME_COMPLIANT, OUTCOME_VERIFIED, OUTCOME_CALLED_OFF, OUTCOME_RETRY, OUTCOME_FAILED };

/* Constant while an event is handled. Every field is an int64_t, flags and counts too. */
struct settings {
	int64_t window, repeat, minimum, length, warn_every, retry_wait, retry_times, recheck, cache, close_apps, unattended;
};

/* What happened, and when on both clocks. Payload fields that a kind does not have are 0. A field named by a C
 * keyword has an underscore behind it (for_). */
struct event {
	enum event_kind kind;
	enum timer timer;	/* of EV_TIMER */
	int64_t at;		/* UTC ms */
	int64_t awake;		/* ms this device has been awake since its boot */
	int64_t version, target, deadline, installed, for_, was, percent;
};

struct effect {
	enum effect_kind kind;
	int64_t target, deadline, left, shown, outcome, version;
};

#define MACHINE_EFFECTS 24	/* the most that one event can ask, computed */
struct effects { unsigned count; struct effect list[MACHINE_EFFECTS]; };

#define MACHINE_SLOTS 3
struct machine {
	const struct settings *settings;	/* borrowed */
	int64_t at, awake;			/* of the last event */
	int64_t due[MACHINE_SLOTS];
	int64_t required, target, installed, deadline, floor, snooze;
	uint32_t attempts, progress;
	bool session, busy, info, banner_up;
	uint8_t state[REGIONS];			/* leaf states, enum state */
};

/* settings must outlive the machine. Context fields are 0; set what is known (installed) before the first event. */
void machine_init(struct machine *, const struct settings *);
/* One event in, zero or more effects out (effects is emptied first). e->at may go back only in a clock event. */
void machine_step(struct machine *, const struct event *, struct effects *);
/* The UTC ms at which the earliest timer is due if the device stays awake; NEVER. */
int64_t machine_wake(const struct machine *);
/* Which timer is due first at these clocks (ties: order of the YAML); false: none is due yet. The host then
 * steps EV_TIMER with it. An EV_TIMER for a timer that is not armed changes nothing. */
bool machine_due(const struct machine *, int64_t at, int64_t awake, enum timer *);
bool machine_armed(const struct machine *, enum timer);
/* ms until the timer is due (never negative) on its own clock; NEVER when not armed. */
int64_t machine_left(const struct machine *, enum timer, int64_t at, int64_t awake);
/* Whether the machine is in the state or a state inside it. */
bool machine_in(const struct machine *, enum state);

/* Tables for those who read and write events, effects and settings as text. */
struct field {
	const char *name;		/* as in the YAML */
	const char *type;		/* instant, duration, count, flag, or a name from `types:` */
	const char *const *words;	/* of an enumeration: its words, NULL-terminated; else NULL */
	size_t offset;			/* of the int64_t in its struct */
	bool optional;
};
struct kind {
	const char *name, *about;
	const struct field *fields;
	unsigned field_count;
	bool once;			/* an effect that must not happen twice */
};
extern const struct kind machine_event[EVENTS];	/* EV_TIMER's name is "timer", no fields */
extern const struct kind machine_effect[EFFECTS];
extern const struct kind machine_settings;	/* its fields are those of struct settings */
extern const char *const machine_timer[TIMERS];
struct state_info {
	const char *path, *about;
	enum state parent;		/* STATES: none */
	enum region region;
	bool leaf, choice;
};
extern const struct state_info machine_state[STATES];
extern const char machine_name[], machine_hash[];	/* hash: FNV-1a, 64 bits in hex, of the machine file */

#endif
