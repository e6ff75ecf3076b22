/* yaml - reads one YAML document into a tree of nodes with their places, through libyaml's event interface.
 *
 * Limits stop hostile text early, because libyaml takes quadratic time on some. Anchors, aliases, tags, duplicate keys
 * and a second document are errors. Every value is text, and its reader decides what it means: a bare `no` or `on` is
 * not a boolean here. */
#ifndef YAML_READ_H
#define YAML_READ_H

#include "message.h"

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

struct node {
	enum node_kind kind;
	struct place place;
	const char *text;		/* of a scalar: UTF-8 without NUL, NUL-terminated */
	size_t length;
	bool quoted;			/* a scalar in quotes or a block scalar */
	bool block;			/* a | or > scalar: its text starts on the line after place.line */
	const struct node *key;		/* the key (a scalar) of a map's member */
	const struct node *child;	/* first member of a list or map */
	const struct node *next;	/* next sibling */
	unsigned count;			/* members */
};

struct yaml_limits {
	size_t bytes, scalar;
	unsigned events, depth;
};

extern const struct yaml_limits yaml_policy_limits;	/* 64 kB, 4 kB, 10,000 events, depth 16 */
extern const struct yaml_limits yaml_machine_limits;	/* 8 MB, 64 kB, 1,000,000 events, depth 32 */

struct yaml;	/* owns every node and text of one document */

/* Returns NULL, and at least one error, if the text cannot be read as one document. After lesser errors (a duplicate
 * key, an anchor) it still returns a tree, so that one run reports all problems; messages->errors tells whether the
 * text is good. file is its name in messages. The bytes are copied. */
struct yaml *yaml_parse(const char *file, const char *bytes, size_t length, const struct yaml_limits *,
	struct messages *);
const struct node *yaml_root(const struct yaml *);
void yaml_close(struct yaml *);	/* libyaml has a yaml_free of its own */

/* Returns the value of a key of a map, or NULL. */
const struct node *yaml_get(const struct node *map, const char *key);

#endif
