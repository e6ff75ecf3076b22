#include "socket.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "platform/log.h"
#include "platform/probe.h"

#define ACCEPTS 16	/* connections accepted in a row, before the loop's other events */
#define PAUSE 1.0	/* seconds to wait before accepting again after descriptors ran out */

struct client {
	struct socket *socket;
	int fd;				/* -1: free */
	uid_t uid;
	bool closing;			/* hang up once its backlog is written */
	ev_io readable, writable;
	char in[SOCKET_LINE];
	size_t in_length;
	char *out;			/* backlog: lines that the client has not read yet; NULL: none */
	size_t out_length;
	double allowance, counted_at;	/* lines that it may still send at once, and when counted */
};

struct socket {
	struct ev_loop *loop;
	struct socket_settings settings;
	int fd;
	ev_io acceptable;
	ev_timer pause;
	struct client clients[SOCKET_CLIENTS];
};

static void
hang_up(struct client *c)
{
	ev_io_stop(c->socket->loop, &c->readable);
	ev_io_stop(c->socket->loop, &c->writable);
	close(c->fd);
	free(c->out);
	c->fd = -1;
	c->out = NULL;
	c->out_length = 0;
}

/* --- to clients --- */

/* Sends as much as the kernel takes now. Returns false if the client is gone. */
static bool
send_now(struct client *c, const char **bytes, size_t *length)
{
	ssize_t sent = send(c->fd, *bytes, *length, 0);

	if (sent < 0)
		return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
	*bytes += sent;
	*length -= (size_t)sent;
	return true;
}

static bool
add_to_backlog(struct client *c, const char *bytes, size_t length)
{
	char *out;

	if (c->out_length + length > SOCKET_BACKLOG)
		return false;
	out = realloc(c->out, c->out_length + length);
	if (!out)
		return false;
	memcpy(out + c->out_length, bytes, length);
	c->out = out;
	c->out_length += length;
	ev_io_start(c->socket->loop, &c->writable);
	return true;
}

static void
send_line(struct client *c, char line[SOCKET_LINE], size_t length)
{
	const char *rest = line;
	size_t left = length + 1;

	assert(length < SOCKET_LINE);
	line[length] = '\n';
	if (!c->out_length && !send_now(c, &rest, &left)) {
		hang_up(c);
	} else if (left && !add_to_backlog(c, rest, left)) {
		log_say(LEVEL_NOTICE, "client does not read, closing it", NULL);
		hang_up(c);
	}
}

static void
on_writable(struct ev_loop *loop, ev_io *w, int events)
{
	struct client *c = w->data;
	const char *rest = c->out;
	size_t left = c->out_length;

	(void)events;
	if (!send_now(c, &rest, &left)) {
		hang_up(c);
		return;
	}
	memmove(c->out, rest, left);
	c->out_length = left;
	if (left)
		return;
	ev_io_stop(loop, &c->writable);
	free(c->out);
	c->out = NULL;
	if (c->closing)
		hang_up(c);
}

/* Sends a last line, and closes the connection once it is sent. */
static void
close_after(struct client *c, char line[SOCKET_LINE])
{
	send_line(c, line, strlen(line));
	if (c->fd < 0)
		return;
	c->closing = true;
	ev_io_stop(c->socket->loop, &c->readable);
	if (!c->out_length)
		hang_up(c);
}

static void
close_with_error(struct client *c, const char *why)
{
	char line[SOCKET_LINE];

	snprintf(line, sizeof line, "{\"error\":\"%s\"}", why);
	close_after(c, line);
}

/* --- from clients --- */

static bool
within_rate(struct client *c)
{
	double now = ev_now(c->socket->loop), passed = now - c->counted_at;

	c->counted_at = now;
	if (passed > 0)
		c->allowance += passed;
	if (c->allowance > SOCKET_BURST)
		c->allowance = SOCKET_BURST;
	if (c->allowance < 1)
		return false;
	c->allowance--;
	return true;
}

