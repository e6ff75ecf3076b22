/* probe - what this device is, who is logged in, and who connects to a socket. Each platform has a probe.c of its own;
 * no code outside src/platform depends on which platform it is. */
#ifndef PROBE_H
#define PROBE_H

#include <stdbool.h>
#include <sys/types.h>

#include "core/policy.h"

struct probe_device {
	enum platform platform;
	int64_t version;			/* installed; 0: unknown */
	char build[16], model[32], board[32];	/* "": unknown */
	char os[32];				/* for people: "macOS", "Debian GNU/Linux" */
	char time_zone[64];			/* an IANA name; "UTC" if none is set */
	char boot[40];				/* changes with every boot, and only then */
};

struct probe_session {
	bool present;				/* somebody is logged in */
	bool busy;				/* and is presenting or in a call */
	uid_t console;				/* their user id, if present */
};

/* root precedes every path that is read: "" for the device itself, a folder in tests. Returns false and sets error if
 * the version or the boot id cannot be read: an agent cannot work without them. */
bool probe_device(const char *root, struct probe_device *, char error[256]);
void probe_session(const char *root, struct probe_session *);
/* Writes the user at the other end of a Unix-domain socket. Returns false if the platform cannot tell. */
bool probe_peer(int fd, uid_t *);

/* Returns the time zone of the device itself, or UTC if it is unknown. */
const struct zone *probe_zone(void);

/* Files and folders to watch: when one changes, probe again. NULL-terminated. */
extern const char *const probe_watch[];

/* Default paths. */
extern const struct platform_paths {
	const char *state, *socket, *drivers;
} platform_paths;

#endif
