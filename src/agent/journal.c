#include "journal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "text/trace/seal.h"

#define NAME "journal"
#define CLOSED NAME "."
#define DAMAGED NAME ".damaged."
#define KEPT 10
#define NUMBER_DIGITS 9
#define LOCK_ATTEMPTS 200
#define LOCK_PAUSE 10000000	/* ns between two attempts: about two seconds in all */

struct journal {
	int folder, file;
	uint64_t seq;
	size_t size;
	bool failed;
	char *path; /* the folder's */
	char error[sizeof((struct journal_report *)0)->error];
};

__attribute__((format(printf, 2, 3))) static bool
fail(struct journal *j, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(j->error, sizeof j->error, format, args);
	va_end(args);
	j->failed = true;
	return false;
}

static bool
fail_errno(struct journal *j, const char *doing)
{
	return fail(j, "%s/" NAME ": %s: %s", j->path, doing, errno == ELOOP ? "is a link" : strerror(errno));
}

/* Syncs to the medium, not only to the drive. A failed sync is never tried again: the kernel may have dropped the
 * bytes, and would then report success. */
static bool
sync_fd(struct journal *j, int fd, const char *doing)
{
#ifdef F_FULLFSYNC
	if (fcntl(fd, F_FULLFSYNC) == 0)
		return true;
	if (errno != ENOTSUP) /* some file systems have only fsync */
		return fail_errno(j, doing);
#endif
	return fsync(fd) == 0 || fail_errno(j, doing);
}

