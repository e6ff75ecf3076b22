/* manual - a program used by the build: copies a manual page's template from standard input to standard output, and
 * replaces each line such as `.\" @keys` by a list in mdoc(7): of keys, types, message codes, texts or languages, or of the
 * machine's events, effects or timers. */
#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "author/check/check.h"
#include "author/fleet/blueprint.h"
#include "text/instant.h"
#include "words/texts.h"
#include "text/key.h"
#include "words/policy.h"

#define TYPES_MAX 32
#define WIDTH 76
#define LIST_BEGIN ".Bl -tag -width Ds\n"
#define LIST_END ".El\n"

/* Writes a text in mdoc's style: a capital, a full stop, a new line for each sentence, short lines. Asserts that the text
 * has nothing that mdoc would interpret: a dot or quote at its beginning, or a backslash. */
static void
put_sentence(const char *text, FILE *out)
{
	unsigned column = 0;

	assert(isalnum((unsigned char)*text) && !strchr(text, '\\'));
	for (const char *c = text; *c; c++, column++) {
		bool stop = *c == ' ' && c[-1] == '.';

		if (*c == ' ' && (stop || column + strcspn(c + 1, " ") > WIDTH)) {
			fputc('\n', out);
			column = 0;
		} else {
			fputc(c == text ? toupper((unsigned char)*c) : *c, out);
		}
	}
	fputs(text[strlen(text) - 1] == '.' ? "\n" : ".\n", out);
}

/* Writes one argument of a macro, quoted. */
static void
put_argument(const char *text, FILE *out)
{
	fputs(" \"", out);
	for (; *text; text++)
		fputs(*text == '"' ? "\"\"" : (char[]){*text, 0}, out);
	fputc('"', out);
}

static bool
is_duration(const struct type *type)
{
	return type == &value_duration || type == &value_days || type == &value_rule;
}

static void
print_durations(const struct key *key, FILE *out)
{
	char text[DURATION_TEXT];

	if (key->least)
		fprintf(out, "At least\n.Ql %s .\n", duration_format(key->least, text));
	if (key->most)
		fprintf(out, "At most\n.Ql %s .\n", duration_format(key->most, text));
}

static void
print_limits(const struct key *key, FILE *out)
{
	char text[DURATION_TEXT];

	if (is_duration(key->type))
		print_durations(key, out);
	else if (key->type == &value_durations)
		fprintf(out, "At most %lld of them, each at least\n.Ql %s .\n", (long long)key->most,
			duration_format(key->least, text));
	else if (key->type == &value_count)
		fprintf(out, "From %lld to %lld.\n", (long long)key->least, (long long)key->most);
	else if (key->most)
		fprintf(out, "At most %lld bytes.\n", (long long)key->most);
}

static void
print_words(const char *const *words, FILE *out)
{
	fputs(words[1] ? "One of" : "Always", out);
	for (; *words; words++)
		fprintf(out, "\n.Ql %s%s", *words, words[1] && words[2] ? " ," : words[1] ? "\nor" : " .\n");
}

static void
print_value(const struct key *key, FILE *out)
{
	put_sentence(key->about, out);
	if (key->words)
		print_words(key->words, out);
	print_limits(key, out);
	if (!key->fallback) {
		fputs(key->words && !key->words[1] ? "" : "There is no default.\n", out);
	} else if (strcmp(key->fallback, "\"\"") != 0) {
		fputs("Default:\n.Ql", out);
		put_argument(key->fallback, out);
		fputs(" .\n", out);
	}
}

static void
print_table(const struct key *section, FILE *out)
{
	fputs(LIST_BEGIN, out);
	for (const struct key *key = section->keys; key->name; key++) {
		fprintf(out, ".It Ic %s", key->name);
		if (key->type && !key->words)
			fprintf(out, " Ar %s", key->type->name);
		fputc('\n', out);
		if (key->type) {
			print_value(key, out);
			continue;
		}
		put_sentence(key->about, out);
		fputs(key->one_of ? "Exactly one of these must be there:\n" : "", out);
		print_table(key, out);
	}
	fputs(LIST_END, out);
}

static void
write_keys(const struct key *table, FILE *out)
{
	print_table(&(struct key){.keys = table}, out);
}

/* Appends the table's types that are not yet in the list. Returns the new count. */
static unsigned
gather_types(const struct key *table, const struct type *list[TYPES_MAX], unsigned count)
{
	for (const struct key *key = table; key->name; key++) {
		unsigned i = 0;

		if (key->keys) {
			count = gather_types(key->keys, list, count);
			continue;
		}
		while (i < count && list[i] != key->type)
			i++;
		if (i < count || key->words)
			continue;
		assert(count < TYPES_MAX);
		list[count++] = key->type;
	}
	return count;
}

