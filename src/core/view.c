#include "view.h"

#include <string.h>

const char *const screen_name[] = {"none", "info", "timer", "progress"};
const char *const banner_name[] = {"none", "update", "warning", "failed"};

/* The update is in the menu wherever a person can still start it. */
static bool
is_offered(const struct machine *m)
{
	return machine_in(m, ST_NOTIFY_WINDOW) || machine_in(m, ST_COUNTDOWN) || machine_in(m, ST_RETRY) ||
		machine_in(m, ST_FAILED);
}

static bool
is_installing(const struct machine *m)
{
	return machine_in(m, ST_INSTALLING) || machine_in(m, ST_REBOOTING);
}

/* Update Info lies over the timer: closing it shows the timer again. */
static enum screen
screen_of(const struct machine *m)
{
	if (is_installing(m))
		return SCREEN_PROGRESS;
	if (m->info && is_offered(m))
		return SCREEN_INFO;
	return machine_in(m, ST_COUNTDOWN_OPEN) ? SCREEN_TIMER : SCREEN_NONE;
}

static enum banner
banner_of(const struct machine *m)
{
	if (machine_in(m, ST_NOTIFY_WINDOW_BANNER))
		return BANNER_UPDATE;
	if (m->banner_up && machine_in(m, ST_COUNTDOWN_CLOSED))
		return BANNER_WARNING;
	return m->banner_up && machine_in(m, ST_FAILED) ? BANNER_FAILED : BANNER_NONE;
}

static int
progress_of(const struct machine *m)
{
	if (!is_installing(m))
		return -1;
	return machine_in(m, ST_REBOOTING) ? 100 : (int)m->progress;
}

void
view_of(const struct machine *m, const struct policy *policy, int64_t at, int64_t awake, struct view *v)
{
	memset(v, 0, sizeof *v);
	v->state = (enum state)m->state[REGION_UPDATE];
	v->cache = (enum state)m->state[REGION_CACHE];
	v->badge = !machine_in(m, ST_IDLE);
	v->offered = v->start_now = is_offered(m);
	v->required = m->required;
	v->target = m->target;
	v->deadline = m->required ? m->deadline : 0;
	v->screen = screen_of(m);
	v->banner = banner_of(m);
	v->learn_more = v->offered && v->screen != SCREEN_INFO;
	v->open_timer = machine_in(m, ST_COUNTDOWN_CLOSED);
	if (v->banner == BANNER_UPDATE) {
		v->reminds = policy->notice.reminds;
		memcpy(v->remind, policy->notice.remind, sizeof v->remind);
	}
	if (machine_in(m, ST_NOTIFY_WINDOW_SNOOZED))
		v->reminder = at + machine_left(m, TM_REMINDER, at, awake);
	v->left = machine_in(m, ST_COUNTDOWN) ? machine_left(m, TM_COUNTDOWN, at, awake) : -1;
	v->progress = progress_of(m);
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
