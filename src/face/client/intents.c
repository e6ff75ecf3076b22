/* intents - the commands that send the agent what the person at the device wants: remind, learn-more, start, open-timer. */
#include <stdio.h>
#include <string.h>

#include "platform/probe.h"
#include "text/command.h"
#include "text/instant.h"
#include "client.h"

struct arguments {
	const char *socket;
};

static const struct option options[] = {
	{"socket", "PATH", OPTION_TEXT, offsetof(struct arguments, socket), .about = "connect to the agent at PATH"},
	{0},
};

static int
send_intent(const char *name, const struct arguments *a, const char *intent)
{
	struct client client;
	char line[SOCKET_LINE];
	int status = client_open(&client, name, a->socket ? a->socket : platform_paths.socket, line);

	if (status == EXIT_FINE)
		status = client_ask(&client, intent);
	client_close(&client);
	return status;
}

static int
learn_more(void *arguments, unsigned count, char **operands)
{
	(void)count, (void)operands;
	return send_intent("learn-more", arguments, "{\"intent\":\"learn-more\"}");
}

const struct command command_learn_more = {
	.name = "learn-more", .about = "open Update Info", .options = options, .size = sizeof(struct arguments),
	.run = learn_more,
};

static int
start(void *arguments, unsigned count, char **operands)
{
	(void)count, (void)operands;
	return send_intent("start", arguments, "{\"intent\":\"start-now\"}");
}

const struct command command_start = {
	.name = "start", .about = "start the update now: close every app, install and restart", .options = options,
	.size = sizeof(struct arguments), .run = start,
};

static int
open_timer(void *arguments, unsigned count, char **operands)
{
	(void)count, (void)operands;
	return send_intent("open-timer", arguments, "{\"intent\":\"open-timer\"}");
}

const struct command command_open_timer = {
	.name = "open-timer", .about = "open the countdown's window again", .options = options,
	.size = sizeof(struct arguments), .run = open_timer,
};

extern const struct command command_remind;

static int
remind(void *arguments, unsigned count, char **operands)
{
	const char *when = strcmp(operands[0], "tomorrow") == 0 ? "1d" : operands[0];
	char intent[128], quoted[QUOTED_SIZE];
	int64_t ms;

	(void)count;
	if (!duration_parse(when, &ms))
		return command_misused(&command_remind, "expected 1h, tomorrow or a duration such as 2h, found %s",
			message_quote(when, strlen(when), quoted));
	snprintf(intent, sizeof intent, "{\"intent\":\"remind\",\"for\":\"%s\"}", when);
	return send_intent("remind", arguments, intent);
}

const struct command command_remind = {
	.name = "remind", .about = "hide the banner for an hour, a day, or another duration",
	.operands = {"1h|tomorrow|DURATION"}, .options = options, .size = sizeof(struct arguments), .run = remind,
};
