/* assess - what is required of this device now, and who is at it, turned into events. */
#include <stdio.h>
#include <string.h>

#include "core/assess.h"
#include "text/zone.h"
#include "host.h"
#include "platform/log.h"

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

struct device
host_device(const struct agent *a)
{
	const struct probe_device *d = &a->device;

	struct device device = {.platform = d->platform, .version = d->version, .build = said(d->build),
		.model = said(d->model), .board = said(d->board), .zone = zone_of(d)};

	knowledge_lend(&a->knowledge, &device);
	return device;
}

/* The machine goes by other settings from here on; the journal says so before anything follows from them. */
static bool
adopt(struct agent *a, const struct assessment *now)
{
	struct now time = host_line_time(a);
	struct trace_line line = {.kind = LINE_SETTINGS, .at = time.at, .awake = time.awake, .has_awake = true};

	a->policy = now->policy;
	if (memcmp(&now->settings, &a->rules, sizeof a->rules) == 0)
		return true;
	line.header.has_settings = true;
	line.header.settings = now->settings;
	snprintf(line.header.policy, sizeof line.header.policy, "%s", now->policy->name);
	log_say(LEVEL_NOTICE, "settings changed", "policy", now->policy->name, NULL);
	if (!host_write(a, &line))
		return false;
	player_reach(&a->player, line.at, line.awake);
	a->rules = now->settings;
	return true;
}

/* A feed that cannot be fetched is tried again sooner, and a fleet does not come all at once. */
static int64_t
next_look(const struct agent *a, int64_t now, int64_t again)
{
	double seconds = (double)(again - now) / 1000;

	return now + (int64_t)((a->releases ? releases_wait(a->releases, seconds) : seconds) * 1000);
}

void
host_assess(struct agent *a)
{
	int64_t now = host_now(a).at;
	struct assessment found;
	struct device device;
	char why[256];
	unsigned count;
	const struct policy *const *policies = policyfiles_list(a->policies, &count);

	if (a->failed || a->stopping)
		return;
	if (!host_probe(a, why))
		log_say(LEVEL_WARNING, "the device cannot be probed: what it was last stays", "why", why, NULL);
	device = host_device(a);
	assess(policies, count, a->releases ? releases_feed(a->releases) : NULL, &device, &a->knowledge, now, &found);
	if (found.learned)
		host_remember(a);
	if (!adopt(a, &found))
		return;
	a->reassess_at = next_look(a, now, found.again);
	host_post(a, &found.event);
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
