/* main - finds the command, parses its arguments and runs it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "machine.h"
#include "text/memory.h"
#include "text/zone.h"

/* The options of lastcall itself. */
struct own {
	bool version;
};
static const struct option own_options[] = {
	{.name = "version", .offset = offsetof(struct own, version), .about = "print the version, the machine and its hash"},
	{0},
};
static const struct command lastcall = {.options = own_options};

/* Returns false, and says why, if what was printed did not reach standard output: a full disk, say. */
static bool
wrote_output(const char *command)
{
	if (!fflush(stdout) && !ferror(stdout))
		return true;
	fprintf(stderr, "lastcall%s%s: standard output: %s\n", command ? " " : "", command ? command : "", strerror(errno));
	return false;
}

static int
run_without_command(char *argument)
{
	char *argv[] = {argument, NULL}, error[PARSE_ERROR];
	struct own own = {0};
	unsigned count;

	switch (command_parse(&lastcall, 1, argv, &own, &count, error)) {
	case PARSED_HELP:
		help_print(stdout);
		break;
	case PARSED_WRONG:
		fprintf(stderr, "lastcall: %s\nTry \"lastcall --help\".\n", error);
		return EXIT_UNUSABLE;
	case PARSED:
		if (!own.version) {	/* the argument is "--" */
			help_print(stderr);
			return EXIT_UNUSABLE;
		}
		printf("lastcall %s, machine %s %s\n", LASTCALL_VERSION, machine_name, machine_hash);
	}
	return wrote_output(NULL) ? EXIT_FINE : EXIT_UNUSABLE;
}

static int
run(const struct command *c, int argc, char **argv)
{
	void *arguments = memory_zeroed(c->size);
	char error[PARSE_ERROR];
	unsigned count;
	int status = EXIT_FINE;

	switch (command_parse(c, argc, argv, arguments, &count, error)) {
	case PARSED:
		status = c->run(arguments, count, argv);
		break;
	case PARSED_HELP:
		help_print_command(c, stdout);
		break;
	case PARSED_WRONG:
		status = command_misused(c, "%s", error);
	}
	if (!wrote_output(c->name))
		status = EXIT_UNUSABLE;
	free(arguments);
	zones_free();
	return status;
}

/* Runs `lastcall trace cut`. `lastcall trace FILE` runs the first subcommand, `lastcall trace --help` describes all. */
static int
run_subcommand(const struct command *c, int argc, char **argv)
{
	const struct command *s = find_command(c->subcommands, argv[0]);

	if (s)
		return run(s, argc - 1, argv + 1);
	if (argc == 1 && (!strcmp(argv[0], "--help") || !strcmp(argv[0], "-h"))) {
		help_print_command(c, stdout);
		return wrote_output(c->name) ? EXIT_FINE : EXIT_UNUSABLE;
	}
	return run(*c->subcommands, argc, argv);
}

int
main(int argc, char **argv)
{
	const struct command *c;

	if (argc < 2) {
		help_print(stderr);
		return EXIT_UNUSABLE;
	}
	if (argv[1][0] == '-')
		return run_without_command(argv[1]);
	c = find_command(commands, argv[1]);
	if (!c)
		return unknown_command(commands, argv[1]);
	return (c->subcommands ? run_subcommand : run)(c, argc - 2, argv + 2);
}
