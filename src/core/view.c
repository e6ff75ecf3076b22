#include "view.h"

#include <string.h>

const char *const screen_name[] = {"none", "info", "timer", "progress"};
const char *const banner_name[] = {"none", "update", "warning", "failed"};

/* Adds to the view what a state `shows`. */
static void
add_shown(const struct machine *m, const struct policy *policy, int64_t at, int64_t awake, enum shown shown, struct view *v)
{
	switch (shown) {
	case SHOWN_OFFER:	/* in the menu: a person can start the update */
		v->offered = v->start_now = true;
		break;
	case SHOWN_BANNER:
		v->banner = BANNER_UPDATE;
		v->reminds = policy->notice.reminds;
		memcpy(v->remind, policy->notice.remind, sizeof v->remind);
		break;
	case SHOWN_REMINDER:
		v->reminder = at + machine_left(m, TM_REMINDER, at, awake);
		break;
	case SHOWN_COUNTDOWN:
		v->left = machine_left(m, TM_COUNTDOWN, at, awake);
		break;
	case SHOWN_TIMER:
		v->screen = SCREEN_TIMER;
		break;
	case SHOWN_WARNING:
		v->open_timer = true;
		v->banner = m->banner_up ? BANNER_WARNING : BANNER_NONE;
		break;
	case SHOWN_PROGRESS:
		v->screen = SCREEN_PROGRESS;
		v->progress = (int)m->progress;
		break;
	case SHOWN_RESTART:
		v->progress = 100;
		break;
	case SHOWN_FAILURE:
		v->banner = m->banner_up ? BANNER_FAILED : BANNER_NONE;
		break;
	case SHOWNS:
		break;
	}
}

void
view_of(const struct machine *m, const struct policy *policy, int64_t at, int64_t awake, struct view *v)
{
	memset(v, 0, sizeof *v);
	v->state = (enum state)m->state[REGION_UPDATE];
	v->cache = (enum state)m->state[REGION_CACHE];
	v->badge = !machine_in(m, ST_IDLE);
	v->required = m->required;
	v->target = m->target;
	v->deadline = m->required ? m->deadline : 0;
	v->left = v->progress = -1;
	for (enum shown shown = 0; shown < SHOWNS; shown++)
		if (machine_shows(m, shown))
			add_shown(m, policy, at, awake, shown, v);
	/* Update Info covers the timer; when it is closed, the timer shows again. */
	if (m->info && v->offered)
		v->screen = SCREEN_INFO;
	v->learn_more = v->offered && v->screen != SCREEN_INFO;
}

static bool
reminds_same(const struct view *a, const struct view *b)
{
	return a->reminds == b->reminds && memcmp(a->remind, b->remind, sizeof a->remind) == 0;
}

bool
view_same(const struct view *a, const struct view *b)
{
	return a->state == b->state && a->cache == b->cache && a->badge == b->badge && a->offered == b->offered &&
		a->required == b->required && a->target == b->target && a->deadline == b->deadline &&
		a->screen == b->screen && a->banner == b->banner && a->start_now == b->start_now &&
		a->open_timer == b->open_timer && a->learn_more == b->learn_more && reminds_same(a, b) &&
		a->reminder == b->reminder && a->progress == b->progress && a->safe_mode == b->safe_mode;
}
