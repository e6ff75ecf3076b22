/* cli - the subcommands of lastcall. Each is one function in a file of its own and knows only what lies below it. */
#ifndef CLI_H
#define CLI_H

#include <stdbool.h>
#include <stdint.h>

#define LASTCALL_VERSION "0.1.0"

/* What every subcommand exits with; EX_UNAVAILABLE and EX_NOPERM are those of sysexits(3) that drivers use too. */
enum exit_code {
	EXIT_FINE = 0,
	EXIT_DIFFERENT = 1,	/* problems found, a difference, refused */
	EXIT_UNUSABLE = 2,	/* wrong usage, or input that cannot be used at all */
	EXIT_NOT_THERE = 69,	/* no agent runs */
	EXIT_NOT_ALLOWED = 77,
};

/* argv[0] is the subcommand's own name. */
typedef int command(int argc, char **argv);

struct subcommand {
	const char *name, *usage, *about;
	command *run;
};

extern const struct subcommand subcommands[];	/* ends with a NULL name */

/* Says on standard error how the subcommand is used; EXIT_UNUSABLE. With why, that too, first. */
int cli_usage(const char *name, const char *why, ...) __attribute__((format(printf, 2, 3)));

/* The same for what getopt_long, with ":" for its short options and opterr 0, answered with ':' or '?'. */
int cli_bad_option(const char *name, int option, char **argv);

/* A whole number in digits alone; false: text is none, or beyond these. */
bool cli_number(const char *text, uint64_t least, uint64_t most, uint64_t *value);

command cmd_blueprint, cmd_check, cmd_completion, cmd_diff, cmd_explore, cmd_export, cmd_feed, cmd_import, cmd_learn_more,
	cmd_open_timer, cmd_preview, cmd_rehearse, cmd_remind, cmd_replay, cmd_run, cmd_schema, cmd_simulate, cmd_start,
	cmd_status, cmd_trace, cmd_why;

#endif
