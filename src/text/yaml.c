#include "yaml.h"

<<<<<<< HEAD
#include <assert.h>
#include <stdio.h>
=======
>>>>>>> agent
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

<<<<<<< HEAD
const struct yaml_limits yaml_policy_limits = {64 * 1024, 4 * 1024, 10000, 16};
const struct yaml_limits yaml_machine_limits = {8 * 1024 * 1024, 64 * 1024, 1000000, 32};

/* Nodes and texts live in chunks that never move, so pointers to them hold until yaml_release. */
=======
#include "memory.h"

const struct yaml_limits yaml_policy_limits = {64 * 1024, 4 * 1024, 10000, 16};
const struct yaml_limits yaml_machine_limits = {8 * 1024 * 1024, 64 * 1024, 1000000, 32};

>>>>>>> agent
struct chunk {
	struct chunk *next;
	size_t used, size;
	max_align_t bytes[];
};

struct yaml {
	struct chunk *chunks;
<<<<<<< HEAD
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
=======
	struct node *root;
};

/* A list or map that is being read. */
struct open {
	struct open *outer;
	struct node *node, *last;
	const struct node *key;		/* of a map: the one whose value comes next */
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
	bool failed;			/* beyond reading on; other problems leave a tree to look at */
};

enum { CHUNK = 16 * 1024 };

