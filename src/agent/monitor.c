#include "monitor.h"

#include <stdlib.h>
#include <string.h>

#include "platform/log.h"
#include "machine.h"

#define SLEPT_LEAST INT64_C(1000)	/* ms; a shorter sleep is ignored */
#define FAR_AWAY 1e10			/* seconds since 1970: an alarm that never rings */
#define INTERVAL 3600.0			/* seconds between two checks of a file that cannot be watched */
#define SETTLED 1.02			/* seconds for which files must not change before a change is reported */

/* --- clocks --- */

/* Returns by how many ms the wall clock was set between two readings: what time awake and asleep do not explain. */
static int64_t
wall_clock_jump(const struct now *was, const struct now *is)
{
	return (is->at - is->awake - is->slept) - (was->at - was->awake - was->slept);
}

static void
on_check(struct ev_loop *loop, ev_check *check, int events)
{
	struct monitor *m = check->data;
	struct now now = clock_now(m->clock);
	int64_t jumped = wall_clock_jump(&m->seen, &now);
	bool set = llabs(jumped) >= m->slack, slept = now.slept - m->seen.slept >= SLEPT_LEAST;

	(void)events;
	if (!set && !slept)
		return;
	m->seen = now;
	m->jumped(m->context, set, now.at - jumped, slept);
	/* libev reads the real clock at most twice a second, so it must wake once more to notice the change. */
	ev_timer_again(loop, &m->settle);
}

static void
on_alarm(struct ev_loop *loop, ev_periodic *alarm, int events)
{
	struct monitor *m = alarm->data;

	(void)events;
	m->due(m->context);
	if (ev_now(loop) < ev_time() + 1)
		return;
	/* The clock was set back, and libev has not read it yet: until then this alarm would ring over and over. */
	ev_periodic_stop(loop, alarm);
	ev_timer_again(loop, &m->settle);
}

void
monitor_until(struct monitor *m, int64_t at)
{
	/* Half a millisecond late is never early. */
	ev_periodic_set(&m->alarm, at == NEVER ? FAR_AWAY : clock_when(m->clock, at) + 0.0005, 0, 0);
	ev_periodic_again(m->loop, &m->alarm);
}

void
monitor_no_alarm(struct monitor *m)
{
	ev_periodic_stop(m->loop, &m->alarm);
}

/* --- files --- */

static void
on_settled(struct ev_loop *loop, ev_timer *settle, int events)
{
	struct monitor *m = settle->data;
	bool stale[WATCHED_KINDS];

	(void)events;
	ev_timer_stop(loop, settle);
	memcpy(stale, m->stale, sizeof stale);
	memset(m->stale, 0, sizeof m->stale);
	m->changed(m->context, stale);
}

static void
on_policies(struct ev_loop *loop, ev_stat *file, int events)
{
	struct monitor *m = file->data;

	(void)events;
	m->stale[WATCHED_POLICIES] = true;
	ev_timer_again(loop, &m->settle);
}

static void
on_session(struct ev_loop *loop, ev_stat *file, int events)
{
	struct monitor *m = file->data;

	(void)events;
	m->stale[WATCHED_SESSION] = true;
	ev_timer_again(loop, &m->settle);
}

/* libev says nothing when inotify fails. It leaves wd negative: -2 without an instance, -1 without a watch. */
static void
warn_of_polling(struct monitor *m, const ev_stat *file)
{
#ifdef __linux__
	if (file->wd >= 0 || m->polling)
		return;
	m->polling = true;
	if (file->wd == -1)
		log_say(LEVEL_WARNING, "cannot watch files: no inotify watch left, polling instead", "limit",
			"fs.inotify.max_user_watches", "file", file->path, NULL);
	else
		log_say(LEVEL_WARNING, "cannot watch files: no inotify instance left, polling instead", "limit",
			"fs.inotify.max_user_instances", NULL);
#else
	(void)m, (void)file;
#endif
}

void
monitor_file(struct monitor *m, const char *path, enum watched kind)
{
	ev_stat *file = &m->files[m->file_count];
	char *copy = m->file_count < MONITOR_FILES ? strdup(path) : NULL;

	if (!copy) {
		log_say(LEVEL_WARNING, "too many files to watch, reload by SIGHUP", "file", path, NULL);
		return;
	}
	m->paths[m->file_count] = copy;
	ev_stat_init(file, kind == WATCHED_POLICIES ? on_policies : on_session, copy, INTERVAL);
	file->data = m;
	ev_stat_start(m->loop, file);
	warn_of_polling(m, file);
	m->file_count++;
}

void
monitor_recheck(struct monitor *m)
{
	for (unsigned i = 0; i < WATCHED_KINDS; i++)
		m->stale[i] = true;
	ev_timer_again(m->loop, &m->settle);
}

/* --- begin and end --- */

void
monitor_begin(struct monitor *m)
{
	m->seen = clock_now(m->clock);
	ev_periodic_init(&m->alarm, on_alarm, FAR_AWAY, 0, 0);
	ev_timer_init(&m->settle, on_settled, 0, SETTLED);
	ev_check_init(&m->clocks, on_check);
	ev_set_priority(&m->clocks, EV_MAXPRI);	/* other events of this turn happened after the clocks changed */
	m->alarm.data = m->settle.data = m->clocks.data = m;
	ev_check_start(m->loop, &m->clocks);
}

void
monitor_end(struct monitor *m)
{
	ev_check_stop(m->loop, &m->clocks);
	ev_periodic_stop(m->loop, &m->alarm);
	ev_timer_stop(m->loop, &m->settle);
	for (unsigned i = 0; i < m->file_count; i++) {
		ev_stat_stop(m->loop, &m->files[i]);
		free(m->paths[i]);
	}
	m->file_count = 0;
}
