/* documents - the policies and the feed that this agent goes by. The last good text of each is kept in the state folder
 * and stays in force, whatever becomes of its file or URL. Problems are logged, one line each. */
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
	const char *folder;		/* of the last good texts */
	void (*feed_changed)(void *context);	/* another feed was adopted */
	void *context;
};

/* Reads the policies, and the last good feed. NULL: the feed cannot be used, or out of memory. */
struct documents *documents_new(struct ev_loop *, const struct documents_settings *, char error[512]);

/* Reads the policies again; one that does not check stays as it was. False: no file has changed. */
bool documents_load_policies(struct documents *);
/* The good ones, and last one that enforces nothing: the defaults. Borrowed until the next load. */
const struct policy *const *documents_policies(const struct documents *, unsigned *count);
/* The good ones with the texts that they came from. */
const struct policy_source *documents_policy_sources(const struct documents *, unsigned *count);

/* Fetches the feed now. */
void documents_refresh_feed(struct documents *);
/* Seconds until the next look at the feed: interval, or less if it could not be fetched; spread, so that the devices of a
 * fleet do not all fetch it at once. Without a feed: interval. */
double documents_wait(const struct documents *, double interval);
const struct feed *documents_feed(const struct documents *);	/* NULL: none yet */

void documents_free(struct documents *);

#endif
