/* client - a command's side of the agent's socket: lines in, lines out, each waited for. */
#ifndef CLIENT_H
#define CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "agent/socket.h"

struct client {
	const char *command;		/* what complaints begin with */
	int fd;
	char in[2 * SOCKET_LINE];
	size_t length, taken;
};

/* EXIT_FINE, and the first view in line; else the agent is not there or will not have us: it has been said. */
int client_open(struct client *, const char *name, const char *path, char line[SOCKET_LINE]);
/* The next line, NUL-terminated. patient: waits for as long as it takes, else a few seconds. False: none comes. */
bool client_next(struct client *, bool patient, char line[SOCKET_LINE]);
/* Sends an intent and waits for its answer. The exit status; a refusal has been said. */
int client_ask(struct client *, const char *intent);
/* Sends a question and waits for the line whose object has this key. The exit status; a refusal has been said. */
int client_query(struct client *, const char *question, const char *key, char line[SOCKET_LINE]);
void client_close(struct client *);

#endif
