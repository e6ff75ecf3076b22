/* radius - the blast radius of policies: what becomes of the devices of a list that check in now, under each policy taken
 * alone, or under all those that its blueprint gives a device. What hurts people is said as an error or warning at the
 * line that asks for it. */
#ifndef RADIUS_H
#define RADIUS_H

#include <jansson.h>

#include "words/policy.h"
#include "cohort.h"

struct radius;

/* All borrowed. */
struct radius *radius_new(const struct feed *, int64_t now);
void radius_add_policy(struct radius *, const struct policy_source *);
void radius_add_blueprints(struct radius *, const struct blueprints *, const char *path);
/* Reads the devices, once. list: each is written there, one line for each policy or file of blueprints; or NULL. False:
 * the file cannot be used at all. */
bool radius_read(struct radius *, const char *path, FILE *list, struct messages *);
void radius_print(const struct radius *, FILE *);
json_t *radius_json(const struct radius *);	/* a list with an object for each policy or file of blueprints */
void radius_free(struct radius *);

#endif
