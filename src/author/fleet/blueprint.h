/* blueprint - groups of devices by name, the policies of each group, and its rings: shares of its devices that get them
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
	char file[POLICY_LABEL];	/* as written: relative to the blueprints' folder */
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

/* Whether a text is a file of blueprints rather than a policy: it has the key "blueprints". */
bool blueprints_like(const char *text);
/* The same for a file; false if it cannot be read. */
bool blueprints_are_in(const char *path);

/* Returns NULL, and adds at least one error, if anything is wrong, including policies that contradict each other. Problems
 * within a policy's file are only counted, since `check` of that file reports them. */
struct blueprints *blueprints_load(const char *path, struct messages *);
void blueprints_free(struct blueprints *);

/* Returns NULL if no group has a device of that name. */
const struct blueprint *blueprint_of(const struct blueprints *, const char *device);

/* A name always gets the same ring, on every machine: its 64-bit FNV-1a hash in lower case, mixed once more
 * (h ^= h >> 32, h *= 0x9e3779b97f4a7c15), gives a place from 0 to 99 by its upper 32 bits (as a fraction of 2^32, times
 * 100). The first ring has the first places. */
const struct blueprint_ring *blueprint_ring(const struct blueprint *, const char *device);

/* The policy as the ring's devices have it: every deadline is later by the ring's delay. */
struct policy blueprint_delayed(const struct policy *, const struct blueprint_ring *);

/* --- shared by the module's own files --- */

/* Reads a group's list of policies into b, files and settings included. Returns false, and adds errors, if one is bad. */
bool blueprint_policies_read(const struct node *list, struct blueprint *, const struct source *);
/* What is wrong with a blueprint although every key is right: shares, names, deadlines of rings, and policies that
 * contradict each other; and what is wrong between blueprints. */
void blueprint_check(const struct blueprint *, const char *file, struct messages *);
void blueprints_check(const struct blueprints *, const char *file, struct messages *);

#endif