static void
write_types(const struct key *table, FILE *out)
{
	const struct type *list[TYPES_MAX];
	unsigned count = gather_types(table, list, 0);

	fputs(LIST_BEGIN, out);
	for (unsigned i = 0; i < count; i++) {
		fprintf(out, ".It Ar %s\n", list[i]->name);
		put_sentence(list[i]->expected, out);
	}
	fputs(LIST_END, out);
}

static void
write_codes(const struct key *table, FILE *out)
{
	char code[CODE_TEXT];

	(void)table;
	fputs(LIST_BEGIN, out);
	for (const struct code_about *a = code_table; a->code != CODE_NONE; a++) {
		fprintf(out, ".It %s , %s\n", code_text(a->code, code), a->code < CODE_WARNINGS ? "error" : "warning");
		put_sentence(a->title, out);
		put_sentence(a->about, out);
	}
	fputs(LIST_END, out);
}

/* Writes the tags of the built-in languages as the end of a sentence. */
static void
write_languages(const struct key *table, FILE *out)
{
	(void)table;
	for (const struct language *const *l = languages; *l; l++)
		fprintf(out, ".Ql %s%s\n", (*l)->tag, !l[1] ? " ." : l[2] ? " ," : "\nor");
}

static void
write_texts(const struct key *table, FILE *out)
{
	(void)table;
	fputs(LIST_BEGIN, out);
	for (unsigned i = 0; i < PHRASES; i++) {
		const struct phrase_about *about = &phrase_about[i];
		const struct phrase_room *room = &phrase_room[about->kind];

		fprintf(out, ".It Ic %s\n", about->name);
		put_sentence(about->about, out);
		fprintf(out, "A %s of at most %u columns.\n", room->what, room->columns);
		if (about->also)
			fprintf(out, "Has the placeholder\n.Ql {%s} .\n", about->also);
		fputs("In English:\n.Dq", out);
		put_argument(language_en.phrases[i], out);
		fputc('\n', out);
	}
	fputs(LIST_END, out);
}

static void
put_fields(const struct kind *kind, FILE *out)
{
	for (unsigned i = 0; i < kind->field_count; i++)
		fprintf(out, "%s %s", i ? " ," : "\n.Ic", kind->fields[i].name);
	fputc('\n', out);
}

/* Lists those that have fields, and names the others in one sentence. */
static void
write_kinds(const struct kind *kinds, size_t count, FILE *out)
{
	fputs(".Bl -tag -width Ds -compact\n", out);
	for (size_t i = 0; i < count; i++)
		if (kinds[i].field_count) {
			fprintf(out, ".It Cm %s", kinds[i].name);
			put_fields(&kinds[i], out);
		}
	fputs(LIST_END "and without fields", out);
	for (size_t i = 0, before = 0; i < count; i++)
		if (!kinds[i].field_count)
			fprintf(out, "%s %s", before++ ? " ," : "\n.Cm", kinds[i].name);
	fputs(" .\n", out);
}

static void
write_events(const struct key *none, FILE *out)
{
	(void)none;
	write_kinds(machine_event, EVENTS, out);
}

static void
write_effects(const struct key *none, FILE *out)
{
	(void)none;
	write_kinds(machine_effect, EFFECTS, out);
}

static void
write_timers(const struct key *none, FILE *out)
{
	(void)none;
	for (size_t i = 0; i < TIMERS; i++)
		fprintf(out, "%s %s", i ? " ," : ".Cm", machine_timer[i]);
	fputs(" .\n", out);
}

static const struct {
	const char *name;
	void (*write)(const struct key *, FILE *);
	const struct key *table;
} parts[] = {
	{"keys", write_keys, policy_keys},
	{"types", write_types, policy_keys},
	{"codes", write_codes, NULL},
	{"texts", write_texts, NULL},
	{"languages", write_languages, NULL},
	{"blueprints", write_keys, blueprint_keys},
	{"groups", write_keys, blueprint_group_keys},
	{"policies", write_keys, blueprint_policy_keys},
	{"rings", write_keys, blueprint_ring_keys},
	{"events", write_events, NULL},
	{"effects", write_effects, NULL},
	{"timers", write_timers, NULL},
};

/* Writes the list that the line asks for. Returns false if the line is ordinary text. */
static bool
replace_line(const char *line)
{
	static const char mark[] = ".\\\" @";
	size_t length = strlen(mark), name = strcspn(line, "\n") - length;

	if (strncmp(line, mark, length) != 0)
		return false;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (strlen(parts[i].name) == name && strncmp(line + length, parts[i].name, name) == 0) {
			parts[i].write(parts[i].table, stdout);
			return true;
		}
	return false;
}

int
main(void)
{
	char line[1024];

	while (fgets(line, sizeof line, stdin))
		if (!replace_line(line))
			fputs(line, stdout);
	return ferror(stdin) || fflush(stdout) != 0;
}
