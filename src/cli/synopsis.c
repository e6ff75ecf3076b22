/* synopsis - a program used by the build: copies lastcall.1's template from standard input to standard output, and replaces
 * the line `.\" @synopsis` by the usage of every command, in mdoc(7). */
#include <stdio.h>
#include <string.h>

#include "cli.h"

static const struct usage_style mdoc = {
	.required = ".", .optional = ".Op ", .nested = " Op ", .close = "", .option = "Fl -", .placeholder = "Ar ", .word = "Cm ",
	.bar = " | ", .dots = " ...", .lower = true,
};

static void
print_part(void *context, const char *text)
{
	(void)context;
	puts(text);
}

static void
print_command(const struct command *c)
{
	for (unsigned i = 0; i < usage_forms(c); i++) {
		printf(".Nm\n.Cm %s\n", c->name);
		usage_parts(c, i, &mdoc, print_part, NULL);
	}
}

static void
print_synopsis(void)
{
	for (const struct command *const *c = commands; *c; c++) {
		if (!(*c)->subcommands)
			print_command(*c);
		for (const struct command *const *s = (*c)->subcommands; s && *s; s++)
			print_command(*s);
	}
}

int
main(void)
{
	char line[1024];

	while (fgets(line, sizeof line, stdin))
		if (strcmp(line, ".\\\" @synopsis\n") == 0)
			print_synopsis();
		else
			fputs(line, stdout);
	return ferror(stdin) || fflush(stdout) != 0;
}
