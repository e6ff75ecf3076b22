/* The socket against clients who are slow, silent, loud, many, or not allowed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "platform/log.h"
#include "agent/socket.h"

static struct ev_loop *loop;
static char path[64], heard[4096];
static bool welcome;
static unsigned greetings;

static bool
admits(void *context, uid_t uid)
{
	(void)context;
	return welcome && uid == getuid();
}

static size_t
greeting(void *context, char line[SOCKET_LINE])
{
	(void)context;
	return (size_t)snprintf(line, SOCKET_LINE, "{\"view\":%u}", ++greetings);
}

static bool
on_heard(void *context, const char *line, size_t length, char answer[SOCKET_LINE])
{
	(void)context;
	assert_int_equal(strlen(line), length);
	snprintf(heard + strlen(heard), sizeof heard - strlen(heard), "[%s]", line);
	snprintf(answer, SOCKET_LINE, "%s", strcmp(line, "bad") ? "{\"ok\":true}" : "{\"error\":\"bad\"}");
	return strcmp(line, "bad") != 0;
}

static struct socket *
make_socket(char error[512])
{
	heard[0] = '\0';
	greetings = 0;
	welcome = true;
	return socket_new(loop, &(struct socket_settings){.path = path, .admits = admits, .greeting = greeting, .answer = on_heard}, error);
}

static int
connect_client(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	memcpy(address.sun_path, path, strlen(path));
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	return fd;
}

static void
run_loop_once(void)
{
	for (int i = 0; i < 20; i++)
		ev_run(loop, EVRUN_NOWAIT);
}

/* Reads everything that has arrived, and "END" if the other side has closed. */
static const char *
receive(int fd)
{
	static char text[65536];
	size_t length = 0;
	ssize_t got;

	run_loop_once();
	while ((got = recv(fd, text + length, sizeof text - length - 4, 0)) > 0)
		length += (size_t)got;
	strcpy(text + length, got == 0 || errno != EAGAIN ? "END" : "");
	return text;
}

static void
send_text(int fd, const char *text)
{
	assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), strlen(text));
	run_loop_once();
}

static void
conversation(void **state)
{
	char error[512];
	struct socket *s = make_socket(error);
	int fd = connect_client();

	(void)state;
	assert_string_equal(receive(fd), "{\"view\":1}\n");
	send_text(fd, "one\ntw");
	send_text(fd, "o\n");
	assert_string_equal(heard, "[one][two]");
	assert_string_equal(receive(fd), "{\"ok\":true}\n{\"ok\":true}\n");
	socket_broadcast(s);
	assert_string_equal(receive(fd), "{\"view\":2}\n");
	socket_free(s);
	assert_string_equal(receive(fd), "END");
	assert_int_equal(access(path, F_OK), -1);
	close(fd);
}

static void
nonsense_closes_its_client_only(void **state)
{
	char error[512];
	struct socket *s = make_socket(error);
	int one = connect_client(), two = connect_client();

	(void)state;
	run_loop_once();
	receive(one);
	receive(two);
	send_text(one, "bad\nmore\n");
	assert_string_equal(receive(one), "{\"error\":\"bad\"}\nEND");
	assert_string_equal(heard, "[bad]");
	send_text(two, "good\n");
	assert_string_equal(receive(two), "{\"ok\":true}\n");
	socket_free(s);
	close(one);
	close(two);
}

static void
long_line(void **state)
{
	char error[512], line[SOCKET_LINE];
	struct socket *s = make_socket(error);
	int fd = connect_client();

	(void)state;
	receive(fd);
	memset(line, 'x', sizeof line);
	line[SOCKET_LINE - 1] = '\n';
	assert_int_equal(send(fd, line, sizeof line, 0), sizeof line);
	assert_string_equal(receive(fd), "{\"ok\":true}\n");
	memset(line, 'x', sizeof line);
	assert_int_equal(send(fd, line, sizeof line, 0), sizeof line);
	assert_string_equal(receive(fd), "{\"error\":\"line too long\"}\nEND");
	socket_free(s);
	close(fd);
}

