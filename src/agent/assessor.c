#include "assessor.h"

#include <stdio.h>
#include <stdlib.h>

#include "platform/log.h"
#include "text/feed/knowledge.h"
#include "text/store.h"
#include "text/zone.h"

#define KNOWLEDGE_BYTES (1u << 20)

/* --- the device and its session --- */

static bool
probe_again(struct assessor *a, char error[256])
{
	struct probe_device device;
	bool fine = a->probe_device ? a->probe_device(a->context, &device, error) : probe_device(a->root, &device, error);

	if (fine)
		a->device = device;
	return fine;
}

static const char *
null_if_empty(const char *text)
{
	return *text ? text : NULL;
}

static const struct zone *
zone_of(const struct probe_device *d)
{
	const char *why;
	const struct zone *zone = zone_load(d->time_zone, &why);

	if (!zone)
		log_say(LEVEL_WARNING, "unusable time zone, using UTC", "zone", d->time_zone, "why", why, NULL);
	return zone ? zone : &calendar_utc;
}

struct device
assessor_device(const struct assessor *a)
{
	const struct probe_device *d = &a->device;
	struct device device = {.platform = d->platform, .version = d->version, .build = null_if_empty(d->build),
		.model = null_if_empty(d->model), .board = null_if_empty(d->board), .zone = zone_of(d)};

	knowledge_lend(&a->knowledge, &device);
	return device;
}

void
assessor_update_session(struct assessor *a)
{
	const struct machine *m = &a->post->player.machine;
	struct probe_session s = {.present = false};

	if (a->probe_session)
		a->probe_session(a->context, &s);
	else
		probe_session(a->root, &s);
	a->session = s;
	if (s.present != m->session)
		post_event(a->post, &(struct event){.kind = s.present ? EV_LOGIN : EV_LOGOUT});
	if ((s.present && s.busy) != m->busy)
		post_event(a->post, &(struct event){.kind = s.present && s.busy ? EV_BUSY : EV_FREE});
}

/* --- knowledge learned from feeds --- */

static void
knowledge_path(const struct assessor *a, char path[1024])
{
	snprintf(path, 1024, "%s/knowledge", a->state);
}

static void
read_knowledge(struct assessor *a)
{
	struct validators ignored;
	char path[1024], *text;
	size_t length;

	knowledge_path(a, path);
	text = store_read(path, KNOWLEDGE_BYTES, &ignored, &length);
	if (text)
		knowledge_read(&a->knowledge, text);
	free(text);
}

static void
save_knowledge(const struct assessor *a)
{
	struct validators none = {.source = 0};
	char path[1024], *text;
	size_t length;

	knowledge_path(a, path);
	text = knowledge_text(&a->knowledge, &length);
	if (!store_write(path, &none, text, length))
		log_say(LEVEL_WARNING, "cannot save feed knowledge", "file", path, NULL);
	free(text);
}

/* --- assessment --- */

bool
assessor_open(struct assessor *a, char error[256])
{
	const struct policy *const *policies;
	unsigned count;

	if (!probe_again(a, error))
		return false;
	read_knowledge(a);
	policies = documents_policies(a->documents, &count);
	a->policy = policy_in_force(policies, count, a->device.platform);
	return true;
}

/* Returns when to assess again: sooner if the feed could not be fetched, and spread so that the devices of a fleet do
 * not all fetch it at once. */
static int64_t
next_assessment(const struct assessor *a, int64_t now, int64_t again)
{
	return now + (int64_t)(documents_wait(a->documents, (double)(again - now) / 1000) * 1000);
}

void
assessor_assess(struct assessor *a)
{
	int64_t now = clock_now(a->clock).at;
	struct assessment found;
	struct device device;
	char why[256];
	unsigned count;
	const struct policy *const *policies = documents_policies(a->documents, &count);

	if (a->post->failed || a->post->halted)
		return;
	if (!probe_again(a, why))
		log_say(LEVEL_WARNING, "cannot probe device, using the last known values", "why", why, NULL);
	device = assessor_device(a);
	assess(policies, count, documents_feed(a->documents), &device, &a->knowledge, now, &found);
	if (found.learned)
		save_knowledge(a);
	a->policy = found.policy;
	if (!post_settings(a->post, &found.settings, found.policy->name))
		return;
	a->again = next_assessment(a, now, found.again);
	post_event(a->post, &found.event);
}
