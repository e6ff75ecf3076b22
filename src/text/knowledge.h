/* knowledge - what a device has learned from the feeds it has seen, and that as lines of text:
 *
 *	seen 2026-08-18T18:11:43Z 15.7.9
 *	held lab 15.7.9
 *
 * When it first saw which release flagged as closing an exploited hole, and which release a policy last asked it for:
 * plan goes by both. The agent keeps it; the time machine of feeds makes its own. No clock. */
#ifndef KNOWLEDGE_H
#define KNOWLEDGE_H

#include <stddef.h>

#include "core/plan.h"

struct knowledge {			/* zero: nothing */
	struct sighting *seen;
	uint32_t seen_count;
	struct held held;		/* version 0: none */
};

/* Before the plan. Adds what the feed flags and this device has not seen: releases that are out and newer than what is
 * installed. Forgets what is installed by now, and puts right what a clock that stood ahead has noted. feed may be
 * NULL. False: nothing is new. */
bool knowledge_see(struct knowledge *, const struct feed *, int64_t installed, int64_t now);
/* For stories about a feed that stays as it is: what it flags was seen at `from`, or when it came out after that. */
void knowledge_assume(struct knowledge *, const struct feed *, int64_t from);
/* After the plan; NULL: nothing is required. False: nothing is new. */
bool knowledge_hold(struct knowledge *, const struct requirement *);
/* For the plan; the device borrows it until the next change. */
void knowledge_lend(const struct knowledge *, struct device *);

/* Lines that are none are passed over: what they said is seen anew. */
void knowledge_read(struct knowledge *, const char *text);
/* Caller frees. */
char *knowledge_text(const struct knowledge *, size_t *length);
void knowledge_free(struct knowledge *);

#endif
