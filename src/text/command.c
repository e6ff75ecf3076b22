#include "command.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "message.h"

#define OPTIONS_MOST 32

struct parse {
	const struct command *command;
	void *arguments;
	uint64_t given;		/* bit i: the option with that index */
	unsigned forms;		/* bit i: form i of the usage has every option given so far */
	char *error;
};

static bool
set_error(struct parse *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Sets the error. Returns false. */
static bool
set_error(struct parse *p, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(p->error, PARSE_ERROR, format, args);
	va_end(args);
	return false;
}

/* --- options --- */

static size_t
option_count(const struct command *c)
{
	size_t n = 0;

	while (c->options && c->options[n].name)
		n++;
	return n;
}

static unsigned
option_forms(const struct option *o)
{
	return o->forms ? o->forms : ~0u;
}

static bool
report_unknown_option(struct parse *p, const char *text, size_t length)
{
	char name[64], quoted[QUOTED_SIZE], near[QUOTED_SIZE];
	const char *names[OPTIONS_MOST + 2] = {"help"};
	size_t count = option_count(p->command), dashes = 1u + (text[1] == '-'), n = 1;

	for (size_t i = 0; i < count && i < OPTIONS_MOST; i++)
		if (!p->command->options[i].hidden)
			names[n++] = p->command->options[i].name;
	snprintf(name, sizeof name, "%.*s", (int)(length - dashes), text + dashes);
	return set_error(p, "unknown option %s%s", message_quote(text, length, quoted),
		command_hint("--", message_near(name, names), near));
}

static bool
report_ambiguous_option(struct parse *p, const char *text, size_t length)
{
	size_t count = option_count(p->command), n = length - 2;
	int used = snprintf(p->error, PARSE_ERROR, "option \"%.*s\" is ambiguous", (int)length, text);
	const char *between = ": ";

	for (size_t i = 0; i <= count && used < PARSE_ERROR; i++) {
		const char *name = i < count ? p->command->options[i].name : "help";

		if (!(i < count && p->command->options[i].hidden) && strncmp(name, text + 2, n) == 0) {
			used += snprintf(p->error + used, (size_t)(PARSE_ERROR - used), "%s--%s", between, name);
			between = ", ";
		}
	}
	return false;
}

static const struct option help_option = {.name = "help", .about = "print this help"};

/* Returns the option that the first `length` bytes of text name or abbreviate, or NULL and sets the error. */
static const struct option *
find_option(struct parse *p, const char *text, size_t length)
{
	size_t count = option_count(p->command), found = 0, n = length - 2;
	const struct option *match = NULL;

	if (strcmp(text, "-h") == 0)
		return &help_option;
	for (size_t i = 0; text[1] == '-' && i <= count; i++) {
		const struct option *o = i < count ? &p->command->options[i] : &help_option;

		if (strncmp(o->name, text + 2, n) != 0)
			continue;
		if (!o->name[n])
			return o;
		if (!o->hidden && ++found)
			match = o;
	}
	if (found == 0)
		report_unknown_option(p, text, length);
	else if (found > 1)
		report_ambiguous_option(p, text, length);
	return found == 1 ? match : NULL;
}

/* Returns an option already given that cannot be combined with o, or NULL. */
static const struct option *
find_excluding_option(const struct parse *p, const struct option *o)
{
	for (size_t i = 0; i < option_count(p->command); i++) {
		const struct option *other = &p->command->options[i];

		if (other != o && p->given >> i & 1 && ((other->either && other->either == o->either) ||
		    !(option_forms(other) & option_forms(o))))
			return other;
	}
	return NULL;
}

static bool
note_option(struct parse *p, const struct option *o)
{
	uint64_t bit = UINT64_C(1) << (o - p->command->options);
	const struct option *other = find_excluding_option(p, o);

	if (p->given & bit && o->kind != OPTION_LIST)
		return set_error(p, "option --%s is given twice", o->name);
	if (other)
		return set_error(p, "options --%s and --%s cannot be combined", other->name, o->name);
	p->given |= bit;
	p->forms &= option_forms(o);
	return true;
}

static bool
store_value(struct parse *p, const struct option *o, const char *text)
{
	return command_store(o, text, (char *)p->arguments + o->offset, p->error);
}

/* Whether an argument is an option, not an operand; "-" stands for standard input. */
static bool
is_option(const char *text)
{
	return text[0] == '-' && text[1];
}

/* Parses the option argv[*i] and its value; *i becomes the index of the last argument used. */
static enum parsed
parse_option(struct parse *p, int argc, char **argv, int *i)
{
	const char *text = argv[*i], *equals = strchr(text, '='), *value = equals ? equals + 1 : NULL;
	const struct option *o = find_option(p, text, equals ? (size_t)(equals - text) : strlen(text));

	if (!o)
		return PARSED_WRONG;
	if (o->kind == OPTION_FLAG && value)
		set_error(p, "option --%s takes no value", o->name);
	else if (o == &help_option)
		return PARSED_HELP;
	else if (o->kind != OPTION_FLAG && !value && (*i + 1 == argc || strncmp(argv[*i + 1], "--", 2) == 0))
		set_error(p, "option --%s needs a value", o->name);
	else if (note_option(p, o)) {
		if (o->kind != OPTION_FLAG && !value)
			value = argv[++*i];
		return store_value(p, o, value) ? PARSED : PARSED_WRONG;
	}
	return PARSED_WRONG;
}

static bool
store_fallbacks(struct parse *p)
{
	for (size_t i = 0; i < option_count(p->command); i++) {
		const struct option *o = &p->command->options[i];

		if (o->fallback && !(p->given >> i & 1) && !store_value(p, o, o->fallback))
			return false;
	}
	return true;
}

/* --- operands --- */

bool
command_operand(const char **text, struct operand *o)
{
	const char *from = *text + strspn(*text, " "), *end = from + strcspn(from, " ");

	*text = end;
	if (from == end)
		return false;
	*o = (struct operand){.optional = *from == '['};
	from += o->optional;
	end -= o->optional;
	o->many = end - from > 3 && memcmp(end - 3, "...", 3) == 0;
	o->text = from;
	o->length = (size_t)(end - from) - (o->many ? 3 : 0);
	return true;
}

bool
command_placeholder(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (isupper((unsigned char)text[i]))
			return true;
	return false;
}

/* Returns the largest number of operands that the description allows. */
static unsigned
most_operands(const char *text)
{
	struct operand o;
	unsigned n = 0;

	while (text && command_operand(&text, &o)) {
		if (o.many)
			return UINT32_MAX;
		n++;
	}
	return n;
}

static bool
check_operands(struct parse *p, const char *text, unsigned count, char **operands)
{
	struct operand o;

	for (unsigned i = 0; text && command_operand(&text, &o); i++) {
		if (i >= count && !o.optional)
			return set_error(p, "missing argument: %.*s", (int)o.length, o.text);
		if (i < count && !command_placeholder(o.text, o.length) &&
		    !command_choice("expected", o.text, o.length, operands[i], p->error))
			return false;
	}
	return true;
}

/* Whether everything that form i of the usage requires was given. */
static bool
check_form(struct parse *p, unsigned i, unsigned count, char **operands)
{
	if (!check_operands(p, p->command->operands[i], count, operands))
		return false;
	for (size_t k = 0; k < option_count(p->command); k++) {
		const struct option *o = &p->command->options[k];

		if (o->required && option_forms(o) & FORM(i) && !(p->given >> k & 1))
			return set_error(p, "missing option: --%s %s", o->name, o->value);
	}
	return true;
}

static bool
check_needed_options(struct parse *p)
{
	for (size_t i = 0; i < option_count(p->command); i++) {
		const struct option *o = &p->command->options[i];

		for (size_t k = 0; o->with && p->given >> i & 1 && k < option_count(p->command); k++)
			if (strcmp(p->command->options[k].name, o->with) == 0 && !(p->given >> k & 1))
				return set_error(p, "option --%s needs --%s", o->name, o->with);
	}
	return true;
}

/* Returns the first given option that belongs to certain forms only, or NULL. */
static const struct option *
first_option_of_a_form(const struct parse *p)
{
	for (size_t i = 0; i < option_count(p->command); i++)
		if (p->given >> i & 1 && p->command->options[i].forms)
			return &p->command->options[i];
	return NULL;
}

/* Whether the arguments fit one form of the usage: it has them all and requires no others. The error is about the first
 * form that has them all. */
static bool
check_forms(struct parse *p, unsigned count, char **operands)
{
	char error[PARSE_ERROR] = "", quoted[QUOTED_SIZE];
	bool elsewhere = false;		/* the operands fit a form that the given options exclude */
	unsigned most = 0;

	for (unsigned i = 0; i < COMMAND_FORMS; i++) {
		unsigned room = most_operands(p->command->operands[i]);

		if (i > 0 && !p->command->operands[i])
			continue;
		if (!(p->forms & FORM(i))) {
			elsewhere |= count <= room;
			continue;
		}
		most = room > most ? room : most;
		if (count > room)
			continue;
		if (check_form(p, i, count, operands))
			return true;
		if (!*error)
			memcpy(error, p->error, PARSE_ERROR);
	}
	if (!*error) {
		const struct option *o = elsewhere ? first_option_of_a_form(p) : NULL;

		return set_error(p, "unexpected argument %s%s%s", message_quote(operands[most], strlen(operands[most]), quoted),
			o ? " with --" : "", o ? o->name : "");
	}
	memcpy(p->error, error, PARSE_ERROR);
	return false;
}

enum parsed
command_parse(const struct command *c, int argc, char **argv, void *arguments, unsigned *operands, char error[PARSE_ERROR])
{
	struct parse p = {.command = c, .arguments = arguments, .forms = ~0u, .error = error};
	bool options = true;
	unsigned count = 0;

	for (int i = 0; i < argc; i++) {
		enum parsed parsed = PARSED;

		if (options && strcmp(argv[i], "--") == 0)
			options = false;
		else if (options && is_option(argv[i]))
			parsed = parse_option(&p, argc, argv, &i);
		else
			argv[count++] = argv[i];
		if (parsed != PARSED)
			return parsed;
	}
	argv[count] = NULL;
	*operands = count;
	return check_forms(&p, count, argv) && check_needed_options(&p) && store_fallbacks(&p) ? PARSED : PARSED_WRONG;
}

int
command_misused(const struct command *c, const char *why, ...)
{
	va_list args;

	fprintf(stderr, "lastcall %s: ", c->name);
	va_start(args, why);
	vfprintf(stderr, why, args);
	va_end(args);
	fprintf(stderr, "\nTry \"lastcall %s --help\".\n", c->name);
	return EXIT_UNUSABLE;
}
