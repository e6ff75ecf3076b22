/* machinec - from a machine file to Ragel, C, a diagram and a table. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "emit/emit.h"
#include "file.h"
#include "passes.h"
#include "read/read.h"
#include "ragel.h"

enum { GOOD, PROBLEMS, UNUSABLE };

static const char usage[] =
	"usage: machinec [--check] [--out FOLDER] [--ragel PROGRAM] [--phrases PHRASES.yaml] MACHINE.yaml\n"
	"  --check    only checks the machine\n"
	"  --out      where machine.h, .c, .dot, .md, .rl and .xml are written (default: .)\n"
	"  --ragel    the Ragel 6 to run (default: ragel)\n"
	"  --phrases  a map whose keys are the phrases that states may name (default: any)\n"
	"       machinec --schema   prints the JSON Schema of machine files\n"
	"exit: 0 good, 1 problems in the machine, 2 unusable input or output\n";

struct options {
	const char *file, *out, *ragel, *phrases;
	bool check;
};

static void
hash(const char *bytes, size_t length, char hex[17])
{
	uint64_t h = 0xcbf29ce484222325;

	for (size_t i = 0; i < length; i++)
		h = (h ^ (unsigned char)bytes[i]) * 0x100000001b3;
	snprintf(hex, 17, "%016" PRIx64, h);
}

static void
find_lines(struct machine *m, const char *bytes, size_t length)
{
	unsigned count = 1;

	for (size_t i = 0; i < length; i++)
		count += bytes[i] == '\n';
	m->lines = keep(count * sizeof(*m->lines));
	m->lines[m->line_count++] = bytes;
	for (size_t i = 0; i < length; i++)
		if (bytes[i] == '\n')
			m->lines[m->line_count++] = bytes + i + 1;
}

/* Reads the names of the phrases. Theirs are joined by underscores, those of a machine by hyphens. */
static bool
read_phrases(const char *file, struct names *phrases, struct messages *messages)
{
	size_t length;
	char *bytes = file_read(file, yaml_policy_limits.bytes, &length, messages);
	struct yaml *yaml = bytes ? yaml_parse(file, bytes, length, &yaml_policy_limits, messages) : NULL;
	const struct node *root = yaml ? yaml_root(yaml) : NULL;
	bool good = root && root->kind == NODE_MAP;

	if (root && !good)
		message_add(messages, MESSAGE_ERROR, file, root->place, "expected a map whose keys are phrases");
	for (const struct node *n = good ? root->child : NULL; n; n = n->next) {
		char *name = keep_copy(n->key->text, n->key->length);

		for (char *c = name; (c = strchr(c, '_'));)
			*c = '-';
		names_add(phrases, name, name);
	}
	yaml_close(yaml);
	free(bytes);
	return good;
}

/* Returns NULL after a message if a file cannot be used. */
static struct machine *
read_files(const char *file, const char *phrases, struct messages *messages)
{
	struct machine *m = keep(sizeof(*m));
	size_t length;
	char *bytes = file_read(file, yaml_machine_limits.bytes, &length, messages);
	struct yaml *yaml;

	*m = (struct machine){.file = file, .name = "", .about = "", .messages = messages,
		.settings = {.name = "settings", .c_name = "settings", .about = ""},
		.observed = {.name = "observed", .c_name = "observed", .about = ""}};
	if (!bytes || (phrases && !read_phrases(phrases, &m->phrases, messages))) {
		free(bytes);
		return NULL;
	}
	hash(bytes, length, m->hash);
	yaml = yaml_parse(file, bytes, length, &yaml_machine_limits, messages);
	if (!yaml) {
		free(bytes);
		return NULL;
	}
	find_lines(m, bytes, length);
	read_machine(m, yaml_root(yaml));
	m->yaml = yaml;
	m->line_count = 0;
	free(bytes);
	return m;
}

static void
check(struct machine *m)
{
	bool resolved;

	take_answers(m);
	resolved = resolve(m);
	decide(m);
	fill_cells(m);
	place_timers(m);
	if (resolved)
		walk(m);
	check_code(m);
	check_names(m);
	if (!m->messages->errors)
		check_picture(m);
	if (!m->messages->errors)
		number(m);
	if (!m->messages->errors)
		share(m);
}

static int
emit(struct machine *m, const struct options *o)
{
	const char *rl = keep_format("%s/machine.rl", o->out), *xml = keep_format("%s/machine.xml", o->out);
	const char *c = keep_format("%s/machine.c", o->out);

	/* Remove machine.c first: a failed run must not look like a good one. */
	remove(c);
	mkdir(o->out, 0777);
	if (!emit_header(m, keep_format("%s/machine.h", o->out)) || !emit_dot(m, keep_format("%s/machine.dot", o->out)) ||
		!emit_picture(m, keep_format("%s/picture.dot", o->out)) ||
		!emit_markdown(m, keep_format("%s/machine.md", o->out)) || !emit_ragel(m, rl) ||
		!run_ragel(m, o->ragel, "-x", rl, xml))
		return UNUSABLE;
	if (!match_ragel(m, xml))
		return PROBLEMS;
	/* Again, now with Ragel's numbers of the states. -F1 was the fastest of its styles. */
	return emit_ragel(m, rl) && run_ragel(m, o->ragel, "-F1", rl, c) ? GOOD : UNUSABLE;
}

static int
compile(const struct options *o)
{
	struct messages messages = {0};
	struct machine *m = read_files(o->file, o->phrases, &messages);
	int status = UNUSABLE;
	char *text;

	if (m) {
		check(m);
		status = messages.errors ? PROBLEMS : o->check ? GOOD : emit(m, o);
		yaml_close(m->yaml);
	}
	text = message_text(&messages);
	fputs(text, stderr);
	free(text);
	message_free(&messages);
	return status;
}

/* Returns false if the arguments are wrong. */
static bool
parse(char **argv, struct options *o)
{
	while (*++argv) {
		if (strcmp(*argv, "--check") == 0)
			o->check = true;
		else if (strcmp(*argv, "--out") == 0 && argv[1])
			o->out = *++argv;
		else if (strcmp(*argv, "--ragel") == 0 && argv[1])
			o->ragel = *++argv;
		else if (strcmp(*argv, "--phrases") == 0 && argv[1])
			o->phrases = *++argv;
		else if (**argv == '-' || o->file)
			return false;
		else
			o->file = *argv;
	}
	return o->file;
}

int
main(int argc, char **argv)
{
	struct options o = {.out = ".", .ragel = "ragel"};

	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return fputs(usage, stdout) < 0;
	if (argc == 2 && strcmp(argv[1], "--version") == 0)
		return puts("machinec 1") < 0;
	if (argc == 2 && strcmp(argv[1], "--schema") == 0)
		return emit_schema(stdout) && fflush(stdout) == 0 ? GOOD : UNUSABLE;
	if (!parse(argv, &o)) {
		fputs(usage, stderr);
		return UNUSABLE;
	}
	return compile(&o);
}
