/* trace - the subcommand: shows a trace, or prints another one made from traces. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text/instant.h"
#include "text/memory.h"
#include "text/zone.h"
#include "text/command.h"
#include "edit.h"
#include "qa/replay/source.h"
#include "show.h"

struct job {
	int64_t from, to;		/* arguments; 0: not given */
	const char *by, *form;
	const struct zone *zone;
	bool html;
	struct trace_text *traces;
	size_t count;
	struct messages messages;
	FILE *out;
};

/* --- traces in and out --- */

static bool
read_traces(struct job *j, char **paths)
{
	bool good = true;

	j->traces = memory_zeroed(j->count * sizeof *j->traces);
	for (size_t i = 0; i < j->count; i++) {
		struct trace_text *t = &j->traces[i];

		t->name = paths[i];
		t->bytes = source_read(paths[i], &t->length, &j->messages);
		good &= t->bytes != NULL;
	}
	return good;
}

static void
free_traces(struct job *j)
{
	for (size_t i = 0; i < j->count; i++)
		free((char *)j->traces[i].bytes);
	free(j->traces);
}

/* Reads the traces, and prints what make writes, but only if that is whole. */
static int
print_all(struct job *j, unsigned count, char **paths, bool (*make)(struct job *))
{
	char *text = NULL, *messages;
	size_t length = 0;
	bool good;

	j->count = count;
	j->out = open_memstream(&text, &length);
	if (!j->out)
		memory_out();
	good = read_traces(j, paths) && make(j);
	fclose(j->out);
	if (good)
		fwrite(text, 1, length, stdout);
	messages = message_text(&j->messages);
	fputs(messages, stderr);
	if (good && (fflush(stdout) || ferror(stdout))) {
		fprintf(stderr, "lastcall trace: standard output: %s\n", strerror(errno));
		good = false;
	}
	free(messages);
	free(text);
	message_free(&j->messages);
	free_traces(j);
	return good ? EXIT_FINE : EXIT_UNUSABLE;
}

/* --- the subcommands --- */

#define AT(member) offsetof(struct job, member)

static bool
show_trace(struct job *j)
{
	const char *no_colour = getenv("NO_COLOR");
	struct trace_style style = {.zone = j->zone, .colour = isatty(STDOUT_FILENO) && !(no_colour && *no_colour)};

	return (j->html ? trace_html : trace_show)(j->traces, &style, j->out, &j->messages);
}

static int
trace_command_show(void *arguments, unsigned count, char **operands)
{
	return print_all(arguments, count, operands, show_trace);
}

static const struct option show_options[] = {
	{"html", NULL, OPTION_FLAG, AT(html), .about = "print one page with a timeline"},
	{"zone", "ZONE", OPTION_ZONE, AT(zone), .about = "show times by the clocks of ZONE, not by the device's"},
	{0},
};

static const struct command command_show = {
	.name = "trace show", .about = "show what happened, and what the person saw",
	.operands = {"FILE"}, .options = show_options, .size = sizeof(struct job), .run = trace_command_show,
};

static bool
cut_trace(struct job *j)
{
	return trace_cut(j->traces, j->from ? j->from : INT64_MIN, j->to ? j->to : NEVER, j->out, &j->messages);
}

static const struct command command_cut;

static int
trace_command_cut(void *arguments, unsigned count, char **operands)
{
	const struct job *j = arguments;

	if (!j->from && !j->to)
		return command_misused(&command_cut, "missing option: --from TIME or --to TIME");
	return print_all(arguments, count, operands, cut_trace);
}

static const struct option cut_options[] = {
	{"from", "TIME", OPTION_TIME, AT(from), .about = "keep what happened from TIME on"},
	{"to", "TIME", OPTION_TIME, AT(to), .about = "keep what happened up to TIME"},
	{0},
};

