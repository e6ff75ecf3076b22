#include "yaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "memory.h"

const struct yaml_limits yaml_policy_limits = {64 * 1024, 4 * 1024, 10000, 16};
const struct yaml_limits yaml_machine_limits = {8 * 1024 * 1024, 64 * 1024, 1000000, 32};

struct chunk {
	struct chunk *next;
	size_t used, size;
	max_align_t bytes[];
};

struct yaml {
	struct chunk *chunks;
	struct node *root;
};

/* A list or map being read. */
struct open {
	struct open *outer;
	struct node *node, *last;
	const struct node *key;		/* in a map: the key whose value comes next */
};

struct reader {
	const char *file;
	const char *bytes;
	size_t length;
	const struct yaml_limits *limits;
	struct messages *messages;
	struct yaml *yaml;
	struct open *open;
	unsigned depth, events;
	bool failed;			/* an error that ends reading was reported */
};

enum { CHUNK = 16 * 1024 };

static void *
allocate(struct yaml *y, size_t size)
{
	struct chunk *c = y->chunks;
	char *at;

	size = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
	if (!c || c->size - c->used < size) {
		size_t room = size > CHUNK ? size : CHUNK;

		c = memory_resize(NULL, sizeof(*c) + room);
		*c = (struct chunk){y->chunks, 0, room};
		y->chunks = c;
	}
	at = (char *)c->bytes + c->used;
	c->used += size;
	return memset(at, 0, size);
}

static struct place
place_of(const yaml_mark_t *mark)
{
	return (struct place){(unsigned)mark->line + 1, (unsigned)mark->column + 1};
}

static void
report_place(struct reader *r, enum message_code code, struct place place, const char *text)
{
	message_coded(r->messages, code, r->file, place, "%s", text);
}

static void
give_up(struct reader *r, enum message_code code, struct place place, const char *text)
{
	report_place(r, code, place, text);
	r->failed = true;
}

/* Returns the line of an offset, because libyaml gives no line for bytes that are not text. */
static unsigned
line_at(const struct reader *r, size_t offset)
{
	unsigned line = 1;

	for (size_t i = 0; i < offset && i < r->length; i++)
		line += r->bytes[i] == '\n';
	return line;
}

static void
report_syntax(struct reader *r, const yaml_parser_t *p)
{
	const char *problem = p->problem ? p->problem : "cannot be read";

	r->failed = true;
	if (p->error == YAML_READER_ERROR)	/* reported without a place, because columns cannot be counted in such bytes */
		message_coded(r->messages, CODE_ENCODING, r->file, (struct place){0}, "expected UTF-8 text: %s on line %u",
			problem, line_at(r, p->problem_offset));
	else if (strstr(problem, "cannot start any token"))
		report_place(r, CODE_SYNTAX, place_of(&p->problem_mark), "expected YAML: a value cannot begin like this "
			"(a tab instead of spaces, or missing quotes?)");
	else if (strstr(problem, "mapping values are not allowed"))
		report_place(r, CODE_SYNTAX, place_of(&p->problem_mark), "expected YAML: a key is not allowed here "
			"(text with a colon and a space in it needs quotes)");
	else if (p->context && (strstr(p->context, "a tag") || strstr(p->context, "an anchor") ||
					strstr(p->context, "an alias")))
		report_place(r, CODE_SYNTAX, place_of(&p->context_mark), "expected YAML: text that begins with !, & or * needs "
			"quotes");
	else if (p->context && p->context_mark.line)
		message_coded(r->messages, CODE_SYNTAX, r->file, place_of(&p->problem_mark),
			"expected YAML: %s (%s that begins on line %zu)", problem, p->context, p->context_mark.line + 1);
	else
		message_coded(r->messages, CODE_SYNTAX, r->file, place_of(&p->problem_mark), "expected YAML: %s",
			problem);
}

