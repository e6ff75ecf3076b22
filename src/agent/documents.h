/* documents - the policies and the feed that this agent follows. The last good text of each is kept in the state
 * folder, and stays in force if its file or URL becomes unusable. Problems are logged, one line each. */
#ifndef DOCUMENTS_H
#define DOCUMENTS_H

#include "core/plan.h"
#include "words/policy.h"
#include "platform/loop.h"

struct documents;

struct documents_settings {		/* borrowed */
	const char *const *policies;	/* files */
	unsigned policy_count;
	const char *feed;		/* file or URL; NULL: none */
	const char *folder;		/* where the last good texts are kept */
	void (*feed_changed)(void *context);	/* called when a new feed was adopted */
	void *context;
};

/* Reads the policies and the last good feed. Returns NULL and writes why if the location of the feed is invalid, or
 * memory is exhausted. */
struct documents *documents_new(struct ev_loop *, const struct documents_settings *, char error[512]);

/* Reads the policies again; a policy with errors keeps its last good text. Returns false if no file has changed. */
bool documents_load_policies(struct documents *);
/* Returns the good policies, and after them one that enforces nothing and has the defaults. Borrowed until the next
 * load. */
const struct policy *const *documents_policies(const struct documents *, unsigned *count);
/* Returns the good policies with their texts. */
const struct policy_source *documents_policy_sources(const struct documents *, unsigned *count);

/* Fetches the feed now. */
void documents_refresh_feed(struct documents *);
/* Returns the seconds until the feed should be fetched again: interval, or less if it could not be fetched, spread so
 * that the devices of a fleet do not all fetch it at once. Without a feed: interval. */
double documents_wait(const struct documents *, double interval);
const struct feed *documents_feed(const struct documents *);	/* NULL: none yet */

void documents_free(struct documents *);

#endif
