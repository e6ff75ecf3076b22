/* switch_moves - enters and leaves states. Part of switch.c, which alone includes it, so that the compiler sees everything in
 * one piece, as it sees the generated machine. */
#ifndef SWITCH_MOVES_H
#define SWITCH_MOVES_H

#include "switch.h"

/* One step: the arguments of every handler. */
struct step {
	struct hand *h;
	const struct settings *s;
	const struct event *e;
	struct effects *fx;
	bool obsolete, retarget, working;	/* the guards of the event, from before the step changes anything */
};

#define MINUTE INT64_C(60000)

static void
ask(struct step *p, struct effect effect)
{
	p->fx->list[p->fx->count++] = effect;
}

static void
ask_plain(struct step *p, enum effect_kind kind)
{
	p->fx->list[p->fx->count++].kind = kind;
}

static void
badge(struct step *p, bool shown)
{
	ask(p, (struct effect){.kind = FX_BADGE, .shown = shown});
}

static void
banner(struct step *p)
{
	ask(p, (struct effect){.kind = FX_BANNER, .target = p->h->target, .deadline = p->h->deadline});
}

static void
report(struct step *p, enum outcome outcome, int64_t version)
{
	ask(p, (struct effect){.kind = FX_REPORT, .outcome = outcome, .version = version});
}

static int64_t
countdown_left(const struct step *p)
{
	int64_t due = p->h->due[TM_COUNTDOWN];

	return due == NEVER ? NEVER : due > p->e->awake ? due - p->e->awake : 0;
}


static int64_t
installed_of(const struct step *p)
{
	return p->e->installed ? p->e->installed : p->h->installed;
}

static int64_t
target_of(const struct step *p)
{
	return p->e->target > p->e->version ? p->e->target : p->e->version;
}

static bool
met(const struct step *p)
{
	return p->h->installed >= p->h->required || installed_of(p) >= p->h->required;
}

static int64_t
floor_of(const struct step *p)
{
	int64_t notice = p->e->at + p->s->minimum;

	if (met(p))
		return notice;
	if (p->h->required == p->e->version)
		return p->h->floor < notice ? p->h->floor : notice;
	return notice < p->h->deadline ? notice : p->h->deadline;
}

static int64_t
deadline_of(const struct step *p)
{
	int64_t floor = floor_of(p);

	return p->e->deadline > floor ? p->e->deadline : floor;
}

static void
take(struct step *p)
{
	struct hand *h = p->h;

	if (met(p))
		h->attempts = 0;
	h->floor = floor_of(p);
	h->deadline = p->e->deadline > h->floor ? p->e->deadline : h->floor;
	h->required = p->e->version;
	h->target = target_of(p);
	h->installed = installed_of(p);
}

static void
forget(struct hand *h)
{
	h->required = h->target = 0;
	h->deadline = h->floor = 0;
	h->attempts = 0;
}

static void
boot(struct step *p)
{
	p->h->installed = p->e->version;
	p->h->session = p->h->busy = p->h->info = false;
}

static void
arm_opens(struct hand *h)
{
	h->due[TM_OPENS] = h->required ? h->deadline - h->settings->window : NEVER;
}

/* Handles the events of the session, which most states handle alike. */
static void
session(struct step *p)
{
	struct hand *h = p->h;

	switch (p->e->kind) {
	case EV_LOGIN:
		h->session = true;
		break;
	case EV_LOGOUT:
		h->session = h->busy = h->info = false;
		break;
	case EV_BUSY:
		h->busy = true;
		break;
	case EV_FREE:
		h->busy = false;
		break;
	default:
		break;
	}
}


static void
enter_idle(struct step *p)
{
	p->h->update = ST_IDLE;
	arm_opens(p->h);
	p->h->info = false;
	badge(p, false);
	ask_plain(p, FX_WITHDRAW);
	ask_plain(p, FX_CLOSE_WINDOWS);
}

static void
enter_banner(struct step *p)
{
	p->h->update = ST_NOTIFY_WINDOW_BANNER;
	p->h->due[TM_REPEAT] = p->e->at + p->s->repeat;
	banner(p);
}

static void
enter_snoozed(struct step *p)
{
	p->h->update = ST_NOTIFY_WINDOW_SNOOZED;
	p->h->due[TM_REMINDER] = p->e->at + p->h->snooze;
}

static void
enter_notify_window(struct step *p)
{
	p->h->due[TM_DEADLINE] = p->h->deadline;
	badge(p, true);
	if (p->h->busy)
		p->h->update = ST_NOTIFY_WINDOW_HELD;
	else
		enter_banner(p);
}

static void
enter_open(struct step *p)
{
	p->h->update = ST_COUNTDOWN_OPEN;
	ask(p, (struct effect){.kind = FX_OPEN_TIMER, .left = countdown_left(p)});
}

static void
enter_countdown(struct step *p)
{
	p->h->due[TM_COUNTDOWN] = p->e->awake + p->s->length;
	badge(p, true);
	enter_open(p);
}

static void
enter_quiet(struct step *p)
{
	p->h->update = ST_UNATTENDED_QUIET;
	p->h->due[TM_QUIET] = p->e->awake + 5 * MINUTE;
}

static void
enter_unattended(struct step *p)
{
	badge(p, true);
	ask_plain(p, FX_CLOSE_WINDOWS);
	enter_quiet(p);
}

static void
weigh(struct step *p)
{
	struct hand *h = p->h;

	if (!h->required || h->deadline - p->s->window > p->e->at)
		enter_idle(p);
	else if (h->deadline > p->e->at)
		enter_notify_window(p);
	else if (h->session)
		enter_countdown(p);
	else
		enter_unattended(p);
}

static void
satisfied(struct step *p, enum outcome outcome)
{
	forget(p->h);
	report(p, outcome, p->h->installed);
	enter_idle(p);
}

static bool
took(const struct step *p)
{
	return p->e->version >= p->h->required;
}

/* Returns true if the boot fulfils the requirement. The caller has already left its states. */
static bool
boot_at_rest(struct step *p)
{
	bool ends = took(p);

	boot(p);
	if (ends)
		satisfied(p, OUTCOME_COMPLIANT);
	return ends;
}

static void
call_off(struct step *p)
{
	ask_plain(p, FX_CLOSE_WINDOWS);
	report(p, OUTCOME_CALLED_OFF, p->h->target);
	weigh(p);
}

static void
enter_updating(struct step *p)
{
	p->h->update = ST_INSTALLING_UPDATING;
	ask(p, (struct effect){.kind = FX_INSTALL, .target = p->h->target});
}

static void
enter_installing(struct step *p)
{
	p->h->attempts++;
	p->h->progress = 0;
	p->h->info = false;
	ask_plain(p, FX_OPEN_PROGRESS);
	if (!p->s->close_apps) {
		enter_updating(p);
		return;
	}
	p->h->update = ST_INSTALLING_CLOSING_APPS;
	p->h->due[TM_HOLD] = p->e->awake + 2 * MINUTE;
	ask_plain(p, FX_CLOSE_APPS);
	ask_plain(p, FX_HOLD_APPS);
}

static void
enter_rebooting(struct step *p)
{
	p->h->update = ST_REBOOTING;
	p->h->due[TM_RESTART] = p->e->awake + 10 * MINUTE;
	ask_plain(p, FX_REBOOT);
}

static void
enter_verifying(struct step *p)
{
	p->h->update = ST_VERIFYING;
	p->h->due[TM_VERIFY] = p->e->awake + 5 * MINUTE;
	badge(p, true);
}

static void
attempt_over(struct step *p)
{
	struct hand *h = p->h;
	bool again = h->attempts <= p->s->retry_times;

	if (h->installed >= h->required) {
		satisfied(p, OUTCOME_COMPLIANT);
		return;
	}
	badge(p, true);
	ask_plain(p, FX_CLOSE_WINDOWS);
	if (again) {
		h->update = ST_RETRY;
		h->due[TM_RETRY] = p->e->at + p->s->retry_wait;
	} else {
		h->update = ST_FAILED;
		h->due[TM_RECHECK] = p->e->at + p->s->recheck;
		h->banner_up = true;
		banner(p);
	}
	report(p, again ? OUTCOME_RETRY : OUTCOME_FAILED, h->target);
}


static void
leave_notify_window(struct step *p)
{
	if (p->h->update == ST_NOTIFY_WINDOW_BANNER)
		ask_plain(p, FX_WITHDRAW);
	p->h->due[TM_REPEAT] = p->h->due[TM_REMINDER] = p->h->due[TM_DEADLINE] = NEVER;
}

static void
leave_banner(struct step *p)
{
	p->h->due[TM_REPEAT] = NEVER;
	ask_plain(p, FX_WITHDRAW);
}

static void
leave_closed(struct hand *h)
{
	if (h->update == ST_COUNTDOWN_CLOSED)
		h->banner_up = false;
	h->due[TM_WARN] = NEVER;
}

static void
leave_countdown(struct step *p)
{
	leave_closed(p->h);
	p->h->due[TM_COUNTDOWN] = NEVER;
	ask_plain(p, FX_WITHDRAW);
}

static void
leave_failed(struct step *p)
{
	p->h->due[TM_RECHECK] = NEVER;
	p->h->attempts = 0;
	p->h->banner_up = false;
	ask_plain(p, FX_WITHDRAW);
}

#endif