static void
too_many_lines(void **state)
{
	char error[512];
	struct socket *s = make_socket(error);
	int fd = connect_client();

	(void)state;
	receive(fd);
	for (int i = 0; i < SOCKET_BURST; i++)
		send_text(fd, "x\n");
	receive(fd);
	send_text(fd, "y\n");
	assert_string_equal(receive(fd), "{\"error\":\"too many lines\"}\nEND");
	assert_null(strstr(heard, "[y]"));
	socket_free(s);
	close(fd);
}

static void
too_many_clients(void **state)
{
	char error[512];
	struct socket *s = make_socket(error);
	unsigned most = getuid() == 0 ? SOCKET_CLIENTS : SOCKET_CLIENTS_OF_ONE;
	int fds[SOCKET_CLIENTS], late;

	(void)state;
	for (unsigned i = 0; i < most; i++) {
		fds[i] = connect_client();
		assert_non_null(strstr(receive(fds[i]), "view"));
	}
	late = connect_client();
	assert_string_equal(receive(late), "{\"error\":\"too many clients\"}\nEND");
	close(late);
	close(fds[3]);
	run_loop_once();
	fds[3] = connect_client();
	assert_non_null(strstr(receive(fds[3]), "view"));
	for (unsigned i = 0; i < most; i++)
		close(fds[i]);
	socket_free(s);
}

static void
not_permitted(void **state)
{
	char error[512];
	struct socket *s = make_socket(error);
	int fd;

	(void)state;
	welcome = false;
	fd = connect_client();
	assert_string_equal(receive(fd), "{\"error\":\"not permitted\"}\nEND");
	assert_int_equal(greetings, 0);
	socket_free(s);
	close(fd);
}

static void
one_that_does_not_read(void **state)
{
	char error[512];
	struct socket *s = make_socket(error);
	int lazy = connect_client(), fd = connect_client();
	ssize_t got;

	(void)state;
	run_loop_once();
	for (int i = 0; i < 30000; i++) {
		socket_broadcast(s);
		if (i % 100 == 0)
			receive(fd);
	}
	receive(fd);
	socket_broadcast(s);
	assert_non_null(strstr(receive(fd), "view"));
	while ((got = recv(lazy, heard, sizeof heard, 0)) > 0)
		;
	assert_int_equal(got, 0);	/* closed */
	socket_free(s);
	close(lazy);
	close(fd);
}

static void
stale_and_taken_paths(void **state)
{
	char error[512] = "";
	struct socket *s = make_socket(error), *other;
	char aside[80];

	(void)state;
	assert_non_null(s);
	other = make_socket(error);
	assert_null(other);
	assert_non_null(strstr(error, "another agent is listening"));
	snprintf(aside, sizeof aside, "%s.aside", path);
	rename(path, aside);
	socket_free(s);
	rename(aside, path);	/* as if its agent had been killed */
	s = make_socket(error);
	assert_non_null(s);
	socket_free(s);
	close(open(path, O_CREAT | O_WRONLY, 0600));
	assert_null(make_socket(error));
	assert_non_null(strstr(error, "is not a socket"));
	assert_int_equal(unlink(path), 0);
}

static void
path_too_long(void **state)
{
	char error[512], path_kept[sizeof path];
	static char longer[200];
	struct socket_settings settings = {.path = longer, .admits = admits, .greeting = greeting, .answer = on_heard};

	(void)state;
	memcpy(path_kept, path, sizeof path);
	memset(longer, 'a', sizeof longer - 1);
	assert_null(socket_new(loop, &settings, error));
	assert_non_null(strstr(error, "longer than"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conversation), cmocka_unit_test(nonsense_closes_its_client_only), cmocka_unit_test(long_line),
		cmocka_unit_test(too_many_lines), cmocka_unit_test(too_many_clients), cmocka_unit_test(not_permitted),
		cmocka_unit_test(one_that_does_not_read), cmocka_unit_test(stale_and_taken_paths),
		cmocka_unit_test(path_too_long),
	};

	loop = ev_default_loop(0);
	signal(SIGPIPE, SIG_IGN);
	log_set_level(LEVEL_NOTHING);
	snprintf(path, sizeof path, "/tmp/lastcall-socket-%d", (int)getpid());
	return cmocka_run_group_tests(tests, NULL, NULL);
}
