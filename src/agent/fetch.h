/* fetch - one small document from a URL or file, kept fresh by conditional requests on the agent's own loop.
 *
 * Body and ETag are stored together, atomically. The last good body stays until a new one is adopted: the caller is
 * given each new body, and decides whether to adopt it. The caller also decides when to try. */
#ifndef FETCH_H
#define FETCH_H

#include <stdbool.h>
#include <stddef.h>

#include "platform/loop.h"

struct fetch;

/* A new body, NUL-terminated beyond length. Return true to adopt it, which stores it as the last good one; or write why
 * to reason and return false to refuse it. Must not free the fetch. */
typedef bool fetch_body(void *context, const char *body, size_t length, char reason[256]);
/* A try ended: adopted, unchanged (304, or the same bytes), refused by body(), or failed. detail is one line for the
 * log and shows no password or token of the URL. Called once for each try, from the loop, never inside fetch_start; may
 * start a new try or free the fetch. */
enum fetch_outcome { FETCH_ADOPTED, FETCH_UNCHANGED, FETCH_REFUSED, FETCH_FAILED };
typedef void fetch_done(void *context, enum fetch_outcome, const char *detail);

/* Strings are borrowed and must outlive the fetch. */
struct fetch_settings {
	const char *url;		/* https, http, file, or a plain path */
	const char *folder;		/* where the last good body is kept; NULL: nowhere */
	const char *name;		/* its file name there */
	const char *user_agent;		/* NULL: "lastcall" */
	size_t limit;			/* bytes of body, counted after decompression */
	double timeout;			/* seconds for the whole try */
	double stall;			/* seconds below 1 byte/s, or to connect */
	const char *ca_bundle, *proxy;	/* NULL: like the curl command (CURL_CA_BUNDLE, SSL_CERT_FILE, https_proxy...) */
	fetch_body *body;
	fetch_done *done;
	void *context;
};

/* A URL that cannot be used makes every try fail: check it with location_parse first. The process must ignore SIGPIPE
 * if it uses https URLs: libcurl cannot. */
struct fetch *fetch_new(struct ev_loop *, const struct fetch_settings *);
/* Passes the stored last good body of this URL to body(), if there is one. Returns true if it was adopted. */
bool fetch_stored(struct fetch *);
/* Starts a try, unless one is under way. */
void fetch_start(struct fetch *);
/* The URL, fit for logs: without user, password and query. */
const char *fetch_shown(const struct fetch *);
/* Drops a try under way; done() is not called. */
void fetch_free(struct fetch *);

/* Returns the seconds until the next try. After a success: interval, spread over a tenth of it either way so that the
 * devices of a fleet do not try all at once; after failures in a row: a minute, two, four, spread upwards, at most
 * interval. random is any 32 bits that differ between devices and between tries. */
double fetch_wait(double interval, unsigned failures, unsigned random);

#endif
