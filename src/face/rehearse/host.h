/* host - the pretended host of a machine: what a person and the drivers answer to its effects when nothing goes wrong,
 * and how long they take. Rehearsal and preview play it as it is; the simulator draws durations and faults around it
 * from a seed. Pure: runs nothing, reads no clock, draws no random number. */
#ifndef HOST_H
#define HOST_H

#include "core/calendar.h"
#include "machine.h"

#define HOST_GIVE_UP (30 * DAY_MS)	/* after the deadline: the update is no longer expected */
#define HOST_REACTION MINUTE_MS		/* a person's time to answer, unless a script says otherwise */

/* --- the person --- */

/* What a person can answer: an effect that shows something with buttons. */
enum occasion { ON_UPDATE, ON_WARNING, ON_INFO, ON_TIMER, OCCASIONS };	/* update: its banner */

/* Returns OCCASIONS if the effect shows nothing to answer. */
enum occasion host_occasion(enum effect_kind);

#define SCRIPT_MAX 256

/* One answer of a person; a silent one only lets the occasion pass. */
struct reaction {
	enum occasion occasion;
	bool used, silent;
	int64_t after;			/* ms */
	struct event intent;		/* kind and payload; not when silent */
};

/* What one person does: the first banner gets the first reaction to banners, the second the second, and so on. */
struct script {
	bool repeats;			/* starts again after the last reaction to an occasion; otherwise silence follows */
	unsigned count;
	struct reaction list[SCRIPT_MAX];
};

/* Adds a reaction after HOST_REACTION. remind: the duration of an EV_REMIND, in ms; otherwise 0. */
void script_add(struct script *, enum occasion, enum event_kind, int64_t remind);
/* Returns the next reaction to an effect and marks it as used, or NULL if the person does not answer. */
const struct reaction *script_next(struct script *, enum effect_kind);

/* --- the drivers --- */

/* Returns the event that reports the success of an effect's work, or EVENTS. */
enum event_kind host_done(enum effect_kind);

/* How long the work that an effect asks for takes, in ms. */
struct host_work {
	int64_t takes;			/* on the one device of a rehearsal or preview: some years old, with a slow line */
	int64_t least, most;		/* on the many devices of a simulation */
};

/* Returns NULL if an effect asks for no work that ends by itself. */
const struct host_work *host_work(enum effect_kind);

#define HOST_EVENTS 4			/* the most events that one effect leads to */

/* Writes the events that the work for an effect leads to, in order, with their times, if it begins at `at`. Returns how
 * many. The machine is the one that asked, after its answer. */
unsigned host_outcome(const struct machine *, const struct effect *, int64_t at, struct event[HOST_EVENTS]);

#endif