static void
answer_line(struct client *c, char *line, size_t length)
{
	const struct socket_settings *s = &c->socket->settings;
	char answer[SOCKET_LINE];

	line[length] = '\0';
	if (!within_rate(c))
		close_with_error(c, "too many lines");
	else if (s->answer(s->context, line, length, answer))
		send_line(c, answer, strlen(answer));
	else
		close_after(c, answer);
}

static void
read_lines(struct client *c)
{
	char *newline;

	while (c->fd >= 0 && !c->closing && (newline = memchr(c->in, '\n', c->in_length))) {
		size_t length = (size_t)(newline - c->in);

		answer_line(c, c->in, length);
		c->in_length -= length + 1;
		memmove(c->in, newline + 1, c->in_length);
	}
	if (c->fd >= 0 && !c->closing && c->in_length == sizeof c->in)
		close_with_error(c, "line too long");
}

static void
on_readable(struct ev_loop *loop, ev_io *w, int events)
{
	struct client *c = w->data;
	ssize_t got = recv(c->fd, c->in + c->in_length, sizeof c->in - c->in_length, 0);

	(void)loop, (void)events;
	if (got > 0) {
		c->in_length += (size_t)got;
		read_lines(c);
	} else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
		hang_up(c);
	}
}

/* --- the path --- */

static bool
address_of(const char *path, struct sockaddr_un *address, char error[512])
{
	*address = (struct sockaddr_un){.sun_family = AF_UNIX};
	if (strlen(path) < sizeof address->sun_path) {
		memcpy(address->sun_path, path, strlen(path));
		return true;
	}
	snprintf(error, 512, "%.200s: longer than the %zu bytes a socket's path may have", path,
		sizeof address->sun_path - 1);
	return false;
}

static int
set_fd_flags(int fd)
{
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	return fd;
}

static void
make_folder(const char *path)
{
	char folder[sizeof ((struct sockaddr_un *)0)->sun_path];
	const char *slash = strrchr(path, '/');

	if (!slash || slash == path)
		return;
	snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
	mkdir(folder, 0755);
}

/* Removes the socket of an earlier agent, unless an agent still answers there. */
static bool
clear_path(const char *path, const struct sockaddr_un *address, char error[512])
{
	struct stat s;
	bool answered;
	int fd;

	if (lstat(path, &s) < 0)
		return true;
	if (!S_ISSOCK(s.st_mode)) {
		snprintf(error, 512, "%s exists and is not a socket", path);
		return false;
	}
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (fd < 0)
		return true;
	set_fd_flags(fd);
	answered = connect(fd, (const struct sockaddr *)address, sizeof *address) == 0 || errno == EAGAIN;
	close(fd);
	if (answered)
		snprintf(error, 512, "another agent is listening on %s", path);
	else
		unlink(path);
	return !answered;
}

