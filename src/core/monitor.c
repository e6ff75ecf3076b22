#include "monitor.h"

#define MINUTE INT64_C(60000)
#define HOLD (2 * MINUTE)	/* apps that will not close hold the update no longer */
#define QUIET (5 * MINUTE)	/* without anybody before an installation that nobody is told of */
#define RESTART (10 * MINUTE)	/* before a restart that did not come is asked for again */

const char *const promise_name[PROMISES] = {"consent", "punctual", "warned", "no-reminder-delays", "calm", "forward",
	"once"};

void
monitor_init(struct monitor *m, const struct settings *s, int64_t installed)
{
	*m = (struct monitor){.state = ST_IDLE, .installed = installed, .nobody = true};
	monitor_settings(m, s);
}

void
monitor_settings(struct monitor *m, const struct settings *s)
{
	m->minimum = s->minimum > m->minimum ? s->minimum : m->minimum;
	m->length = s->length;
	m->length_most = s->length > m->length_most ? s->length : m->length_most;
	m->warn_most = s->warn_every > m->warn_most ? s->warn_every : m->warn_most;
	m->quiet_from = m->served;
}

static bool
runs(const struct monitor *m)
{
	return !m->asleep && !m->absent;
}

static bool
in(const struct monitor *m, enum state parent)
{
	return m->state == parent || machine_state[m->state].parent == parent;
}

/* A device is punctual that has nothing to do yet, does it, or must wait before it tries again. */
static bool
waits(const struct monitor *m)
{
	return in(m, ST_NOTIFY_WINDOW) || in(m, ST_COUNTDOWN) || m->state == ST_UNATTENDED_QUIET ||
		m->state == ST_INSTALLING_CLOSING_APPS;
}

/* --- time passes --- */

static void
pass(struct monitor *m, int64_t at)
{
	int64_t ms = m->at ? at - m->at : 0;

	m->awake += m->asleep ? 0 : ms;
	m->served += runs(m) ? ms : 0;
	m->at = at;
}

/* What must not be so after a stretch of time, in the state that it was spent in. */
static enum watched
after_time(struct monitor *m, int64_t from)
{
	bool due = m->required && m->at > m->deadline;

	if (!runs(m) || from == m->at)
		return PROMISES_KEPT;
	if (m->state == ST_COUNTDOWN_CLOSED && m->served - m->warned_from > m->warn_most)
		return PROMISE_WARNED;
	if (due && m->state == ST_NOTIFY_WINDOW_SNOOZED)
		return PROMISE_NO_REMINDER_DELAYS;
	if (!due || !waits(m))
		m->quiet_from = m->served;
	else if (from < m->deadline)
		m->quiet_from = m->served - (m->at - m->deadline);
	return m->served - m->quiet_from > m->length_most + HOLD + QUIET ? PROMISE_PUNCTUAL : PROMISES_KEPT;
}

/* --- what happened --- */

static void
hear_required(struct monitor *m, const struct event *e)
{
	int64_t deadline = m->deadline, required = m->required;

	if (e->installed)
		m->installed = e->installed;
	if (in(m, ST_INSTALLING) || m->state == ST_REBOOTING)	/* who is at work has no ear for it */
		return;
	if (!m->required || m->required != e->version)
		m->first_heard = e->at;
	m->required = e->version;
	m->deadline = m->first_heard + m->minimum;
	if (m->deadline < e->deadline)
		m->deadline = e->deadline;
	if (m->deadline != deadline || m->required != required)
		m->quiet_from = m->served;
}

static void
arrive(struct monitor *m)
{
	m->asleep = m->absent = false;
	m->quiet_from = m->warned_from = m->served;
}

static void
begin_countdown(struct monitor *m)
{
	m->countdown_from = m->awake;
	m->countdown_length = m->length;
}

static bool
counted_down(const struct monitor *m)
{
	return m->awake - m->countdown_from >= m->countdown_length;
}

static void
hear_booted(struct monitor *m, const struct event *e)
{
	arrive(m);
	m->installed = e->version;
	m->nobody = true;
	m->nobody_from = m->awake;
	begin_countdown(m);
	m->rebooting = false;
}

static void
hear_presence(struct monitor *m, bool nobody)
{
	m->nobody = nobody;
	m->nobody_from = m->awake;
	m->quiet_from = m->served;
}

static void
hear(struct monitor *m, const struct event *e)
{
	switch (e->kind) {
	case EV_REQUIRED:
		hear_required(m, e);
		break;
	case EV_COMPLIANT:
		m->required = 0;
		m->installed = e->installed ? e->installed : m->installed;
		break;
	case EV_START:	/* a countdown that ran out with no agent there was none */
		if (counted_down(m))
			begin_countdown(m);
		arrive(m);
		break;
	case EV_BOOTED:
		hear_booted(m, e);
		break;
	case EV_HALT:
		m->absent = true;
		break;
	case EV_SLEEP:
	case EV_WAKE:
		m->asleep = e->kind == EV_SLEEP;
		break;
	case EV_LOGIN:
	case EV_LOGOUT:
		hear_presence(m, e->kind == EV_LOGOUT);
		break;
	case EV_CLOCK:
		m->at = e->at;
		m->quiet_from = m->served;
		break;
	case EV_START_NOW:	/* where the update is offered */
		m->granted |= in(m, ST_NOTIFY_WINDOW) || in(m, ST_COUNTDOWN) || m->state == ST_RETRY ||
			m->state == ST_FAILED;
		break;
	default:
		break;
	}
}

/* --- what the machine answered --- */

/* Whether apps may be closed, unasked: after a whole countdown in this very cycle, or with nobody there. */
static bool
may_begin(const struct monitor *m)
{
	if (m->granted)
		return true;
	if (in(m, ST_COUNTDOWN) && counted_down(m))
		return true;
	return m->nobody && m->awake - m->nobody_from >= QUIET;
}

static void
enter(struct monitor *m, enum state state)
{
	bool counting = in(m, ST_COUNTDOWN);

	m->state = state;
	if (in(m, ST_COUNTDOWN) && !counting)
		begin_countdown(m);
	if (state == ST_COUNTDOWN_CLOSED)
		m->warned_from = m->served;
	if (!in(m, ST_INSTALLING) && state != ST_REBOOTING)
		m->granted = false;
	if (!waits(m))
		m->quiet_from = m->served;
}

static enum watched
restart(struct monitor *m)
{
	bool again = m->rebooting && m->awake - m->reboot_asked < RESTART;

	m->rebooting = true;
	m->reboot_asked = m->awake;
	return !m->granted ? PROMISE_CONSENT : again ? PROMISE_ONCE : PROMISES_KEPT;
}

static void
watch_report(struct monitor *m, const struct effect *fx)
{
	if (fx->outcome == OUTCOME_COMPLIANT || fx->outcome == OUTCOME_VERIFIED)
		m->required = 0;
}

static enum watched
watch(struct monitor *m, const struct effect *fx)
{
	switch (fx->kind) {
	case FX_BADGE:
		m->badge = fx->shown;
		break;
	case FX_WARNING:
		m->warned_from = m->served;
		m->banner = true;
		break;
	case FX_BANNER:
	case FX_WITHDRAW:
		m->banner = fx->kind == FX_BANNER;
		break;
	case FX_OPEN_INFO:
	case FX_OPEN_TIMER:
	case FX_OPEN_PROGRESS:
	case FX_CLOSE_WINDOWS:
		m->window = fx->kind != FX_CLOSE_WINDOWS;
		break;
	case FX_CLOSE_APPS:
		return m->granted ? PROMISES_KEPT : PROMISE_CONSENT;
	case FX_INSTALL:
		return !m->granted ? PROMISE_CONSENT : fx->target <= m->installed ? PROMISE_FORWARD : PROMISES_KEPT;
	case FX_REBOOT:
		return restart(m);
	case FX_REPORT:
		watch_report(m, fx);
		break;
	default:
		break;
	}
	return PROMISES_KEPT;
}

static enum watched
hear_answer(struct monitor *m, const struct answer *answer)
{
	enum watched broken = PROMISES_KEPT;
	bool may = may_begin(m);

	for (unsigned i = 0; i < answer->state_count; i++)
		if (machine_state[answer->states[i]].region == REGION_UPDATE) {
			enter(m, answer->states[i]);
			m->granted |= may && in(m, ST_INSTALLING);
		}
	for (unsigned i = 0; i < answer->effects.count && broken == PROMISES_KEPT; i++)
		broken = watch(m, &answer->effects.list[i]);
	if (broken == PROMISES_KEPT && m->state == ST_IDLE && (m->badge || m->banner || m->window))
		broken = PROMISE_CALM;
	return broken;
}

void
monitor_crash(struct monitor *m, int64_t at)
{
	pass(m, at);
	m->absent = true;
}

enum watched
monitor_see(struct monitor *m, const struct event *e, const struct answer *answer)
{
	int64_t from = m->at;
	enum watched broken, answered;

	pass(m, player_comes(e));
	broken = from ? after_time(m, from) : PROMISES_KEPT;
	hear(m, e);
	answered = hear_answer(m, answer);
	return broken != PROMISES_KEPT ? broken : answered;
}
