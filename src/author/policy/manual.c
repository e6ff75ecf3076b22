#include "manual.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "author/check/check.h"
#include "text/instant.h"
#include "words/phrase.h"
#include "text/key.h"

#define TYPES_MAX 32
#define WIDTH 76
#define LIST_BEGIN ".Bl -tag -width Ds\n"
#define LIST_END ".El\n"

/* A capital, a full stop, a new line for each sentence and none too long, as mdoc wants its source. Text of ours begins
 * with no dot or quote and has no backslash, which mdoc would take for its own. */
static void
sentence(const char *text, FILE *out)
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

/* One argument of a macro. */
static void
argument(const char *text, FILE *out)
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
	sentence(key->about, out);
	if (key->words)
		print_words(key->words, out);
	print_limits(key, out);
	if (!key->fallback) {
		fputs(key->words && !key->words[1] ? "" : "There is no default.\n", out);
	} else if (strcmp(key->fallback, "\"\"") != 0) {
		fputs("Default:\n.Ql", out);
		argument(key->fallback, out);
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
		sentence(key->about, out);
		fputs(key->one_of ? "Exactly one of these must be there:\n" : "", out);
		print_table(key, out);
	}
	fputs(LIST_END, out);
}

void
manual_keys(const struct key *table, FILE *out)
{
	print_table(&(struct key){.keys = table}, out);
}

/* Those of the table's types that are not yet in the list. */
static unsigned
gather(const struct key *table, const struct type *list[TYPES_MAX], unsigned count)
{
	for (const struct key *key = table; key->name; key++) {
		unsigned i = 0;

		if (key->keys) {
			count = gather(key->keys, list, count);
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

void
manual_types(const struct key *table, FILE *out)
{
	const struct type *list[TYPES_MAX];
	unsigned count = gather(table, list, 0);

	fputs(LIST_BEGIN, out);
	for (unsigned i = 0; i < count; i++) {
		fprintf(out, ".It Ar %s\n", list[i]->name);
		sentence(list[i]->expected, out);
	}
	fputs(LIST_END, out);
}

void
manual_codes(FILE *out)
{
	char code[CODE_TEXT];

	fputs(LIST_BEGIN, out);
	for (const struct code_about *a = code_table; a->code != CODE_NONE; a++) {
		fprintf(out, ".It %s , %s\n", code_text(a->code, code), a->code < CODE_WARNINGS ? "error" : "warning");
		sentence(a->title, out);
		sentence(a->about, out);
	}
	fputs(LIST_END, out);
}

void
manual_languages(FILE *out)
{
	for (const struct language *const *l = languages; *l; l++)
		fprintf(out, ".Ql %s%s\n", (*l)->tag, !l[1] ? " ." : l[2] ? " ," : "\nor");
}

void
manual_texts(FILE *out)
{
	fputs(LIST_BEGIN, out);
	for (unsigned i = 0; i < PHRASES; i++) {
		const struct phrase_about *about = &phrase_about[i];
		const struct phrase_room *room = &phrase_room[about->kind];

		fprintf(out, ".It Ic %s\n", about->name);
		sentence(about->about, out);
		fprintf(out, "A %s of at most %u columns.\n", room->what, room->columns);
		if (about->also)
			fprintf(out, "Has the placeholder\n.Ql {%s} .\n", about->also);
		fputs("In English:\n.Dq", out);
		argument(language_en.phrases[i], out);
		fputc('\n', out);
	}
	fputs(LIST_END, out);
}
