/* run - runs the agent in the foreground, as launchd and systemd expect. */
#include <stdlib.h>

#include "agent.h"
#include "platform/log.h"
#include "text/command.h"

struct arguments {
	struct option_list policies;
	const char *feed, *state, *socket, *drivers, *log_level, *root;
};
#define AT(member) offsetof(struct arguments, member)

static const struct option options[] = {
	{"policy", "FILE", OPTION_LIST, AT(policies), .about = "follow the policy in FILE; may be given up to 16 times",
	 .required = true},
	{"feed", "FILE|URL", OPTION_TEXT, AT(feed), .about = "read the list of releases from FILE or URL"},
	{"state", "FOLDER", OPTION_TEXT, AT(state), .about = "keep the journal, policies and feed in FOLDER"},
	{"socket", "PATH", OPTION_TEXT, AT(socket), .about = "listen on the Unix-domain socket PATH"},
	{"drivers", "FOLDER", OPTION_TEXT, AT(drivers), .about = "run the drivers in FOLDER"},
	{"log-level", "debug|info|notice|warning|error", OPTION_CHOICE, AT(log_level),
	 .about = "log messages of this level and above", .fallback = "notice"},
	{"probe-root", "FOLDER", OPTION_TEXT, AT(root), .about = "probe the device whose files are in FOLDER", .hidden = true},
	{0},
};

static int
run(void *arguments, unsigned count, char **operands)
{
	const struct arguments *a = arguments;
	struct clock clock;
	struct agent_settings settings = {.policies = a->policies.items, .policy_count = a->policies.count, .feed = a->feed,
		.state = a->state ? a->state : platform_paths.state, .socket = a->socket ? a->socket : platform_paths.socket,
		.drivers = a->drivers ? a->drivers : platform_paths.drivers, .root = a->root, .clock = &clock};
	enum log_level level = LEVEL_NOTICE;
	struct agent *agent;
	char error[512];
	int status;

	(void)count, (void)operands;
	log_parse_level(a->log_level, &level);
	log_set_level(level);
	clock_real(&clock);
	agent = agent_new(ev_default_loop(0), &settings, error);
	if (!agent) {
		log_say(LEVEL_ERROR, "cannot start", "why", error, NULL);
		return EXIT_DIFFERENT;
	}
	status = agent_run(agent);
	agent_free(agent);
	return status;
}

const struct command command_run = {
	.name = "run", .about = "run the agent, which enforces the policies on this device",
	.options = options, .size = sizeof(struct arguments), .run = run,
};
