#include "yaml.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

const struct yaml_limits yaml_policy_limits = {64 * 1024, 4 * 1024, 10000, 16};
const struct yaml_limits yaml_machine_limits = {8 * 1024 * 1024, 64 * 1024, 1000000, 32};

/* Nodes and texts live in chunks that never move, so pointers to them hold until yaml_release. */
struct chunk {
	struct chunk *next;
	size_t used, size;
	max_align_t bytes[];
};

struct yaml {
	struct chunk *chunks;
	const struct node *root;
};

struct reader {
	yaml_parser_t parser;
	yaml_event_t event;
	struct yaml *yaml;
	const struct yaml_limits *limits;
	const char *file;
	struct messages *messages;
	unsigned events;
};

static void *
keep(struct yaml *y, size_t size)
{
	struct chunk *c = y->chunks;
	void *at;

	size = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
	if (!c || c->size - c->used < size) {
		size_t room = size > 16384 ? size : 16384;

		c = malloc(sizeof *c + room);
		if (!c) {
			fputs("lastcall: out of memory\n", stderr);
			abort();
		}
		*c = (struct chunk){.next = y->chunks, .size = room};
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

static bool
fail(struct reader *r, const yaml_mark_t *mark, const char *text)
{
	message_add(r->messages, MESSAGE_ERROR, r->file, place_of(mark), "%s", text);
	return false;
}

/* libyaml's own words, at the place where it gave up. */
static bool
fail_parse(struct reader *r)
{
	const yaml_parser_t *p = &r->parser;

	if (p->error == YAML_READER_ERROR) {
		message_add(r->messages, MESSAGE_ERROR, r->file, (struct place){0},
			"expected UTF-8 text, found %s at byte %zu", p->problem ? p->problem : "other bytes",
			p->problem_offset);
		return false;
	}
	message_add(r->messages, MESSAGE_ERROR, r->file, place_of(&p->problem_mark), "not YAML: %s%s%s",
		p->problem ? p->problem : "it cannot be read", p->context ? ", " : "", p->context ? p->context : "");
	return false;
}

static bool
next(struct reader *r)
{
	yaml_event_delete(&r->event);
	if (!yaml_parser_parse(&r->parser, &r->event)) {
		memset(&r->event, 0, sizeof r->event);
		return fail_parse(r);
	}
	if (++r->events > r->limits->events)
		return fail(r, &r->event.start_mark, "expected a smaller file, found too many values");
	return true;
}

/* An anchor could make a small file mean an endless one; a tag could make text mean something else. */
static bool
plain(struct reader *r)
{
	const yaml_event_t *e = &r->event;
	const yaml_char_t *anchor = NULL, *tag = NULL;

	switch (e->type) {
	case YAML_ALIAS_EVENT:
		return fail(r, &e->start_mark, "aliases (*name) are not allowed here: write the value out");
	case YAML_SCALAR_EVENT:
		anchor = e->data.scalar.anchor;
		tag = e->data.scalar.tag;
		break;
	case YAML_SEQUENCE_START_EVENT:
		anchor = e->data.sequence_start.anchor;
		tag = e->data.sequence_start.tag;
		break;
	case YAML_MAPPING_START_EVENT:
		anchor = e->data.mapping_start.anchor;
		tag = e->data.mapping_start.tag;
		break;
	default:
		break;
	}
	if (anchor)
		return fail(r, &e->start_mark, "anchors (&name) are not allowed here: write the value out");
	if (tag)
		return fail(r, &e->start_mark, "tags (!name) are not allowed here");
	return true;
}

static struct node *
new_node(struct reader *r, enum node_kind kind)
{
	struct node *n = keep(r->yaml, sizeof *n);

	n->kind = kind;
	n->place = place_of(&r->event.start_mark);
	return n;
}

static struct node *
scalar(struct reader *r)
{
	const yaml_event_t *e = &r->event;
	struct node *n = new_node(r, NODE_SCALAR);
	char *text;

	n->length = e->data.scalar.length;
	if (n->length > r->limits->scalar)
		return fail(r, &e->start_mark, "expected a shorter value"), NULL;
	if (memchr(e->data.scalar.value, 0, n->length))
		return fail(r, &e->start_mark, "expected text, found a NUL character in it"), NULL;
	text = keep(r->yaml, n->length + 1);
	memcpy(text, e->data.scalar.value, n->length);
	n->text = text;
	n->block = e->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
		e->data.scalar.style == YAML_FOLDED_SCALAR_STYLE;
	n->quoted = e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	return n;
}

static struct node *value(struct reader *, unsigned depth);

static struct node *
list(struct reader *r, unsigned depth)
{
	struct node *n = new_node(r, NODE_LIST);
	const struct node **tail = &n->child;

	for (;;) {
		struct node *item;

		if (!next(r))
			return NULL;
		if (r->event.type == YAML_SEQUENCE_END_EVENT)
			return n;
		item = value(r, depth);
		if (!item)
			return NULL;
		*tail = item;
		tail = &item->next;
		n->count++;
	}
}

/* Reading goes on, so that a file's other problems are told in the same run. */
static void
check_duplicate(struct reader *r, const struct node *map, const struct node *key)
{
	const struct node *before = yaml_get(map, key->text);
	char quoted[QUOTED_SIZE];

	if (before)
		message_add(r->messages, MESSAGE_ERROR, r->file, key->place, "duplicate key %s (first on line %u)",
			message_quote(key->text, key->length, quoted), before->key->place.line);
}

static struct node *
map(struct reader *r, unsigned depth)
{
	struct node *n = new_node(r, NODE_MAP);
	const struct node **tail = &n->child;

	for (;;) {
		struct node *key, *item;

		if (!next(r))
			return NULL;
		if (r->event.type == YAML_MAPPING_END_EVENT)
			return n;
		if (r->event.type != YAML_SCALAR_EVENT)
			return fail(r, &r->event.start_mark, "expected a name as key, found a list or map"), NULL;
		key = value(r, depth);
		if (!key || !next(r))
			return NULL;
		item = value(r, depth);
		if (!item)
			return NULL;
		check_duplicate(r, n, key);
		item->key = key;
		*tail = item;
		tail = &item->next;
		n->count++;
	}
}

static struct node *
value(struct reader *r, unsigned depth)
{
	if (!plain(r))
		return NULL;
	if (r->event.type == YAML_SCALAR_EVENT)
		return scalar(r);
	if (depth >= r->limits->depth)
		return fail(r, &r->event.start_mark, "expected a flatter file, found too many levels"), NULL;
	return r->event.type == YAML_SEQUENCE_START_EVENT ? list(r, depth + 1) : map(r, depth + 1);
}

static bool
document(struct reader *r)
{
	if (!next(r) || !next(r))	/* the stream's start, the document's */
		return false;
	if (r->event.type == YAML_STREAM_END_EVENT)
		return fail(r, &r->event.start_mark, "expected a document, found an empty file");
	if (!next(r))
		return false;
	r->yaml->root = value(r, 0);
	if (!r->yaml->root || !next(r) || !next(r))	/* the document's end, the stream's */
		return false;
	if (r->event.type != YAML_STREAM_END_EVENT)
		return fail(r, &r->event.start_mark, "expected one document, found a second");
	return true;
}

/* Flow brackets cost libyaml time quadratic in their depth before it hands over a single event, so they are
 * counted first. Brackets inside quotes or comments count as well: no honest file has that many unclosed. */
static bool
shallow(const char *bytes, size_t length, unsigned depth)
{
	unsigned open = 0;

	for (size_t i = 0; i < length; i++) {
		if (bytes[i] == '[' || bytes[i] == '{')
			open++;
		else if ((bytes[i] == ']' || bytes[i] == '}') && open)
			open--;
		if (open > 4 * depth)
			return false;
	}
	return true;
}

static bool
acceptable(const char *file, const char *bytes, size_t length, const struct yaml_limits *limits,
	struct messages *messages)
{
	if (length > limits->bytes)
		message_add(messages, MESSAGE_ERROR, file, (struct place){0}, "expected at most %zu kB, found %zu kB",
			limits->bytes / 1024, length / 1024);
	else if (memchr(bytes, 0, length))
		message_add(messages, MESSAGE_ERROR, file, (struct place){0}, "expected text, found a NUL byte");
	else if (!shallow(bytes, length, limits->depth))
		message_add(messages, MESSAGE_ERROR, file, (struct place){0},
			"expected a flatter file, found too many open brackets");
	else
		return true;
	return false;
}

struct yaml *
yaml_parse(const char *file, const char *bytes, size_t length, const struct yaml_limits *limits,
	struct messages *messages)
{
	struct reader r = {.limits = limits, .file = file, .messages = messages};
	bool whole;

	if (!acceptable(file, bytes, length, limits, messages))
		return NULL;
	r.yaml = calloc(1, sizeof *r.yaml);
	if (!r.yaml || !yaml_parser_initialize(&r.parser)) {
		fputs("lastcall: out of memory\n", stderr);
		abort();
	}
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)bytes, length);
	/* The encoding is given, not guessed: a UTF-16 mark is then an error with a place, not a different text. */
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	whole = document(&r);
	yaml_event_delete(&r.event);
	yaml_parser_delete(&r.parser);
	if (whole)
		return r.yaml;
	yaml_release(r.yaml);
	return NULL;
}

const struct node *
yaml_root(const struct yaml *y)
{
	return y->root;
}

void
yaml_release(struct yaml *y)
{
	while (y && y->chunks) {
		struct chunk *next_chunk = y->chunks->next;

		free(y->chunks);
		y->chunks = next_chunk;
	}
	free(y);
}

const struct node *
yaml_get(const struct node *map_node, const char *key)
{
	assert(map_node->kind == NODE_MAP);
	for (const struct node *n = map_node->child; n; n = n->next)
		if (!strcmp(n->key->text, key))
			return n;
	return NULL;
}
