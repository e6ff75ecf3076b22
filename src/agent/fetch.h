/* fetch - one small document from a URL or file, kept fresh by conditional requests on the agent's own loop.
 *
 * Body and ETag are stored together, atomically. The last good one stays until a better one is adopted: what
 * "good" means is the caller's, who is shown each new body before it is kept. When to try is the caller's, too. */
#ifndef FETCH_H
#define FETCH_H

#include <stdbool.h>
#include <stddef.h>

#include "platform/loop.h"

struct fetch;

/* A new body, NUL-terminated beyond length. True: adopted, and stored as the last good one. False: refused (write
 * why into reason). The fetch may not be freed in here. */
typedef bool fetch_body(void *context, const char *body, size_t length, char reason[256]);
/* A try is over: fetched, unchanged (304, or the same bytes), refused by body(), or failed. detail is one line for
 * the log and holds no secret of the URL. Called once a try, from the loop, never inside fetch_start; a new try may
 * be started, or the fetch freed, in here. */
enum fetch_outcome { FETCH_ADOPTED, FETCH_UNCHANGED, FETCH_REFUSED, FETCH_FAILED };
typedef void fetch_done(void *context, enum fetch_outcome, const char *detail);

/* Every string is borrowed and outlives the fetch. */
struct fetch_settings {
	const char *url;		/* https, http, file, or a plain path */
	const char *folder;		/* where the last good body is kept; NULL: nowhere */
	const char *name;		/* its file name there */
	const char *user_agent;		/* NULL: "lastcall" */
	size_t limit;			/* bytes of body, counted after decompression */
	double timeout;			/* seconds, for the whole try */
	double stall;			/* seconds below 1 byte/s, or until connected */
	const char *ca_bundle, *proxy;	/* NULL: as the curl command does (CURL_CA_BUNDLE, SSL_CERT_FILE, https_proxy...) */
	fetch_body *body;
	fetch_done *done;
	void *context;
};

/* A URL that cannot be used fails at every try and says so: ask location_parse beforehand.
 * A host with https URLs ignores SIGPIPE: libcurl cannot do so for it. */
struct fetch *fetch_new(struct ev_loop *, const struct fetch_settings *);
/* Hands the stored last good body of this very URL to body(), if there is one. True when adopted. */
bool fetch_stored(struct fetch *);
/* Starts a try now; one already under way goes on. */
void fetch_start(struct fetch *);
/* The URL, fit for logs: without user, password and query. */
const char *fetch_shown(const struct fetch *);
/* A try under way ends without a word. */
void fetch_free(struct fetch *);

/* Seconds until the next try is due. After a success about interval, spread over a tenth of it either way so that
 * a fleet does not come all at once; after failures in a row a minute, two, four, spread upwards, never beyond
 * interval. random is any 32 bits that differ from device to device and from try to try. */
double fetch_wait(double interval, unsigned failures, unsigned random);

#endif
