/* run - the agent, in the foreground, as launchd and systemd want it. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "agent.h"
#include "platform/log.h"
#include "text/zone.h"
#include "cli/cli.h"

#define POLICIES_MOST 16

struct options {
	const char *policies[POLICIES_MOST];
	struct agent_settings agent;
};

static bool
take_policy(struct options *o, const char *path)
{
	if (o->agent.policy_count == POLICIES_MOST)
		return false;
	o->policies[o->agent.policy_count++] = path;
	return true;
}

static bool
take(struct options *o, int option, const char *value)
{
	struct agent_settings *s = &o->agent;
	const struct {
		int option;
		const char **to;
	} texts[] = {{'f', &s->feed}, {'s', &s->state}, {'S', &s->socket}, {'d', &s->drivers}, {'r', &s->root}};
	enum log_level level;

	for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++)
		if (texts[i].option == option) {
			*texts[i].to = value;
			return true;
		}
	if (option == 'p')
		return take_policy(o, value);
	if (option != 'l' || !log_parse_level(value, &level))
		return false;
	log_set_level(level);
	return true;
}

/* EXIT_FINE, or the reason was said. */
static int
parse(int argc, char **argv, struct options *o)
{
	static const struct option names[] = {
		{"policy", required_argument, NULL, 'p'},
		{"feed", required_argument, NULL, 'f'},
		{"state", required_argument, NULL, 's'},
		{"socket", required_argument, NULL, 'S'},
		{"drivers", required_argument, NULL, 'd'},
		{"log-level", required_argument, NULL, 'l'},
		{"probe-root", required_argument, NULL, 'r'},	/* for tests: another device, as a folder */
		{0},
	};
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", names, NULL)) != -1) {
		if (option == ':' || option == '?')
			return cli_bad_option("run", option, argv);
		if (!take(o, option, optarg))
			return cli_usage("run", option == 'l' ? "no level is called \"%s\": debug, info, notice, warning or error"
				: "\"%s\" is one policy too many", optarg);
	}
	for (; optind < argc; optind++)
		if (!take_policy(o, argv[optind]))
			return cli_usage("run", "\"%s\" is one policy too many", argv[optind]);
	return o->agent.policy_count ? EXIT_FINE : cli_usage("run", "--policy is missing");
}

int
cmd_run(int argc, char **argv)
{
	struct clock clock;
	struct options o = {.agent = {.clock = &clock, .state = platform_paths.state, .socket = platform_paths.socket,
		.drivers = platform_paths.drivers}};
	struct agent *agent;
	char error[512];
	int status = parse(argc, argv, &o);

	if (status != EXIT_FINE)
		return status;
	o.agent.policies = o.policies;
	clock_real(&clock);
	agent = agent_new(ev_default_loop(0), &o.agent, error);
	if (!agent) {
		log_say(LEVEL_ERROR, "cannot start", "why", error, NULL);
		return EXIT_DIFFERENT;
	}
	status = agent_run(agent);
	agent_free(agent);
	zones_free();
	return status;
}
