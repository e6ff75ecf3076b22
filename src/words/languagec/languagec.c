/* languagec - compiles the list of phrases and the languages: checks each YAML file as strictly as a policy's texts, and
 * writes them as C. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "languagec.h"
#include "text/file.h"
#include "text/memory.h"
#include "words/pattern.h"

#define WHAT 160
#define ABOUT 500

static const char usage[] =
	"usage: languagec phrases.yaml >phrases.h\n"
	"       languagec phrases.yaml en.yaml LANGUAGE.yaml... >languages.c\n";

static struct phrase_list phrases;

/* en.yaml is read before the others, which are compared with it. */
static struct draft english, *others;

const char *
copy_text(const char *text)
{
	return *text ? strcpy(memory_resize(NULL, strlen(text) + 1), text) : "";
}

/* --- the kinds of value --- */

static bool
read_line(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	for (const char *c = node->text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			return key_expected(node, source, "one line of text without control characters", NULL);
	if (node->length < (size_t)key->least || node->length > (size_t)key->most)
		return key_refuse(node, source, "expected %lld to %lld bytes of text, found %zu", (long long)key->least,
			(long long)key->most, node->length);
	*(const char **)value = copy_text(node->text);
	return true;
}

const struct type type_line = {.name = "text", .expected = "one line of text", .read = read_line,
	.kind = NODE_SCALAR};

static bool
read_lines(const struct node *list, const struct key *key, void *value, const struct source *source)
{
	const char **text = value;
	const struct key member = {.type = &type_line, .least = 1, .most = key->least};
	bool good = true;

	if (list->count != key->most)
		return key_refuse(list, source, "expected %lld names, found %u", (long long)key->most, list->count);
	for (const struct node *node = list->child; node; node = node->next, text++)
		good = (node->kind == NODE_SCALAR ? read_line(node, &member, text, source)
			: key_expected(node, source, type_line.expected, NULL)) && good;
	return good;
}

/* Reads the pattern of a date. The placeholders of key->words are mandatory. */
static bool
read_date(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	static const char *const places[] = {"weekday", "day", "dd", "month", "mm", "year", "time", "zone", NULL};
	size_t length;
	const char *stray = pattern_stray(node->text, places, &length);
	char name[TAG_TEXT], found[QUOTED_SIZE], what[WHAT];

	if (stray) {
		const char *near;

		snprintf(name, sizeof name, "%.*s", (int)(length > 2 ? length - 2 : 0), stray + 1);
		near = message_near(name, places);
		return key_refuse(node, source, "unknown placeholder %s%s%s%s", message_quote(stray, length, found),
			near ? " (did you mean \"{" : "; a date has {weekday}, {day}, {dd}, {month}, {mm}, {year}, {time} and {zone}",
			near ? near : "", near ? "}\"?)" : "");
	}
	for (const char *const *word = key->words; *word; word++) {
		snprintf(name, sizeof name, "{%s}", *word);
		snprintf(what, sizeof what, "a pattern with %s", name);
		if (!strstr(node->text, name))
			return key_expected(node, source, what, NULL);
	}
	return read_line(node, &(struct key){.least = 1, .most = key->most}, value, source);
}

/* A translation that drops the version or the deadline would say less than the English text. */
static bool
same_placeholders(unsigned phrase, const struct node *node, const struct source *source)
{
	const char *places[PHRASE_PLACES];
	char place[TAG_TEXT];

	phrase_places(&phrases.about[phrase], places);
	for (unsigned i = 0; places[i]; i++) {
		bool ours, theirs;

		snprintf(place, sizeof place, "{%s}", places[i]);
		ours = strstr(node->text, place);
		theirs = strstr(english.phrase[phrase], place);
		if (ours != theirs)
			return key_refuse(node, source, theirs ? "expected %s as in the English text, \"%s\"" :
				"unexpected %s: the English text is \"%s\"", place, english.phrase[phrase]);
	}
	return true;
}

static struct key text_keys[PHRASES_MOST + 1];

static bool
read_phrase(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	const struct draft *draft = (const void *)((const char *)value - key->offset);
	unsigned phrase = (unsigned)(key - text_keys);

	if (!phrase_check(&phrases.about[phrase], node, &draft->language, source))
		return false;
	if (draft != &english && !same_placeholders(phrase, node, source))
		return false;
	*(const char **)value = copy_text(node->text);
	return true;
}

static const struct type
	type_lines = {.name = "texts", .expected = "a list of names", .read = read_lines, .kind = NODE_LIST},
	type_date = {.name = "pattern", .expected = "a pattern such as \"{weekday} {day} {month} {time}\"", .read = read_date,
		.kind = NODE_SCALAR},
	type_phrase = {.name = "text", .expected = "one line of text", .read = read_phrase, .kind = NODE_SCALAR};

/* --- the keys --- */

#define AT(member) offsetof(struct draft, language.member)
#define NAME_BYTES 24		/* of a weekday, month or unit */

static const char *const date_places[] = {"time", NULL}, *const moment_places[] = {"year", "time", "zone", NULL};
static const char *const zero_forms[] = {"many", "one", NULL};

#define UNIT(name, n) \
	static const struct key name##_keys[] = { \
		{"one", &type_line, AT(unit[n].one), NULL, .about = "after 1", .least = 1, .most = NAME_BYTES}, \
		{"many", &type_line, AT(unit[n].many), NULL, .about = "after other numbers", .least = 1, .most = NAME_BYTES}, \
		{"later", &type_line, AT(unit[n].later), "\"\"", .about = "after other numbers, in a reminder's button", \
		 .most = NAME_BYTES}, \
		{0}, \
	}
UNIT(day, 0);
UNIT(hour, 1);
UNIT(minute, 2);
UNIT(second, 3);

