/* export - converts a policy for another tool: JSON goes to standard output, what is lost to standard error. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "face/client/inputs.h"
#include "exchange.h"
#include "text/zone.h"

static char *
encode(const char *format, const struct policy_source *source, const struct zone *zone, struct messages *messages)
{
	return !strcmp(format, "ddm") ? ddm_encode(source, zone, messages) : nudge_encode(source, messages);
}

static int
export_policy(const char *format, const char *path, const struct zone *zone)
{
	struct messages messages = {0};
	struct policy_source source;
	bool good = policysource_load(path, &source, &messages);
	char *json = good ? encode(format, &source, zone, &messages) : NULL, *said = message_text(&messages);

	fputs(said, stderr);
	if (json)
		puts(json);
	free(json);
	free(said);
	message_free(&messages);
	policysource_free(&source);
	zones_free();
	return json ? EXIT_FINE : good ? EXIT_DIFFERENT : EXIT_UNUSABLE;
}

int
cmd_export(int argc, char **argv)
{
	const char *name = NULL, *why = NULL, *near;
	const struct option_of options[] = {{"--zone", &name, NULL}, {0}};
	int others = inputs_take(argc, argv, options);
	const struct zone *zone = name ? zone_load(name, &why) : NULL;

	if (others < 0)
		return EXIT_UNUSABLE;
	if (others != 2)
		return cli_usage(argv[0], "name a format, ddm or nudge, and one policy");
	if (strcmp(argv[1], "ddm") != 0 && strcmp(argv[1], "nudge") != 0)
		return cli_usage(argv[0], "expected ddm or nudge, found \"%s\"", argv[1]);
	near = name && !zone ? zone_near(name) : NULL;
	if (name && !zone)
		return cli_usage(argv[0], "expected a time zone such as America/New_York, found \"%s\"%s%s%s", name,
			near ? " (did you mean \"" : "", near ? near : "", near ? "\"?)" : "");
	if (name && !strcmp(argv[1], "nudge"))
		return cli_usage(argv[0], "--zone is for ddm: Nudge takes a moment in any zone");
	return export_policy(argv[1], argv[2], zone);
}
