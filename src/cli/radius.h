/* radius - the blast radius of policies: what becomes of the devices of a list that check in now, each policy taken
 * alone. What hurts people is said as an error or warning at the policy's line. */
#ifndef RADIUS_H
#define RADIUS_H

#include <jansson.h>

#include "../text/policysource.h"
#include "fleet.h"

struct radius;

/* All borrowed. */
struct radius *radius_new(const struct policy_source *, unsigned count, const struct feed *, int64_t now);
/* Reads the devices, once. list: each is written there, one line for each policy; or NULL. False: the file cannot be used
 * at all. */
bool radius_read(struct radius *, const char *path, FILE *list, struct messages *);
void radius_print(const struct radius *, FILE *);
json_t *radius_json(const struct radius *);	/* a list with an object for each policy */
void radius_free(struct radius *);

#endif
