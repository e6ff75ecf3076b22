#include <assert.h>

#include "core/assess.h"
#include "face/rehearse/host.h"
#include "parts.h"

static int64_t
device_clock(const struct world *w)
{
	return w->now + w->offset;
}

bool
world_can_post(const struct world *w)
{
	return !w->player.absent && !w->player.asleep && !w->torn.yes;
}

/* --- the agent --- */

/* The agent can die before the first line and after each line. */
void
world_tear(struct world *w, const struct player *before, const struct settings *settings, unsigned lines)
{
	w->torn = (struct torn){true, random_below(&w->random, lines + 1), *before, *settings};
	w->left.count = 0;
}

/* An effect begins once its line is on disk, unless the agent dies at that moment. Those that have not begun are left to
 * the next agent, apart from those marked once. A timer in the same millisecond as the event before it is always on disk:
 * a trace could not tell that it did not fire. */
static void
tear_answer(struct world *w, const struct player *before)
{
	const struct effects *all = &w->answer.effects;
	unsigned first = 1 + w->answer.state_count, begun;

	world_tear(w, before, &w->settings, first + all->count);
	if (w->event.kind == EV_TIMER && w->event.at == before->at && !w->torn.written)
		w->torn.written = 1;
	begun = w->torn.written > first ? w->torn.written - first : 0;
	for (unsigned i = begun; i < all->count; i++)
		if (!machine_effect[all->list[i].kind].once)
			w->left.list[w->left.count++] = all->list[i];
	if (begun && random_chance(&w->random, 500))
		begun--;
	for (unsigned i = 0; i < begun; i++)
		world_perform(w, &all->list[i]);
}

static void
assess_if_needed(struct world *w)
{
	if (w->player.absent || !player_needs_assessment(&w->event, &w->answer))
		return;
	w->assessed = false;
	w->due[THING_ASSESS] = w->now;
}

static enum happened
step_machine(struct world *w)
{
	bool tears = world_fault(w, FAULT_TEAR);
	struct player before;

	if (tears)
		before = w->player;
	assert(player_refuses(&w->player, &w->event) == PLAYER_ACCEPTS);
	player_step(&w->player, &w->event, &w->answer);
	if (tears) {
		tear_answer(w, &before);
		return HAPPENED_EVENT;
	}
	for (unsigned i = 0; i < w->answer.effects.count; i++)
		world_perform(w, &w->answer.effects.list[i]);
	assess_if_needed(w);
	return HAPPENED_EVENT;
}

enum happened
world_post(struct world *w, struct event e)
{
	e.awake = PLAYER_COUNTS;
	if (!e.at)
		e.at = device_clock(w);
	w->event = e;
	return step_machine(w);
}

/* The agent and its drivers are gone. */
static void
end_agent(struct world *w, int64_t back_in)
{
	world_end_drivers(w);
	w->due[THING_POWER] = back_in == NEVER ? NEVER : w->now + back_in;
	w->due[THING_SESSION] = w->due[THING_ASSESS] = NEVER;
}

enum happened
world_crash(struct world *w, int64_t back_in)
{
	bool ran = !w->player.absent;
	int64_t at = device_clock(w);

	if (at < w->player.at)
		at = w->player.at;
	w->torn.yes = false;
	end_agent(w, back_in);
	if (!ran)
		return HAPPENED_NOTHING;
	player_crash(&w->player, at);
	w->event = (struct event){.at = at};
	return HAPPENED_CRASH;
}

enum happened
world_shut_down(struct world *w, bool ordered, int64_t back_in)
{
	enum happened what;

	w->off = true;
	w->boot++;
	if (!ordered || !world_can_post(w))
		return world_crash(w, back_in);
	what = world_post(w, (struct event){.kind = EV_HALT});
	if (w->player.absent)
		end_agent(w, back_in);
	return what;
}

static enum happened
restart_device(struct world *w)
{
	const struct host_work *work = host_work(FX_REBOOT);
	bool ordered = random_chance(&w->random, 700);

	return world_shut_down(w, ordered, random_between(&w->random, work->least, work->most));
}

