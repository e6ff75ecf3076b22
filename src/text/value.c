/* Reads and writes the values of keys that are not about time: names, texts, words, flags, counts, versions. */
#include "key.h"

#include <string.h>

#include "core/version.h"

#define HINT 160

static bool
read_fixed(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	char what[HINT];

	(void)value;
	snprintf(what, sizeof what, "%s (%s)", key->words[0], key->about);
	return !strcmp(node->text, key->words[0]) || key_expected(node, source, what, NULL);
}

static void
write_fixed(const void *value, const struct key *key, FILE *out)
{
	(void)value;
	fputs(key->words[0], out);
}

static bool
is_name_character(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Returns " (did you mean ...?)" with the nearest valid name to text, or NULL. */
static const char *
name_hint(const char *text, char out[HINT])
{
	size_t used = (size_t)snprintf(out, HINT, " (did you mean \""), begin = used;

	for (; *text && used < HINT / 2; text++) {
		char c = (char)(*text >= 'A' && *text <= 'Z' ? *text - 'A' + 'a' : *text);

		if ((unsigned char)c > '~')
			return NULL;
		if (is_name_character(c) || ((c == '.' || c == '_') && used > begin))
			out[used++] = c;
		else if (used > begin && out[used - 1] != '-')
			out[used++] = '-';
	}
	while (used > begin && out[used - 1] == '-')
		used--;
	snprintf(out + used, HINT - used, "\"?)");
	return used > begin ? out : NULL;
}

static bool
read_name(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	char hint[HINT];

	for (const char *c = node->text; *c; c++)
		if (!is_name_character(*c) && (c == node->text || !strchr("._-", *c)))
			return key_expected(node, source, key->type->expected, name_hint(node->text, hint));
	if (!node->length)
		return key_expected(node, source, key->type->expected, NULL);
	if (node->length > (size_t)key->most)
		return key_refuse(node, source, "expected a name of at most %lld characters, found one of %zu",
			(long long)key->most, node->length);
	memcpy(value, node->text, node->length + 1);
	return true;
}

static void
write_name(const void *value, const struct key *key, FILE *out)
{
	(void)key;
	fputs(value, out);
}

static bool
read_label(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	for (const char *c = node->text; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			return key_expected(node, source, "one line of text without control characters", NULL);
	if (node->length > (size_t)key->most)
		return key_refuse(node, source, "expected a label of at most %lld bytes, found one of %zu",
			(long long)key->most, node->length);
	memcpy(value, node->text, node->length + 1);
	return true;
}

static void
write_label(const void *value, const struct key *key, FILE *out)
{
	(void)key;
	fputc('"', out);
	for (const char *c = value; *c; c++) {
		if (strchr("\"\\", *c))
			fputc('\\', out);
		fputc(*c, out);
	}
	fputc('"', out);
}

static bool
read_word(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	char what[HINT], hint[HINT];
	const char *near = message_near(node->text, key->words);
	size_t used = 0;

	for (int i = 0; key->words[i]; i++) {
		if (!strcmp(node->text, key->words[i])) {
			memcpy(value, &i, sizeof i);
			return true;
		}
		used += (size_t)snprintf(what + used, sizeof what - used, "%s%s",
			i == 0 ? "" : key->words[i + 1] ? ", " : " or ", key->words[i]);
	}
	snprintf(hint, sizeof hint, " (did you mean \"%s\"?)", near ? near : "");
	return key_expected(node, source, what, near ? hint : NULL);
}

static void
write_word(const void *value, const struct key *key, FILE *out)
{
	int chosen;

	memcpy(&chosen, value, sizeof chosen);
	fputs(key->words[chosen], out);
}

static bool
read_flag(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	static const char *const words[][2] = {{"yes", "true"}, {"on", "true"}, {"1", "true"}, {"True", "true"},
		{"TRUE", "true"}, {"no", "false"}, {"off", "false"}, {"0", "false"}, {"False", "false"},
		{"FALSE", "false"}};
	char hint[HINT];

	if (!node->quoted && (!strcmp(node->text, "true") || !strcmp(node->text, "false"))) {
		*(bool *)value = node->text[0] == 't';
		return true;
	}
	if (node->quoted)
		return key_expected(node, source, key->type->expected, " in quotes");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strcmp(node->text, words[i][0])) {
			snprintf(hint, sizeof hint, " (did you mean \"%s\"?)", words[i][1]);
			return key_expected(node, source, key->type->expected, hint);
		}
	return key_expected(node, source, key->type->expected, NULL);
}

static void
write_flag(const void *value, const struct key *key, FILE *out)
{
	(void)key;
	fputs(*(const bool *)value ? "true" : "false", out);
}

static bool
read_count(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	const char *text = node->text;
	int64_t number = 0;
	char what[HINT];

	/* Six digits are enough. A leading zero is refused, because the author may mean octal. */
	while (*text >= '0' && *text <= '9' && text < node->text + 6)
		number = number * 10 + *text++ - '0';
	if (node->length && !*text && (node->length == 1 || node->text[0] != '0') && !node->quoted &&
	    number >= key->least && number <= key->most) {
		*(int64_t *)value = number;
		return true;
	}
	snprintf(what, sizeof what, "a whole number from %lld to %lld", (long long)key->least, (long long)key->most);
	return key_expected(node, source, what, NULL);
}

static void
write_count(const void *value, const struct key *key, FILE *out)
{
	(void)key;
	fprintf(out, "%lld", (long long)*(const int64_t *)value);
}

static bool
read_version(const struct node *node, const struct key *key, void *value, const struct source *source)
{
	return version_parse(node->text, value) || key_expected(node, source, key->type->expected, NULL);
}

static void
write_version(const void *value, const struct key *key, FILE *out)
{
	char text[VERSION_TEXT];

	(void)key;
	fputs(version_format(*(const int64_t *)value, text), out);
}

/* An editor that follows YAML 1.2 takes a bare 15.2 for a number and an empty value for null. */
#define ONE_LINE "{\"type\": [\"string\", \"number\", \"boolean\", \"null\"], " \
	"\"pattern\": \"^[^\\\\x00-\\\\x1f\\\\x7f]*$\"}"

const struct type
	value_fixed = {"fixed", "the only value", read_fixed, write_fixed, NODE_SCALAR, CODE_FIXED, "{}", NULL},
	value_name = {"name", "a name of a-z, 0-9, dots, dashes and underscores", read_name, write_name, NODE_SCALAR,
		CODE_NAME, "{\"type\": [\"string\", \"number\", \"boolean\"], \"pattern\": \"^[a-z0-9][a-z0-9._-]*$\"}",
		"laptops-2026"},
	value_label = {"text", "one line of text", read_label, write_label, NODE_SCALAR, CODE_LABEL, ONE_LINE,
		"Engineering laptops"},
	value_word = {"word", "one word", read_word, write_word, NODE_SCALAR, CODE_WORD, "{}", NULL},
	value_flag = {"flag", "true or false", read_flag, write_flag, NODE_SCALAR, CODE_FLAG,
		"{\"type\": \"boolean\"}", "true"},
	value_count = {"count", "a whole number", read_count, write_count, NODE_SCALAR, CODE_COUNT,
		"{\"type\": \"integer\"}", "3"},
	value_version = {"version", "a version such as 15.2, 15.2.1 or 13.4.1 (a)", read_version, write_version, NODE_SCALAR,
		CODE_VERSION, "{\"type\": [\"string\", \"number\"], \"minimum\": 1, \"exclusiveMaximum\": 10000, \"pattern\": "
		"\"^[1-9][0-9]{0,3}([.](0|[1-9][0-9]{0,3})){0,2}( [(][a-z][)])?$\"}", "\"15.2\""};
