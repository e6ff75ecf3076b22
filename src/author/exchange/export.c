/* export - converts a policy for another tool: JSON goes to standard output, what is lost to standard error. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/command.h"
#include "exchange.h"

static char *
encode_policy(const char *format, const struct policy_source *source, const struct zone *zone, struct messages *messages)
{
	return !strcmp(format, "ddm") ? ddm_encode(source, zone, messages) : nudge_encode(source, messages);
}

static int
export_policy(const char *format, const char *path, const struct zone *zone)
{
	struct messages messages = {0};
	struct policy_source source;
	bool good = policysource_load(path, &source, &messages);
	char *json = good ? encode_policy(format, &source, zone, &messages) : NULL;

	message_print(&messages, stderr);
	if (json)
		puts(json);
	free(json);
	policysource_free(&source);
	return json ? EXIT_FINE : good ? EXIT_DIFFERENT : EXIT_UNUSABLE;
}

struct arguments {
	const struct zone *zone;
};

static const struct option options[] = {
	{"zone", "ZONE", OPTION_ZONE, offsetof(struct arguments, zone),
	 .about = "the time zone of the devices that get the declaration; for ddm only"},
	{0},
};

extern const struct command command_export;

static int
export(void *arguments, unsigned count, char **operands)
{
	const struct arguments *a = arguments;

	(void)count;
	if (a->zone && strcmp(operands[0], "ddm") != 0)
		return command_misused(&command_export, "option --zone is for ddm only: Nudge reads times in any zone");
	return export_policy(operands[0], operands[1], a->zone);
}

const struct command command_export = {
	.name = "export", .about = "convert a policy for another tool, and list what is lost", .operands = {"ddm|nudge POLICY"},
	.options = options, .size = sizeof(struct arguments), .run = export,
};