/* A timer that is not in the journal was not yet due: it fires late, once an agent runs again. */
void
world_recover(struct world *w, const struct found *found)
{
	w->player = found->player;
	w->player.recorded = false;
	w->player.machine.settings = &w->settings;
	w->left = found->left;
	w->started_boot = found->boot;
	if (found->journaled)
		return;
	w->settings = w->torn.settings;
	if (w->event.kind == EV_TIMER)
		w->now--;
}

/* Begins the effects that the journal of a dead agent asks for. */
static void
begin_left(struct world *w)
{
	for (unsigned i = 0; i < w->left.count; i++)
		world_perform(w, &w->left.list[i]);
	w->left.count = 0;
}

static void
boot_device(struct world *w)
{
	w->off = false;
	if (w->pending)
		w->version = w->pending;
	w->pending = 0;
	w->session = w->busy = false;
	if (w->presence == LID_CLOSED || w->presence == SHUT_DOWN)
		w->presence = AT_DESK;
}

/* Starts the agent, which posts how it finds the device: the clock set back, a restart, or neither. */
static enum happened
start_agent(struct world *w)
{
	bool rebooted = w->boot != w->started_boot;
	enum happened what;

	if (w->off)
		boot_device(w);
	if (w->presence == LID_CLOSED)
		return HAPPENED_NOTHING;	/* starts when the lid opens */
	begin_left(w);
	w->due[THING_POWER] = w->now;
	if (device_clock(w) < w->player.at)
		return world_post(w, (struct event){.kind = EV_CLOCK, .was = w->player.at});
	what = world_post(w, (struct event){.kind = rebooted ? EV_BOOTED : EV_START, .version = rebooted ? w->version : 0});
	if (what == HAPPENED_EVENT) {
		w->started_boot = w->boot;
		w->assessed = machine_in(&w->player.machine, ST_VERIFYING);
		w->due[THING_POWER] = NEVER;
		w->due[THING_SESSION] = w->due[THING_ASSESS] = w->now;
		if (w->presence == AT_DESK && !w->session)
			world_schedule(w, THING_SESSION, 20 * SECOND_MS, (w->nature.office ? 3 : 8) * MINUTE_MS);
		world_show(w);
	}
	return what;
}

/* --- what is required --- */

static struct demand
look_up_demand(const struct world *w)
{
	const struct demands *all = w->nature.demands;
	int64_t at = device_clock(w), day = at / DAY_MS - all->first_day;
	const struct demand *d;
	uint32_t v = 0;

	while (v + 1 < all->versions && all->version[v] != w->version)
		v++;
	if (day < 0 || day >= all->days)
		day = day < 0 ? 0 : all->days - 1;
	d = &all->list[((size_t)v * all->days + (size_t)day) * 2];
	return d->version && at >= d->deadline ? d[1] : d[0];
}

struct demand
world_demand(const struct world *w)
{
	struct demand d = w->nature.demands ? look_up_demand(w) : w->nature.demand;

	return d.version > w->version ? d : (struct demand){0};
}

bool
world_compliant(const struct world *w)
{
	return w->player.machine.state[REGION_UPDATE] == ST_IDLE && !world_demand(w).version && !w->off;
}

static enum happened
assess_device(struct world *w)
{
	struct demand d = world_demand(w);
	struct requirement r;

	if (!world_can_post(w))
		return HAPPENED_NOTHING;
	w->due[THING_ASSESS] = w->now + w->settings.recheck;
	if (w->assessed && world_fault(w, FAULT_NO_ASSESSMENT))
		return HAPPENED_NOTHING;
	w->assessed = true;
	if (!d.version && !machine_in(&w->player.machine, ST_INSTALLING) && world_fault(w, FAULT_STALE))
		d = w->nature.demand;
	r = (struct requirement){.version = d.version, .target = d.target, .deadline = d.deadline};
	return world_post(w, assess_event(d.version ? &r : NULL, w->version));
}

/* --- the updater --- */

static enum happened
post_outcome(struct world *w, enum event_kind kind)
{
	return world_can_post(w) ? world_post(w, (struct event){.kind = kind}) : HAPPENED_NOTHING;
}

