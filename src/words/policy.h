/* policy - policies as YAML: the table of everything that one may say, and what it means. Reads files and zone
 * files, nothing else: it knows no clock, so a policy that checks today checks tomorrow. */
#ifndef TEXT_POLICY_H
#define TEXT_POLICY_H

#include "core/policy.h"
#include "text/key.h"
#include "text/message.h"
#include "text/yaml.h"

/* Ends with a key without a name. */
extern const struct key policy_keys[];

/* True when nothing is wrong; else at least one error in messages, and *policy is not to be used. file names the
 * text in messages. The zones in *policy are borrowed from text/zone. */
bool policy_decode(const char *file, const char *bytes, size_t length, struct policy *, struct messages *);
bool policy_load(const char *path, struct policy *, struct messages *);
/* The same of a tree that has been read. */
bool policy_read(const char *file, const struct node *root, struct policy *, struct messages *);

/* The policy with every default written out, as YAML that decodes to the same. Caller frees. */
char *policy_text(const struct policy *);

/* --- a policy together with the text that it came from, for words that point at a line of it --- */

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