static void *
take(struct yaml *y, size_t size)
{
	struct chunk *c = y->chunks;
	char *at;

	size = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
	if (!c || c->size - c->used < size) {
		size_t room = size > CHUNK ? size : CHUNK;

		c = memory_resize(NULL, sizeof(*c) + room);
		*c = (struct chunk){y->chunks, 0, room};
>>>>>>> agent
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

<<<<<<< HEAD
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
=======
static void
complain(struct reader *r, struct place place, const char *text)
{
	message_add(r->messages, MESSAGE_ERROR, r->file, place, "%s", text);
}

static void
give_up(struct reader *r, struct place place, const char *text)
{
	complain(r, place, text);
	r->failed = true;
}

/* libyaml gives no line for bytes that are not text, only their offset. */
static struct place
place_at(const struct reader *r, size_t offset)
{
	struct place place = {1, 1};

	for (size_t i = 0; i < offset && i < r->length; i++) {
		if (r->bytes[i] == '\n')
			place = (struct place){place.line + 1, 1};
		else if (((unsigned char)r->bytes[i] & 0xc0) != 0x80)
			place.column++;
	}
	return place;
}

static void
complain_of_syntax(struct reader *r, const yaml_parser_t *p)
{
	const char *problem = p->problem ? p->problem : "cannot be read";

	r->failed = true;
	if (p->error == YAML_READER_ERROR)
		message_add(r->messages, MESSAGE_ERROR, r->file, place_at(r, p->problem_offset),
			"expected UTF-8 text: %s", problem);
	else if (p->context && p->context_mark.line)
		message_add(r->messages, MESSAGE_ERROR, r->file, place_of(&p->problem_mark),
			"expected YAML: %s (%s that began on line %zu)", problem, p->context, p->context_mark.line + 1);
	else
		message_add(r->messages, MESSAGE_ERROR, r->file, place_of(&p->problem_mark), "expected YAML: %s%s",
			problem, strstr(problem, "cannot start any token") ? " (is it a tab, or in want of quotes?)" : "");
}

/* Puts the node into what is open; a scalar in a map that waits for a key becomes that key. */
static void
attach(struct reader *r, struct node *node)
{
	struct open *o = r->open;

	if (!o) {
		r->yaml->root = node;
		return;
	}
	if (o->node->kind == NODE_MAP && !o->key) {
		if (node->kind != NODE_SCALAR)
			complain(r, node->place, "expected a key, found a list or a map");
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
add(struct reader *r, enum node_kind kind, const yaml_event_t *event)
{
	struct node *node = take(r->yaml, sizeof(*node));

	node->kind = kind;
	node->place = place_of(&event->start_mark);
	node->text = "";
	attach(r, node);
	return node;
}

static void
scalar(struct reader *r, const yaml_event_t *event)
{
	size_t length = event->data.scalar.length;
	const char *value = (const char *)event->data.scalar.value;
	struct node *node = add(r, NODE_SCALAR, event);
	char *text;

	if (length > r->limits->scalar) {
		complain(r, node->place, "this text is too long");
		return;
	}
	if (memchr(value, '\0', length)) {
		complain(r, node->place, "a NUL character has no place here");
		return;
	}
	text = take(r->yaml, length + 1);
	memcpy(text, value, length);
	node->text = text;
	node->length = length;
	node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	node->block = event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
		event->data.scalar.style == YAML_FOLDED_SCALAR_STYLE;
}

static void
begin(struct reader *r, enum node_kind kind, const yaml_event_t *event)
{
	struct node *node = add(r, kind, event);
	struct open *o = take(r->yaml, sizeof(*o));

	*o = (struct open){.outer = r->open, .node = node};
	r->open = o;
	if (++r->depth > r->limits->depth)
		give_up(r, node->place, "nested too deeply");
}

static int
by_key(const void *a, const void *b)
{
	const struct node *x = *(const struct node *const *)a, *y = *(const struct node *const *)b;
	int order = strcmp(x->key->text, y->key->text);

	if (order)
		return order;
	return (x->key->place.line > y->key->place.line) - (x->key->place.line < y->key->place.line);
}

/* Sorting keeps this cheap for maps of any size. */
static void
find_doubles(struct reader *r, const struct node *map)
{
	const struct node **member = memory_resize(NULL, map->count * sizeof(*member));
	size_t n = 0;

	for (const struct node *m = map->child; m; m = m->next)
		member[n++] = m;
	qsort(member, n, sizeof(*member), by_key);
	for (size_t i = 1; i < n; i++) {
		const struct node *first = member[i - 1]->key, *second = member[i]->key;
		char quoted[QUOTED_SIZE];

		if (strcmp(first->text, second->text) != 0)
			continue;
		message_add(r->messages, MESSAGE_ERROR, r->file, second->place,
			"duplicate key %s (it stands on line %u already)",
			message_quote(second->text, second->length, quoted), first->place.line);
	}
	free(member);
}

static void
end(struct reader *r)
{
	struct open *o = r->open;

	r->open = o->outer;
	r->depth--;
	if (o->node->kind == NODE_MAP && o->node->count > 1)
		find_doubles(r, o->node);
}

static void
refuse_marks(struct reader *r, const yaml_event_t *event, const yaml_char_t *anchor, const yaml_char_t *tag)
{
	if (anchor)
		complain(r, place_of(&event->start_mark), "anchors (&) are not used here");
	if (tag)
		complain(r, place_of(&event->start_mark), "tags (!) are not used here");
}

/* False: nothing more is worth reading. */
static bool
receive(struct reader *r, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		refuse_marks(r, event, event->data.scalar.anchor, event->data.scalar.tag);
		scalar(r, event);
		break;
	case YAML_SEQUENCE_START_EVENT:
		refuse_marks(r, event, event->data.sequence_start.anchor, event->data.sequence_start.tag);
		begin(r, NODE_LIST, event);
		break;
	case YAML_MAPPING_START_EVENT:
		refuse_marks(r, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
		begin(r, NODE_MAP, event);
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		end(r);
		break;
	case YAML_ALIAS_EVENT:
		complain(r, place_of(&event->start_mark), "aliases (*) are not used here");
		add(r, NODE_SCALAR, event);
		break;
	case YAML_DOCUMENT_START_EVENT:
		if (event->data.document_start.version_directive ||
			event->data.document_start.tag_directives.start != event->data.document_start.tag_directives.end)
			complain(r, place_of(&event->start_mark), "directives (%) are not used here");
		if (r->yaml->root)
			give_up(r, place_of(&event->start_mark), "expected one document, found a second");
>>>>>>> agent
		break;
	default:
		break;
	}
<<<<<<< HEAD
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
=======
	if (++r->events > r->limits->events)
		give_up(r, place_of(&event->start_mark), "too many keys and values");
	return !r->failed;
}

static void
read_events(struct reader *r)
{
	yaml_parser_t parser;
	bool more = true;

	if (!yaml_parser_initialize(&parser))
		memory_out();
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)r->bytes, r->length);
	while (more) {
		yaml_event_t event;

		if (!yaml_parser_parse(&parser, &event)) {
			complain_of_syntax(r, &parser);
			break;
		}
		more = event.type != YAML_STREAM_END_EVENT && receive(r, &event);
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
}

struct yaml *
yaml_parse(const char *file, const char *bytes, size_t length, const struct yaml_limits *limits, struct messages *ms)
{
	struct reader r = {.file = file, .bytes = bytes, .length = length, .limits = limits, .messages = ms};

	if (length > limits->bytes) {
		message_add(ms, MESSAGE_ERROR, file, (struct place){0}, "larger than the %zu bytes that such a file may have",
			limits->bytes);
		return NULL;
	}
	r.yaml = memory_resize(NULL, sizeof(*r.yaml));
	*r.yaml = (struct yaml){0};
	read_events(&r);
	if (!r.failed && !r.yaml->root)
		give_up(&r, (struct place){0}, "empty");
	if (r.failed) {
		yaml_free(r.yaml);
		return NULL;
	}
	return r.yaml;
>>>>>>> agent
}

const struct node *
yaml_root(const struct yaml *y)
{
	return y->root;
}

void
<<<<<<< HEAD
yaml_release(struct yaml *y)
{
	while (y && y->chunks) {
		struct chunk *next_chunk = y->chunks->next;

		free(y->chunks);
		y->chunks = next_chunk;
=======
yaml_free(struct yaml *y)
{
	if (!y)
		return;
	for (struct chunk *c = y->chunks, *next; c; c = next) {
		next = c->next;
		free(c);
>>>>>>> agent
	}
	free(y);
}

const struct node *
<<<<<<< HEAD
yaml_get(const struct node *map_node, const char *key)
{
	assert(map_node->kind == NODE_MAP);
	for (const struct node *n = map_node->child; n; n = n->next)
		if (!strcmp(n->key->text, key))
			return n;
=======
yaml_get(const struct node *map, const char *key)
{
	for (const struct node *m = map->child; m; m = m->next)
		if (m->key && strcmp(m->key->text, key) == 0)
			return m;
>>>>>>> agent
	return NULL;
}
