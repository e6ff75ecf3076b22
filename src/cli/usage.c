/* usage - writes what may follow a command's name, from its tables of options and operands. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "text/memory.h"

struct usage {
	const struct usage_style *style;
	unsigned form;
	FILE *out;
};

/* Returns true if this form of the usage has the option. */
static bool
is_shown(const struct usage *u, const struct option *o)
{
	return !o->hidden && (!o->forms || o->forms & FORM(u->form));
}

/* Prints "text|html" or FILE, each word in its style. */
static void
print_words(const struct usage *u, const char *text, size_t length)
{
	for (size_t n; length > 0; text += n, length -= n) {
		bool placeholder;

		for (n = 0; n < length && text[n] != '|'; n++)
			;
		placeholder = command_placeholder(text, n);
		fputs(placeholder ? u->style->placeholder : u->style->word, u->out);
		for (size_t i = 0; i < n; i++)
			putc(placeholder && u->style->lower ? tolower((unsigned char)text[i]) : text[i], u->out);
		if (n == length)
			return;
		fputs(u->style->bar, u->out);
		n++;
	}
}

static void
print_option(const struct usage *u, const struct option *o)
{
	fprintf(u->out, "%s%s%s", u->style->option, o->name, o->value ? " " : "");
	if (o->value)
		print_words(u, o->value, strlen(o->value));
}

/* Prints an option, its alternatives, and the options that need it. Returns the option that follows these. */
static const struct option *
print_group(const struct usage *u, const struct option *o)
{
	const struct option *first = o;

	fputs(o->required ? u->style->required : u->style->optional, u->out);
	print_option(u, o);
	for (o++; o->name && ((o->either && o->either == first->either) || (o->with && !strcmp(o->with, first->name))); o++) {
		if (!is_shown(u, o))
			continue;
		fputs(o->with ? u->style->nested : " | ", u->out);
		print_option(u, o);
		fputs(o->with ? u->style->close : "", u->out);
	}
	fputs(first->required ? "" : u->style->close, u->out);
	return o;
}

static void
print_operand(const struct usage *u, const struct operand *o)
{
	fputs(o->optional ? u->style->optional : u->style->required, u->out);
	print_words(u, o->text, o->length);
	fputs(o->many ? u->style->dots : "", u->out);
	fputs(o->optional ? u->style->close : "", u->out);
}

static void
flush_part(struct usage *u, char **text, size_t *length, void (*write)(void *, const char *), void *context)
{
	fclose(u->out);
	write(context, *text);
	free(*text);
	u->out = open_memstream(text, length);
	if (!u->out)
		memory_out();
}

void
usage_parts(const struct command *c, unsigned form, const struct usage_style *style, void (*write)(void *, const char *),
	void *context)
{
	const char *operands = c->operands[form];
	struct usage u = {style, form, NULL};
	struct operand operand;
	size_t length;
	char *text;

	u.out = open_memstream(&text, &length);
	if (!u.out)
		memory_out();
	for (const struct option *o = c->options; o && o->name;) {
		if (!is_shown(&u, o)) {
			o++;
			continue;
		}
		o = print_group(&u, o);
		flush_part(&u, &text, &length, write, context);
	}
	while (operands && command_operand(&operands, &operand)) {
		print_operand(&u, &operand);
		flush_part(&u, &text, &length, write, context);
	}
	fclose(u.out);
	free(text);
}

unsigned
usage_forms(const struct command *c)
{
	unsigned n = 1;

	while (n < COMMAND_FORMS && c->operands[n])
		n++;
	return n;
}
