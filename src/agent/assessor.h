/* assessor - what the agent knows of its device: version and model, who is logged in, policies and feed in force, and
 * what was learned from feeds. Posts what follows: logins and calls, and what is required now (core/assess). */
#ifndef ASSESSOR_H
#define ASSESSOR_H

#include "core/assess.h"
#include "documents.h"
#include "post.h"

struct assessor {
	/* Set by the owner before assessor_open, borrowed. */
	const struct clock *clock;
	const char *state;		/* folder */
	const char *root;		/* of what the probe reads */
	struct post *post;
	struct documents *documents;
	bool (*probe_device)(void *context, struct probe_device *, char error[256]);	/* in place of the probe; NULL */
	void (*probe_session)(void *context, struct probe_session *);
	void *context;

	/* The rest is read only for others. */
	struct probe_device device;
	struct probe_session session;
	struct knowledge knowledge;
	const struct policy *policy;	/* in force, never NULL once open */
	int64_t again;			/* UTC ms at which to assess again */
};

/* Probes the device, reads what was learned earlier, and chooses the policy in force until something is assessed.
 * False, and why: the device cannot be probed. */
bool assessor_open(struct assessor *, char error[256]);

/* Probes again and posts what is required now; journals changed settings first. */
void assessor_assess(struct assessor *);
/* Posts what has changed of the session. */
void assessor_see_session(struct assessor *);

/* The device as plan needs it; borrows from the assessor. */
struct device assessor_device(const struct assessor *);

#endif
