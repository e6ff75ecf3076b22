/* completion - what teaches bash and zsh the subcommands, their options and their words: made from the same table as
 * the help, so that it cannot fall behind. */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"

#define WORD 64

/* The shells share the middle; only how they tell the words before and take the choices differs. */
static const struct shell {
	const char *name, *head, *tail;
} shells[] = {
	{"bash",
	 "# bash completion for lastcall, made by `lastcall completion bash`.\n"
	 "_lastcall()\n{\n"
	 "\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} at=$COMP_CWORD\n"
	 "\tlocal subcommand=${COMP_WORDS[1]} flags= choices=\n",
	 "\t[[ $word == -* ]] && choices=$flags\n"
	 "\tCOMPREPLY=($(compgen -W \"$choices\" -- \"$word\"))\n"
	 "}\n"
	 "# Where there is nothing to choose from, a file is meant.\n"
	 "complete -o default -F _lastcall lastcall\n"},
	{"zsh",
	 "#compdef lastcall\n"
	 "# zsh completion for lastcall, made by `lastcall completion zsh`.\n"
	 "_lastcall()\n{\n"
	 "\tlocal word=$PREFIX before=$words[CURRENT-1] at=$((CURRENT - 1))\n"
	 "\tlocal subcommand=$words[2] flags= choices=\n",
	 "\tif [[ $word == -* ]]; then\n\t\tcompadd -- ${=flags}\n"
	 "\telif ((at == 1)); then\n\t\t_describe 'command' about\n"
	 "\telif [[ -n $choices ]]; then\n\t\tcompadd -- ${=choices}\n"
	 "\telse\n\t\t_files\n\tfi\n"
	 "}\n"
	 "if [[ $funcstack[1] == _lastcall ]]; then\n\t_lastcall \"$@\"\nelse\n\tcompdef _lastcall lastcall\nfi\n"},
};

/* One word of a usage such as "ddm|nudge POLICY [--zone ZONE]", without brackets and dots. */
struct word {
	char text[WORD];
	bool opens, closes;	/* brackets around it */
};

static bool
next_word(const char **usage, struct word *w)
{
	size_t length = strcspn(*usage, " "), used = 0;

	*w = (struct word){.opens = **usage == '['};
	for (size_t i = 0; i < length && used < WORD - 1; i++) {
		w->closes = (*usage)[i] == ']';
		if (!strchr("[].", (*usage)[i]))
			w->text[used++] = (*usage)[i];
	}
	*usage += length + ((*usage)[length] == ' ');
	return length;
}

/* Alternatives to type as they stand, such as 1h|tomorrow; a placeholder such as FILE|URL or 1d=4s is none. */
static bool
is_choice(const char *text)
{
	for (; *text; text++)
		if (isupper((unsigned char)*text) || *text == '=')
			return false;
	return true;
}

static void
print_choices(const char *text)
{
	for (; *text; text++)
		putchar(*text == '|' ? ' ' : *text);
}

static void
print_flags(const struct subcommand *s)
{
	const char *usage = s->usage;
	struct word w;

	printf("\t%s) flags='--help", s->name);
	while (next_word(&usage, &w))
		if (w.text[0] == '-') {
			putchar(' ');
			print_choices(w.text);
		}
	puts("' ;;");
}

/* What comes first without an option, and the values of options; only where there is a choice of words. */
static void
print_values(const struct subcommand *s)
{
	const char *usage = s->usage;
	struct word w, before = {.closes = true};

	for (bool first = true; next_word(&usage, &w); before = w, first = false) {
		bool value = before.text[0] == '-' && !before.closes && !w.opens;

		if (w.text[0] != '-' && is_choice(w.text) && (value || first)) {
			printf(value ? "\t*:%s:%s) choices='" : "\t2:%s:*) choices='", s->name, before.text);
			print_choices(w.text);
			puts("' ;;");
		}
	}
}

static void
print_names(void)
{
	fputs("\t1:*) flags='--help --version' choices='", stdout);
	for (const struct subcommand *s = subcommands; s->name; s++)
		printf("%s%s", s == subcommands ? "" : " ", s->name);
	puts("' ;;");
}

/* For the shells that show them. */
static void
print_about(void)
{
	puts("\tlocal -a about=(");
	for (const struct subcommand *s = subcommands; s->name; s++) {
		printf("\t\t'%s:", s->name);
		for (const char *c = s->about; *c; c++)
			fputs(*c == '\'' ? "'\\''" : (char[]){*c, '\0'}, stdout);
		puts("'");
	}
	puts("\t)");
}

static void
print_script(const struct shell *shell)
{
	fputs(shell->head, stdout);
	if (strstr(shell->tail, "about"))
		print_about();
	puts("\tcase $subcommand in");
	for (const struct subcommand *s = subcommands; s->name; s++)
		print_flags(s);
	puts("\tesac\n\tcase $at:$subcommand:$before in");
	print_names();
	for (const struct subcommand *s = subcommands; s->name; s++)
		print_values(s);
	puts("\tesac");
	fputs(shell->tail, stdout);
}

int
cmd_completion(int argc, char **argv)
{
	for (size_t i = 0; argc == 2 && i < sizeof shells / sizeof *shells; i++)
		if (!strcmp(argv[1], shells[i].name)) {
			print_script(&shells[i]);
			return EXIT_FINE;
		}
	return cli_usage(argv[0], argc == 2 ? "expected bash or zsh, found \"%s\"" : "name a shell", argv[1]);
}
