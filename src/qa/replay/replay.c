/* replay - the subcommand: which traces, and what is done with the outcome of each. */
#include <errno.h>
#include <fts.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "coverage.h"
#include "findings.h"
#include "promises.h"
#include "replay_shrink.h"
#include "trace.h"
#include "qa/trace/file.h"

struct job {
	bool bless, print, shrink;
	const char *coverage, *lcov;	/* the machine file, and where lcov goes; or NULL */
	char **traces;
	size_t count, room;
	struct findings findings;
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

/* What is made of a trace that was replayed; the verdict that this leaves. */
static enum verdict
use(struct job *j, const char *name, struct diff *d, uint32_t broken, struct messages *messages)
{
	enum verdict verdict = d->count ? DIFFERENT : MATCH;

	if (verdict == DIFFERENT && j->bless && !rewrite(name, d, messages))
		return UNUSABLE;
	if (j->shrink)
		return replay_shrink(name, d, broken, stdout, messages) ? MATCH : UNUSABLE;
	if (j->print)
		diff_apply(d, stdout);
	return verdict;
}

static void
replay(struct job *j, const char *name)
{
	struct messages messages = {0};
	struct finding found = {.name = name, .verdict = UNUSABLE};
	struct promises promises = {0};
	struct diff d = {0};
	size_t length;
	char *text = trace_file(name, &length, &messages);

	if (text && replay_watch(name, text, length, &d, &messages, promises_see, &promises))
		found.verdict = use(j, name, &d, promises_end(&promises), &messages);
	if (found.verdict == DIFFERENT && !j->bless && !j->print)
		found.diff = &d;
	if (found.verdict != UNUSABLE && !j->shrink) {
		found.broken = promises_end(&promises) != 0;
		promises_say(&promises, name, &messages);
	}
	found.text = message_text(&messages);
	findings_add(&j->findings, &found);
	free(found.text);
	message_free(&messages);
	diff_free(&d);
	free(text);
}

static bool
options(int argc, char **argv, struct job *j)
{
	static const struct option names[] = {{"bless", no_argument, NULL, 'b'}, {"print", no_argument, NULL, 'p'},
		{"shrink", no_argument, NULL, 's'}, {"tap", no_argument, NULL, 't'}, {"junit", no_argument, NULL, 'j'},
		{"quiet", no_argument, NULL, 'q'}, {"coverage", required_argument, NULL, 'c'},
		{"lcov", required_argument, NULL, 'l'}, {0}};
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", names, NULL)) != -1) {
		j->bless |= option == 'b';
		j->print |= option == 'p';
		j->shrink |= option == 's';
		j->findings.quiet |= option == 'q';
		if (option == 't' || option == 'j')
			j->findings.form = option == 't' ? FORM_TAP : FORM_JUNIT;
		if (option == 'c')
			j->coverage = optarg;
		if (option == 'l')
			j->lcov = optarg;
		if (option == '?' || option == ':')
			return cli_bad_option("replay", option, argv), false;
	}
	return true;
}

/* What of the wishes does not go together; NULL: nothing. */
static const char *
contradiction(const struct job *j)
{
	bool alone = j->print || j->shrink;

	if (j->print + j->shrink > 1 || (alone && (j->bless || j->findings.form || j->coverage)))
		return "--print and --shrink write a trace to standard output, and nothing else";
	if (alone && j->count != 1)
		return j->print ? "--print takes one trace" : "--shrink takes one trace";
	if (j->coverage && j->findings.form == FORM_JUNIT)
		return "--junit writes XML to standard output, and nothing else";
	if (j->lcov && !j->coverage)
		return "--lcov needs --coverage MACHINE.yaml: the file whose lines are counted";
	for (size_t i = 0; j->bless && i < j->count; i++)
		if (!strcmp(j->traces[i], "-"))
			return "--bless rewrites files; with - use --print";
	return NULL;
}

static void
replay_all(struct job *j)
{
	const char *no_colour = getenv("NO_COLOR");

	j->findings.colour = isatty(STDOUT_FILENO) && !(no_colour && *no_colour);
	j->findings.different = j->bless ? "rewritten" : "different";
	j->findings.quiet |= j->print || j->shrink;
	findings_begin(&j->findings, j->count);
	for (size_t i = 0; i < j->count; i++)
		replay(j, j->traces[i]);
	findings_end(&j->findings);
}

int
cmd_replay(int argc, char **argv)
{
	struct job j = {0};
	int code = EXIT_UNUSABLE;
	bool found;

	if (!options(argc, argv, &j))
		return EXIT_UNUSABLE;
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
		else if (found && !j.findings.verdicts[UNUSABLE])
			code = j.findings.broken || (j.findings.verdicts[DIFFERENT] && !j.bless && !j.print) ?
				EXIT_DIFFERENT : EXIT_FINE;
	}
	for (size_t i = 0; i < j.count; i++)
		free(j.traces[i]);
	free(j.traces);
	return code;
}
