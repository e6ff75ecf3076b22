/* intents - what a person tells the agent: remind, learn-more, start, open-timer. */
#include <stdio.h>
#include <string.h>

#include "platform/probe.h"
#include "text/instant.h"
#include "cli/cli.h"
#include "client.h"

static int
tell(const char *name, const char *path, const char *intent)
{
	struct client client;
	char line[SOCKET_LINE];
	int status = client_open(&client, name, path ? path : platform_paths.socket, line);

	if (status == EXIT_FINE)
		status = client_ask(&client, intent);
	client_close(&client);
	return status;
}

/* Takes --socket PATH out of the arguments, which are NULL-terminated; false: PATH is missing. */
static bool
take_socket(char **argv, const char **path)
{
	char **to = argv;

	*path = NULL;
	for (; *argv; argv++) {
		if (strcmp(*argv, "--socket") != 0) {
			*to++ = *argv;
			continue;
		}
		if (!*++argv)
			return false;
		*path = *argv;
	}
	*to = NULL;
	return true;
}

static int
tell_plainly(char **argv, const char *intent)
{
	const char *path;

	if (!take_socket(argv, &path))
		return cli_usage(argv[0], "--socket wants a path");
	if (argv[1])
		return cli_usage(argv[0], "unexpected \"%s\"", argv[1]);
	return tell(argv[0], path, intent);
}

int
cmd_learn_more(int argc, char **argv)
{
	(void)argc;
	return tell_plainly(argv, "{\"intent\":\"learn-more\"}");
}

int
cmd_start(int argc, char **argv)
{
	(void)argc;
	return tell_plainly(argv, "{\"intent\":\"start-now\"}");
}

int
cmd_open_timer(int argc, char **argv)
{
	(void)argc;
	return tell_plainly(argv, "{\"intent\":\"open-timer\"}");
}

int
cmd_remind(int argc, char **argv)
{
	const char *path, *when;
	char intent[128];
	int64_t ms;

	(void)argc;
	if (!take_socket(argv, &path))
		return cli_usage("remind", "--socket wants a path");
	if (!argv[1] || argv[2])
		return cli_usage("remind", "say when: 1h, tomorrow, or another choice of the policy");
	when = strcmp(argv[1], "tomorrow") == 0 ? "1d" : argv[1];
	if (!duration_parse(when, &ms))
		return cli_usage("remind", "expected 1h, tomorrow or a duration such as 2h, found \"%s\"", argv[1]);
	snprintf(intent, sizeof intent, "{\"intent\":\"remind\",\"for\":\"%s\"}", when);
	return tell("remind", path, intent);
}
