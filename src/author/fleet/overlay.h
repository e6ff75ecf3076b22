/* overlay - a YAML tree with another laid over it, as one tree: a blueprint's settings over a policy. Maps are joined
 * key by key; anything else is replaced, and so is a section that takes exactly one of its keys, when that changes. */
#ifndef OVERLAY_H
#define OVERLAY_H

#include "text/key.h"

/* The joined tree; *pool owns it, and free() ends it. What comes from base is placed where over stands, since messages
 * about the two together are about over's file. table says what the maps may hold. */
const struct node *overlay(const struct node *base, const struct node *over, const struct key *table,
	struct node **pool);

#endif
