/* probe for macOS: not written yet. A later version reads what sw_vers, sysctl and scutil print; until then the probe
 * fails, and no agent starts. */
#include "platform/probe.h"

#include <stdio.h>
#include <unistd.h>

const char *const probe_watch[] = {NULL};

const struct platform_paths platform_paths = {
	.state = "/var/db/lastcall",
	.socket = "/var/run/lastcall/socket",
	.drivers = "/usr/local/lib/lastcall/drivers",
};

bool
probe_device(const char *root, struct probe_device *device, char error[256])
{
	(void)root;
	*device = (struct probe_device){.platform = PLATFORM_MACOS, .os = "macOS"};
	snprintf(error, 256, "the probe for macOS is not written yet");
	return false;
}

void
probe_session(const char *root, struct probe_session *session)
{
	(void)root;
	*session = (struct probe_session){.present = false};
}

bool
probe_peer(int fd, uid_t *uid)
{
	gid_t gid;

	return getpeereid(fd, uid, &gid) == 0;
}
