/* commands - the list of all commands, and how to find one by its name. The file that runs a command describes it. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "text/message.h"

#define COMMANDS_MOST 64

extern const struct command command_blueprint, command_check, command_completion, command_diff, command_explore,
	command_export, command_feed, command_help, command_import, command_learn_more, command_open_timer, command_preview,
	command_rehearse, command_remind, command_replay, command_run, command_schema, command_simulate, command_start,
	command_status, command_trace, command_why;

const struct command *const commands[] = {
	&command_run, &command_status, &command_remind, &command_learn_more, &command_start, &command_open_timer,
	&command_check, &command_schema, &command_why, &command_diff, &command_feed, &command_preview, &command_rehearse,
	&command_blueprint, &command_export, &command_import,
	&command_replay, &command_trace, &command_explore, &command_simulate,
	&command_completion, &command_help,
	NULL,
};

const char *
command_last_name(const struct command *c)
{
	const char *space = strrchr(c->name, ' ');

	return space ? space + 1 : c->name;
}

const struct command *
find_command(const struct command *const *list, const char *name)
{
	for (; name && list && *list; list++)
		if (strcmp(command_last_name(*list), name) == 0)
			return *list;
	return NULL;
}

int
unknown_command(const struct command *const *list, const char *name)
{
	const char *names[COMMANDS_MOST + 1] = {0};
	char quoted[QUOTED_SIZE], hint[QUOTED_SIZE];

	for (size_t i = 0; list && i < COMMANDS_MOST && list[i]; i++)
		names[i] = command_last_name(list[i]);
	fprintf(stderr, "lastcall: unknown command %s%s\nTry \"lastcall --help\".\n",
		message_quote(name, strlen(name), quoted), command_hint("", message_near(name, names), hint));
	return EXIT_UNUSABLE;
}
