/* assessor - what the agent knows about its device: version and model, who is logged in, the policies and feed in
 * force, and what it has learned from feeds. Posts changes of the session, and what is required now (core/assess). */
#ifndef ASSESSOR_H
#define ASSESSOR_H

#include "core/assess.h"
#include "documents.h"
#include "post.h"

struct assessor {
	/* Set by the owner before assessor_open, borrowed. */
	const struct clock *clock;
	const char *state;		/* folder */
	const char *root;		/* folder that the probe reads as if it were / */
	struct post *post;
	struct documents *documents;
	bool (*probe_device)(void *context, struct probe_device *, char error[256]);	/* in place of the probe, or NULL */
	void (*probe_session)(void *context, struct probe_session *);
	void *context;

	/* Read-only for others. */
	struct probe_device device;
	struct probe_session session;
	struct knowledge knowledge;
	const struct policy *policy;	/* in force, never NULL once open */
	int64_t again;			/* UTC ms at which to assess again */
};

/* Probes the device, reads the saved knowledge, and chooses the policy in force until the first assessment. Returns
 * false and writes why if the device cannot be probed. */
bool assessor_open(struct assessor *, char error[256]);

/* Probes again and posts what is required now; journals changed settings first. */
void assessor_assess(struct assessor *);
/* Probes the session and posts what has changed: login or logout, busy or free. */
void assessor_update_session(struct assessor *);

/* Returns the device as core/plan needs it; borrows from the assessor. */
struct device assessor_device(const struct assessor *);

#endif
