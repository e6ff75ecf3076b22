/* Reads phrases.yaml: which phrases there are, and what each is for. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "languagec.h"

#define NAME_BYTES 40

/* What the keys of one phrase are read into. */
struct entry {
	int kind;
	const char *about;
	int own_place;			/* index into phrase_own_places */
};

static const char *const kind_words[] = {
	[PHRASE_IS_LABEL] = "label", [PHRASE_IS_BUTTON] = "button", [PHRASE_IS_TITLE] = "title", [PHRASE_IS_BODY] = "body",
	[PHRASE_KINDS] = NULL,
};

static const struct key phrase_keys[] = {
	{"is", &value_word, offsetof(struct entry, kind), NULL, .about = "label, button, title or body", .words = kind_words},
	{"for", &type_line, offsetof(struct entry, about), NULL, .about = "one line for policy authors", .least = 1,
	 .most = 100},
	{"has", &value_word, offsetof(struct entry, own_place), "none", .about = "a placeholder of its own",
	 .words = phrase_own_places},
	{0},
};

/* A name becomes part of one in C. */
static bool
check_name(const struct node *name, const struct source *source)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789_";

	if (name->length <= NAME_BYTES && *name->text >= 'a' && *name->text <= 'z' && !name->text[strspn(name->text, allowed)])
		return true;
	return key_expected(name, source, "a name of at most 40 characters: a-z, 0-9 and _, first a letter", NULL);
}

static void
read_phrase(const struct node *node, struct phrase_list *list, const struct source *source)
{
	struct entry entry = {0};

	check_name(node->key, source);
	if (list->count == PHRASES_MOST) {
		key_refuse(node->key, source, "expected at most %d phrases", PHRASES_MOST);
		return;
	}
	if (!keys_read(phrase_keys, node, &entry, source->file, source->messages)) {
		free((char *)entry.about);
		return;
	}
	list->about[list->count++] = (struct phrase_about){.name = copy_text(node->key->text),
		.kind = (enum phrase_kind)entry.kind, .about = entry.about,
		.also = entry.own_place ? phrase_own_places[entry.own_place] : NULL};
}

void
read_phrases(const char *path, struct phrase_list *list, struct messages *messages)
{
	const struct source source = {path, phrase_keys, messages};
	struct yaml *yaml = read_document(path, messages);
	const struct node *root = yaml ? yaml_root(yaml) : NULL;

	if (root && root->kind != NODE_MAP)
		key_expected(root, &source, "a map of phrases", NULL);
	else if (root)
		for (const struct node *node = root->child; node; node = node->next)
			read_phrase(node, list, &source);
	yaml_close(yaml);
}
