/* cli - the program around the commands: their list, usage, help and shell completions. */
#ifndef CLI_H
#define CLI_H

#include <stdio.h>

#include "text/command.h"

extern const struct command *const commands[];	/* in the order that help shows; ends with NULL */

/* Finds a command of the list by the last word of its name: "check", or "cut" for "trace cut". Returns NULL if there is
 * none. */
const struct command *find_command(const struct command *const *list, const char *name);
const char *command_last_name(const struct command *);
/* Prints that the list has no command of that name, and suggests the nearest one. Returns EXIT_UNUSABLE. */
int unknown_command(const struct command *const *list, const char *name);

/* How a usage line is marked up, for a terminal or for the manual page's mdoc(7). */
struct usage_style {
	const char *required, *optional;	/* before a required or an optional part */
	const char *nested;			/* before an optional piece within a part */
	const char *close;			/* after an optional part or piece */
	const char *option, *placeholder, *word;	/* before an option's name, a placeholder, a literal word */
	const char *bar, *dots;			/* between alternatives; after a part that may be repeated */
	bool lower;				/* write placeholders in lower case */
};

/* Calls write for each part of one form of the usage: an option, options that exclude each other, or an operand. */
void usage_parts(const struct command *, unsigned form, const struct usage_style *, void (*write)(void *, const char *),
	void *);

/* Returns how many forms the usage has; each begins with "lastcall NAME". */
unsigned usage_forms(const struct command *);

void help_print(FILE *);			/* about lastcall itself */
void help_print_command(const struct command *, FILE *);

#endif
