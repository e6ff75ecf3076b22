/* exchange - converts policies to and from the formats of other tools. Refuses a policy whose requirement or deadline would
 * change, and reports every other key that is lost. */
#ifndef EXCHANGE_H
#define EXCHANGE_H

#include "words/policy.h"

/* Writes one of Apple's declarations, com.apple.configuration.softwareupdate.enforcement.specific, in the format of
 * https://github.com/apple/device-management: one version, and one time that each device reads in its own zone. The server
 * that sends the declaration adds its ServerToken.
 *
 * Returns JSON, which the caller frees, or NULL, with at least one error, if a declaration cannot require the same.
 * zone: the devices' zone, for a policy whose deadline is in a fixed zone; else NULL. */
char *ddm_encode(const struct policy_source *, const struct zone *, struct messages *);

/* The following two use the JSON that configures Nudge (github.com/macadmins/nudge, com.github.macadmins.Nudge). Nudge asks
 * people to update and never enforces, so many keys of either format have no equivalent in the other. */
#define NUDGE_BYTES (1u << 20)	/* larger files are refused */

/* Returns JSON, which the caller frees, or NULL, with at least one error, if Nudge cannot require the same. */
char *nudge_encode(const struct policy_source *, struct messages *);

/* Reads JSON or a profile in XML as a policy of that name with the same requirement. Returns false, with at least one
 * error, if no policy can require the same. What the file leaves out gets lastcall's default, except where Nudge's own
 * default decides what is required. */
bool nudge_decode(const char *file, const char *text, size_t length, const char *name, struct policy *,
	struct messages *);

/* --- for encoders: keys that another tool's format cannot express --- */

/* One key of a policy. A key that is missing from a table, such as one added to policies later, counts as never carried. */
struct counterpart {
	const char *key;				/* "notice.window"; NULL ends a table */
	bool (*carried)(const struct policy *);		/* whether the other file keeps the key's value; NULL: never */
	const char *instead;				/* why not, or what the other tool does instead; NULL: nothing similar */
};

bool counterpart_always(const struct policy *);
bool counterpart_label(const struct policy *);		/* the label only repeats the name */
bool counterpart_text(const struct policy *);		/* the policy has no texts of its own */
bool counterpart_minimum(const struct policy *);	/* notice.minimum is zero */

/* Adds a warning for each key, written or default, that is not carried. there: the other tool's name. */
void counterpart_report(const struct policy_source *, const struct counterpart *, const char *there,
	struct messages *);

/* Adds an error at a key, or at the file if the key is left out. Always returns false. */
bool counterpart_refuse(const struct policy_source *, const char *key, struct messages *, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif
