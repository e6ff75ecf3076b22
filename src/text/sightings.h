/* sightings - when a device first saw which release flagged as closing an exploited hole, and these as lines of text:
 *
 *	2026-08-18T18:11:43Z 15.7.9
 *
 * What plan goes by (struct sighting); the agent keeps it, and the time machine of feeds makes its own. No clock. */
#ifndef SIGHTINGS_H
#define SIGHTINGS_H

#include <stddef.h>

#include "../core/plan.h"

struct sightings {			/* zero: none */
	struct sighting *list;
	uint32_t count;
};

/* Adds what the feed flags and this device has not seen: releases that are out and newer than what is installed.
 * Forgets what is installed by now, and puts right what a clock that stood ahead has noted. feed may be NULL.
 * False: nothing is new. */
bool sightings_note(struct sightings *, const struct feed *, int64_t installed, int64_t now);

/* Lines that are none are passed over: what they said is seen anew. */
void sightings_read(struct sightings *, const char *text);
/* Caller frees. */
char *sightings_text(const struct sightings *, size_t *length);
void sightings_free(struct sightings *);

#endif
