/* cli - the program around the commands: which there are, their usage, their help and the shells' completions. */
#ifndef CLI_H
#define CLI_H

#include <stdio.h>

#include "text/command.h"

extern const struct command *const commands[];	/* in the order of the help; ends with NULL */

/* The command of a list with that name, of a subcommand the last word of its name; NULL if there is none. */
const struct command *find_command(const struct command *const *list, const char *name);
const char *command_last_name(const struct command *);
/* Prints that no command of the list has the name, and the nearest one. Returns EXIT_UNUSABLE. */
int unknown_command(const struct command *const *list, const char *name);

/* How a usage is written: for a terminal, or in the manual page's mdoc(7). */
struct usage_style {
	const char *required, *optional;	/* before a part of its own */
	const char *nested;			/* before what is optional within a part */
	const char *close;			/* after what is optional */
	const char *option, *placeholder, *word;	/* before an option's name, a placeholder, a word to type as it stands */
	const char *bar, *dots;			/* between words to choose from; after what may be repeated */
	bool lower;				/* placeholders are lower case */
};

/* Calls write for each part of a form of the usage: an option, options that exclude each other, an operand. */
void usage_parts(const struct command *, unsigned form, const struct usage_style *, void (*write)(void *, const char *),
	void *);

/* How many forms the usage has; each begins with "lastcall NAME". */
unsigned usage_forms(const struct command *);

void help_print(FILE *);			/* of lastcall itself */
void help_print_command(const struct command *, FILE *);

#endif