static int
listen_at(const char *path, char error[512])
{
	struct sockaddr_un address;
	int fd;

	if (!address_of(path, &address, error))
		return -1;
	make_folder(path);
	if (!clear_path(path, &address, error))
		return -1;
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	/* Any user may connect; on_acceptable then checks which user it is. */
	if (fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && chmod(path, 0666) == 0 &&
	    listen(fd, 64) == 0)
		return set_fd_flags(fd);
	snprintf(error, 512, "cannot listen on %s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

static int
accept_client(int fd)
{
	int client = accept(fd, NULL, NULL);

	return client < 0 ? -1 : set_fd_flags(client);
}

/* --- new clients --- */

static unsigned
clients_of(const struct socket *s, uid_t uid)
{
	unsigned count = 0;

	for (unsigned i = 0; i < SOCKET_CLIENTS; i++)
		count += s->clients[i].fd >= 0 && s->clients[i].uid == uid;
	return count;
}

static struct client *
free_client(struct socket *s)
{
	for (unsigned i = 0; i < SOCKET_CLIENTS; i++)
		if (s->clients[i].fd < 0)
			return &s->clients[i];
	return NULL;
}

static void
refuse_client(int fd, const char *line)
{
	if (send(fd, line, strlen(line), 0) < 0)
		log_say(LEVEL_DEBUG, "client closed before it was refused", NULL);
	close(fd);
}

static void
admit_client(struct socket *s, struct client *c, int fd, uid_t uid)
{
	char line[SOCKET_LINE];

	*c = (struct client){.socket = s, .fd = fd, .uid = uid, .allowance = SOCKET_BURST, .counted_at = ev_now(s->loop)};
	ev_io_init(&c->readable, on_readable, fd, EV_READ);
	ev_io_init(&c->writable, on_writable, fd, EV_WRITE);
	c->readable.data = c->writable.data = c;
	ev_io_start(s->loop, &c->readable);
	send_line(c, line, s->settings.greeting(s->settings.context, line));
}

static void
admit_or_refuse(struct socket *s, int fd)
{
	struct client *c = free_client(s);
	uid_t uid;

	if (!probe_peer(fd, &uid) || !s->settings.admits(s->settings.context, uid))
		refuse_client(fd, "{\"error\":\"not permitted\"}\n");
	else if (!c || (uid != 0 && clients_of(s, uid) >= SOCKET_CLIENTS_OF_ONE))
		refuse_client(fd, "{\"error\":\"too many clients\"}\n");
	else
		admit_client(s, c, fd, uid);
}

static void
on_acceptable(struct ev_loop *loop, ev_io *w, int events)
{
	struct socket *s = w->data;

	(void)events;
	for (int i = 0; i < ACCEPTS; i++) {
		int fd = accept_client(s->fd);

		if (fd >= 0) {
			admit_or_refuse(s, fd);
			continue;
		}
		if (errno == EMFILE || errno == ENFILE) {
			ev_io_stop(loop, &s->acceptable);
			ev_timer_again(loop, &s->pause);
		}
		return;
	}
}

static void
on_pause_over(struct ev_loop *loop, ev_timer *w, int events)
{
	struct socket *s = w->data;

	(void)events;
	ev_timer_stop(loop, w);
	ev_io_start(loop, &s->acceptable);
}

struct socket *
socket_new(struct ev_loop *loop, const struct socket_settings *settings, char error[512])
{
	struct socket *s = calloc(1, sizeof *s);

	if (!s) {
		snprintf(error, 512, "out of memory");
		return NULL;
	}
	s->loop = loop;
	s->settings = *settings;
	s->fd = listen_at(settings->path, error);
	if (s->fd < 0) {
		free(s);
		return NULL;
	}
	for (unsigned i = 0; i < SOCKET_CLIENTS; i++)
		s->clients[i].fd = -1;
	ev_io_init(&s->acceptable, on_acceptable, s->fd, EV_READ);
	ev_timer_init(&s->pause, on_pause_over, 0, PAUSE);
	s->acceptable.data = s->pause.data = s;
	ev_io_start(loop, &s->acceptable);
	return s;
}

void
socket_broadcast(struct socket *s)
{
	char line[SOCKET_LINE];
	size_t length = s->settings.greeting(s->settings.context, line);

	for (unsigned i = 0; i < SOCKET_CLIENTS; i++)
		if (s->clients[i].fd >= 0 && !s->clients[i].closing)
			send_line(&s->clients[i], line, length);
}

void
socket_free(struct socket *s)
{
	if (!s)
		return;
	for (unsigned i = 0; i < SOCKET_CLIENTS; i++)
		if (s->clients[i].fd >= 0)
			hang_up(&s->clients[i]);
	ev_io_stop(s->loop, &s->acceptable);
	ev_timer_stop(s->loop, &s->pause);
	close(s->fd);
	unlink(s->settings.path);
	free(s);
}
