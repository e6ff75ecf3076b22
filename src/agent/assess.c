/* assess - what is required of this device now, and who is at it, turned into events. */
#include <stdio.h>
#include <string.h>

#include "core/plan.h"
#include "text/zone.h"
#include "host.h"
#include "log.h"

bool
host_probe(struct agent *a, char error[256])
{
	const struct agent_hooks *hooks = &a->settings.hooks;
	struct probe_device device;
	bool fine = hooks->device ? hooks->device(hooks->context, &device, error)
		: probe_device(a->settings.root ? a->settings.root : "", &device, error);

	if (fine)
		a->device = device;
	return fine;
}

static const char *
said(const char *text)
{
	return *text ? text : NULL;
}

static const struct zone *
zone_of(const struct probe_device *d)
{
	const char *why;
	const struct zone *zone = zone_load(d->time_zone, &why);

	if (!zone)
		log_say(LEVEL_WARNING, "time zone cannot be used: UTC instead", "zone", d->time_zone, "why", why, NULL);
	return zone ? zone : &calendar_utc;
}

const struct policy *
host_first_policy(const struct agent *a)
{
	unsigned count;
	const struct policy *const *list = policyfiles_list(a->policies, &count);

	for (unsigned i = 0; i < count; i++)
		if (list[i]->platform == a->device.platform)
			return list[i];
	return policyfiles_none(a->policies);
}

struct device
host_device(const struct agent *a)
{
	const struct probe_device *d = &a->device;

	struct device device = {.platform = d->platform, .version = d->version, .build = said(d->build),
		.model = said(d->model), .board = said(d->board), .zone = zone_of(d)};

	knowledge_lend(&a->knowledge, &device);
	return device;
}

static bool
plan(const struct agent *a, struct requirement *requirement)
{
	struct device device = host_device(a);
	unsigned count;
	const struct policy *const *list = policyfiles_list(a->policies, &count);

	return plan_requirement(list, count, a->releases ? releases_feed(a->releases) : NULL, &device, host_now(a).at,
		requirement);
}

/* From here on the machine goes by another policy, and the journal says so before anything follows from it. */
static bool
adopt(struct agent *a, const struct policy *policy)
{
	struct now now = host_line_time(a);
	struct trace_line line = {.kind = LINE_SETTINGS, .at = now.at, .awake = now.awake, .has_awake = true};

	a->policy = policy;
	policy_settings(policy, &line.header.settings);
	if (memcmp(&line.header.settings, &a->rules, sizeof a->rules) == 0)
		return true;
	line.header.has_settings = true;
	snprintf(line.header.policy, sizeof line.header.policy, "%s", policy->name);
	log_say(LEVEL_NOTICE, "settings changed", "policy", policy->name, NULL);
	if (!host_write(a, &line))
		return false;
	player_reach(&a->player, line.at, line.awake);
	a->rules = line.header.settings;
	return true;
}

static int64_t
next_look(const struct agent *a)
{
	double seconds = (double)a->policy->recheck / 1000;

	if (a->releases)
		seconds = releases_wait(a->releases, seconds);
	return host_now(a).at + (int64_t)(seconds * 1000);
}

void
host_assess(struct agent *a)
{
	struct event e = {.kind = EV_COMPLIANT};
	struct requirement r;
	char why[256];
	bool required;

	if (a->failed || a->stopping)
		return;
	if (!host_probe(a, why))
		log_say(LEVEL_WARNING, "the device cannot be probed: what it was last stays", "why", why, NULL);
	host_remember_feed(a);
	required = plan(a, &r);
	host_remember_requirement(a, required ? &r : NULL);
	if (!adopt(a, required ? r.policy : host_first_policy(a)))
		return;
	e.installed = a->device.version;
	if (required) {
		e.kind = EV_REQUIRED;
		e.version = r.version;
		e.target = r.target;
		e.deadline = r.deadline;
	}
	a->reassess_at = next_look(a);
	host_post(a, &e);
}

/* Only what differs from what the machine believes is news. */
void
host_see_session(struct agent *a)
{
	const struct agent_hooks *hooks = &a->settings.hooks;
	const struct machine *m = host_machine(a);
	struct probe_session s = {.present = false};

	if (hooks->session)
		hooks->session(hooks->context, &s);
	else
		probe_session(a->settings.root ? a->settings.root : "", &s);
	a->session = s;
	if (s.present != m->session)
		host_post(a, &(struct event){.kind = s.present ? EV_LOGIN : EV_LOGOUT});
	if ((s.present && s.busy) != m->busy)
		host_post(a, &(struct event){.kind = s.present && s.busy ? EV_BUSY : EV_FREE});
}