static enum happened
end_download(struct world *w)
{
	return post_outcome(w, world_fault(w, FAULT_DOWNLOAD) ? EV_DOWNLOAD_FAILED : host_done(FX_DOWNLOAD));
}

static enum happened
end_closing(struct world *w)
{
	return post_outcome(w, host_done(FX_CLOSE_APPS));
}

static enum happened
end_work(struct world *w)
{
	return post_outcome(w, host_done(w->work));
}

static enum happened
end_install(struct world *w)
{
	int64_t version = w->installing;

	w->installing = 0;
	if (w->install_fate == FAULT_INSTALL_FAILS || w->install_fate == FAULT_INSTALL_HANGS)
		return post_outcome(w, EV_INSTALL_FAILED);
	if (w->install_fate != FAULT_INSTALL_LIES && version > w->version)
		w->pending = version;
	if (w->install_fate == FAULT_INSTALL_RESTARTS)
		return world_shut_down(w, false, 10 * MINUTE_MS);
	return post_outcome(w, host_done(FX_INSTALL));
}

/* --- one thing after another --- */

typedef enum happened happening(struct world *);
static happening *const happens[THINGS] = {
	[THING_POWER] = start_agent,
	[THING_DOWN] = restart_device,
	[THING_SESSION] = world_session,
	[THING_ASSESS] = assess_device,
	[THING_PRESENCE] = world_presence,
	[THING_BUSY] = world_busy,
	[THING_ANSWER] = world_answer,
	[THING_DOWNLOAD] = end_download,
	[THING_APPS] = end_closing,
	[THING_INSTALL] = end_install,
	[THING_TROUBLE] = world_trouble,
	[THING_WORK] = end_work,
};

void
world_begin(struct world *w, const struct nature *nature, struct random random)
{
	*w = (struct world){.settings = nature->settings, .nature = *nature, .random = random, .now = nature->start,
		.version = nature->installed};
	player_init(&w->player, &w->settings, nature->installed, false);
	for (unsigned i = 0; i < THINGS; i++)
		w->due[i] = NEVER;
	w->due[THING_POWER] = w->now;
	w->boot = 1;
	world_begin_presence(w);
	if (nature->trouble_every)
		world_schedule(w, THING_TROUBLE, 0, nature->trouble_every);
}

static enum thing
earliest_thing(const struct world *w)
{
	enum thing earliest = 0;

	for (enum thing i = 1; i < THINGS; i++)
		if (w->due[i] < w->due[earliest])
			earliest = i;
	return earliest;
}

/* An agent that starts, or whose attempt failed, assesses before its timers fire. */
static bool
assesses_first(const struct world *w)
{
	return !w->assessed && !w->player.absent && w->due[THING_ASSESS] <= w->now;
}

enum happened
world_next(struct world *w, int64_t until)
{
	enum happened what = HAPPENED_NOTHING;

	while (what == HAPPENED_NOTHING) {
		enum thing thing = earliest_thing(w);
		int64_t next = w->due[thing] < until ? w->due[thing] : until;

		if (w->torn.yes) {
			what = world_crash(w, random_between(&w->random, SECOND_MS, 10 * MINUTE_MS));
			continue;
		}
		if (!assesses_first(w) && player_due(&w->player, next + w->offset, &w->event)) {
			w->now = w->event.at - w->offset;
			return step_machine(w);
		}
		w->now = next > w->now ? next : w->now;
		if (w->due[thing] > until)
			return HAPPENED_NOTHING;
		w->due[thing] = NEVER;
		what = happens[thing](w);
	}
	return what;
}

void
world_heal(struct world *w)
{
	w->nature.faults = 0;
	w->nature.office = NULL;
	w->nature.temper = (struct temper){0};
	w->due[THING_TROUBLE] = w->now;
	w->busy = false;
	w->install_fate = FAULTS;
	w->presence = w->presence == LID_CLOSED ? LID_CLOSED : AT_DESK;
	w->due[THING_PRESENCE] = w->now + MINUTE_MS;
	if (w->player.absent && w->due[THING_POWER] == NEVER)
		w->due[THING_POWER] = w->now;
}
