/* assessor - what the agent knows of its device: what it is, who is at it, the policies and the feed in force, and what
 * it has learned from feeds. Posts what follows from that: who came or went, and what is required now (core/assess). */
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
	struct documents *documents;	/* before assessor_choose_policy */
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

/* Probes the device and reads what was learned earlier. False, and why: the device cannot be probed. */
bool assessor_probe(struct assessor *, char error[256]);
/* The policy in force before anything is assessed. */
void assessor_choose_policy(struct assessor *);

/* Probes again and posts what is required now; journals changed settings first. */
void assessor_assess(struct assessor *);
/* Posts what has changed of the session. */
void assessor_see_session(struct assessor *);

/* The device as plan needs it; borrows from the assessor. */
struct device assessor_device(const struct assessor *);

#endif
