#include "outlook.h"

#include "assess.h"
#include "player.h"
#include "version.h"

/* Runs the machine through the agent's start, a login and the requirement. */
static void
run_machine(struct outlook *o, const struct assessment *a, int64_t installed, int64_t now)
{
	struct event events[] = {{.kind = EV_START}, {.kind = EV_LOGIN}, a->event};
	struct player player;
	struct answer answer;

	player_init(&player, &a->settings, installed, false);
	for (unsigned i = 0; i < sizeof events / sizeof *events; i++) {
		events[i].at = now;
		events[i].awake = PLAYER_COUNTS;
		player_step(&player, &events[i], &answer);
	}
	o->state = (enum state)player.machine.state[REGION_UPDATE];
	o->counts_down = machine_in(&player.machine, ST_COUNTDOWN);
	/* The machine moves a past deadline to now. The outlook shows the original, unless notice.minimum moves it. */
	o->deadline = a->settings.minimum ? player.machine.deadline : a->requirement.deadline;
	o->opens = o->deadline - a->settings.window;
}

void
outlook_of(const struct policy *const *policies, unsigned count, const struct feed *feed, const struct device *device,
	int64_t now, struct outlook *o)
{
	struct assessment a;

	assess(policies, count, feed, device, NULL, now, &a);
	*o = (struct outlook){.state = ST_IDLE, .required = a.required, .requirement = a.requirement};
	if (a.required)
		run_machine(o, &a, device->version, now);
	for (unsigned i = 0; i < count && !o->unsupported; i++)
		o->unsupported = plan_unsupported(policies[i], feed, device, now);
}

/* A device that cannot run an upgrade still gets updates of its own major version. */
static bool
cannot_run(const struct outlook *o)
{
	return o->unsupported &&
		(!o->required || version_major(o->unsupported->version) == version_major(o->requirement.target));
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
