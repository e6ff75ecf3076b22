#include "inputs.h"

#include <stdlib.h>
#include <string.h>

#include "platform/clock.h"
#include "core/version.h"
#include "author/fleet/blueprint.h"
#include "text/file.h"
#include "text/instant.h"
#include "text/yaml.h"
#include "text/zone.h"
#include "cli/cli.h"

struct feed_text *
inputs_feed(const char *path, struct messages *ms)
{
	struct messages own = {0};
	size_t length;
	char *bytes = file_read(path, FEED_BYTES, &length, ms);
	struct feed_text *feed = bytes ? feed_decode(path, bytes, length, NULL, &own) : NULL;

	for (size_t i = 0; i < own.count; i++)
		if (own.list[i].severity == MESSAGE_ERROR)
			message_add(ms, MESSAGE_ERROR, path, own.list[i].place, "%s", own.list[i].text);
	message_free(&own);
	free(bytes);
	return feed;
}

bool
inputs_blueprints(const char *path)
{
	struct messages unread = {0};
	size_t length;
	char *text = file_read(path, yaml_policy_limits.bytes, &length, &unread);
	bool holds = text && blueprints_like(text);

	message_free(&unread);
	free(text);
	return holds;
}

bool
inputs_now(const char *text, int64_t *now)
{
	struct clock clock;

	if (text)
		return instant_parse(text, now);
	clock_real(&clock);
	*now = clock_now(&clock).at;
	return true;
}

int
inputs_device(const char *name, const char *os, const char *model, const char *zone, struct device *device)
{
	const char *why = NULL, *near;

	if (!os)
		return cli_usage(name, "which version does the device run? say --os");
	if (!version_parse(os, &device->version))
		return cli_usage(name, "--os takes a version such as 15.2, not \"%.40s\"", os);
	if (model)	/* a model has a comma, a board has none */
		*(strchr(model, ',') ? &device->model : &device->board) = model;
	device->zone = zone ? zone_load(zone, &why) : &calendar_utc;
	if (device->zone)
		return EXIT_FINE;
	near = zone_near(zone);
	return cli_usage(name, "--zone takes a time zone such as America/New_York, not \"%.40s\"%s%s%s", zone,
		near ? " (did you mean \"" : ": ", near ? near : why, near ? "\"?)" : "");
}

static const struct option_of *
find(const struct option_of *options, const char *name)
{
	for (; options->name; options++)
		if (strcmp(options->name, name) == 0)
			return options;
	return NULL;
}

int
inputs_take(int argc, char **argv, const struct option_of *options)
{
	int others = 0;

	for (int i = 1; i < argc; i++) {
		const struct option_of *o = find(options, argv[i]);

		if (!o && argv[i][0] == '-' && argv[i][1])
			return cli_usage(argv[0], "no option \"%s\"", argv[i]), -1;
		if (!o)
			argv[++others] = argv[i];
		else if (o->flag)
			*o->flag = true;
		else if (*o->value)
			return cli_usage(argv[0], "one %s, not two", o->name), -1;
		else if (i + 1 == argc)
			return cli_usage(argv[0], "%s needs a value", o->name), -1;
		else
			*o->value = argv[++i];
	}
	return others;
}
