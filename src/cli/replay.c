/* replay - the subcommand: which traces, and what is done with the outcome of each. */
#include <errno.h>
#include <fts.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../text/file.h"
#include "cli.h"
#include "coverage.h"
#include "replay_trace.h"

#define TRACE_BYTES_MAX ((size_t)256 << 20)

enum verdict { MATCH, DIFFERENT, UNUSABLE, VERDICTS };

struct job {
	bool bless, print, tap, quiet, colour;
	const char *coverage, *lcov;	/* the machine file, and where lcov goes; or NULL */
	char **traces;
	size_t count, room;
	unsigned verdicts[VERDICTS];
};

static void
add_trace(struct job *j, const char *path)
{
	j->traces = array_grow(j->traces, &j->room, j->count + 1, sizeof *j->traces);
	j->traces[j->count] = strdup(path);
	if (!j->traces[j->count++])
		abort();
}

static int
by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static bool
named_trace(const char *name)
{
	size_t length = strlen(name);

	return name[0] != '.' && length > 6 && !strcmp(name + length - 6, ".trace");
}

/* Every *.trace in a folder and those below, in the order of their names; false when there is none. */
static bool
add_folder(struct job *j, char *path)
{
	char *paths[] = {path, NULL};
	size_t before = j->count;
	FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
	FTSENT *entry;

	while (walk && (entry = fts_read(walk)))
		if (entry->fts_info == FTS_F && named_trace(entry->fts_name))
			add_trace(j, entry->fts_path);
	if (walk)
		fts_close(walk);
	return j->count > before;
}

/* What FILE|DIR... stands for. A folder without traces is more likely a slip than a wish. */
static bool
add_paths(struct job *j, char **paths)
{
	bool good = true;
	struct stat st;

	for (; *paths; paths++) {
		if (!strcmp(*paths, "-") || stat(*paths, &st) != 0 || !S_ISDIR(st.st_mode)) {
			add_trace(j, *paths);
		} else if (!add_folder(j, *paths)) {
			fprintf(stderr, "%s: error: no *.trace in this folder\n", *paths);
			good = false;
		}
	}
	return good;
}

static char *
read_stdin(size_t *length, struct messages *messages)
{
	struct buffer b = {0};
	char bytes[65536];
	size_t got;

	while ((got = fread(bytes, 1, sizeof bytes, stdin)) > 0 && b.length <= TRACE_BYTES_MAX)
		buffer_add(&b, bytes, got);
	*length = b.length;
	if (!ferror(stdin) && b.length <= TRACE_BYTES_MAX)
		return b.bytes ? b.bytes : calloc(1, 1);
	message_add(messages, MESSAGE_ERROR, "-", (struct place){0, 0}, "%s",
		ferror(stdin) ? strerror(errno) : "too large: at most 256 MB are read");
	buffer_free(&b);
	return NULL;
}

/* Into a new file beside it, which then takes its place: a trace is never half written. */
static bool
rewrite(const char *path, const struct diff *d, struct messages *messages)
{
	char *real = realpath(path, NULL), new[4096];
	FILE *out = NULL;
	struct stat st;
	bool good;

	if (real && !stat(real, &st) && snprintf(new, sizeof new, "%s.new", real) < (int)sizeof new)
		out = fopen(new, "wx");
	if (out)
		diff_apply(d, out);
	good = out && !ferror(out) && !fchmod(fileno(out), st.st_mode & 07777) && !fsync(fileno(out));
	if (out && fclose(out) != 0)
		good = false;
	good = good && !rename(new, real);
	if (!good) {
		message_add(messages, MESSAGE_ERROR, path, (struct place){0, 0}, "cannot be rewritten: %s",
			strerror(errno));
		if (out)
			unlink(new);
	}
	free(real);
	return good;
}

/* One TAP line, and below it as comments what there is to say; or that alone. */
static void
show(struct job *j, const char *name, enum verdict verdict, const struct diff *d, struct messages *messages)
{
	unsigned number = j->verdicts[MATCH] + j->verdicts[DIFFERENT] + j->verdicts[UNUSABLE];
	const char *prefix = j->tap ? "# " : "";
	char *text = message_text(messages), *rest = text;
	FILE *out = j->tap ? stdout : stderr;

	if (j->tap)
		printf("%s %u - %s\n", verdict == MATCH ? "ok" : "not ok", number, name);
	for (char *line; (line = strsep(&rest, "\n"));)
		if (*line)
			fprintf(out, "%s%s\n", prefix, line);
	if (verdict == DIFFERENT && !j->bless && !j->print && !j->quiet)
		diff_print(d, name, prefix, j->colour, stdout);
	free(text);
}

