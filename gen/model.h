/* model - a machine file as the generator's passes see it: read, check, emit.
 *
 * Everything lives until the program ends. An index is the value of the generated enumeration. */
#ifndef MODEL_H
#define MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "message.h"
#include "names.h"
#include "yaml.h"

struct state;
struct region;

/* C text from the machine file, for #line. */
struct code {
	const char *text;
	struct place place;		/* of its first character */
	unsigned indent;		/* of the lines that follow */
	bool *run_by;			/* by trigger: which can lead to this text being run; NULL: none */
	bool outside;			/* of a promise: what the machine remembers is not for it */
	bool effect;			/* of a promise: f is one */
	bool general;			/* any event may lead here */
	struct names calls;		/* the values that it calls */
	struct code *next;		/* of the model's list of all code */
};

struct type {
	const char *name, *c_name;
	struct place place;
	const char *c_type;		/* in the context */
	const char **words;		/* of an enumeration, NULL-terminated; else NULL */
	unsigned size;			/* in the context */
	bool built_in, used;
};

struct field {
	const char *name, *c_name;
	struct place place;
	struct type *type;
	bool optional, used;
};

/* An event, an effect, the settings or the context: something with fields. */
struct kind {
	const char *name, *c_name, *about;
	struct place place;
	struct names fields;		/* struct field */
	unsigned index;
	bool once, boots, used;
	const struct field *sets_clock;
	struct group *group;		/* of an event, or NULL */
	const char *says;		/* what a rehearsal prints, or NULL */
	/* of an effect: */
	const char *owner;		/* whose it is: of a driver the job; NULL: not given */
	const char *verb;		/* of a driver; else NULL */
	struct kind *then[2], *meanwhile;	/* events by which the driver answers: done, failed; progress */
	const struct node *ends_node, *waits_node;	/* effects by name */
	uint32_t ends, waits;		/* bit: index of an effect */
	bool silent, safe;
};

/* Events that states can ignore by one name. An event is in one group at most. */
struct group {
	const char *name, *c_name;
	struct place place;
	bool *has;			/* by event */
	unsigned index;
};

/* A duration with a name, which is a constant in C. */
struct length {
	const char *name, *c_name;
	struct place place;
	const char *text;		/* in C */
	bool used;
};

/* Transitions that a state, and all states inside it, take before their own. */
struct answers {
	const char *name;
	struct place place;
	struct handler **handlers;	/* to copy from */
	unsigned count;
	bool used;
};

enum clock { CLOCK_AT, CLOCK_AFTER, CLOCK_AFTER_AWAKE, CLOCK_EVERY_AWAKE };

struct timer {
	const char *name, *c_name;
	struct place place;
	enum clock clock;
	bool again;			/* the whole duration anew after a restart; else what was left */
	struct code *value;
	unsigned index, slot;
	struct region *region;		/* whose states arm it; NULL: none */
	bool handled;
};

struct guard {
	const char *name, *c_name;
	struct place place;
	struct code *code;
	unsigned index;
	bool used;
};

/* An expression with a name, which other C calls like a function without parameters. */
struct value {
	const char *name, *c_name;
	struct place place;
	struct code *code;
	bool used, visited;		/* visited: a walk along the calls has been here */
};

struct action {
	const char *name, *c_name;
	struct place place;
	struct code *code;
	unsigned index;
	bool used;
};

enum item_kind { ITEM_ACTION, ITEM_EFFECT, ITEM_REARM, ITEM_STOP };

/* One thing to do. */
struct item {
	enum item_kind kind;
	struct place place;
	struct action *action;
	struct kind *effect;
	struct timer *timer;
	struct code **args;		/* of an effect: one for each of its fields */
	const char *function;		/* in C, of the first of the effects that say the same */
};

/* What is done at one occasion, in this order. */
struct doing {
	struct item *items;
	unsigned count, effects;
	const char *sequence;		/* in C, timers of the state included; NULL: nothing to do */
	bool *run_by;
};

/* When a branch is taken. */
enum when_kind { WHEN_GUARD, WHEN_NOT, WHEN_AND, WHEN_OR };
struct when {
	enum when_kind kind;
	struct guard *guard;
	struct when *left, *right;
};

struct branch {
	struct place place;		/* of the when, or of the whole branch */
	const char *text;		/* of the when, for messages; NULL: always */
	struct when *when;
	bool is_else;			/* taken when no other is */
	struct state *answers_for;	/* from its answers, so asked before the handler's own; NULL: the handler's own */
	struct doing doing;
	const char *target_text;
	struct place target_place;
	struct state *target;		/* NULL: an internal transition */
	struct state *leaf;		/* where it ends: the target's initial leaf, or a choice */
	struct state *top;		/* the innermost state that is not left; NULL: even the region is */
	const char *symbols;		/* that take it, as Ragel writes them */
};

enum { GUARDS_MAX = 16 };		/* of one event in one region: 65536 symbols would be all there are */

/* What a state does on an event or a timer, or a choice state at once. */
struct handler {
	struct place place;		/* of the event's name */
	struct state *state;		/* that declares it */
	unsigned trigger;
	struct branch *branches;
	unsigned count;
	struct guard *guards[GUARDS_MAX];	/* that its branches ask, in order of first mention */
	unsigned guard_count;
	uint16_t *taken;		/* branch by truth: bit i is guards[i] */
	const char *asks;		/* in C, the names of its symbols' guards */
	unsigned *by_symbol;		/* branch by symbol, less the base of its alphabet */
	bool broken;			/* an error was reported already */
	bool live;			/* some leaf does this */
};

