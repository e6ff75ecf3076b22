/* client - connects a command to the agent's socket, sends a line and waits for the answer. Prints every error. */
#ifndef CLIENT_H
#define CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "agent/socket.h"

struct client {
	const char *command;		/* for error messages */
	int fd;
	char in[2 * SOCKET_LINE];
	size_t length, taken;		/* bytes in `in`, and how many of them were returned */
};

/* Connects and reads the first view into line. name: the command's, for error messages. Returns EXIT_FINE, or another exit
 * status after printing an error. */
int client_open(struct client *, const char *name, const char *path, char line[SOCKET_LINE]);
/* Reads the next line, NUL-terminated. Returns false if the agent has ended or, unless patient, sends nothing for a few
 * seconds. */
bool client_next(struct client *, bool patient, char line[SOCKET_LINE]);
/* Sends an intent and waits for its answer, skipping views. Returns the exit status; prints a refusal. */
int client_ask(struct client *, const char *intent);
/* Sends a question and waits for the line whose object has this key. Returns the exit status; prints a refusal. */
int client_query(struct client *, const char *question, const char *key, char line[SOCKET_LINE]);
void client_close(struct client *);

#endif