static void
replay(struct job *j, const char *name)
{
	struct messages messages = {0};
	enum verdict verdict = UNUSABLE;
	struct diff d = {0};
	size_t length;
	char *text = strcmp(name, "-") ? file_read(name, TRACE_BYTES_MAX, &length, &messages) :
		read_stdin(&length, &messages);

	if (text && replay_trace(name, text, length, &d, &messages))
		verdict = d.count ? DIFFERENT : MATCH;
	if (verdict == DIFFERENT && j->bless && !rewrite(name, &d, &messages))
		verdict = UNUSABLE;
	if (verdict != UNUSABLE && j->print)
		diff_apply(&d, stdout);
	j->verdicts[verdict]++;
	show(j, name, verdict, &d, &messages);
	message_free(&messages);
	diff_free(&d);
	free(text);
}

static void
summary(const struct job *j)
{
	printf("%s%zu trace%s: %u match, %u %s, %u unusable\n", j->tap ? "# " : "", j->count, j->count == 1 ? "" : "s",
		j->verdicts[MATCH], j->verdicts[DIFFERENT], j->bless ? "rewritten" : "different", j->verdicts[UNUSABLE]);
}

static bool
options(int argc, char **argv, struct job *j)
{
	static const struct option names[] = {{"bless", no_argument, NULL, 'b'}, {"print", no_argument, NULL, 'p'},
		{"tap", no_argument, NULL, 't'}, {"quiet", no_argument, NULL, 'q'},
		{"coverage", required_argument, NULL, 'c'}, {"lcov", required_argument, NULL, 'l'}, {0}};
	int option;

	while ((option = getopt_long(argc, argv, "", names, NULL)) != -1) {
		j->bless |= option == 'b';
		j->print |= option == 'p';
		j->tap |= option == 't';
		j->quiet |= option == 'q';
		if (option == 'c')
			j->coverage = optarg;
		if (option == 'l')
			j->lcov = optarg;
		if (option == '?')
			return false;
	}
	return true;
}

/* What of the wishes does not go together; NULL: nothing. */
static const char *
contradiction(const struct job *j)
{
	if (j->print && (j->bless || j->tap))
		return "--print writes a trace to standard output, and nothing else";
	if (j->lcov && !j->coverage)
		return "--lcov needs --coverage MACHINE.yaml: the file whose lines are counted";
	if (j->print && j->coverage)
		return "--print writes a trace to standard output, and nothing else";
	if (j->print && j->count != 1)
		return "--print takes one trace";
	for (size_t i = 0; j->bless && i < j->count; i++)
		if (!strcmp(j->traces[i], "-"))
			return "--bless rewrites files; with - use --print";
	return NULL;
}

static void
replay_all(struct job *j)
{
	const char *no_colour = getenv("NO_COLOR");

	j->colour = isatty(STDOUT_FILENO) && !j->tap && !(no_colour && *no_colour);
	if (j->tap)
		printf("1..%zu\n", j->count);
	for (size_t i = 0; i < j->count; i++)
		replay(j, j->traces[i]);
	if (!j->print && !j->quiet)
		summary(j);
}

int
cmd_replay(int argc, char **argv)
{
	struct job j = {0};
	int code = EXIT_UNUSABLE;
	bool found;

	if (!options(argc, argv, &j))
		return cli_usage("replay", NULL);
	if (optind == argc)
		return cli_usage("replay", "which traces?");
	found = add_paths(&j, argv + optind);
	if (contradiction(&j)) {
		code = cli_usage("replay", "%s", contradiction(&j));
	} else if (!j.coverage || coverage_begin(j.coverage)) {
		replay_all(&j);
		if (j.coverage && !coverage_show(j.lcov))
			found = false;
		if (fflush(stdout) || ferror(stdout))
			fprintf(stderr, "lastcall replay: standard output: %s\n", strerror(errno));
		else if (found && !j.verdicts[UNUSABLE])
			code = j.verdicts[DIFFERENT] && !j.bless && !j.print ? EXIT_DIFFERENT : EXIT_FINE;
	}
	for (size_t i = 0; i < j.count; i++)
		free(j.traces[i]);
	free(j.traces);
	return code;
}
