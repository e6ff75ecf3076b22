/* read - reads a machine file's YAML into the model and resolves every name but those of target states.
 *
 * Reports what it cannot read and continues, so that one run reports all problems. */
#ifndef READ_H
#define READ_H

#include "model.h"

void read_machine(struct machine *, const struct node *root);

/* For the parts of the reader: */

/* What a key's value is, for the JSON Schema. */
enum shape {
	SHAPE_SCALAR, SHAPE_VERSION, SHAPE_FLAG, SHAPE_RESTART, SHAPE_NOTHING,
	SHAPE_NAMES,			/* a list of scalars */
	SHAPE_WORDS,			/* a scalar, or a list of them */
	SHAPE_SCALARS,			/* a map of scalars, by name; and so on */
	SHAPE_TYPES, SHAPE_EVENTS, SHAPE_GROUPS, SHAPE_EFFECTS, SHAPE_TIMERS, SHAPE_ANSWERS, SHAPE_REGIONS, SHAPE_ARROWS,
	SHAPE_PROMISES, SHAPE_STATES,
	SHAPE_DOING, SHAPE_CHOICE, SHAPE_HANDLERS, SHAPE_HAPPENING, SHAPES
};
/* The keys of a kind of map; the last has no name. The reader and the schema go by them. */
struct key {
	const char *name;
	enum shape shape;
	bool needed;
};
extern const struct key state_keys[], branch_keys[], timer_keys[], promise_keys[], happening_keys[];
const struct key *read_machine_keys(void);
const struct key *read_attribute_keys(bool event);	/* beside fields */

/* A kind of map: its keys, or NULL for any, and what it is called. */
bool read_map(struct machine *, const struct node *, const char *what, const struct key *keys);
bool read_list(struct machine *, const struct node *, const char *what);
bool read_text(struct machine *, const struct node *, const char *what);	/* a scalar that is not empty */
bool read_flag(struct machine *, const struct node *);
bool read_is_name(const char *);	/* what becomes a C identifier, in lower and in upper case */
/* The key of a member as a name: lower-case letters, digits, - and _; returns it even if it is wrong. */
const char *read_name(struct machine *, const struct node *member);
struct code *read_code(struct machine *, const struct node *);
/* 30s, 5m, 1h, 5d and 2w in milliseconds, or the name of a duration; any other text is C. */
struct code *read_duration(struct machine *, const struct node *);
/* Returns what has the name, or NULL after an error. what: "guard". */
void *read_find(struct machine *, struct names *, const char *what, const char *name, struct place);

const char *read_kind_name(const struct node *);	/* "a list" */

void read_types(struct machine *, const struct node *);
void read_settings(struct machine *, const struct node *);
void read_context(struct machine *, const struct node *);
void read_events(struct machine *, const struct node *);
void read_effects(struct machine *, const struct node *);
void read_doing(struct machine *, const struct node *, struct doing *);
struct when *read_when(struct machine *, const struct node *, struct handler *);
void read_lengths(struct machine *, const struct node *);
void read_timers(struct machine *, const struct node *);
void read_groups(struct machine *, const struct node *);

/* Learns the members of each group, even if the events cannot be read. Where there are groups, each event is in one. */
void check_members(struct machine *);

void read_answers(struct machine *, const struct node *);
void read_region(struct machine *, const struct node *);
void read_observed(struct machine *, const struct node *);
void read_observe(struct machine *, const struct node *);
void read_promises(struct machine *, const struct node *);
void read_picture(struct machine *, const struct node *);

#endif