static const struct command command_cut = {
	.name = "trace cut", .about = "print a part of a trace, and the earlier lines that it needs",
	.operands = {"FILE"}, .options = cut_options, .size = sizeof(struct job), .run = trace_command_cut,
};

static bool
merge_traces(struct job *j)
{
	return trace_merge(j->traces, j->count, j->out, &j->messages);
}

static int
trace_command_merge(void *arguments, unsigned count, char **operands)
{
	return print_all(arguments, count, operands, merge_traces);
}

static const struct command command_merge = {
	.name = "trace merge", .about = "print traces of one device as one, sorted by time", .operands = {"FILE..."},
	.size = sizeof(struct job), .run = trace_command_merge,
};

/* Parses a duration with an optional sign, such as -1d. */
static bool
parse_distance(const char *text, int64_t *by)
{
	bool back = *text == '-';

	if (!duration_parse_exact(text + (back || *text == '+'), by))
		return false;
	*by = back ? -*by : *by;
	return true;
}

static bool
shift_trace(struct job *j)
{
	int64_t by = 0, begins;

	if (j->by)
		parse_distance(j->by, &by);
	else if (!trace_begins(j->traces, &begins, &j->messages))
		return false;
	else
		by = j->to - begins;
	return trace_shift(j->traces, by, j->out, &j->messages);
}

static const struct command command_shift;

static int
trace_command_shift(void *arguments, unsigned count, char **operands)
{
	const struct job *j = arguments;
	char quoted[QUOTED_SIZE];
	int64_t by;

	if (!j->by && !j->to)
		return command_misused(&command_shift, "missing option: --by DURATION or --to TIME");
	if (j->by && !parse_distance(j->by, &by))
		return command_misused(&command_shift, "option --by needs a duration such as 5d or -1h, found %s",
			message_quote(j->by, strlen(j->by), quoted));
	return print_all(arguments, count, operands, shift_trace);
}

static const struct option shift_options[] = {
	{"by", "DURATION", OPTION_TEXT, AT(by), .about = "shift by DURATION, such as 5d or -1h", .either = 1},
	{"to", "TIME", OPTION_TIME, AT(to), .about = "shift so that the first line is at TIME", .either = 1},
	{0},
};

static const struct command command_shift = {
	.name = "trace shift", .about = "print the same story at another time", .operands = {"FILE"}, .options = shift_options,
	.size = sizeof(struct job), .run = trace_command_shift,
};

static bool
anonymise_trace(struct job *j)
{
	return trace_anonymise(j->traces, j->out, &j->messages);
}

static int
trace_command_anonymise(void *arguments, unsigned count, char **operands)
{
	return print_all(arguments, count, operands, anonymise_trace);
}

static const struct command command_anonymise = {
	.name = "trace anonymise", .about = "print a trace without what identifies its device", .operands = {"FILE"},
	.size = sizeof(struct job), .run = trace_command_anonymise,
};

static bool
convert_trace(struct job *j)
{
	return (strcmp(j->form, "hand") == 0 ? trace_to_hand : trace_to_journal)(j->traces, j->out, &j->messages);
}

static int
trace_command_convert(void *arguments, unsigned count, char **operands)
{
	return print_all(arguments, count, operands, convert_trace);
}

static const struct option convert_options[] = {
	{"to", "journal|hand", OPTION_CHOICE, AT(form),
	 .about = "print it as an agent would record it, or as a person would write it", .required = true},
	{0},
};

static const struct command command_convert = {
	.name = "trace convert", .about = "print a trace as a journal, or as one written by hand", .operands = {"FILE"},
	.options = convert_options, .size = sizeof(struct job), .run = trace_command_convert,
};

static const struct command *const subcommands[] = {
	&command_show, &command_cut, &command_merge, &command_shift, &command_anonymise, &command_convert, NULL,
};

const struct command command_trace = {
	.name = "trace", .about = "show a trace or a journal, or make another one from it", .subcommands = subcommands,
};
