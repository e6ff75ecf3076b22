/* why - explains what is required of a device: of any device by policies in files, or of this one by its agent. */
#include <stdlib.h>

#include "platform/probe.h"
#include "text/memory.h"
#include "words/why.h"
#include "text/zone.h"
#include "cli/cli.h"
#include "face/client/client.h"
#include "face/client/inputs.h"

struct arguments {
	const char *feed, *os, *model, *zone, *now, *socket;
	bool json;
};

static int
print_why(const json_t *told, bool json)
{
	if (json)
		json_dumpf(told, stdout, JSON_INDENT(2));
	else
		why_print(told, stdout);
	if (json)
		putchar('\n');
	return fflush(stdout) == 0 ? EXIT_FINE : EXIT_UNUSABLE;
}

static int
ask_agent(const struct arguments *a)
{
	struct client client;
	char line[SOCKET_LINE];
	json_t *answer, *told;
	int status;

	if (a->feed || a->os || a->model || a->zone || a->now)
		return cli_usage("why", "without a policy the running agent is asked, and it knows all that");
	status = client_open(&client, "why", a->socket ? a->socket : platform_paths.socket, line);
	if (status != EXIT_FINE)
		return status;
	status = client_query(&client, "{\"ask\":\"why\"}", "why", line);
	client_close(&client);
	if (status != EXIT_FINE)
		return status;
	answer = json_loads(line, 0, NULL);
	told = json_object_get(answer, "why");
	status = print_why(told, a->json);
	json_decref(answer);
	return status;
}

/* Returns EXIT_FINE, or another status after an error message. */
static int
describe_device(const struct arguments *a, struct why *w)
{
	int status = inputs_device("why", a->os, a->model, a->zone, &w->device);

	w->zone_said = a->zone;
	if (status == EXIT_FINE && !inputs_now(a->now, &w->now))
		return cli_usage("why", "--now takes a time such as 2026-11-30T09:00:00Z, not \"%.40s\"", a->now);
	return status;
}

static bool
load_inputs(char **paths, unsigned count, const struct arguments *a, struct policy_source *sources, struct feed_text **feed)
{
	struct messages messages = {0};
	bool good = true;
	char *said;

	for (unsigned i = 0; i < count; i++)
		good = policysource_load(paths[i], &sources[i], &messages) && good;
	*feed = a->feed ? inputs_feed(a->feed, &messages) : NULL;
	said = message_text(&messages);
	fputs(said, stderr);
	free(said);
	message_free(&messages);
	return good && (*feed || !a->feed);
}

static int
explain_device(const struct arguments *a, struct why *w)
{
	const struct policy **policies = memory_resize(NULL, w->count * sizeof *policies);
	json_t *told;
	int status;

	for (unsigned i = 0; i < w->count; i++)
		policies[i] = &w->sources[i].policy;
	w->device.platform = policies[0]->platform;
	outlook_of(policies, w->count, w->feed, &w->device, w->now, &w->outlook);
	told = why_tell(w);
	status = print_why(told, a->json);
	json_decref(told);
	free(policies);
	return status;
}

static int
explain_policies(char **paths, unsigned count, const struct arguments *a)
{
	struct policy_source *sources = memory_resize(NULL, count * sizeof *sources);
	struct why w = {.sources = sources, .count = count, .feed_name = a->feed};
	struct feed_text *feed = NULL;
	int status = describe_device(a, &w);

	if (status == EXIT_FINE) {
		status = EXIT_UNUSABLE;
		if (load_inputs(paths, count, a, sources, &feed)) {
			w.feed = feed ? feed_of(feed) : NULL;
			status = explain_device(a, &w);
		}
		for (unsigned i = 0; i < count; i++)
			policysource_free(&sources[i]);
	}
	feed_free(feed);
	free(sources);
	return status;
}

int
cmd_why(int argc, char **argv)
{
	struct arguments a = {0};
	const struct option_of options[] = {{"--feed", &a.feed, NULL}, {"--os", &a.os, NULL},
		{"--model", &a.model, NULL}, {"--zone", &a.zone, NULL}, {"--now", &a.now, NULL},
		{"--socket", &a.socket, NULL}, {"--json", NULL, &a.json}, {0}};
	int count = inputs_take(argc, argv, options), status;

	if (count < 0)
		return EXIT_UNUSABLE;
	if (count && a.socket)
		return cli_usage("why", "either policies or the agent behind --socket");
	status = count ? explain_policies(argv + 1, (unsigned)count, &a) : ask_agent(&a);
	zones_free();
	return status;
}
