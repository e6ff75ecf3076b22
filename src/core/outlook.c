#include "outlook.h"

#include "player.h"
#include "version.h"

/* The machine as it stands when the agent has started, somebody is there, and the requirement has come. */
static void
live(struct outlook *o, int64_t installed, int64_t now)
{
	const struct requirement *r = &o->requirement;
	const struct event events[] = {
		{.kind = EV_START, .at = now, .awake = PLAYER_COUNTS},
		{.kind = EV_LOGIN, .at = now, .awake = PLAYER_COUNTS},
		{.kind = EV_REQUIRED, .at = now, .awake = PLAYER_COUNTS, .version = r->version, .target = r->target,
		 .deadline = r->deadline, .installed = installed},
	};
	struct settings settings;
	struct player player;
	struct answer answer;

	policy_settings(r->policy, &settings);
	player_init(&player, &settings, installed, false);
	for (unsigned i = 0; i < sizeof events / sizeof *events; i++)
		player_step(&player, &events[i], &answer);
	o->state = (enum state)player.machine.state[REGION_UPDATE];
	o->counts_down = machine_in(&player.machine, ST_COUNTDOWN);
	/* Without a promise of notice a deadline that is past stays what it is; the machine counts from now. */
	o->deadline = settings.minimum ? player.machine.deadline : r->deadline;
	o->opens = o->deadline - settings.window;
}

void
outlook_of(const struct policy *const *policies, unsigned count, const struct feed *feed, const struct device *device,
	int64_t now, struct outlook *o)
{
	*o = (struct outlook){.state = ST_IDLE};
	o->required = plan_requirement(policies, count, feed, device, now, &o->requirement);
	if (o->required)
		live(o, device->version, now);
	for (unsigned i = 0; i < count && !o->beyond; i++)
		o->beyond = plan_beyond(policies[i], feed, device, now);
}

/* Who may upgrade but cannot still gets the updates of the major that it has. */
static bool
cannot_run(const struct outlook *o)
{
	return o->beyond &&
		(!o->required || version_major(o->beyond->version) == version_major(o->requirement.target));
}

enum fate
outlook_fate(const struct outlook *o)
{
	if (cannot_run(o))
		return FATE_CANNOT_RUN;
	if (!o->required)
		return FATE_COMPLIANT;
	return o->counts_down ? FATE_COUNTDOWN : FATE_NOTIFIED;
}
