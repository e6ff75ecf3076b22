#include "listen.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

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
unblock(int fd)
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

/* Only a socket at which nobody answers is out of the way. */
static bool
clear(const char *path, const struct sockaddr_un *address, char error[512])
{
	struct stat s;
	bool answered;
	int fd;

	if (lstat(path, &s) < 0)
		return true;
	if (!S_ISSOCK(s.st_mode)) {
		snprintf(error, 512, "%s is there, and is not a socket", path);
		return false;
	}
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (fd < 0)
		return true;
	unblock(fd);
	answered = connect(fd, (const struct sockaddr *)address, sizeof *address) == 0 || errno == EAGAIN;
	close(fd);
	if (answered)
		snprintf(error, 512, "another agent listens at %s", path);
	else
		unlink(path);
	return !answered;
}

int
listen_at(const char *path, char error[512])
{
	struct sockaddr_un address;
	int fd;

	if (!address_of(path, &address, error))
		return -1;
	make_folder(path);
	if (!clear(path, &address, error))
		return -1;
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	/* Everybody may knock: who is let in, the peer's user decides. */
	if (fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && chmod(path, 0666) == 0 &&
	    listen(fd, 64) == 0)
		return unblock(fd);
	snprintf(error, 512, "cannot listen at %s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

int
listen_accept(int fd)
{
	int client = accept(fd, NULL, NULL);

	return client < 0 ? -1 : unblock(client);
}