/* Adds the node to the open list or map. In a map, a scalar where a key is due becomes the key. */
static void
attach_node(struct reader *r, struct node *node)
{
	struct open *o = r->open;

	if (!o) {
		r->yaml->root = node;
		return;
	}
	if (o->node->kind == NODE_MAP && !o->key) {
		if (node->kind != NODE_SCALAR)
			give_up(r, CODE_SHAPE, node->place, "expected a key, found a list or a map");
		o->key = node;
		return;
	}
	node->key = o->key;
	o->key = NULL;
	if (o->last)
		o->last->next = node;
	else
		o->node->child = node;
	o->last = node;
	o->node->count++;
}

static struct node *
add_node(struct reader *r, enum node_kind kind, const yaml_event_t *event)
{
	struct node *node = allocate(r->yaml, sizeof(*node));

	node->kind = kind;
	node->place = place_of(&event->start_mark);
	node->text = "";
	attach_node(r, node);
	return node;
}

static void
add_scalar(struct reader *r, const yaml_event_t *event)
{
	size_t length = event->data.scalar.length;
	const char *value = (const char *)event->data.scalar.value;
	struct node *node = add_node(r, NODE_SCALAR, event);
	char *text;

	if (length > r->limits->scalar) {
		message_coded(r->messages, CODE_LIMIT, r->file, node->place, "expected at most %zu bytes of text, found %zu",
			r->limits->scalar, length);
		return;
	}
	if (memchr(value, '\0', length)) {
		report_place(r, CODE_ENCODING, node->place, "NUL characters are not allowed");
		return;
	}
	text = allocate(r->yaml, length + 1);
	memcpy(text, value, length);
	node->text = text;
	node->length = length;
	node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	node->block = event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
		event->data.scalar.style == YAML_FOLDED_SCALAR_STYLE;
}

static void
begin_collection(struct reader *r, enum node_kind kind, const yaml_event_t *event)
{
	struct node *node = add_node(r, kind, event);
	struct open *o = allocate(r->yaml, sizeof(*o));

	*o = (struct open){.outer = r->open, .node = node};
	r->open = o;
	if (++r->depth > r->limits->depth)
		give_up(r, CODE_LIMIT, node->place, "too many levels of lists and maps");
}

/* A member of a map and its position. */
struct member {
	struct node *node;
	size_t index;
};

static int
compare_keys(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	int order = strcmp(x->node->key->text, y->node->key->text);

	return order ? order : (x->index > y->index) - (x->index < y->index);
}

/* Removes the members that are marked as duplicates. */
static void
drop_duplicates(struct node *map, const bool *doubled)
{
	const struct node **at = &map->child;
	struct node *node = (struct node *)map->child;

	for (size_t i = 0; node; i++) {
		if (!doubled[i]) {
			*at = node;
			at = &node->next;
		}
		map->count -= doubled[i];
		node = (struct node *)node->next;
	}
	*at = NULL;
}

/* Reports duplicate keys and keeps the first of each. Sorts the keys, so that large maps take little time. */
static void
refuse_duplicate_keys(struct reader *r, struct node *map)
{
	struct member *member = memory_resize(NULL, map->count * sizeof(*member));
	bool *doubled = memory_resize(NULL, map->count * sizeof(*doubled));
	size_t n = 0;

	for (const struct node *m = map->child; m; m = m->next, n++) {
		member[n] = (struct member){(struct node *)m, n};
		doubled[n] = false;
	}
	qsort(member, n, sizeof(*member), compare_keys);
	for (size_t i = 1; i < n; i++) {
		const struct node *first = member[i - 1].node->key, *second = member[i].node->key;
		char quoted[QUOTED_SIZE];

		if (strcmp(first->text, second->text) != 0)
			continue;
		doubled[member[i].index] = true;
		message_coded(r->messages, CODE_DUPLICATE_KEY, r->file, second->place,
			"duplicate key %s (the first is on line %u)",
			message_quote(second->text, second->length, quoted), first->place.line);
	}
	drop_duplicates(map, doubled);
	free(doubled);
	free(member);
}

static void
end_collection(struct reader *r)
{
	struct open *o = r->open;

	r->open = o->outer;
	r->depth--;
	if (o->node->kind == NODE_MAP && o->node->count > 1)
		refuse_duplicate_keys(r, o->node);
}

