#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memory.h"

static const struct place whole;

static char *
report_file(struct messages *ms, const char *path, int fd, const char *why)
{
	message_coded(ms, CODE_FILE, path, whole, "%s", why);
	if (fd >= 0)
		close(fd);
	return NULL;
}

static char *
report_size(struct messages *ms, const char *path, int fd, size_t limit)
{
	message_coded(ms, CODE_LIMIT, path, whole, "larger than %zu bytes, the limit for this kind of file", limit);
	close(fd);
	return NULL;
}

static const char *
kind_error(mode_t mode)
{
	if (S_ISDIR(mode))
		return "expected a file, found a folder";
	if (S_ISFIFO(mode))
		return "expected a file, found a FIFO";
	if (S_ISSOCK(mode))
		return "expected a file, found a socket";
	return S_ISREG(mode) ? NULL : "expected a file, found a device";
}

/* Returns why open failed. For a socket, errno does not say. */
static const char *
open_error(const char *path, int error)
{
	struct stat st;

	return stat(path, &st) == 0 && kind_error(st.st_mode) ? kind_error(st.st_mode) : strerror(error);
}

static ssize_t
read_some(int fd, char *bytes, size_t room)
{
	ssize_t n;

	do
		n = read(fd, bytes, room);
	while (n < 0 && errno == EINTR);
	return n;
}

/* Reads to the end of the file, or one byte beyond limit. Returns false and sets errno after an error. size: a first
 * guess, since a file may grow while it is read, and those in /proc claim to be empty. */
static bool
read_to_end(int fd, size_t size, size_t limit, char **bytes, size_t *length)
{
	size_t room = size + 1;
	ssize_t n = 1;

	*bytes = memory_resize(NULL, room + 1);
	for (*length = 0; n > 0 && *length <= limit; *length += n > 0 ? (size_t)n : 0) {
		if (*length == room) {
			room = room < limit / 2 ? 2 * room : limit + 1;
			*bytes = memory_resize(*bytes, room + 1);
		}
		n = read_some(fd, *bytes + *length, room - *length);
	}
	return n >= 0;
}

char *
file_read(const char *path, size_t limit, size_t *length, struct messages *ms)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;
	char *bytes;
	bool read;

	if (fd < 0)
		return report_file(ms, path, fd, open_error(path, errno));
	if (fstat(fd, &st) != 0)
		return report_file(ms, path, fd, strerror(errno));
	if (kind_error(st.st_mode))
		return report_file(ms, path, fd, kind_error(st.st_mode));
	if (st.st_size < 0 || (size_t)st.st_size > limit)
		return report_size(ms, path, fd, limit);
	read = read_to_end(fd, (size_t)st.st_size, limit, &bytes, length);
	if (!read || *length > limit) {
		free(bytes);
		return read ? report_size(ms, path, fd, limit) : report_file(ms, path, fd, strerror(errno));
	}
	close(fd);
	bytes[*length] = '\0';
	return memory_resize(bytes, *length + 1);
}
