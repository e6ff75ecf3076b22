/* main - finds the subcommand and runs it. */
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "machine.h"
#include "text/message.h"

/* The manual page and the completions are checked against this table. */
const struct subcommand subcommands[] = {
	{"run", "--policy FILE [--feed FILE|URL] [--state DIR] [--socket PATH] [--drivers DIR] [--log-level LEVEL]",
	 "the agent: keeps this device up to date, as the policy says", cmd_run},
	{"status", "[--json] [--follow] [--socket PATH]", "what the agent shows the person now", cmd_status},
	{"remind", "1h|tomorrow [--socket PATH]", "hide the banner for that long", cmd_remind},
	{"learn-more", "[--socket PATH]", "open Update Info", cmd_learn_more},
	{"start", "[--socket PATH]", "start the update now: apps are closed, the device restarts", cmd_start},
	{"open-timer", "[--socket PATH]", "open the countdown's window again", cmd_open_timer},
	{"check", "FILE|DIR... [--feed FEED] [--devices CSV [--list]] [--now TIME] [--strict] [--json] "
	 "[--format plain|json|sarif]",
	 "find every problem in policies, and what they would do to devices", cmd_check},
	{"schema", "", "what a policy may hold, as JSON Schema, for editors", cmd_schema},
	{"why", "[POLICY... --os VERSION [--feed FEED] [--model MODEL] [--zone ZONE] [--now TIME]] [--json] [--socket PATH]",
	 "what is required of a device, and why", cmd_why},
	{"diff", "OLD NEW [--feed FEED] [--devices CSV] [--list] [--now TIME]", "what a change of policy does to devices",
	 cmd_diff},
	{"feed", "FILE... [--now TIME] | --history DIR|CSV --policy POLICY --os VERSION [--model MODEL] [--zone ZONE]",
	 "what a list of releases says, and what a policy makes of all that it ever said", cmd_feed},
	{"preview", "POLICY [--feed FEED] [--os VERSION] [--model MODEL] [--zone ZONE] [--now TIME] [--language TAG] "
	 "[--format text|html|ics]",
	 "what people will see under a policy, hour by hour, before they do", cmd_preview},
	{"rehearse", "POLICY [--speed 1d=4s] [--start TIME] [--answers FILE] [--feed FILE] [--plain]",
	 "live through a policy in a minute; nothing real is closed, installed or restarted", cmd_rehearse},
	{"blueprint", "FILE [DEVICE...]", "which blueprint and ring devices are in, and what is required of them",
	 cmd_blueprint},
	{"export", "ddm|nudge POLICY [--zone ZONE]", "a policy for another tool, and what that cannot say", cmd_export},
	{"import", "nudge FILE", "a policy from another tool's settings, and what it cannot say", cmd_import},
	{"replay", "[--bless|--print|--shrink] [--tap|--junit] [--quiet] [--coverage MACHINE.yaml [--lcov FILE]] FILE|DIR...",
	 "run traces through the machine and compare", cmd_replay},
	{"trace", "[show [--html] [--zone ZONE] | cut [--from TIME] [--to TIME] | merge | shift --by DURATION|--to TIME | "
	 "anonymise | convert --to journal|hand] FILE...",
	 "show a trace, or make another of it", cmd_trace},
	{"explore", "[--traces DIR] [--states N] [--first] | --paths DIR",
	 "prove what the machine promises, or show how a promise is broken", cmd_explore},
	{"simulate", "[--seed N] [--seeds N] [--trace] [--devices N|FILE --policy POLICY [--feed FEED] [--days N] [--start TIME] "
	 "[--csv] [--svg FILE]]",
	 "try the machine's promises in seeded worlds; or count how a rollout would go", cmd_simulate},
	{"completion", "bash|zsh", "what teaches a shell these commands", cmd_completion},
	{0},
};

static const struct subcommand *
find(const char *name)
{
	for (const struct subcommand *s = subcommands; s->name; s++)
		if (!strcmp(s->name, name))
			return s;
	return NULL;
}

int
cli_usage(const char *name, const char *why, ...)
{
	const struct subcommand *s = find(name);

	if (why) {
		va_list args;

		va_start(args, why);
		fprintf(stderr, "lastcall %s: ", name);
		vfprintf(stderr, why, args);
		fputc('\n', stderr);
		va_end(args);
	}
	if (s)
		fprintf(stderr, "usage: lastcall %s%s%s\n", s->name, *s->usage ? " " : "", s->usage);
	return EXIT_UNUSABLE;
}

int
cli_bad_option(const char *name, int option, char **argv)
{
	return cli_usage(name, option == ':' ? "%s wants a value" : "no option \"%s\"", argv[optind - 1]);
}

bool
cli_number(const char *text, uint64_t least, uint64_t most, uint64_t *value)
{
	char *end;

	errno = 0;
	*value = strtoull(text, &end, 10);
	return *text >= '0' && *text <= '9' && !*end && !errno && *value >= least && *value <= most;
}

static int
help(FILE *out)
{
	fputs("lastcall gets a required OS update installed by its deadline and never surprises anyone.\n\n"
	      "usage: lastcall COMMAND [ARGUMENTS]\n\n", out);
	for (const struct subcommand *s = subcommands; s->name; s++)
		fprintf(out, "  %-11s %s\n", s->name, s->about);
	fputs("\nlastcall COMMAND --help says how a command is used; man lastcall says everything.\n", out);
	return out == stdout ? EXIT_FINE : EXIT_UNUSABLE;
}

static int
unknown(const char *name)
{
	const char *names[sizeof subcommands / sizeof *subcommands] = {0}, *near;

	for (size_t i = 0; subcommands[i].name; i++)
		names[i] = subcommands[i].name;
	near = message_near(name, names);
	fprintf(stderr, "lastcall: no command \"%.40s\"%s%s%s; lastcall --help lists them\n", name,
		near ? " (did you mean \"" : "", near ? near : "", near ? "\"?)" : "");
	return EXIT_UNUSABLE;
}

int
main(int argc, char **argv)
{
	const struct subcommand *s;

	if (argc < 2)
		return help(stderr);
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help"))
		return help(stdout);
	if (!strcmp(argv[1], "--version")) {
		printf("lastcall %s, machine %s %s\n", LASTCALL_VERSION, machine_name, machine_hash);
		return EXIT_FINE;
	}
	s = find(argv[1]);
	if (!s)
		return unknown(argv[1]);
	if (argc == 3 && (!strcmp(argv[2], "--help") || !strcmp(argv[2], "-h"))) {
		printf("lastcall %s: %s\n\nusage: lastcall %s%s%s\n", s->name, s->about, s->name, *s->usage ? " " : "", s->usage);
		return EXIT_FINE;
	}
	return s->run(argc - 1, argv + 1);
}