static void
refuse_marks(struct reader *r, const yaml_event_t *event, const yaml_char_t *anchor, const yaml_char_t *tag)
{
	if (anchor)
		report_place(r, CODE_MARK, place_of(&event->start_mark),
			"anchors (&) are not allowed: text that begins with & needs quotes");
	if (tag)
		report_place(r, CODE_MARK, place_of(&event->start_mark),
			"tags (!) are not allowed: text that begins with ! needs quotes");
}

/* Handles one event; false if reading cannot go on. */
static bool
handle_event(struct reader *r, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		refuse_marks(r, event, event->data.scalar.anchor, event->data.scalar.tag);
		add_scalar(r, event);
		break;
	case YAML_SEQUENCE_START_EVENT:
		refuse_marks(r, event, event->data.sequence_start.anchor, event->data.sequence_start.tag);
		begin_collection(r, NODE_LIST, event);
		break;
	case YAML_MAPPING_START_EVENT:
		refuse_marks(r, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
		begin_collection(r, NODE_MAP, event);
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		end_collection(r);
		break;
	case YAML_ALIAS_EVENT:
		report_place(r, CODE_MARK, place_of(&event->start_mark),
			"aliases (*) are not allowed: text that begins with * needs quotes");
		add_node(r, NODE_SCALAR, event);
		break;
	case YAML_DOCUMENT_START_EVENT:
		if (event->data.document_start.version_directive ||
			event->data.document_start.tag_directives.start != event->data.document_start.tag_directives.end)
			report_place(r, CODE_MARK, place_of(&event->start_mark), "directives (%) are not allowed");
		if (r->yaml->root)
			give_up(r, CODE_SECOND_DOCUMENT, place_of(&event->start_mark), "expected one document, found a second");
		break;
	default:
		break;
	}
	if (++r->events > r->limits->events)
		give_up(r, CODE_LIMIT, place_of(&event->start_mark), "too many keys and values");
	return !r->failed;
}

static void
read_events(struct reader *r)
{
	yaml_parser_t parser;
	size_t mark = r->length >= 3 && !memcmp(r->bytes, "\xef\xbb\xbf", 3) ? 3 : 0;
	bool more = true;

	if (!yaml_parser_initialize(&parser))
		memory_out();
	/* libyaml reads a byte order mark as text when it is given the encoding, so it is skipped here. */
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)r->bytes + mark, r->length - mark);
	while (more) {
		yaml_event_t event;

		if (!yaml_parser_parse(&parser, &event)) {
			report_syntax(r, &parser);
			break;
		}
		more = event.type != YAML_STREAM_END_EVENT && handle_event(r, &event);
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
}

struct yaml *
yaml_parse(const char *file, const char *bytes, size_t length, const struct yaml_limits *limits, struct messages *ms)
{
	struct reader r = {.file = file, .bytes = bytes, .length = length, .limits = limits, .messages = ms};

	if (length > limits->bytes) {
		message_coded(ms, CODE_LIMIT, file, (struct place){0},
			"larger than %zu bytes, the limit for this kind of file", limits->bytes);
		return NULL;
	}
	r.yaml = memory_resize(NULL, sizeof(*r.yaml));
	*r.yaml = (struct yaml){0};
	read_events(&r);
	if (!r.failed && !r.yaml->root)
		give_up(&r, CODE_EMPTY, (struct place){0}, "expected a document, found an empty file");
	if (r.failed) {
		yaml_close(r.yaml);
		return NULL;
	}
	return r.yaml;
}

const struct node *
yaml_root(const struct yaml *y)
{
	return y->root;
}

void
yaml_close(struct yaml *y)
{
	if (!y)
		return;
	for (struct chunk *c = y->chunks, *next; c; c = next) {
		next = c->next;
		free(c);
	}
	free(y);
}

const struct node *
yaml_get(const struct node *map, const char *key)
{
	for (const struct node *m = map->child; m; m = m->next)
		if (m->key && strcmp(m->key->text, key) == 0)
			return m;
	return NULL;
}