static bool
write_at(struct journal *j, const char *bytes, size_t length, size_t offset)
{
	while (length > 0) {
		ssize_t n = pwrite(j->file, bytes, length, (off_t)offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail_errno(j, "write");
		bytes += n, length -= (size_t)n, offset += (size_t)n;
	}
	return true;
}

/* Waits a moment for a lock that is held: a child forked by an agent that was killed holds that agent's lock until it
 * has closed the descriptors it inherited. */
static bool
lock_folder(struct journal *j)
{
	const struct timespec pause = {.tv_nsec = LOCK_PAUSE};

	for (int attempt = 1; flock(j->folder, LOCK_EX | LOCK_NB); attempt++) {
		if (errno != EWOULDBLOCK)
			return fail(j, "%s: lock: %s", j->path, strerror(errno));
		if (attempt == LOCK_ATTEMPTS)
			return fail(j, "%s: another agent is running on this folder", j->path);
		nanosleep(&pause, NULL);
	}
	return true;
}

static bool
open_folder(struct journal *j)
{
	struct stat st;

	j->folder = open(j->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (j->folder < 0 || fstat(j->folder, &st))
		return fail(j, "%s: %s", j->path, strerror(errno));
	if (st.st_uid != geteuid() || st.st_mode & (S_IWGRP | S_IWOTH))
		return fail(j, "%s: expected a folder of uid %u that nobody else can write, found uid %u, mode %04o", j->path,
			(unsigned)geteuid(), (unsigned)st.st_uid, (unsigned)st.st_mode & 07777);
	return lock_folder(j);
}

/* Opens the journal, or makes it, and syncs its name. The lock is on the folder, so it survives rotation. */
static bool
open_file(struct journal *j)
{
	struct stat st;

	/* O_NONBLOCK: a FIFO must not stop us before it is refused. */
	j->file = openat(j->folder, NAME, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
	if (j->file < 0 || fstat(j->file, &st))
		return fail_errno(j, "open");
	if (!S_ISREG(st.st_mode))
		return fail(j, "%s/" NAME ": is not a regular file", j->path);
	if (st.st_uid != geteuid() || st.st_mode & (S_IWGRP | S_IWOTH) || st.st_nlink != 1)
		return fail(j,
			"%s/" NAME ": expected a file of uid %u with one name that nobody else can write, "
			"found uid %u, %u names, mode %04o",
			j->path, (unsigned)geteuid(), (unsigned)st.st_uid, (unsigned)st.st_nlink,
			(unsigned)st.st_mode & 07777);
	j->size = (size_t)st.st_size;
	j->seq = 0;
	return sync_fd(j, j->folder, "sync of its folder");
}

/* Returns the journal's bytes, or NULL. A part that cannot be read is damage, not a failure of the journal. */
static char *
read_all(struct journal *j)
{
	char *bytes = malloc(j->size + 1);
	size_t length = 0;

	if (!bytes)
		fail(j, "%s/" NAME ": no memory for its %zu bytes", j->path, j->size);
	while (bytes && length < j->size) {
		ssize_t n = pread(j->file, bytes + length, j->size - length, (off_t)length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			free(bytes);
			return NULL;
		}
		length += (size_t)n;
	}
	return bytes;
}

/* Cuts the damaged tail off. The last line is written once more: after a failed sync, or a kill before it, that line
 * may be read back from memory without being on disk. */
static bool
repair_tail(struct journal *j, const char *bytes, const struct sealed *found, struct journal_report *report)
{
	report->lost_bytes = j->size - found->good;
	report->state = report->lost_bytes ? JOURNAL_TAIL_CUT : found->lines ? JOURNAL_WHOLE : JOURNAL_NEW;
	if (report->lost_bytes && ftruncate(j->file, (off_t)found->good))
		return fail_errno(j, "truncate");
	j->size = found->good;
	j->seq = found->lines;
	return write_at(j, bytes + found->last, found->good - found->last, found->last) && sync_fd(j, j->file, "sync");
}

/* Returns 12 for `journal.0012` if prefix is `journal.`, or 0 for any other file. */
static unsigned long
number_of(const char *name, const char *prefix)
{
	size_t skip = strlen(prefix), digits;

	if (strncmp(name, prefix, skip) != 0)
		return 0;
	digits = strspn(name + skip, "0123456789");
	return digits > 0 && digits <= NUMBER_DIGITS && !name[skip + digits] ? strtoul(name + skip, NULL, 10) : 0;
}

/* Finds the highest number in the folder, and removes files numbered up to `until`; one that cannot be removed does no
 * harm. */
static bool
scan_folder(struct journal *j, const char *prefix, unsigned long until, unsigned long *highest)
{
	int fd = openat(j->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;

	if (!folder) {
		fail_errno(j, "read its folder");
		if (fd >= 0)
			close(fd);
		return false;
	}
	*highest = 0;
	while ((errno = 0, entry = readdir(folder))) {
		unsigned long number = number_of(entry->d_name, prefix);

		if (number > *highest)
			*highest = number;
		if (number && number <= until)
			(void)unlinkat(j->folder, entry->d_name, 0);
	}
	if (errno)
		fail_errno(j, "read its folder");
	closedir(folder);
	return !j->failed;
}

/* Renames the journal to the next number, and syncs the folder before a new file takes the name. */
static bool
rename_journal(struct journal *j, const char *prefix, char *name, size_t room)
{
	unsigned long number;

	if (!scan_folder(j, prefix, 0, &number))
		return false;
	number++;
	snprintf(name, room, "%s%04lu", prefix, number);
	if (renameat(j->folder, NAME, j->folder, name))
		return fail_errno(j, "rename");
	if (!sync_fd(j, j->folder, "sync of its folder"))
		return false;
	close(j->file);
	j->file = -1;
	return number <= KEPT || scan_folder(j, prefix, number - KEPT, &number);
}

static bool
set_aside(struct journal *j, struct journal_report *report, const char *why)
{
	char name[64];

	if (!rename_journal(j, DAMAGED, name, sizeof name))
		return false;
	snprintf(report->kept_as, sizeof report->kept_as, "%s/%s", j->path, name);
	snprintf(report->error, sizeof report->error, "%s after line %" PRIu64, why, report->lines);
	report->state = JOURNAL_SET_ASIDE;
	report->lines = report->lost_bytes = 0;
	return open_file(j);
}

static bool
recover_lines(struct journal *j, const char *bytes, journal_line *line, void *context, struct journal_report *report)
{
	struct sealed found = seal_scan(bytes, j->size);

	report->lines = found.lines;
	if (found.damaged)
		return set_aside(j, report, "damage");
	if (!repair_tail(j, bytes, &found, report))
		return false;
	report->lines = seal_each(bytes, found.good, line, context);
	return report->lines == found.lines || set_aside(j, report, "a line that cannot be understood");
}

static bool
open_journal(struct journal *j, journal_line *line, void *context, struct journal_report *report)
{
	char *bytes;
	bool done;

	if (!open_folder(j) || !open_file(j))
		return false;
	bytes = read_all(j);
	if (bytes)
		done = recover_lines(j, bytes, line, context, report);
	else
		done = !j->failed && set_aside(j, report, "a part that cannot be read");
	free(bytes);
	return done;
}

struct journal *
journal_open(const char *folder, journal_line *line, void *context, struct journal_report *report)
{
	struct journal *j = calloc(1, sizeof *j);

	memset(report, 0, sizeof *report);
	if (j)
		j->folder = j->file = -1, j->path = strdup(folder);
	if (!j || !j->path)
		snprintf(report->error, sizeof report->error, "out of memory");
	else if (open_journal(j, line, context, report))
		return j;
	else
		memcpy(report->error, j->error, sizeof report->error);
	journal_close(j);
	return NULL;
}

bool
journal_append(struct journal *j, const char *object, size_t length)
{
	char line[SEALED_MAX];
	size_t sealed = seal_line(object, length, j->seq + 1, line);

	if (j->failed || !write_at(j, line, sealed, j->size) || !sync_fd(j, j->file, "sync"))
		return false;
	j->size += sealed;
	j->seq++;
	return true;
}

bool
journal_rotate(struct journal *j)
{
	char name[64];

	return !j->failed && rename_journal(j, CLOSED, name, sizeof name) && open_file(j);
}

uint64_t
journal_seq(const struct journal *j)
{
	return j->seq;
}

const char *
journal_error(const struct journal *j)
{
	return j->error;
}

void
journal_close(struct journal *j)
{
	if (!j)
		return;
	if (j->file >= 0)
		close(j->file);
	if (j->folder >= 0)
		close(j->folder);
	free(j->path);
	free(j);
}
