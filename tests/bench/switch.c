#include "switch_states.h"

static void
update(struct step *p)
{
	switch (p->h->update) {
	case ST_IDLE: idle(p); break;
	case ST_NOTIFY_WINDOW_BANNER: in_banner(p); break;
	case ST_NOTIFY_WINDOW_SNOOZED: in_snoozed(p); break;
	case ST_NOTIFY_WINDOW_HELD: in_held(p); break;
	case ST_COUNTDOWN_OPEN: in_open(p); break;
	case ST_COUNTDOWN_CLOSED: in_closed(p); break;
	case ST_UNATTENDED_QUIET:
	case ST_UNATTENDED_WAITING: unattended(p); break;
	case ST_INSTALLING_CLOSING_APPS: in_closing_apps(p); break;
	case ST_INSTALLING_UPDATING: in_updating(p); break;
	case ST_REBOOTING: rebooting(p); break;
	case ST_VERIFYING: verifying(p); break;
	case ST_RETRY:
	case ST_FAILED: pause(p); break;
	default: break;
	}
}

static void
enter_caching(struct step *p)
{
	p->h->cache = ST_CACHING;
	ask(p, (struct effect){.kind = FX_DOWNLOAD, .target = p->h->target});
}

static void
cache(struct step *p)
{
	struct hand *h = p->h;

	switch (p->e->kind) {
	case EV_REQUIRED:
		if (p->obsolete)
			h->cache = ST_CACHE_NONE;
		else if (!p->working && (h->cache == ST_CACHE_NONE ? p->s->cache : p->retarget))
			enter_caching(p);
		break;
	case EV_COMPLIANT:
		h->cache = ST_CACHE_NONE;
		break;
	case EV_DOWNLOADED:
		if (h->cache == ST_CACHING)
			h->cache = ST_CACHED;
		break;
	case EV_DOWNLOAD_FAILED:
		if (h->cache == ST_CACHING)
			h->cache = ST_CACHE_NONE;
		break;
	case EV_START:
	case EV_BOOTED:
		if (h->cache != ST_CACHING)
			break;
		if (p->working || (p->e->kind == EV_BOOTED && p->e->version >= h->required))
			h->cache = ST_CACHE_NONE;
		else
			enter_caching(p);
		break;
	default:
		break;
	}
}


static void
shift_clock(struct hand *h, int64_t by)
{
	static const enum timer wall[] = {TM_REPEAT, TM_REMINDER, TM_RETRY, TM_RECHECK};

	for (unsigned i = 0; i < sizeof wall / sizeof *wall; i++)
		if (h->due[wall[i]] != NEVER)
			h->due[wall[i]] += by;
}

static void
start_again(struct hand *h, int64_t awake)
{
	const struct {
		enum timer timer;
		int64_t length;
	} again[] = {{TM_COUNTDOWN, h->settings->length}, {TM_WARN, h->settings->warn_every}, {TM_QUIET, 5 * MINUTE},
		{TM_HOLD, 2 * MINUTE}, {TM_RESTART, 10 * MINUTE}, {TM_VERIFY, 5 * MINUTE}};

	for (unsigned i = 0; i < sizeof again / sizeof *again; i++)
		if (h->due[again[i].timer] != NEVER)
			h->due[again[i].timer] = awake + again[i].length;
}

/* Returns false if the timer is not armed. */
static bool
fire(struct hand *h, const struct event *e)
{
	int64_t *due = &h->due[e->timer], period = h->settings->warn_every > 1 ? h->settings->warn_every : 1;

	if (*due == NEVER)
		return false;
	if (e->timer == TM_WARN)
		*due = *due + period > e->awake ? *due + period : e->awake + period;
	else
		*due = NEVER;
	return true;
}

void
hand_init(struct hand *h, const struct settings *settings)
{
	*h = (struct hand){.settings = settings, .update = ST_IDLE, .cache = ST_CACHE_NONE};
	for (unsigned t = 0; t < TIMERS; t++)
		h->due[t] = NEVER;
}

void
hand_step(struct hand *h, const struct event *e, struct effects *fx)
{
	struct step p = {h, h->settings, e, fx, false, false, false};

	fx->count = 0;
	p.working = h->update == ST_INSTALLING_CLOSING_APPS || h->update == ST_INSTALLING_UPDATING ||
		h->update == ST_REBOOTING;
	switch (e->kind) {
	case EV_CLOCK:
		shift_clock(h, e->at - e->was);
		break;
	case EV_BOOTED:
		start_again(h, e->awake);
		break;
	case EV_REQUIRED:
		p.obsolete = e->version <= installed_of(&p);
		p.retarget = target_of(&p) != h->target;
		break;
	case EV_TIMER:
		if (!fire(h, e))
			return;
		break;
	default:
		break;
	}
	update(&p);
	cache(&p);
}
