/* peer - identifies the user at the other end of a Unix-domain socket. */
#ifndef PEER_H
#define PEER_H

#include <stdbool.h>
#include <sys/types.h>

/* Returns false if the platform cannot tell. */
bool peer_uid(int fd, uid_t *);

#endif
