/* releases - the feed as the agent knows it: fetched, weighed against the last good one, kept. */
#ifndef RELEASES_H
#define RELEASES_H

#include "core/plan.h"
#include "loop.h"

struct releases;

/* source is a file or URL, borrowed; changed(context) is called when another feed was adopted. The last good feed kept
 * in folder is there at once. NULL: why the source cannot be used. */
struct releases *releases_new(struct ev_loop *, const char *source, const char *folder, void (*changed)(void *context),
	void *context, char error[512]);
/* Tries now. */
void releases_refresh(struct releases *);
/* Seconds until the next try, spread so that a fleet does not come all at once. */
double releases_wait(const struct releases *, double interval);
const struct feed *releases_feed(const struct releases *);	/* NULL: none yet */
void releases_free(struct releases *);

#endif
