/* yaml - one YAML document as a tree of nodes that know their place, through libyaml's event interface.
 *
 * Hostile text is refused early (libyaml itself is quadratic on some): the limits are DESIGN's. Anchors,
 * aliases, tags, duplicate keys and a second document are errors. Every value is text: what it means
 * is for the reader of it to decide, so a bare `no` or `on` is never a boolean here. */
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
	const struct node *key;		/* of a map's member: its key, a scalar */
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

/* NULL, and at least one error in messages, when the text cannot be read as one document. Beside lesser errors
 * (a duplicate key, an anchor) there is a tree, so that all of a file's problems can be told in one run: whether
 * the text is good is what messages->errors says. file names it in messages only. The bytes are copied. */
struct yaml *yaml_parse(const char *file, const char *bytes, size_t length, const struct yaml_limits *,
	struct messages *);
const struct node *yaml_root(const struct yaml *);
void yaml_close(struct yaml *);	/* libyaml has a yaml_free of its own */

/* The member of a map, or NULL. */
const struct node *yaml_get(const struct node *map, const char *key);

#endif
