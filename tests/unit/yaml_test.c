/* The YAML reader: trees, places, and texts that it refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "text/yaml.h"

/* Prints a tree on one line: scalars, [lists], {maps}. */
static void
print(FILE *out, const struct node *node)
{
	if (node->kind == NODE_SCALAR) {
		fprintf(out, node->quoted ? "'%s'" : "%s", node->text);
		return;
	}
	fputc(node->kind == NODE_LIST ? '[' : '{', out);
	for (const struct node *n = node->child; n; n = n->next) {
		if (n->key)
			fprintf(out, "%s: ", n->key->text);
		print(out, n);
		fputs(n->next ? ", " : "", out);
	}
	fputc(node->kind == NODE_LIST ? ']' : '}', out);
}

/* Returns the tree, or - if there is none, and the messages below it. The caller frees it. */
static char *
outcome(const char *bytes, size_t length, const struct yaml_limits *limits)
{
	struct messages ms = {0};
	struct yaml *yaml = yaml_parse("y", bytes, length, limits, &ms);
	char *text = NULL, *said = message_text(&ms);
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (yaml)
		print(out, yaml_root(yaml));
	fprintf(out, "%s\n%s", yaml ? "" : "-", said);
	fclose(out);
	assert_true(yaml || ms.errors);
	yaml_close(yaml);
	free(said);
	message_free(&ms);
	return text;
}

static void
expect(const char *bytes, const char *expected)
{
	char *text = outcome(bytes, strlen(bytes), &yaml_policy_limits);

	assert_string_equal(text, expected);
	free(text);
}

static void
trees(void **state)
{
	(void)state;
	expect("a: 1\nb: [x, 'y', {c: d}]\n", "{a: 1, b: [x, 'y', {c: d}]}\n");
	expect("- no\n- on\n- ~\n- \n- 08\n", "[no, on, ~, , 08]\n");
	expect("code: |\n  one\n\n  two\n", "{code: 'one\n\ntwo\n'}\n");
	expect("\xef\xbb\xbf" "a: b\n", "{a: b}\n");
	expect("one word", "one word\n");
	expect("a: {}\nb: []\n", "{a: {}, b: []}\n");
}

static void
places(void **state)
{
	static const char text[] = "a: 1\nm\xc3\xbcnster: {b: \"2\"}\nc: |\n  text\n";
	struct messages ms = {0};
	struct yaml *yaml = yaml_parse("y", text, strlen(text), &yaml_policy_limits, &ms);
	const struct node *root = yaml_root(yaml), *inner = yaml_get(root, "m\xc3\xbcnster"), *b = yaml_get(inner, "b");
	const struct node *c = yaml_get(root, "c");

	(void)state;
	assert_int_equal(ms.errors, 0);
	assert_int_equal(root->count, 3);
	assert_int_equal(b->place.line, 2);
	assert_int_equal(b->place.column, 14);		/* characters, not bytes */
	assert_int_equal(b->key->place.column, 11);
	assert_true(b->quoted && !b->block);
	assert_true(c->quoted && c->block);
	assert_int_equal(c->place.line, 3);
	assert_null(yaml_get(root, "d"));
	yaml_close(yaml);
}

static void
refused_beside_a_tree(void **state)
{
	(void)state;
	expect("a: 1\nb: 2\na: 3\na: 4\n", "{a: 1, b: 2}\ny:3:1: error: duplicate key \"a\" (the first is on line 1)\n"
		"y:4:1: error: duplicate key \"a\" (the first is on line 3)\n");
	expect("{a: 1, a: 2}", "{a: 1}\ny:1:8: error: duplicate key \"a\" (the first is on line 1)\n");
	expect("a: &x 1\nb: *x\n", "{a: 1, b: }\n"
		"y:1:4: error: anchors (&) are not allowed: text that begins with & needs quotes\n"
		"y:2:4: error: aliases (*) are not allowed: text that begins with * needs quotes\n");
	expect("a: !!int 1\n", "{a: 1}\ny:1:4: error: tags (!) are not allowed: text that begins with ! needs quotes\n");
}

/* There is no tree, but a message. */
static void
refused_as_a_whole(void **state)
{
	static const char *const texts[] = {"", "\n", "# only a comment\n", "a: 1\n---\nb: 2\n", "a: [1\n", "a: b: c\n",
		"\ta: 1\n", "a: 'x\n", "- a\nb\n", "a: \xff\n", "a: \xc3\n", "a: \xed\xa0\x80\n", "a: \x01\n", "%YAML 9.9\n---\na\n",
		"? [a]\n: b\n", "}"};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		char *text = outcome(texts[i], strlen(texts[i]), &yaml_policy_limits);

		if (!strstr(text, "y:") || !strstr(text, "error: "))
			fail_msg("%zu: %s", i, text);
		free(text);
	}
}

static char *
repeated(const char *text, size_t times)
{
	size_t length = strlen(text);
	char *all = malloc(length * times + 1);

	for (size_t i = 0; i < times; i++)
		memcpy(all + i * length, text, length);
	all[length * times] = '\0';
	return all;
}

/* Texts of the size of a policy for which libyaml alone takes seconds. */
static void
hostile(void **state)
{
	static const struct { const char *text; size_t times; const char *expected; } cases[] = {
		{"[", 65536, "too many levels"}, {"{a: ", 16384, "too many levels"}, {"- ", 32768, "too many levels"},
		{"? ", 32768, ""}, {"- a\n", 16384, "too many keys and values"}, {"x", 65536, "at most 4096 bytes"},
		{"a:\n", 20000, ""}, {"&a ", 20000, ""}, {"!a ", 20000, ""}, {"\"", 65535, ""}, {"[]", 30000, ""},
		{"x", 65537, "larger than"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *bytes = repeated(cases[i].text, cases[i].times);
		char *text = outcome(bytes, strlen(bytes), &yaml_policy_limits);

		if (!strstr(text, "error: ") || !strstr(text, cases[i].expected))
			fail_msg("%zu: %.200s", i, text);
		free(text);
		free(bytes);
	}
}

static void
nul_characters(void **state)
{
	char *text = outcome("a: \"x\\0y\"\n", 10, &yaml_policy_limits);

	(void)state;
	assert_non_null(strstr(text, "NUL"));
	free(text);
	text = outcome("a: x\0y\n", 7, &yaml_policy_limits);
	assert_non_null(strstr(text, "error: "));
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trees),
		cmocka_unit_test(places),
		cmocka_unit_test(refused_beside_a_tree),
		cmocka_unit_test(refused_as_a_whole),
		cmocka_unit_test(hostile),
		cmocka_unit_test(nul_characters),
	};

	return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
