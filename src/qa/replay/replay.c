/* replay - the subcommand: finds the traces, replays each, and reports, rewrites, prints or shrinks it. */
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text/command.h"
#include "coverage.h"
#include "findings.h"
#include "promises.h"
#include "shrink.h"
#include "play.h"
#include "source.h"

struct job {
	bool bless, print, shrink, tap, junit, quiet;	/* arguments */
	const char *coverage, *lcov;	/* the machine's file, and the file to write for lcov; or NULL */
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

static bool
named_trace(const char *name)
{
	size_t length = strlen(name);

	return name[0] != '.' && length > 6 && !strcmp(name + length - 6, ".trace");
}

static int
compare_names(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static char *
path_in(const char *folder, const char *name)
{
	size_t length = strlen(folder), size = length + strlen(name) + 2;
	char *path = memory_resize(NULL, size);

	snprintf(path, size, "%s%s%s", folder, length && folder[length - 1] == '/' ? "" : "/", name);
	return path;
}

/* Adds every *.trace in a folder and in those below it, in the order of their names; follows no links. */
static void
add_folder(struct job *j, const char *folder)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, compare_names);

	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;
		char *path = path_in(folder, name);
		struct stat st;

		if (!strcmp(name, ".") || !strcmp(name, "..") || lstat(path, &st) != 0)
			;
		else if (S_ISDIR(st.st_mode))
			add_folder(j, path);
		else if (S_ISREG(st.st_mode) && named_trace(name))
			add_trace(j, path);
		free(path);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

/* Adds files and folders. A folder without traces is an error: it is more likely a slip. */
static bool
add_paths(struct job *j, char **paths)
{
	bool good = true;
	struct stat st;

	for (; *paths; paths++) {
		size_t before = j->count;

		if (!strcmp(*paths, "-") || stat(*paths, &st) != 0 || !S_ISDIR(st.st_mode))
			add_trace(j, *paths);
		else
			add_folder(j, *paths);
		if (j->count == before) {
			fprintf(stderr, "%s: error: expected files *.trace in this folder, found none\n", *paths);
			good = false;
		}
	}
	return good;
}

/* Writes a new file and renames it, so that a trace is never half written. */
static bool
rewrite_trace(const char *path, const struct diff *d, struct messages *messages)
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
		message_add(messages, MESSAGE_ERROR, path, (struct place){0, 0}, "cannot rewrite this trace: %s",
			strerror(errno));
		if (out)
			unlink(new);
	}
	free(real);
	return good;
}

/* Rewrites, shrinks or prints a replayed trace, as the options say. Returns the verdict after that. */
static enum verdict
use_result(struct job *j, const char *name, struct diff *d, uint32_t broken, struct messages *messages)
{
	enum verdict verdict = d->count ? DIFFERENT : MATCH;

	if (verdict == DIFFERENT && j->bless && !rewrite_trace(name, d, messages))
		return UNUSABLE;
	if (j->shrink)
		return replay_shrink(name, d, broken, stdout, messages) ? MATCH : UNUSABLE;
	if (j->print)
		diff_apply(d, stdout);
	return verdict;
}

static void
replay_one(struct job *j, const char *name)
{
	struct messages messages = {0};
	struct finding found = {.name = name, .verdict = UNUSABLE};
	struct promises promises = {0};
	struct diff d = {0};
	size_t length;
	char *text = source_read(name, &length, &messages);

	if (text && replay_watch(name, text, length, &d, &messages, promises_watch, &promises))
		found.verdict = use_result(j, name, &d, promises_end(&promises), &messages);
	if (found.verdict == DIFFERENT && !j->bless && !j->print)
		found.diff = &d;
	if (found.verdict != UNUSABLE && !j->shrink) {
		found.broken = promises_end(&promises) != 0;
		promises_report(&promises, name, &messages);
	}
	found.text = message_text(&messages);
	findings_add(&j->findings, &found);
	free(found.text);
	message_free(&messages);
	diff_free(&d);
	free(text);
}

/* Returns which arguments cannot be combined, or NULL if they can. */
static const char *
conflicting_options(const struct job *j)
{
	bool alone = j->print || j->shrink;

	if (alone && (j->findings.form || j->coverage))
		return "options --print and --shrink write nothing but a trace to standard output";
	if (alone && j->count != 1)
		return j->print ? "option --print needs exactly one trace" : "option --shrink needs exactly one trace";
	if (j->coverage && j->junit)
		return "option --junit writes nothing but XML to standard output";
	for (size_t i = 0; j->bless && i < j->count; i++)
		if (!strcmp(j->traces[i], "-"))
			return "option --bless needs files: for standard input use --print";
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
		replay_one(j, j->traces[i]);
	findings_end(&j->findings);
}

extern const struct command command_replay;

static int
replay_paths(void *arguments, unsigned count, char **operands)
{
	struct job *j = arguments;
	int code = EXIT_UNUSABLE;
	bool found;

	(void)count;
	j->findings.quiet = j->quiet;
	j->findings.form = j->tap ? FORM_TAP : j->junit ? FORM_JUNIT : FORM_PLAIN;
	found = add_paths(j, operands);
	if (conflicting_options(j)) {
		code = command_misused(&command_replay, "%s", conflicting_options(j));
	} else if (!j->coverage || coverage_begin(j->coverage)) {
		replay_all(j);
		if (j->coverage && !coverage_show(j->lcov))
			found = false;
		if (fflush(stdout) || ferror(stdout))
			fprintf(stderr, "lastcall replay: standard output: %s\n", strerror(errno));
		else if (found && !j->findings.verdicts[UNUSABLE])
			code = j->findings.broken || (j->findings.verdicts[DIFFERENT] && !j->bless && !j->print) ?
				EXIT_DIFFERENT : EXIT_FINE;
	}
	for (size_t i = 0; i < j->count; i++)
		free(j->traces[i]);
	free(j->traces);
	return code;
}

#define AT(member) offsetof(struct job, member)

static const struct option options[] = {
	{"bless", NULL, OPTION_FLAG, AT(bless), .about = "write the machine's answers into the traces", .either = 1},
	{"print", NULL, OPTION_FLAG, AT(print), .about = "print the trace with every state and effect filled in", .either = 1},
	{"shrink", NULL, OPTION_FLAG, AT(shrink), .about = "print the smallest trace that still fails", .either = 1},
	{"tap", NULL, OPTION_FLAG, AT(tap), .about = "report in the Test Anything Protocol", .either = 2},
	{"junit", NULL, OPTION_FLAG, AT(junit), .about = "report as JUnit XML", .either = 2},
	{"quiet", NULL, OPTION_FLAG, AT(quiet), .about = "print errors only"},
	{"coverage", "MACHINE.yaml", OPTION_TEXT, AT(coverage),
	 .about = "print this machine with how often each transition was taken"},
	{"lcov", "FILE", OPTION_TEXT, AT(lcov), .about = "write the coverage to FILE for genhtml(1), too", .with = "coverage"},
	{0},
};

const struct command command_replay = {
	.name = "replay", .about = "run traces through the machine and compare the answers",
	.operands = {"FILE|FOLDER..."}, .options = options, .size = sizeof(struct job), .run = replay_paths,
};
