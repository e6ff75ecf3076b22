/* transfer - one conditional GET by libcurl's multi interface, on the agent's own loop. Keeps nothing. */
#ifndef TRANSFER_H
#define TRANSFER_H

#include "fetch.h"
#include "text/store.h"

#define TRANSFER_REASON 256

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
