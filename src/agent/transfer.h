/* transfer - the only user of libcurl: parses URLs, and makes one conditional GET on the agent's own loop, through the
 * multi interface. Stores nothing. */
#ifndef TRANSFER_H
#define TRANSFER_H

#include "fetch.h"
#include "text/store.h"

#define TRANSFER_REASON 256

/* The location of a document: a path, or a file, http or https URL. */
struct location {
	char *path;	/* NULL: http or https */
	char *shown;	/* for logs: without user, password, query and fragment */
};

#define LOCATION_REASON 160

/* Parses text. Returns false and writes why if fetch cannot use it; reason shows no password or token of the text. Free
 * the location in either case. */
bool location_parse(const char *text, struct location *, char reason[LOCATION_REASON]);
void location_free(struct location *);

struct transfer;

struct transfer_result {
	char error[TRANSFER_REASON];	/* one line; "": a complete response within limits, status 200 or 304 */
	bool unchanged;			/* 304 to a conditional request */
	const char *body;		/* NUL-terminated beyond length; valid until transfer_free */
	size_t length;
	struct validators validators;	/* of the response; source is not set */
};

/* Called once, from the loop, never inside transfer_new. Must free the transfer. */
typedef void transfer_done(void *context, const struct transfer_result *);

/* Uses url, user_agent, limit, time-outs, ca_bundle and proxy of the settings, and copies the strings. known:
 * validators of the last good body, "" for an unconditional request. Follows up to five redirects, to https only. */
struct transfer *transfer_new(struct ev_loop *, const struct fetch_settings *, const struct validators *known,
	transfer_done *, void *context);
void transfer_free(struct transfer *);

#endif
