/* fetch - one small document from a URL or file, kept fresh by conditional requests on the agent's own loop.
 *
 * Body and ETag are stored together, atomically. The last good one stays until a better one is adopted: what
 * "good" means is the caller's, who is shown each new body before it is kept. */
#ifndef FETCH_H
#define FETCH_H

#include <stdbool.h>
#include <stddef.h>

#include "loop.h"

struct fetch;

/* A new body. True: adopted, and stored as the last good one. False: refused (write why into reason). */
typedef bool fetch_body(void *context, const char *body, size_t length, char reason[256]);
/* A try is over: fetched, unchanged (304), or failed. detail is one line for the log. */
enum fetch_outcome { FETCH_ADOPTED, FETCH_UNCHANGED, FETCH_REFUSED, FETCH_FAILED };
typedef void fetch_done(void *context, enum fetch_outcome, const char *detail);

struct fetch_settings {
	const char *url;		/* https, http, file, or a plain path */
	const char *folder;		/* where the last good body is kept; NULL: nowhere */
	const char *name;		/* its file name there */
	size_t limit;			/* bytes of body, counted after decompression */
	double timeout;			/* seconds, for the whole try */
	double stall;			/* seconds below 1 byte/s */
	const char *ca_bundle, *proxy;	/* NULL: as curl does by itself (environment included) */
	fetch_body *body;
	fetch_done *done;
	void *context;
};

struct fetch *fetch_new(struct ev_loop *, const struct fetch_settings *);
/* Hands the stored last good body to body(), if there is one. True when adopted. */
bool fetch_stored(struct fetch *);
/* Starts a try now; one already under way goes on. */
void fetch_start(struct fetch *);
void fetch_free(struct fetch *);

#endif
