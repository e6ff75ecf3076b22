/* view - everything a person is shown, as a pure function of machine, policy and now. Every face shows this. */
#ifndef VIEW_H
#define VIEW_H

#include "policy.h"

enum screen { SCREEN_NONE, SCREEN_INFO, SCREEN_TIMER, SCREEN_PROGRESS };
enum banner { BANNER_NONE, BANNER_UPDATE, BANNER_WARNING, BANNER_FAILED };

struct view {
	enum state state, cache;	/* leaf states of the two regions */
	bool badge;			/* the red dot */
	bool offered;			/* the update is in the menu */
	int64_t required, target;	/* versions; 0 when nothing is required */
	int64_t deadline;		/* UTC ms */
	enum screen screen;
	enum banner banner;
	bool start_now, open_timer;	/* buttons that do something now */
	bool learn_more;
	unsigned reminds;
	int64_t remind[POLICY_REMINDS];	/* ms, the choices of this banner */
	int64_t reminder;		/* UTC ms when a snoozed banner comes back; 0 */
	int64_t left;			/* ms of countdown; -1 outside one */
	int progress;			/* per cent of the installation; -1 outside one */
	bool safe_mode;			/* set by the host: nothing is closed, installed or restarted */
};

/* at and awake in ms, as in an event. */
void view_of(const struct machine *, const struct policy *, int64_t at, int64_t awake, struct view *);

/* Whether two views are equal apart from `left`, which time alone changes. A host sends a view when this is false. */
bool view_same(const struct view *, const struct view *);

extern const char *const screen_name[], *const banner_name[];

#endif
