/* nudge - policies from and to the JSON that configures Nudge (github.com/macadmins/nudge, com.github.macadmins.Nudge).
 *
 * Nudge asks people and never enforces, so much of a policy has no place there and much of theirs none here: each such
 * key is told. What would change what is required of a device, or when, is refused. */
#ifndef NUDGE_H
#define NUDGE_H

#include "words/policy.h"

#define NUDGE_BYTES (1u << 20)	/* a larger file is refused */

/* JSON, caller frees; NULL, and at least one error, when Nudge cannot require the same. */
char *nudge_encode(const struct policy_source *, struct messages *);

/* The same requirement as a policy of that name. False, and at least one error, when there is none. Whatever the file
 * leaves unsaid is lastcall's default, except where Nudge's own decides what is required. */
bool nudge_decode(const char *file, const char *text, size_t length, const char *name, struct policy *,
	struct messages *);

/* Every key that Nudge knows. Its times are seconds, its service levels days. */
enum nudge_type { NUDGE_TEXT, NUDGE_FLAG, NUDGE_WHOLE, NUDGE_LIST, NUDGE_MAP };
struct nudge_key {
	const char *path;	/* "userExperience.noTimers"; of a requirement: "osVersionRequirements[].actionButtonPath" */
	enum nudge_type type;
	const char *instead;	/* when it cannot be taken over: what lastcall does; NULL: nothing */
};
extern const struct nudge_key nudge_keys[];	/* ends with a NULL path */

#endif
