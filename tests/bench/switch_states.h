/* switch_states - handles each event in each state of the update region. Part of switch.c, as switch_moves is. */
#ifndef SWITCH_STATES_H
#define SWITCH_STATES_H

#include "switch_moves.h"

static void
idle(struct step *p)
{
	struct hand *h = p->h;

	switch (p->e->kind) {
	case EV_REQUIRED:
		if (p->obsolete) {
			forget(h);
			h->installed = installed_of(p);
			arm_opens(h);
		} else if (deadline_of(p) - p->s->window > p->e->at) {
			take(p);
			arm_opens(h);
		} else {
			h->due[TM_OPENS] = NEVER;
			take(p);
			weigh(p);
		}
		break;
	case EV_COMPLIANT:
		forget(h);
		h->installed = installed_of(p);
		arm_opens(h);
		break;
	case EV_BOOTED:
		boot(p);
		if (took(p)) {
			forget(p->h);
			arm_opens(p->h);
		}
		break;
	case EV_TIMER:
		weigh(p);
		break;
	default:
		session(p);
	}
}

static void
notify_window(struct step *p)
{
	struct hand *h = p->h;
	int64_t now = p->e->at;

	switch (p->e->kind) {
	case EV_REQUIRED:
		if (!p->obsolete && h->required && deadline_of(p) == h->deadline) {
			take(p);
			break;
		}
		leave_notify_window(p);
		if (p->obsolete) {
			h->installed = installed_of(p);
			satisfied(p, OUTCOME_COMPLIANT);
		} else {
			take(p);
			weigh(p);
		}
		break;
	case EV_COMPLIANT:
		leave_notify_window(p);
		h->installed = installed_of(p);
		satisfied(p, OUTCOME_COMPLIANT);
		break;
	case EV_LEARN_MORE:
		h->info = true;
		ask_plain(p, FX_OPEN_INFO);
		break;
	case EV_WINDOW_CLOSED:
		h->info = false;
		break;
	case EV_START_NOW:
		leave_notify_window(p);
		enter_installing(p);
		break;
	case EV_CLOCK:
		if (h->deadline - p->s->window <= now && h->deadline > now)
			break;
		leave_notify_window(p);
		weigh(p);
		break;
	case EV_BOOTED:
		if (took(p))
			leave_notify_window(p);
		boot_at_rest(p);
		break;
	case EV_TIMER:
		leave_notify_window(p);
		weigh(p);
		break;
	default:
		session(p);
	}
}

static void
snooze(struct step *p, int64_t ms)
{
	p->h->snooze = ms;
	enter_snoozed(p);
}

/* Shows the banner, or holds it while the person is busy. */
static void
banner_or_held(struct step *p)
{
	if (p->h->busy)
		p->h->update = ST_NOTIFY_WINDOW_HELD;
	else
		enter_banner(p);
}

static void
in_banner(struct step *p)
{
	switch (p->e->kind) {
	case EV_REMIND:
		leave_banner(p);
		snooze(p, p->e->for_);
		break;
	case EV_DISMISSED:
		leave_banner(p);
		snooze(p, p->s->repeat);
		break;
	case EV_LOGIN:
		p->h->session = true;
		banner(p);
		break;
	case EV_START:
		banner(p);
		break;
	case EV_TIMER:
		if (p->e->timer == TM_REPEAT) {
			leave_banner(p);
			banner_or_held(p);
			break;
		}
		/* fall through */
	default:
		notify_window(p);
	}
}

static void
in_snoozed(struct step *p)
{
	if (p->e->kind == EV_REMIND)
		snooze(p, p->e->for_);
	else if (p->e->kind == EV_TIMER && p->e->timer == TM_REMINDER)
		banner_or_held(p);
	else
		notify_window(p);
}

static void
in_held(struct step *p)
{
	switch (p->e->kind) {
	case EV_REMIND:
		snooze(p, p->e->for_);
		break;
	case EV_FREE:
	case EV_LOGOUT:
		session(p);
		enter_banner(p);
		break;
	case EV_BOOTED:
		if (took(p))
			leave_notify_window(p);
		if (!boot_at_rest(p))
			enter_banner(p);
		break;
	default:
		notify_window(p);
	}
}

static void
reopen(struct step *p)
{
	leave_closed(p->h);
	enter_open(p);
}

static void
countdown(struct step *p)
{
	struct hand *h = p->h;

	switch (p->e->kind) {
	case EV_TIMER:
	case EV_START_NOW:
		leave_countdown(p);
		enter_installing(p);
		break;
	case EV_REQUIRED:
		if (p->obsolete) {
			leave_countdown(p);
			h->installed = installed_of(p);
			satisfied(p, OUTCOME_COMPLIANT);
		} else if (deadline_of(p) > p->e->at) {
			leave_countdown(p);
			take(p);
			call_off(p);
		} else {
			take(p);
		}
		break;
	case EV_COMPLIANT:
		leave_countdown(p);
		h->installed = installed_of(p);
		satisfied(p, OUTCOME_COMPLIANT);
		break;
	case EV_CLOCK:
		if (h->deadline > p->e->at) {
			leave_countdown(p);
			call_off(p);
		}
		break;
	case EV_LEARN_MORE:
		h->info = true;
		ask_plain(p, FX_OPEN_INFO);
		break;
	case EV_BOOTED:
		leave_countdown(p);
		if (!boot_at_rest(p))
			weigh(p);
		break;
	case EV_LOGIN:
		leave_closed(h);
		h->session = true;
		enter_open(p);
		break;
	case EV_START:
		if (countdown_left(p) == 0) {
			leave_countdown(p);
			enter_countdown(p);
			break;
		}
		/* fall through */
	case EV_WAKE:
		reopen(p);
		break;
	default:
		session(p);
	}
}

static void
in_open(struct step *p)
{
	struct hand *h = p->h;

	if (p->e->kind == EV_OPEN_TIMER) {
		ask(p, (struct effect){.kind = FX_OPEN_TIMER, .left = countdown_left(p)});
	} else if (p->e->kind != EV_WINDOW_CLOSED) {
		countdown(p);
	} else if (h->info) {
		h->info = false;
	} else {
		h->update = ST_COUNTDOWN_CLOSED;
		h->due[TM_WARN] = p->e->awake + p->s->warn_every;
	}
}

static void
in_closed(struct step *p)
{
	switch (p->e->kind) {
	case EV_WINDOW_CLOSED:
		p->h->info = false;
		break;
	case EV_DISMISSED:
		p->h->banner_up = false;
		ask_plain(p, FX_WITHDRAW);
		break;
	case EV_OPEN_TIMER:
		reopen(p);
		break;
	case EV_TIMER:
		if (p->e->timer == TM_WARN) {
			p->h->banner_up = true;
			ask(p, (struct effect){.kind = FX_WARNING, .left = countdown_left(p)});
			break;
		}
		/* fall through */
	default:
		countdown(p);
	}
}

static void
unattended(struct step *p)
{
	struct hand *h = p->h;
	bool policy_relented = h->update == ST_UNATTENDED_WAITING && p->s->unattended;

	switch (p->e->kind) {
	case EV_LOGIN:
		h->due[TM_QUIET] = NEVER;
		h->session = true;
		enter_countdown(p);
		break;
	case EV_REQUIRED:
		if (p->obsolete) {
			h->due[TM_QUIET] = NEVER;
			h->installed = installed_of(p);
			satisfied(p, OUTCOME_COMPLIANT);
		} else if (deadline_of(p) > p->e->at) {
			h->due[TM_QUIET] = NEVER;
			take(p);
			weigh(p);
		} else {
			take(p);
			if (policy_relented)
				enter_quiet(p);
		}
		break;
	case EV_COMPLIANT:
		h->due[TM_QUIET] = NEVER;
		h->installed = installed_of(p);
		satisfied(p, OUTCOME_COMPLIANT);
		break;
	case EV_CLOCK:
		if (h->deadline > p->e->at) {
			h->due[TM_QUIET] = NEVER;
			weigh(p);
		}
		break;
	case EV_BOOTED:
		h->due[TM_QUIET] = NEVER;
		if (!boot_at_rest(p))
			enter_quiet(p);
		break;
	case EV_START:
		if (h->update == ST_UNATTENDED_QUIET && h->due[TM_QUIET] <= p->e->awake)
			enter_quiet(p);
		break;
	case EV_TIMER:
		if (p->s->unattended)
			enter_installing(p);
		else
			h->update = ST_UNATTENDED_WAITING;
		break;
	default:
		session(p);
	}
}

static void
installing(struct step *p)
{
	switch (p->e->kind) {
	case EV_BOOTED:
		p->h->due[TM_HOLD] = NEVER;
		boot(p);
		enter_verifying(p);
		break;
	case EV_START:
		p->h->due[TM_HOLD] = NEVER;
		ask_plain(p, FX_RELEASE_APPS);
		attempt_over(p);
		break;
	case EV_HALT:
		ask_plain(p, FX_RELEASE_APPS);
		break;
	case EV_LOGIN:
		p->h->session = true;
		ask_plain(p, FX_OPEN_PROGRESS);
		break;
	case EV_REQUIRED:
		p->h->installed = installed_of(p);
		break;
	default:
		session(p);
	}
}

static void
required_in_closing_apps(struct step *p)
{
	if (installed_of(p) < p->h->required) {
		p->h->installed = installed_of(p);
		return;
	}
	p->h->due[TM_HOLD] = NEVER;
	ask_plain(p, FX_RELEASE_APPS);
	if (p->obsolete) {
		p->h->installed = installed_of(p);
		satisfied(p, OUTCOME_COMPLIANT);
		return;
	}
	ask_plain(p, FX_CLOSE_WINDOWS);
	forget(p->h);
	take(p);
	report(p, OUTCOME_COMPLIANT, p->h->installed);
	weigh(p);
}

static void
in_closing_apps(struct step *p)
{
	switch (p->e->kind) {
	case EV_TIMER:
	case EV_APPS_CLOSED:
		p->h->due[TM_HOLD] = NEVER;
		enter_updating(p);
		break;
	case EV_COMPLIANT:
		p->h->due[TM_HOLD] = NEVER;
		ask_plain(p, FX_RELEASE_APPS);
		p->h->installed = installed_of(p);
		satisfied(p, OUTCOME_COMPLIANT);
		break;
	case EV_REQUIRED:
		required_in_closing_apps(p);
		break;
	default:
		installing(p);
	}
}

static void
in_updating(struct step *p)
{
	switch (p->e->kind) {
	case EV_PROGRESS:
		p->h->progress = p->e->percent > 100 ? 100 : (uint32_t)p->e->percent;
		break;
	case EV_INSTALLED:
		enter_rebooting(p);
		break;
	case EV_INSTALL_FAILED:
		ask_plain(p, FX_RELEASE_APPS);
		attempt_over(p);
		break;
	case EV_COMPLIANT:
		p->h->installed = installed_of(p);
		break;
	default:
		installing(p);
	}
}

static void
rebooting(struct step *p)
{
	switch (p->e->kind) {
	case EV_TIMER:
		ask_plain(p, FX_RELEASE_APPS);
		attempt_over(p);
		break;
	case EV_REQUIRED:
	case EV_COMPLIANT:
		p->h->installed = installed_of(p);
		break;
	case EV_BOOTED:
		p->h->due[TM_RESTART] = NEVER;
		boot(p);
		enter_verifying(p);
		break;
	case EV_LOGIN:
		p->h->session = true;
		ask_plain(p, FX_OPEN_PROGRESS);
		break;
	default:
		session(p);
	}
}

static void
verifying(struct step *p)
{
	struct hand *h = p->h;
	bool reached = installed_of(p) >= h->required;

	switch (p->e->kind) {
	case EV_TIMER:
		if (h->installed >= h->required)
			satisfied(p, OUTCOME_VERIFIED);
		else
			attempt_over(p);
		break;
	case EV_COMPLIANT:
		h->due[TM_VERIFY] = NEVER;
		h->installed = installed_of(p);
		satisfied(p, reached ? OUTCOME_VERIFIED : OUTCOME_COMPLIANT);
		break;
	case EV_REQUIRED:
		h->due[TM_VERIFY] = NEVER;
		if (p->obsolete) {
			h->installed = installed_of(p);
			satisfied(p, reached ? OUTCOME_VERIFIED : OUTCOME_COMPLIANT);
		} else if (reached) {
			forget(h);
			take(p);
			report(p, OUTCOME_VERIFIED, h->installed);
			weigh(p);
		} else {
			take(p);
			attempt_over(p);
		}
		break;
	case EV_BOOTED:
		boot(p);
		break;
	default:
		session(p);
	}
}

static void
leave_pause(struct step *p)
{
	if (p->h->update == ST_FAILED)
		leave_failed(p);
	p->h->due[TM_RETRY] = NEVER;
}

/* The common part of retry and failed. */
static void
pause(struct step *p)
{
	struct hand *h = p->h;

	switch (p->e->kind) {
	case EV_TIMER:
		leave_pause(p);
		weigh(p);
		break;
	case EV_REQUIRED:
		if (p->obsolete) {
			leave_pause(p);
			h->installed = installed_of(p);
			satisfied(p, OUTCOME_COMPLIANT);
		} else if (h->update == ST_FAILED && p->e->version != h->required) {
			leave_pause(p);
			take(p);
			weigh(p);
		} else {
			take(p);
		}
		break;
	case EV_COMPLIANT:
		leave_pause(p);
		h->installed = installed_of(p);
		satisfied(p, OUTCOME_COMPLIANT);
		break;
	case EV_LEARN_MORE:
		h->info = true;
		ask_plain(p, FX_OPEN_INFO);
		break;
	case EV_WINDOW_CLOSED:
		h->info = false;
		break;
	case EV_START_NOW:
		leave_pause(p);
		enter_installing(p);
		break;
	case EV_BOOTED:
		if (took(p))
			leave_pause(p);
		boot_at_rest(p);
		break;
	case EV_DISMISSED:
		if (h->update == ST_FAILED) {
			h->banner_up = false;
			ask_plain(p, FX_WITHDRAW);
		}
		break;
	default:
		session(p);
	}
}

#endif