static const struct key unit_keys[] = {
	{"day", .about = "its forms", .keys = day_keys},
	{"hour", .about = "its forms", .keys = hour_keys},
	{"minute", .about = "its forms", .keys = minute_keys},
	{"second", .about = "its forms", .keys = second_keys},
	{"zero", &value_word, offsetof(struct draft, none_is_one), "many", .about = "the form after 0", .words = zero_forms},
	{"gap", &type_line, AT(gap), "\" \"", .about = "between a number and its unit", .most = NAME_BYTES},
	{"join", &type_line, AT(join), "\" \"", .about = "between two units", .most = NAME_BYTES},
	{0},
};

/* `text` is last, because the columns of a text depend on the dates and units. */
static const struct key language_keys[] = {
	{"weekdays", &type_lines, AT(weekday), NULL, .about = "from Sunday on", .least = NAME_BYTES, .most = 7},
	{"months", &type_lines, AT(month), NULL, .about = "from January on", .least = NAME_BYTES, .most = 12},
	{"first", &type_line, AT(first), "\"1\"", .about = "the first day of a month", .least = 1, .most = NAME_BYTES},
	{"date", &type_date, AT(date), NULL, .about = "a date with its time", .most = LANGUAGE_TEXT, .words = date_places},
	{"moment", &type_date, AT(moment), NULL, .about = "the same with year and time zone", .most = LANGUAGE_TEXT,
	 .words = moment_places},
	{"units", .about = "lengths of time", .keys = unit_keys},
	{"text", .about = "everything that people read", .keys = text_keys},
	{0},
};

static void
make_text_keys(void)
{
	for (unsigned i = 0; i < phrases.count; i++)
		text_keys[i] = (struct key){.name = phrases.about[i].name, .type = &type_phrase,
			.offset = offsetof(struct draft, phrase) + i * sizeof(const char *), .about = phrases.about[i].about};
}

/* A translator who lacks a text reads what it is for, and what to translate. */
static void
add_english_to_keys(void)
{
	static char about[PHRASES_MOST][ABOUT];

	for (unsigned i = 0; i < phrases.count; i++) {
		snprintf(about[i], ABOUT, "%s; translate \"%s\"", phrases.about[i].about, english.phrase[i]);
		text_keys[i].about = about[i];
	}
}

/* --- reading --- */

/* A value that cannot be read leaves its default, so that the texts after it can be measured all the same. */
static struct draft
neutral_draft(const char *path)
{
	struct draft draft = {.path = path, .language = language_neutral};

	for (unsigned i = 0; i < phrases.count; i++)
		draft.phrase[i] = "";
	return draft;
}

/* The tag is the file's name, without folder and ".yaml". */
static bool
read_tag(struct draft *draft, struct messages *messages)
{
	const char *slash = strrchr(draft->path, '/'), *name = slash ? slash + 1 : draft->path;
	size_t length = strcspn(name, ".");

	if (length < sizeof draft->tag) {
		memcpy(draft->tag, name, length);
		if (!strcmp(name + length, ".yaml") && language_is_tag(draft->tag))
			return true;
	}
	message_add(messages, MESSAGE_ERROR, draft->path, (struct place){0},
		"expected a file named by a language's tag, such as de.yaml or pt-BR.yaml");
	return false;
}

struct yaml *
read_document(const char *path, struct messages *messages)
{
	size_t length;
	char *bytes = file_read(path, yaml_policy_limits.bytes, &length, messages);
	struct yaml *yaml = bytes ? yaml_parse(path, bytes, length, &yaml_policy_limits, messages) : NULL;

	free(bytes);
	return yaml;
}

static void
read_language(struct draft *draft, struct messages *messages)
{
	struct yaml *yaml = read_tag(draft, messages) ? read_document(draft->path, messages) : NULL;

	if (yaml)
		keys_read(language_keys, yaml_root(yaml), draft, draft->path, messages);
	yaml_close(yaml);
	draft->language.tag = draft->tag;
	draft->language.none_is_one = draft->none_is_one;
	for (unsigned i = 0; i < sizeof draft->language.unit / sizeof *draft->language.unit; i++)
		if (!*draft->language.unit[i].later)
			draft->language.unit[i].later = draft->language.unit[i].many;
}

static bool
is_english(const char *path)
{
	size_t length = strlen(path);

	return length >= 7 && !strcmp(path + length - 7, "en.yaml") && (length == 7 || path[length - 8] == '/');
}

/* Reads all files, English first: against an English text that cannot be read every translation would seem wrong. */
static unsigned
read_languages(char **paths, struct messages *messages)
{
	unsigned count = 0;

	read_language(&english, messages);
	add_english_to_keys();
	for (char **path = paths; *path && !messages->errors; path++)
		if (!is_english(*path))
			others[count++] = neutral_draft(*path);
	for (unsigned i = 0; i < count; i++)
		read_language(&others[i], messages);
	return count;
}

int
main(int argc, char **argv)
{
	struct messages messages = {0};
	unsigned count = 0;
	bool good;

	others = memory_zeroed((size_t)argc * sizeof *others);
	if (argc > 1)
		read_phrases(argv[1], &phrases, &messages);
	make_text_keys();
	for (int i = 2; i < argc; i++)
		if (is_english(argv[i]))
			english = neutral_draft(argv[i]);
	if (argc == 1 || (argc > 2 && !english.path)) {
		fputs(usage, stderr);
		return 2;
	}
	if (argc > 2 && !messages.errors)
		count = read_languages(argv + 2, &messages);
	good = !messages.errors;
	message_print(&messages, stderr);
	if (good && argc > 2)
		write_languages(&phrases, &english, others, count);
	else if (good)
		write_header(&phrases);
	return !good || fflush(stdout) != 0;
}