/* A region is a state too: the root of its states. */
struct state {
	const char *name, *path, *c_name, *about;
	struct place place;
	struct region *region;
	struct state *parent;		/* NULL: a region's root */
	struct state **children;
	unsigned child_count, depth;
	const char *initial_text;
	struct place initial_place;
	struct state *initial;		/* child */
	struct doing enter, leave;
	struct timer **arms;
	struct place *arm_places;
	unsigned arm_count;
	struct handler **handlers;
	unsigned handler_count;
	struct place *ignores;		/* by event; line 0: not ignored */
	bool *ignored_with_group;	/* by event: gives way to a handler of the state */
	struct group **ignored_groups;
	struct place *ignored_group_places;
	unsigned ignored_group_count;
	uint32_t shows;			/* bit: index in the machine's names of what is shown */
	const char *phrase;		/* name of the words for people, or NULL */
	struct group *awaits;
	struct answers **answers;
	struct place *answer_places;
	unsigned answer_count;
	struct handler *choice;		/* of a choice state */
	unsigned index;			/* of enum state; not of a root */
	bool broken;			/* could not be read: what it lacks is not reported */
	bool reached;
	unsigned row;			/* in the picture for people, from 1; 0: not in it */
	unsigned chosen;		/* marks of the search for immediate cycles */
	bool *chosen_by;		/* of a choice: by trigger */
	bool effects_known;
	unsigned effects_max;		/* of a choice: the most that follow from it */

	/* of a leaf: */
	struct cell *cells;		/* by trigger */
	unsigned ragel;			/* its number in Ragel's machine */
};

/* What a leaf does on a trigger. */
struct cell {
	struct handler *handler;	/* NULL: ignored, or cannot happen */
	struct place ignored;		/* line 0: not */
	unsigned edge;			/* number of the first branch's transition, from 1 */
};

/* The symbols of a trigger in a region: base + truth of its guards. */
struct alphabet {
	unsigned base;
	unsigned size;			/* 0: nothing in this region handles it */
	struct guard *guards[GUARDS_MAX];
	unsigned guard_count;
};

struct region {
	const char *name, *c_name;
	struct place place;
	struct state *root;
	struct state **states;		/* all below the root, in the order of the file */
	unsigned state_count, index;
	struct names paths, last_names;	/* struct state */
	struct alphabet *alphabets;	/* by trigger; then one for each choice state, by its index */
	unsigned symbols, edges;
};

/* Promises. */
struct mention {		/* of one of these; question: about the effect, or how long the state lasts */
	const struct state *state;
	const struct kind *event, *effect;
	const struct timer *timer;
	struct code *question;
	struct mention *next;
};

struct happening {
	struct mention *mentions;
	struct code *when;
	bool names;			/* something, be it known or not */
};

enum { WATCHED_MAX = 16 };		/* promises, and states under lasting: what a watch of them keeps */
enum promise_form { FORM_BEFORE, FORM_AFTER, FORM_WHILE, FORM_AT };
enum promise_claim { CLAIM_COMES, CLAIM_NEVER, CLAIM_HOLDS };
struct promise {
	const char *name, *c_name, *says;
	struct place place;
	enum promise_form form;
	enum promise_claim claim;
	unsigned occasions, claims;	/* how many the author gave: one each */
	struct happening *occasion, *claimed, *since, *until;
	struct code *holds, *within;
	struct mention *lasting;
	struct promise *next;
};

/* An arrow of the picture for people: from a state to a state, by whatever leads there. */
struct arrow {
	const char *from_text, *to_text, *label;
	struct place from_place, place;
	struct state *from, *to;
	struct arrow *next;
};

struct machine {
	const char *file, *name, *about;
	struct yaml *yaml;		/* owns the texts */
	const char **lines;		/* where each begins in the file */
	unsigned line_count;
	char hash[17];
	struct messages *messages;
	const char **include;
	unsigned include_count;
	struct code *code;		/* of `code:`, or NULL */
	struct code *all_code;
	struct names types, lengths, events, groups, effects, timers, values, guards, actions, answers, regions;
	struct names phrases;		/* that states may name; empty: any */
	struct names owners, shown;	/* of effects, but drivers; of states */
	struct kind settings, context, observed;
	struct code **observe;		/* by event; NULL: the promises know nothing of events, or not of this one */
	struct promise *promises;
	struct arrow *picture, **last_arrow;	/* in the order of the file; NULL: no picture for people */
	struct place picture_place;
	struct state **states;		/* of all regions */
	unsigned state_count;
	unsigned trigger_count;		/* events, then timers */
	unsigned slots, effects_max;
	struct names effect_steps;	/* struct item, by what it says */
	struct names guard_lists;	/* names in C, by the guards in them */
	struct names sequences;		/* names in C, by the functions in them */
};

/* The nth of each, with its type. */
struct kind *model_event(const struct machine *, size_t index);
struct kind *model_effect(const struct machine *, size_t index);
struct timer *model_timer(const struct machine *, size_t index);
struct guard *model_guard(const struct machine *, size_t index);
struct region *model_region(const struct machine *, size_t index);
struct field *model_field(const struct kind *, size_t index);

bool model_is_leaf(const struct state *);	/* no states inside; choice states count */
bool model_inside(const struct state *, const struct state *outer);	/* or the same */
const char *model_trigger_name(const struct machine *, unsigned trigger);
struct timer *model_trigger_timer(const struct machine *, unsigned trigger);	/* NULL: an event */

/* Reports an error at a place of the machine file. */
void model_error(const struct machine *, struct place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
