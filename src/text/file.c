#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
refuse(struct messages *messages, const char *path, const char *why)
{
	message_add(messages, MESSAGE_ERROR, path, (struct place){0}, "%s", why);
	return NULL;
}

static const char *
kind(mode_t mode)
{
	if (S_ISDIR(mode))
		return "expected a file, found a folder";
	if (S_ISFIFO(mode))
		return "expected a file, found a pipe";
	if (S_ISREG(mode))
		return NULL;
	return "expected a file, found a device or socket";
}

/* A file that grows while it is read is cut off one byte beyond the limit, and then refused like a large one. */
static char *
slurp(int fd, size_t limit, size_t expected, size_t *length)
{
	size_t room = (expected < limit ? expected : limit) + 1;
	char *bytes = malloc(room + 1);

	*length = 0;
	while (bytes) {
		ssize_t n = read(fd, bytes + *length, room - *length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		*length += (size_t)n;
		if (n == 0 || *length > limit) {
			bytes[*length] = '\0';
			return bytes;
		}
		if (*length == room) {
			char *more = realloc(bytes, 2 * room + 1);

			if (!more)
				break;
			bytes = more;
			room *= 2;
		}
	}
	free(bytes);
	return NULL;
}

static char *
read_open(int fd, const char *path, size_t limit, size_t *length, struct messages *messages)
{
	struct stat st;
	char *bytes, why[80];

	if (fstat(fd, &st) < 0)
		return refuse(messages, path, strerror(errno));
	if (kind(st.st_mode))
		return refuse(messages, path, kind(st.st_mode));
	snprintf(why, sizeof why, "expected at most %zu kB, found a larger file", limit / 1024);
	if (st.st_size > 0 && (size_t)st.st_size > limit)
		return refuse(messages, path, why);
	bytes = slurp(fd, limit, (size_t)st.st_size, length);
	if (!bytes)
		return refuse(messages, path, strerror(errno));
	if (*length > limit) {
		free(bytes);
		return refuse(messages, path, why);
	}
	return bytes;
}

char *
file_read(const char *path, size_t limit, size_t *length, struct messages *messages)
{
	/* O_NONBLOCK: opening a pipe that nobody writes to must not wait for a writer. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	char *bytes;

	if (fd < 0)
		return refuse(messages, path, strerror(errno));
	bytes = read_open(fd, path, limit, length, messages);
	close(fd);
	return bytes;
}
