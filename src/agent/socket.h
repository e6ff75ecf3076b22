/* socket - the Unix-domain socket that faces and commands connect to: lines in, lines out, nobody can delay us.
 *
 * It knows nothing of what a line says. A client that writes nonsense or too much is told so and closed; one
 * that does not read is closed when its backlog is full. */
#ifndef SOCKET_H
#define SOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "platform/loop.h"

#define SOCKET_CLIENTS 16
#define SOCKET_CLIENTS_OF_ONE 12	/* user, so that nobody can keep root out */
#define SOCKET_LINE 4096		/* bytes of a line, in or out, its end included */
#define SOCKET_BACKLOG (256u << 10)
#define SOCKET_BURST 20			/* lines at once, then one a second */

struct socket_settings {
	const char *path;
	void *context;
	bool (*admits)(void *context, uid_t);
	/* What a new client is told first, and all are told by socket_tell. Length; without the newline. */
	size_t (*greeting)(void *context, char line[SOCKET_LINE]);
	/* A line a client wrote, NUL-terminated. Fills the answer; false: and the client is closed after it. */
	bool (*heard)(void *context, const char *line, size_t length, char answer[SOCKET_LINE]);
};

struct socket;

/* Settings are copied, strings borrowed. A socket file left by an agent that is gone is replaced; NULL and why when
 * another agent answers there, or the path cannot be used. */
struct socket *socket_new(struct ev_loop *, const struct socket_settings *, char error[512]);
void socket_tell(struct socket *);
void socket_free(struct socket *);

#endif
