/* trace - the subcommand: what is to be done with which traces. */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text/instant.h"
#include "text/memory.h"
#include "text/zone.h"
#include "cli/cli.h"
#include "edit.h"
#include "file.h"
#include "show.h"

struct wish {
	const char *from, *to, *by, *zone;	/* as given, or NULL */
	bool html;
	struct trace_text *traces;
	size_t count;
	struct messages messages;
	FILE *out;
};

/* --- what is asked for --- */

static bool
instant_or(const char *text, int64_t otherwise, int64_t *at)
{
	*at = otherwise;
	if (!text || instant_parse(text, at))
		return true;
	cli_usage("trace", "expected a time such as 2026-12-04T22:00:00Z, found \"%.40s\"", text);
	return false;
}

static bool
cut(struct wish *w)
{
	int64_t from, to;

	if (!w->from && !w->to) {
		cli_usage("trace", "cut --from or --to when?");
		return false;
	}
	if (!instant_or(w->from, INT64_MIN, &from) || !instant_or(w->to, NEVER, &to))
		return false;
	return trace_cut(w->traces, from, to, w->out, &w->messages);
}

static bool
merge(struct wish *w)
{
	return trace_merge(w->traces, w->count, w->out, &w->messages);
}

/* Durations may go back: -1d. */
static bool
distance(const char *text, int64_t *by)
{
	bool back = *text == '-';

	if (!duration_parse_exact(text + (back || *text == '+'), by)) {
		cli_usage("trace", "expected a duration such as 5d or -1h, found \"%.40s\"", text);
		return false;
	}
	*by = back ? -*by : *by;
	return true;
}

static bool
shift(struct wish *w)
{
	int64_t by, to, begins;

	if (!w->by == !w->to) {
		cli_usage("trace", "shift --by how far, or --to when?");
		return false;
	}
	if (w->by && !distance(w->by, &by))
		return false;
	if (w->to) {
		if (!instant_or(w->to, 0, &to) || !trace_begins(w->traces, &begins, &w->messages))
			return false;
		by = to - begins;
	}
	return trace_shift(w->traces, by, w->out, &w->messages);
}

static bool
anonymise(struct wish *w)
{
	return trace_anonymise(w->traces, w->out, &w->messages);
}

static bool
convert(struct wish *w)
{
	if (w->to && !strcmp(w->to, "journal"))
		return trace_to_journal(w->traces, w->out, &w->messages);
	if (w->to && !strcmp(w->to, "hand"))
		return trace_to_hand(w->traces, w->out, &w->messages);
	cli_usage("trace", "convert --to journal, or --to hand?");
	return false;
}

static bool
show(struct wish *w)
{
	const char *no_colour = getenv("NO_COLOR"), *why;
	struct trace_style style = {.colour = isatty(STDOUT_FILENO) && !(no_colour && *no_colour)};

	if (w->zone && !(style.zone = zone_load(w->zone, &why))) {
		cli_usage("trace", "the time zone \"%.40s\": %s", w->zone, why);
		return false;
	}
	return (w->html ? trace_html : trace_show)(w->traces, &style, w->out, &w->messages);
}

/* Options by their letter; `most` traces. */
static const struct verb {
	const char *name, *options;
	size_t most;
	bool (*run)(struct wish *);
} verbs[] = {
	{"show", "hz", 1, show},		/* the first is what is done when no verb is given */
	{"cut", "ft", 1, cut},
	{"merge", "", 1000, merge},
	{"shift", "bt", 1, shift},
	{"anonymise", "", 1, anonymise},
	{"convert", "t", 1, convert},
};
#define VERBS (sizeof verbs / sizeof verbs[0])

static const struct verb *
find_verb(const char *name)
{
	for (size_t i = 0; name && i < VERBS; i++)
		if (!strcmp(verbs[i].name, name))
			return &verbs[i];
	return NULL;
}

static bool
options(int argc, char **argv, const struct verb *verb, struct wish *w)
{
	static const struct option names[] = {{"html", no_argument, NULL, 'h'}, {"zone", required_argument, NULL, 'z'},
		{"from", required_argument, NULL, 'f'}, {"to", required_argument, NULL, 't'},
		{"by", required_argument, NULL, 'b'}, {0}};
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", names, NULL)) != -1) {
		const char **text = option == 'z' ? &w->zone : option == 'f' ? &w->from : option == 't' ? &w->to : &w->by;

		if (option == '?' || option == ':')
			return cli_bad_option("trace", option, argv), false;
		if (!strchr(verb->options, option))
			return cli_usage("trace", "%s takes no such option", verb->name), false;
		if (option == 'h')
			w->html = true;
		else
			*text = optarg;
	}
	return true;
}

/* --- traces in and out --- */

static bool
read_traces(struct wish *w, char **paths)
{
	bool good = true;

	w->traces = memory_zeroed(w->count * sizeof *w->traces);
	for (size_t i = 0; i < w->count; i++) {
		struct trace_text *t = &w->traces[i];

		t->name = paths[i];
		t->bytes = trace_file(paths[i], &t->length, &w->messages);
		good &= t->bytes != NULL;
	}
	return good;
}

static void
free_traces(struct wish *w)
{
	for (size_t i = 0; i < w->count; i++)
		free((char *)w->traces[i].bytes);
	free(w->traces);
}

/* All of it, or nothing. */
static int
run(const struct verb *verb, struct wish *w, char **paths)
{
	char *text = NULL, *said;
	size_t length = 0;
	bool good;

	w->out = open_memstream(&text, &length);
	if (!w->out)
		memory_out();
	good = read_traces(w, paths) && verb->run(w);
	fclose(w->out);
	if (good)
		fwrite(text, 1, length, stdout);
	said = message_text(&w->messages);
	fputs(said, stderr);
	if (good && (fflush(stdout) || ferror(stdout))) {
		fprintf(stderr, "lastcall trace: standard output: %s\n", strerror(errno));
		good = false;
	}
	free(said);
	free(text);
	message_free(&w->messages);
	free_traces(w);
	return good ? EXIT_FINE : EXIT_UNUSABLE;
}

int
cmd_trace(int argc, char **argv)
{
	const struct verb *verb = find_verb(argv[1]);
	struct wish w = {0};

	if (verb) {
		argc--;
		argv++;
	} else {
		verb = &verbs[0];
	}
	if (!options(argc, argv, verb, &w))
		return EXIT_UNUSABLE;
	w.count = (size_t)(argc - optind);
	if (w.count < 1 || w.count > verb->most)
		return cli_usage("trace", w.count ? "%s takes one trace" : "%s which trace?", verb->name);
	return run(verb, &w, argv + optind);
}
