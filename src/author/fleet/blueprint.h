/* blueprint - groups of devices by name: each has its policies, and rings, which are shares of its devices that get them
 * earlier or later. All blueprints are in one file, such as policies/blueprints.yaml:
 *
 *	blueprints: 1
 *	groups:
 *	  - name: front-desk
 *	    devices: [desk-*, kiosk-??]
 *	    policies:
 *	      - policy: strict.yaml
 *	      - policy: macos-upgrades.yaml
 *	        label: Upgrades, twice as slowly
 *	        settings: {enforce: {automatic: {after_release: 26w}}}
 *	    rings:
 *	      - {name: first, share: 10%}
 *	      - {name: rest, share: 90%, delay: 7d}
 *
 * A device belongs to the first group that matches its name. Reads files; knows no clock. */
#ifndef BLUEPRINT_H
#define BLUEPRINT_H

#include "core/policy.h"
#include "text/key.h"
#include "text/message.h"

struct blueprint_policy {
	char file[POLICY_LABEL];	/* its path as written, relative to the blueprints' folder */
	char label[POLICY_LABEL];	/* tells two uses of one policy apart; "": the policy's own label */
	struct policy policy;		/* with its settings and label, for a ring without delay */
	struct place place;
};

struct blueprint_ring {
	char name[POLICY_NAME];
	int64_t share;			/* per cent of the devices */
	int64_t delay;			/* ms, whole days */
	struct place place;
};

struct blueprint {
	char name[POLICY_NAME], label[POLICY_LABEL];
	const struct node *devices;	/* a list of shell patterns, in any letter case */
	struct blueprint_policy *policies;
	struct blueprint_ring *rings;	/* at least one; the shares add up to 100 */
	unsigned policy_count, ring_count;
	struct place place;
};

struct blueprints {
	struct blueprint *list;
	unsigned count;
	struct yaml *yaml;
};

extern const struct key blueprint_keys[], blueprint_group_keys[], blueprint_policy_keys[], blueprint_ring_keys[];

/* Returns true if a text is a file of blueprints, not a policy: it has the key "blueprints". */
bool blueprints_like(const char *text);
/* The same for a file; false if it cannot be read. */
bool blueprints_are_in(const char *path);

/* Returns NULL, and adds at least one error, if anything is wrong, including policies that contradict each other. If a
 * policy's own file has problems, adds one error with their number; `check` of that file reports them. */
struct blueprints *blueprints_load(const char *path, struct messages *);
void blueprints_free(struct blueprints *);

/* Returns NULL if no group has a device of that name. */
const struct blueprint *blueprint_of(const struct blueprints *, const char *device);

/* Returns the ring of a device; a name gets the same one on every machine. The name in lower case is hashed (64-bit FNV-1a),
 * the hash h mixed (h ^= h >> 32, h *= 0x9e3779b97f4a7c15), and its upper 32 bits scaled to a place from 0 to 99. The first
 * ring has the first places. */
const struct blueprint_ring *blueprint_ring(const struct blueprint *, const char *device);

/* Returns the policy for the ring's devices: every deadline is later by the ring's delay. */
struct policy blueprint_delayed(const struct policy *, const struct blueprint_ring *);

/* --- shared by the module's own files --- */

/* Reads a group's list of policies, with their files and settings, into the blueprint. Returns false, and adds errors, if
 * one is bad. */
bool blueprint_policies_read(const struct node *list, struct blueprint *, const struct source *);
/* Add errors and warnings for what is wrong although every key is valid. The first checks one blueprint: names, shares,
 * the rings' deadlines, policies that contradict each other. The second compares blueprints: names, patterns without
 * effect. */
void blueprint_check(const struct blueprint *, const char *file, struct messages *);
void blueprints_check(const struct blueprints *, const char *file, struct messages *);

#endif
