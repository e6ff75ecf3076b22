/* help - prints the help of lastcall and of each command, and runs `lastcall help`. */
#include <ctype.h>
#include <string.h>

#include "cli.h"

#define WIDTH 80
#define COLUMN 24	/* the column at which an option's description begins */

static const struct usage_style for_people = {
	.required = "", .optional = "[", .nested = " [", .close = "]", .option = "--", .placeholder = "", .word = "", .bar = "|",
	.dots = "...",
};

/* The line that is being printed; words that would pass WIDTH go to the next one. */
struct line {
	FILE *out;
	int indent, used;	/* columns */
};

static void
print_part(void *line, const char *text)
{
	struct line *l = line;
	int length = (int)strlen(text);

	if (l->used > l->indent && l->used + 1 + length > WIDTH) {
		fprintf(l->out, "\n%*s", l->indent, "");
		l->used = l->indent;
	}
	l->used += fprintf(l->out, "%s%s", l->used > 0 ? " " : "", text);
}

static void
print_words(struct line *l, const char *text)
{
	char word[WIDTH + 1];

	for (size_t n; *text; text += n + strspn(text + n, " ")) {
		n = strcspn(text, " ");
		snprintf(word, sizeof word, "%.*s", (int)n, text);
		print_part(l, word);
	}
}

/* Prints each form on a line of its own, wrapped if it is long. */
static void
print_usage(const struct command *c, const char *before, FILE *out)
{
	for (unsigned i = 0; i < usage_forms(c); i++, before = "      ") {
		struct line l = {.out = out};

		l.indent = l.used = fprintf(out, "%s lastcall %s", before, c->name);
		usage_parts(c, i, &for_people, print_part, &l);
		putc('\n', out);
	}
}

/* Prints a description as a sentence: with a capital and a full stop. */
static void
print_sentence(const char *about, FILE *out)
{
	struct line l = {.out = out};
	char text[512];

	snprintf(text, sizeof text, "%c%s.", toupper((unsigned char)*about), about + 1);
	print_words(&l, text);
	putc('\n', out);
}

static void
print_option(const struct option *o, FILE *out)
{
	struct line l = {out, COLUMN - 1, 0};

	l.used = fprintf(out, "  --%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
	if (l.used < l.indent)
		l.used += fprintf(out, "%*s", l.indent - l.used, "");
	else
		l.used = WIDTH;	/* the description begins on the next line */
	print_words(&l, o->about);
	if (o->fallback) {
		print_part(&l, "(default:");
		fprintf(out, " %s)", o->fallback);
	}
	putc('\n', out);
}

static void
print_options(const struct command *c, FILE *out)
{
	bool any = false;

	for (const struct option *o = c->options; o && o->name; o++)
		if (!o->hidden) {
			if (!any)
				putc('\n', out);
			any = true;
			print_option(o, out);
		}
}

static void
print_subcommands(const struct command *c, FILE *out)
{
	putc('\n', out);
	for (const struct command *const *s = c->subcommands; *s; s++)
		fprintf(out, "  %-11s %s\n", command_last_name(*s), (*s)->about);
	fprintf(out, "\n\"lastcall %s SUBCOMMAND --help\" describes a subcommand; the default is \"%s\".\n", c->name,
		(*c->subcommands)->name);
}

void
help_print_command(const struct command *c, FILE *out)
{
	const char *before = "usage:";

	if (!c->subcommands)
		print_usage(c, before, out);
	for (const struct command *const *s = c->subcommands; s && *s; s++, before = "      ")
		print_usage(*s, before, out);
	putc('\n', out);
	print_sentence(c->about, out);
	print_options(c, out);
	if (c->subcommands)
		print_subcommands(c, out);
}

void
help_print(FILE *out)
{
	fputs("lastcall gets a required OS update installed by its deadline and never surprises anyone.\n\n"
	      "usage: lastcall COMMAND [ARGUMENTS]\n\n", out);
	for (const struct command *const *c = commands; *c; c++)
		fprintf(out, "  %-11s %s\n", (*c)->name, (*c)->about);
	fputs("\n\"lastcall help COMMAND\" describes a command, \"man lastcall\" everything.\n", out);
}

static int
help(void *arguments, unsigned count, char **operands)
{
	const struct command *const *list = commands;
	const struct command *c = NULL;

	(void)arguments;
	for (unsigned i = 0; i < count; i++, list = c->subcommands) {
		c = find_command(list, operands[i]);
		if (!c)
			return unknown_command(list, operands[i]);
	}
	if (c)
		help_print_command(c, stdout);
	else
		help_print(stdout);
	return EXIT_FINE;
}

const struct command command_help = {
	.name = "help", .about = "describe a command, or list all of them", .operands = {"[COMMAND] [SUBCOMMAND]"}, .run = help,
};
