/* policysource - a policy together with the text that it came from, for words that point at a line of it. */
#ifndef POLICYSOURCE_H
#define POLICYSOURCE_H

#include "core/policy.h"
#include "text/yaml.h"

struct policy_source {
	const char *path;	/* borrowed; how messages call it */
	struct policy policy;
	struct yaml *yaml;
};

/* False, and at least one error, as policy_load. */
bool policysource_load(const char *path, struct policy_source *, struct messages *);
bool policysource_decode(const char *path, const char *bytes, size_t length, struct policy_source *, struct messages *);
void policysource_free(struct policy_source *);

/* Where the text says a key such as "enforce.minimum.deadline"; else where the nearest section around it stands, and
 * *said (may be NULL) is false. */
struct place policysource_place(const struct policy_source *, const char *key, bool *said);

#endif
