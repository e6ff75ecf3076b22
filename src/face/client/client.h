/* client - a command's connection to the agent's socket: sends a line and waits for its answer. Prints what fails. */
#ifndef CLIENT_H
#define CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "agent/socket.h"

struct client {
	const char *command;		/* for error messages */
	int fd;
	char in[2 * SOCKET_LINE];
	size_t length, taken;
};

/* Connects and reads the first view into line. Returns EXIT_FINE, or the exit status of an error that was printed. */
int client_open(struct client *, const char *name, const char *path, char line[SOCKET_LINE]);
/* Reads the next line, NUL-terminated. Returns false if none comes within a few seconds, or, if patient, ever. */
bool client_next(struct client *, bool patient, char line[SOCKET_LINE]);
/* Sends an intent and waits for its answer. Returns the exit status; a refusal was printed. */
int client_ask(struct client *, const char *intent);
/* Sends a question and waits for the line whose object has this key. Returns the exit status; a refusal was printed. */
int client_query(struct client *, const char *question, const char *key, char line[SOCKET_LINE]);
void client_close(struct client *);

#endif
