/* probe - what this device is and who is at it, as far as the platform can say. Each platform has its own
 * probe.c; nothing outside src/platform asks which platform it is. */
#ifndef PROBE_H
#define PROBE_H

#include <stdbool.h>
#include <sys/types.h>

#include "core/policy.h"

struct probe_device {
	enum platform platform;
	int64_t version;			/* installed; 0: cannot be told */
	char build[16], model[32], board[32];	/* "": not known here */
	char os[32];				/* for people: "macOS", "Debian GNU/Linux" */
	char time_zone[64];			/* an IANA name; "UTC" when there is none */
	char boot[40];				/* changes with every boot, and only then */
};

struct probe_session {
	bool present;				/* somebody is logged in */
	bool busy;				/* and is presenting or in a call */
	uid_t console;				/* who; only when present */
};

/* root stands before every path that is read: "" for the device itself, a folder in tests.
 * False, and why, when what an agent cannot do without (version, boot) is not to be had. */
bool probe_device(const char *root, struct probe_device *, char error[256]);
void probe_session(const char *root, struct probe_session *);

/* Files or folders whose change may mean that the answers above changed; NULL-terminated. */
extern const char *const probe_watch[];

/* Where things are when nobody says otherwise. */
extern const struct platform_paths {
	const char *state, *socket, *drivers;
} platform_paths;

#endif
