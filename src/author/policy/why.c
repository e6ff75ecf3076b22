/* why - explains what is required of a device: of any device, from policies in files; or of this one, by asking its agent. */
#include <stdlib.h>

#include "platform/clock.h"
#include "platform/probe.h"
#include "text/command.h"
#include "text/feed/feed.h"
#include "text/memory.h"
#include "words/why.h"
#include "text/zone.h"
#include "face/client/client.h"

struct arguments {
	const char *feed, *model, *socket;
	int64_t os, now;
	const struct zone *zone;
	bool json;
};

static int
print_why(const json_t *why, bool json)
{
	if (json)
		json_dumpf(why, stdout, JSON_INDENT(2));
	else
		why_print(why, stdout);
	if (json)
		putchar('\n');
	return EXIT_FINE;
}

static int
ask_agent(const struct arguments *a)
{
	struct client client;
	char line[SOCKET_LINE];
	json_t *answer;
	int status;

	status = client_open(&client, "why", a->socket ? a->socket : platform_paths.socket, line);
	if (status != EXIT_FINE)
		return status;
	status = client_query(&client, "{\"ask\":\"why\"}", "why", line);
	client_close(&client);
	if (status != EXIT_FINE)
		return status;
	answer = json_loads(line, 0, NULL);
	status = print_why(json_object_get(answer, "why"), a->json);
	json_decref(answer);
	return status;
}

static bool
load_inputs(char **paths, unsigned count, const struct arguments *a, struct policy_source *sources, struct feed_text **feed)
{
	struct messages messages = {0};
	bool good = true;

	for (unsigned i = 0; i < count; i++)
		good = policysource_load(paths[i], &sources[i], &messages) && good;
	*feed = a->feed ? feed_load(a->feed, &messages) : NULL;
	message_print(&messages, stderr);
	return good && (*feed || !a->feed);
}

static int
explain_device(const struct arguments *a, struct why *w)
{
	const struct policy **policies = memory_resize(NULL, w->count * sizeof *policies);
	json_t *json;
	int status;

	for (unsigned i = 0; i < w->count; i++)
		policies[i] = &w->sources[i].policy;
	w->device.platform = policies[0]->platform;
	outlook_of(policies, w->count, w->feed, &w->device, w->now, &w->outlook);
	json = why_explain(w);
	status = print_why(json, a->json);
	json_decref(json);
	free(policies);
	return status;
}

static int
explain_policies(char **paths, unsigned count, const struct arguments *a)
{
	struct policy_source *sources = memory_resize(NULL, count * sizeof *sources);
	struct why w = {.sources = sources, .count = count, .feed_name = a->feed, .zone_given = a->zone,
		.device = {.version = a->os, .zone = a->zone ? a->zone : &calendar_utc}, .now = a->now ? a->now : clock_utc()};
	struct feed_text *feed = NULL;
	int status = EXIT_UNUSABLE;

	if (a->model)
		plan_name_device(&w.device, a->model);
	if (load_inputs(paths, count, a, sources, &feed)) {
		w.feed = feed ? feed_of(feed) : NULL;
		status = explain_device(a, &w);
	}
	for (unsigned i = 0; i < count; i++)
		policysource_free(&sources[i]);
	feed_free(feed);
	free(sources);
	return status;
}

static int
why(void *arguments, unsigned count, char **operands)
{
	return count ? explain_policies(operands, count, arguments) : ask_agent(arguments);
}

#define AT(member) offsetof(struct arguments, member)
#define OF_POLICIES .forms = FORM(0)

static const struct option options[] = {
	{"os", "VERSION", OPTION_VERSION, AT(os), .about = "the version that the device runs", .required = true, OF_POLICIES},
	{"feed", "FEED", OPTION_TEXT, AT(feed), .about = "read the list of releases from FEED", OF_POLICIES},
	{"model", "MODEL", OPTION_TEXT, AT(model),
	 .about = "its model or board; by default every release counts as able to run on it", OF_POLICIES},
	{"zone", "ZONE", OPTION_ZONE, AT(zone), .about = "its time zone; by default UTC", OF_POLICIES},
	{"now", "TIME", OPTION_TIME, AT(now), .about = "explain as if it were TIME", OF_POLICIES},
	{"json", NULL, OPTION_FLAG, AT(json), .about = "print one JSON object"},
	{"socket", "PATH", OPTION_TEXT, AT(socket), .about = "ask the agent at PATH; without policies only", .forms = FORM(1)},
	{0},
};

const struct command command_why = {
	.name = "why", .about = "explain what is required of a device, or of this one, and why",
	.operands = {"POLICY...", ""}, .options = options, .size = sizeof(struct arguments), .run = why,
};
