/* policy - reads policies from YAML by the table of all their keys. Reads files and zone files only, and no clock, so a
 * policy that is valid today is valid tomorrow.
 *
 * It is in words, not in text, because a policy may have texts of its own, which are checked against the phrases and
 * measured in their language. */
#ifndef TEXT_POLICY_H
#define TEXT_POLICY_H

#include "core/policy.h"
#include "text/key.h"
#include "text/message.h"
#include "text/yaml.h"

/* Every key of a policy; ends with a key without a name. */
extern const struct key policy_keys[];

/* Returns true if the policy has no errors; otherwise adds at least one to messages, and *policy must not be used. file
 * is its name in messages. The zones in *policy are borrowed from text/zone. */
bool policy_decode(const char *file, const char *bytes, size_t length, struct policy *, struct messages *);
bool policy_load(const char *path, struct policy *, struct messages *);
/* The same for a tree that has already been read. */
bool policy_read(const char *file, const struct node *root, struct policy *, struct messages *);

/* Returns the policy with all defaults as YAML that decodes to the same policy. The caller frees it. */
char *policy_text(const struct policy *);

/* --- a policy and its YAML, for messages about its lines --- */

struct policy_source {
	const char *path;	/* borrowed; its name in messages */
	struct policy policy;
	struct yaml *yaml;
};

/* Returns false and adds at least one error, like policy_load. */
bool policysource_load(const char *path, struct policy_source *, struct messages *);
bool policysource_decode(const char *path, const char *bytes, size_t length, struct policy_source *, struct messages *);
void policysource_free(struct policy_source *);

/* Returns the place of a key such as "enforce.minimum.deadline". If the policy does not give it, returns the place of
 * the nearest section around it; *given (may be NULL) is then false. */
struct place policysource_place(const struct policy_source *, const char *key, bool *given);

#endif
