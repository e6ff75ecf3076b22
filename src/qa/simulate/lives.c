#include <stdbool.h>

#include "core/calendar.h"
#include "lives.h"

/* One device so far. */
struct count {
	struct lives *all;
	struct day_lives *day;
	uint32_t banners, countdowns;
	bool counting;		/* the countdown runs */
	bool installing;
};

static bool
at_work(const struct office *o, int64_t at)
{
	uint32_t day = 0;
	int64_t hour;
	int weekday;

	while (day + 1 < o->days && o->midnight[day + 1] <= at)
		day++;
	hour = at - o->midnight[day];
	weekday = (o->first_weekday + (int)day) % 7;
	return weekday != 0 && weekday != 6 && hour >= 9 * HOUR_MS && hour < 17 * HOUR_MS;
}

static void
note_effects(struct count *c, const struct world *w)
{
	for (unsigned i = 0; i < w->answer.effects.count; i++) {
		const struct effect *fx = &w->answer.effects.list[i];

		if (fx->kind == FX_BANNER) {
			c->banners++;
			c->day->banners++;
		} else if (fx->kind == FX_WARNING) {
			c->day->warnings++;
		} else if (fx->kind == FX_REBOOT) {
			c->day->restarts++;
			c->day->outside += !at_work(w->nature.office, w->event.at);
		} else if (fx->kind == FX_REPORT) {
			c->all->retries += fx->outcome == OUTCOME_RETRY;
			c->all->failures += fx->outcome == OUTCOME_FAILED;
		}
	}
}

static void
note_install(struct count *c, const struct event *e)
{
	if (e->kind == EV_START_NOW)
		c->all->asked++;
	else if (e->kind == EV_TIMER && e->timer == TM_QUIET)
		c->all->unattended++;
	else
		c->all->by_countdown++;
}

static void
note(struct count *c, const struct world *w)
{
	const struct machine *m = &w->player.machine;
	bool counting = machine_in(m, ST_COUNTDOWN), installing = machine_in(m, ST_INSTALLING);

	c->all->events++;
	note_effects(c, w);
	if (counting && !c->counting) {
		c->countdowns++;
		c->day->countdowns++;
	}
	if (installing && !c->installing)
		note_install(c, &w->event);
	c->counting = counting;
	c->installing = installing;
}

void
lives_count(struct lives *t, struct world *w, const struct office *days)
{
	struct count c = {.all = t};
	struct demand left;

	for (uint32_t day = 0; day + 1 < days->days; day++) {
		c.day = &t->days[day];
		for (enum happened what; (what = world_next(w, days->midnight[day + 1] - 1)) != HAPPENED_NOTHING;)
			if (what == HAPPENED_EVENT)
				note(&c, w);
		left = world_demand(w);
		c.day->compliant += !left.version;
		c.day->overdue += left.version && left.deadline <= w->now + w->offset;
	}
	t->banners[c.banners < TALLY_MOST ? c.banners : TALLY_MOST]++;
	t->countdowns[c.countdowns < TALLY_MOST ? c.countdowns : TALLY_MOST]++;
}

/* Nothing but sums of the same kind. */
void
lives_add(struct lives *to, const struct lives *from)
{
	uint64_t *sum = (uint64_t *)to;
	const uint64_t *more = (const uint64_t *)from;

	_Static_assert(sizeof *to % sizeof *sum == 0, "a tally is sums");
	for (size_t i = 0; i < sizeof *to / sizeof *sum; i++)
		sum[i] += more[i];
}
