/* transfer - all that needs libcurl: a URL taken apart, and one conditional GET on the agent's own loop, by the multi
 * interface. Keeps nothing. */
#ifndef TRANSFER_H
#define TRANSFER_H

#include "fetch.h"
#include "text/store.h"

#define TRANSFER_REASON 256

/* Where a document comes from: a path, or a file, http or https URL. */
struct location {
	char *path;	/* of a path or a file URL; NULL: http or https */
	char *shown;	/* for logs: without user, password, query and fragment */
};

#define LOCATION_REASON 160

/* Takes text apart. False, and why, when fetch could not use it; text's secrets are not in the reason.
 * Free it either way. */
bool location_parse(const char *text, struct location *, char reason[LOCATION_REASON]);
void location_free(struct location *);

struct transfer;

struct transfer_result {
	char error[TRANSFER_REASON];	/* one line; "": the server answered 200 or 304, whole and within limits */
	bool unchanged;			/* 304, to a request that was conditional */
	const char *body;		/* NUL-terminated beyond length; valid until transfer_free */
	size_t length;
	struct validators validators;	/* of the answer; source is not set */
};

/* Called once, from the loop, never inside transfer_new; free the transfer in here. */
typedef void transfer_done(void *context, const struct transfer_result *);

/* Of the settings: url, user_agent, limit, time-outs, ca_bundle, proxy. The strings are copied. known: what the last
 * good body came with, "" for an unconditional request. Follows five redirects, to https only. */
struct transfer *transfer_new(struct ev_loop *, const struct fetch_settings *, const struct validators *known,
	transfer_done *, void *context);
void transfer_free(struct transfer *);

#endif
