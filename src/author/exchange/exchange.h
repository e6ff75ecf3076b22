/* exchange - policies in the formats of other tools. What would change what is required of a device, or when, is refused;
 * what is lost otherwise is reported key by key. */
#ifndef EXCHANGE_H
#define EXCHANGE_H

#include "words/policy.h"

/* One of Apple's declarations, com.apple.configuration.softwareupdate.enforcement.specific, in the format of
 * https://github.com/apple/device-management. It names one version and one local time, each device's own. The ServerToken
 * that a declaration needs is left to the server that sends it.
 *
 * Returns JSON, which the caller frees, or NULL, with at least one error, if a declaration cannot require the same.
 * zone: of the devices, for a policy whose deadline is in a fixed zone; else NULL. */
char *ddm_encode(const struct policy_source *, const struct zone *, struct messages *);

/* The JSON that configures Nudge (github.com/macadmins/nudge, com.github.macadmins.Nudge). Nudge asks people to update and
 * never enforces, so much of a policy has no place there, and much of Nudge's none here. */
#define NUDGE_BYTES (1u << 20)	/* larger files are refused */

/* Returns JSON, which the caller frees, or NULL, with at least one error, if Nudge cannot require the same. */
char *nudge_encode(const struct policy_source *, struct messages *);

/* Reads JSON or a profile in XML as a policy of that name with the same requirement. Returns false, with at least one
 * error, if no policy can require the same. What the file leaves out gets lastcall's default, except where Nudge's own
 * default decides what is required. */
bool nudge_decode(const char *file, const char *text, size_t length, const char *name, struct policy *,
	struct messages *);

/* --- for encoders: what another tool's file cannot say --- */

/* One key of a policy. Keys that a table leaves out, including any that policies get later, count as never carried. */
struct counterpart {
	const char *key;				/* "notice.window"; NULL ends a table */
	bool (*carried)(const struct policy *);		/* whether the other file says the same; NULL: never */
	const char *instead;				/* why not, or what it has instead; NULL: nothing similar */
};

bool counterpart_always(const struct policy *);
bool counterpart_label(const struct policy *);		/* the label only repeats the name */
bool counterpart_text(const struct policy *);		/* the policy has no texts of its own */
bool counterpart_minimum(const struct policy *);	/* notice.minimum is zero */

/* Adds a warning for each key in force, written or by default, that is not carried. there: the other tool's name. */
void counterpart_report(const struct policy_source *, const struct counterpart *, const char *there,
	struct messages *);

/* Adds an error at a key, or at the file if the key is left out. Always returns false. */
bool counterpart_refuse(const struct policy_source *, const char *key, struct messages *, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif
