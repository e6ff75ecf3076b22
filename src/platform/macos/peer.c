#include "platform/peer.h"

#include <unistd.h>

bool
peer_uid(int fd, uid_t *uid)
{
	gid_t gid;

	return getpeereid(fd, uid, &gid) == 0;
}
