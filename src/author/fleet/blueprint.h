/* blueprint - groups of devices by name, the policies that each has, and its rings: shares of its devices that have
 * them earlier or later. All of them stand in one file, policies/blueprints.yaml:
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
 * A device belongs to the first group that its name fits. Reads files; knows no clock. */
#ifndef BLUEPRINT_H
#define BLUEPRINT_H

#include "core/policy.h"
#include "text/key.h"
#include "text/message.h"

struct blueprint_policy {
	char file[POLICY_LABEL];	/* as it stands there: seen from the blueprints' folder */
	char label[POLICY_LABEL];	/* tells two uses of one policy apart; "" for the policy's own */
	struct policy policy;		/* with its settings and its label, for the ring without delay */
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
	const struct node *devices;	/* a list of patterns as the shell's, any letter case */
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

/* Whether the file is meant to hold blueprints, not a policy. */
bool blueprints_are_in(const char *path);

/* NULL, and at least one error, when anything is wrong, policies that contradict each other too. Problems that a
 * policy has by itself are only counted: they are the policy's. */
struct blueprints *blueprints_load(const char *path, struct messages *);
void blueprints_free(struct blueprints *);

/* NULL: no group has a device of that name. */
const struct blueprint *blueprint_of(const struct blueprints *, const char *device);

/* The same ring for the same name, for ever, on every machine: the name in lower case by 64-bit FNV-1a, mixed once
 * more (h ^= h >> 32, h *= 0x9e3779b97f4a7c15), its upper 32 bits as a fraction of 2^32, times 100. That is a
 * place from 0 to 99; the first ring has the first places. */
const struct blueprint_ring *blueprint_ring(const struct blueprint *, const char *device);

/* A policy as the ring's devices have it: every deadline later by whole days. */
struct policy blueprint_delayed(const struct policy *, const struct blueprint_ring *);

#endif
