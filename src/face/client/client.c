#include "client.h"

#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "text/command.h"

#define ANSWER_MS 5000		/* how long an agent may take to answer */

static int
print_error(const struct client *c, int status, const char *path, const char *why)
{
	fprintf(stderr, "lastcall %s: %s%s%s\n", c->command, path, *path ? ": " : "", why);
	return status;
}

static int
connect_to_agent(struct client *c, const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	if (strlen(path) >= sizeof address.sun_path)
		return print_error(c, EXIT_UNUSABLE, path, "the path is too long for a socket");
	memcpy(address.sun_path, path, strlen(path));
	c->fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (c->fd >= 0 && connect(c->fd, (struct sockaddr *)&address, sizeof address) == 0)
		return EXIT_FINE;
	if (errno == ENOENT || errno == ECONNREFUSED)
		return print_error(c, EXIT_NOT_THERE, path, "no agent is running");
	return print_error(c, errno == EACCES || errno == EPERM ? EXIT_NOT_ALLOWED : EXIT_NOT_THERE, path, strerror(errno));
}

static bool
take_line(struct client *c, char line[SOCKET_LINE])
{
	char *begin = c->in + c->taken, *end = memchr(begin, '\n', c->length - c->taken);
	size_t length = end ? (size_t)(end - begin) : 0;

	if (!end || length >= SOCKET_LINE)
		return false;
	memcpy(line, begin, length);
	line[length] = '\0';
	c->taken += length + 1;
	return true;
}

bool
client_next(struct client *c, bool patient, char line[SOCKET_LINE])
{
	struct pollfd p = {.fd = c->fd, .events = POLLIN};
	ssize_t got;

	while (!take_line(c, line)) {
		memmove(c->in, c->in + c->taken, c->length - c->taken);
		c->length -= c->taken;
		c->taken = 0;
		if (c->length == sizeof c->in || poll(&p, 1, patient ? -1 : ANSWER_MS) <= 0)
			return false;
		got = recv(c->fd, c->in + c->length, sizeof c->in - c->length, 0);
		if (got <= 0)
			return false;
		c->length += (size_t)got;
	}
	return true;
}

/* Copies the error that the line reports. Returns false if it reports none. */
static bool
read_error(const char *line, char why[256])
{
	json_t *o = json_loads(line, 0, NULL);
	const char *text = json_string_value(json_object_get(o, "error"));

	if (text)
		snprintf(why, 256, "%s", text);
	json_decref(o);
	return text != NULL;
}

int
client_open(struct client *c, const char *name, const char *path, char line[SOCKET_LINE])
{
	char why[256];
	int status;

	*c = (struct client){.command = name, .fd = -1};
	status = connect_to_agent(c, path);
	if (status != EXIT_FINE) {
		client_close(c);
		return status;
	}
	if (!client_next(c, false, line))
		status = print_error(c, EXIT_NOT_THERE, path, "the agent does not answer");
	else if (read_error(line, why))
		status = print_error(c, strcmp(why, "not permitted") == 0 ? EXIT_NOT_ALLOWED : EXIT_NOT_THERE, "", why);
	if (status != EXIT_FINE)
		client_close(c);
	return status;
}

static bool
has_key(const char *line, const char *key)
{
	json_t *o = json_loads(line, 0, NULL);
	bool has = json_object_get(o, key);

	json_decref(o);
	return has;
}

int
client_query(struct client *c, const char *question, const char *key, char line[SOCKET_LINE])
{
	char why[256];

	if (send(c->fd, question, strlen(question), 0) < 0 || send(c->fd, "\n", 1, 0) < 0)
		return print_error(c, EXIT_NOT_THERE, "", "the agent has ended");
	while (client_next(c, false, line)) {
		if (read_error(line, why))
			return print_error(c, EXIT_DIFFERENT, "", why);
		if (has_key(line, key))
			return EXIT_FINE;
	}
	return print_error(c, EXIT_NOT_THERE, "", "the agent does not answer");
}

int
client_ask(struct client *c, const char *intent)
{
	char line[SOCKET_LINE];

	return client_query(c, intent, "ok", line);
}

void
client_close(struct client *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
}
