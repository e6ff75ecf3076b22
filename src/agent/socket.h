/* socket - the Unix-domain socket for faces and commands: reads and sends lines, and no client can delay the agent.
 *
 * Does not interpret lines. A client that sends an invalid line, or too many, gets an error line and is closed; one
 * that does not read is closed once its backlog is full. */
#ifndef SOCKET_H
#define SOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "platform/loop.h"

#define SOCKET_CLIENTS 16
#define SOCKET_CLIENTS_OF_ONE 12	/* of one user, so that no user can keep root out */
#define SOCKET_LINE 4096		/* bytes of a line, in or out, with its newline */
#define SOCKET_BACKLOG (256u << 10)
#define SOCKET_BURST 20			/* lines at once, then one a second */

struct socket_settings {
	const char *path;
	void *context;
	bool (*admits)(void *context, uid_t);
	/* Writes the line for a new client, and for all on socket_broadcast. Returns its length, without newline. */
	size_t (*greeting)(void *context, char line[SOCKET_LINE]);
	/* Answers a client's line, NUL-terminated. Return false to close the client after the answer. */
	bool (*answer)(void *context, const char *line, size_t length, char answer[SOCKET_LINE]);
};

struct socket;

/* Settings are copied, strings borrowed. Replaces the socket file of an earlier agent. Returns NULL and writes why if
 * another agent answers there, or the path cannot be used. */
struct socket *socket_new(struct ev_loop *, const struct socket_settings *, char error[512]);
/* Sends the greeting to every client. */
void socket_broadcast(struct socket *);
void socket_free(struct socket *);	/* NULL is fine */

#endif
