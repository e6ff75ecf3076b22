/* completion - prints scripts that complete commands, options and words in bash and zsh, from the same tables as the help. */
#include <string.h>

#include "cli.h"

/* The beginning and end of each shell's script. The middle, which sets $flags and $choices, is the same for both. */
static const struct shell {
	const char *name, *head, *tail;
} shells[] = {
	{"bash",
	 "# bash completion for lastcall, made by `lastcall completion bash`.\n"
	 "_lastcall()\n{\n"
	 "\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} at=$COMP_CWORD\n"
	 "\tlocal command=${COMP_WORDS[1]} second=${COMP_WORDS[2]} flags= choices=\n",
	 "\t[[ $word == -* ]] && choices=$flags\n"
	 "\tCOMPREPLY=($(compgen -W \"$choices\" -- \"$word\"))\n"
	 "}\n"
	 "# Without choices, bash completes files.\n"
	 "complete -o default -F _lastcall lastcall\n"},
	{"zsh",
	 "#compdef lastcall\n"
	 "# zsh completion for lastcall, made by `lastcall completion zsh`.\n"
	 "_lastcall()\n{\n"
	 "\tlocal word=$PREFIX before=$words[CURRENT-1] at=$((CURRENT - 1))\n"
	 "\tlocal command=$words[2] second=$words[3] flags= choices=\n",
	 "\tif [[ $word == -* ]]; then\n\t\tcompadd -- ${=flags}\n"
	 "\telif ((at == 1)); then\n\t\t_describe 'command' about\n"
	 "\telif [[ -n $choices ]]; then\n\t\tcompadd -- ${=choices}\n"
	 "\telse\n\t\t_files\n\tfi\n"
	 "}\n"
	 "if [[ $funcstack[1] == _lastcall ]]; then\n\t_lastcall \"$@\"\nelse\n\tcompdef _lastcall lastcall\nfi\n"},
};

/* Prints the literal words of "1h|tomorrow|DURATION": "1h tomorrow". Returns false, and prints nothing, if there are none. */
static bool
print_choices(const char *before, const char *text, size_t length)
{
	bool any = false;

	for (size_t n; length > 0; text += n, length -= n) {
		for (n = 0; n < length && text[n] != '|'; n++)
			;
		if (!command_placeholder(text, n)) {
			printf("%s%.*s", any ? " " : before, (int)n, text);
			any = true;
		}
		n += n < length;
	}
	if (any)
		puts("' ;;");
	return any;
}

/* line: the shell pattern that "$command $second" must match. */
static void
print_flags(const char *line, const struct command *c)
{
	printf("\t%s) flags='--help", line);
	for (const struct option *o = c->options; o && o->name; o++)
		if (!o->hidden)
			printf(" --%s", o->name);
	puts("' ;;");
}

/* Prints the choices for the first operand and for the values of options, where these are literal words. */
static void
print_values(const char *line, const struct command *c)
{
	const char *operands = c->operands[0];
	struct operand operand;
	char before[128];

	for (const struct option *o = c->options; o && o->name; o++)
		if (o->kind == OPTION_CHOICE) {
			snprintf(before, sizeof before, "\t*:%s:--%s) choices='", line, o->name);
			print_choices(before, o->value, strlen(o->value));
		}
	if (operands && command_operand(&operands, &operand)) {
		snprintf(before, sizeof before, "\t2:%s:*) choices='", line);
		print_choices(before, operand.text, operand.length);
	}
}

static void
print_names(const char *before, const struct command *const *list)
{
	fputs(before, stdout);
	for (const struct command *const *c = list; *c; c++)
		printf("%s%s", c == list ? "" : " ", command_last_name(*c));
	puts("' ;;");
}

/* Prints the commands' descriptions, which zsh shows beside their names. */
static void
print_descriptions(void)
{
	puts("\tlocal -a about=(");
	for (const struct command *const *c = commands; *c; c++) {
		printf("\t\t'%s:", (*c)->name);
		for (const char *text = (*c)->about; *text; text++)
			fputs(*text == '\'' ? "'\\''" : (char[]){*text, '\0'}, stdout);
		puts("'");
	}
	puts("\t)");
}

/* Calls print for each command, subcommands first: the shell takes the first pattern that matches. */
static void
print_each_command(void (*print)(const char *line, const struct command *))
{
	char line[64];

	for (const struct command *const *c = commands; *c; c++) {
		for (const struct command *const *s = (*c)->subcommands; s && *s; s++) {
			snprintf(line, sizeof line, "'%s'", (*s)->name);
			print(line, *s);
		}
		snprintf(line, sizeof line, "%s\\ *", (*c)->name);
		print(line, (*c)->subcommands ? *(*c)->subcommands : *c);
	}
}

static void
print_script(const struct shell *shell)
{
	fputs(shell->head, stdout);
	if (strstr(shell->tail, "about"))
		print_descriptions();
	puts("\tcase \"$command $second\" in");
	print_each_command(print_flags);
	puts("\tesac\n\tcase \"$at:$command $second:$before\" in");
	print_names("\t1:*) flags='--help --version' choices='", commands);
	print_names("\t2:help\\ *) choices='", commands);
	for (const struct command *const *c = commands; *c; c++)
		if ((*c)->subcommands) {
			printf("\t2:%s\\ *:*)", (*c)->name);
			print_names(" choices='", (*c)->subcommands);
		}
	print_each_command(print_values);
	puts("\tesac");
	fputs(shell->tail, stdout);
}

static int
complete(void *arguments, unsigned count, char **operands)
{
	(void)arguments, (void)count;
	for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
		if (!strcmp(operands[0], shells[i].name))
			print_script(&shells[i]);
	return EXIT_FINE;
}

const struct command command_completion = {
	.name = "completion", .about = "print a shell completion script", .operands = {"bash|zsh"}, .run = complete,
};
