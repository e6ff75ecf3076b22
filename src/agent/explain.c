/* explain - what is required of this device and why, for a person who asks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/version.h"
#include "text/memory.h"
#include "words/why.h"
#include "host.h"

#define ENOUGH "There is more: lastcall why with these policies says all."

/* The plan says why; the machine says what has become of it. */
static void
look_out(const struct agent *a, struct why *w)
{
	const struct machine *m = &a->player.machine;
	const struct policy **policies = memory_resize(NULL, w->count * sizeof *policies);
	struct outlook *o = &w->outlook;

	for (unsigned i = 0; i < w->count; i++)
		policies[i] = &w->sources[i].policy;
	outlook_of(policies, w->count, w->feed, &w->device, w->now, o);
	free(policies);
	o->state = (enum state)m->state[REGION_UPDATE];
	o->counts_down = machine_in(m, ST_COUNTDOWN);
	if (o->required && m->required) {
		o->deadline = m->deadline;
		o->opens = m->deadline - a->rules.window;
	}
}

/* A line has an end: what does not fit is left out from behind, and that is said. */
static size_t
fit(json_t *answer, char line[SOCKET_LINE])
{
	json_t *chain = json_object_get(json_object_get(answer, "why"), "chain");
	size_t length;

	while ((length = json_dumpb(answer, line, SOCKET_LINE - 2, JSON_COMPACT)) > SOCKET_LINE - 2 &&
	       json_array_size(chain) > 1) {
		json_array_remove(chain, json_array_size(chain) - 1);
		json_array_set_new(chain, json_array_size(chain) - 1, json_string(ENOUGH));
	}
	line[length <= SOCKET_LINE - 2 ? length : 0] = '\0';
	return strlen(line);
}

size_t
host_explain(struct agent *a, char line[SOCKET_LINE])
{
	struct why w = {.feed_name = "feed", .zone_said = true, .now = host_now(a).at, .running = true};
	json_t *answer;
	size_t length;

	w.sources = policyfiles_sources(a->policies, &w.count);
	w.feed = a->releases ? releases_feed(a->releases) : NULL;
	w.device = host_device(a);
	if (w.device.version == VERSION_NONE)
		return (size_t)snprintf(line, SOCKET_LINE, "{\"error\":\"the version of this device is not known yet\"}");
	look_out(a, &w);
	answer = json_pack("{so}", "why", why_tell(&w));
	length = fit(answer, line);
	json_decref(answer);
	return length;
}
