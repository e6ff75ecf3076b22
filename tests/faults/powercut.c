/* powercut - a preloaded library that simulates a disk losing power. It watches one folder: the files there play the page
 * cache, and the library remembers what each sync made durable. At the power cut it writes what the disk would hold into a
 * second folder: every synced byte; of the other bytes some old, some new, some zero, some noise, up to any length; and any
 * subset of the names created, moved and removed since the folder's last sync.
 *
 *	POWERCUT_FOLDER	the watched folder
 *	POWERCUT_DISK	the second folder
 *	POWERCUT_AT	cuts the power before this call, counted from 1; if there are fewer calls, at the exit
 *	POWERCUT_SEED	0: everything not synced is lost; 1: everything is kept; others: a mixture drawn from it
 *	POWERCUT_SYNC	this fsync of a file, counted from 1, fails with EIO; as on Linux its bytes then count as clean
 *	POWERCUT_SHORT	the most bytes that one write takes
 *	POWERCUT_ROOM	the bytes that can be written before the disk is full */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX 16384
#define FILES 64
#define NAMES 256
#define CHUNK 16
#define CUT_STATUS 99

struct file {
	dev_t device;
	ino_t inode;
	int fd; /* a duplicate, to read the file at the end even if it has no name */
	size_t size; /* on disk */
	unsigned char disk[FILE_MAX];
	bool dirty[FILE_MAX];
};

struct name {
	char text[64];
	struct file *file; /* NULL: no such name */
};

/* A change since the folder's last sync. Both names: moved; without `from`: created as `to`; without `to`: removed. */
struct change {
	char from[64], to[64];
	struct file *file;
};

static struct file files[FILES];
static struct name live[NAMES], disk[NAMES];
static struct change changes[NAMES];
static unsigned file_count, change_count;
static struct stat watched;
static bool watching;
static unsigned long calls, syncs, cut_at, sync_fails, short_write, room;
static uint64_t seed;
static const char *disk_folder;

#define REAL(name) ((__typeof__(&name))(uintptr_t)dlsym(RTLD_NEXT, #name))

static void
give_up(const char *why)
{
	fprintf(stderr, "powercut: %s\n", why);
	abort();
}

static unsigned long
setting(const char *name, unsigned long otherwise)
{
	const char *text = getenv(name);

	return text ? strtoul(text, NULL, 10) : otherwise;
}

static unsigned
pick(unsigned below)
{
	seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
	return (unsigned)(seed >> 32) % below;
}

static struct name *
lookup(struct name *names, const char *text, bool make)
{
	struct name *unused = NULL;

	for (struct name *n = names; n < names + NAMES; n++) {
		if (strcmp(n->text, text) == 0)
			return n;
		if (!n->text[0] && !unused)
			unused = n;
	}
	if (!make)
		return NULL;
	if (!unused)
		give_up("too many names");
	snprintf(unused->text, sizeof unused->text, "%s", text);
	return unused;
}

static void
apply(struct name *names, const struct change *c)
{
	struct file *file = c->file;

	if (c->from[0]) {
		struct name *from = lookup(names, c->from, true);

		file = from->file;
		from->file = NULL;
	}
	if (c->to[0] && file)
		lookup(names, c->to, true)->file = file;
}

static void
change(const char *from, const char *to, struct file *file)
{
	struct change *c = &changes[change_count++];

	if (change_count == NAMES)
		give_up("too many changes");
	snprintf(c->from, sizeof c->from, "%s", from);
	snprintf(c->to, sizeof c->to, "%s", to);
	c->file = file;
	apply(live, c);
}

static struct file *
file_of(int fd)
{
	struct stat st;

	/* The newest first: an inode number may have been used before. */
	if (watching && fstat(fd, &st) == 0)
		for (unsigned i = file_count; i-- > 0;)
			if (files[i].device == st.st_dev && files[i].inode == st.st_ino)
				return &files[i];
	return NULL;
}

static bool
is_watched(int folder)
{
	struct stat st;

	return watching && fstat(folder, &st) == 0 && st.st_dev == watched.st_dev && st.st_ino == watched.st_ino;
}

static struct file *
add_file(int fd)
{
	struct file *f = &files[file_count++];
	struct stat st;

	if (file_count == FILES || fstat(fd, &st))
		give_up("too many files");
	f->device = st.st_dev, f->inode = st.st_ino;
	f->fd = fcntl(fd, F_DUPFD_CLOEXEC, 100);
	return f;
}

static size_t
read_live(const struct file *f, unsigned char *bytes)
{
	ssize_t n = pread(f->fd, bytes, FILE_MAX, 0);

	if (n < 0 || n == FILE_MAX)
		give_up("a file is too large for this disk");
	return (size_t)n;
}

static void
sync_file(struct file *f, bool works)
{
	unsigned char bytes[FILE_MAX] = {0};
	size_t size = read_live(f, bytes);

	if (works) {
		for (size_t i = 0; i < size; i++)
			if (f->dirty[i])
				f->disk[i] = bytes[i];
		memset(f->disk + size, 0, FILE_MAX - size);
		f->size = size;
	}
	memset(f->dirty, 0, sizeof f->dirty);
}

/* Draws what is left of a file. Bytes that the disk held before become old or new, never noise. Returns the size. */
static size_t
leave(const struct file *f, unsigned char *bytes)
{
	unsigned char now[FILE_MAX] = {0};
	size_t size = read_live(f, now), low = size < f->size ? size : f->size, high = size + f->size - low, end;
	const unsigned ways = 4;

	end = seed == 0 ? f->size : seed == 1 ? size : pick(2) ? size : low + pick((unsigned)(high - low) + 1);
	for (size_t i = 0; i < end; i += CHUNK) {
		unsigned way = seed < 2 ? (unsigned)seed : pick(ways);

		for (size_t k = i; k < i + CHUNK && k < end; k++) {
			bytes[k] = f->disk[k];
			if (f->dirty[k] && way == 1)
				bytes[k] = now[k];
			else if (k >= f->size && way == 2)
				bytes[k] = (unsigned char)pick(256);
		}
	}
	return end;
}

static void
cut(void)
{
	unsigned char bytes[FILE_MAX];
	int folder = open(disk_folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	watching = false;
	for (unsigned i = 0; i < change_count; i++)
		if (seed == 1 || (seed > 1 && pick(2)))
			apply(disk, &changes[i]);
	for (const struct name *n = disk; n < disk + NAMES; n++) {
		int fd;
		size_t length;

		if (!n->file)
			continue;
		length = leave(n->file, bytes);
		fd = openat(folder, n->text, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
		if (fd < 0 || write(fd, bytes, length) != (ssize_t)length)
			give_up("cannot write what is left");
		close(fd);
	}
	close(folder);
}

static void
count(void)
{
	if (++calls != cut_at)
		return;
	cut();
	_exit(CUT_STATUS);
}

__attribute__((constructor)) static void
plug_in(void)
{
	const char *path = getenv("POWERCUT_FOLDER");
	DIR *folder = path ? opendir(path) : NULL;
	const struct dirent *entry;

	disk_folder = getenv("POWERCUT_DISK");
	if (!folder || !disk_folder || fstat(dirfd(folder), &watched))
		return;
	while ((entry = readdir(folder))) {
		int fd = openat(dirfd(folder), entry->d_name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
		struct file *f;
		struct stat st;

		if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
			f = add_file(fd);
			f->size = read_live(f, f->disk);
			lookup(live, entry->d_name, true)->file = lookup(disk, entry->d_name, true)->file = f;
		}
		if (fd >= 0)
			close(fd);
	}
	closedir(folder);
	cut_at = setting("POWERCUT_AT", 0);
	seed = setting("POWERCUT_SEED", 0);
	seed *= seed < 2 ? 1 : 0x9e3779b97f4a7c15;
	sync_fails = setting("POWERCUT_SYNC", 0);
	short_write = setting("POWERCUT_SHORT", FILE_MAX);
	room = setting("POWERCUT_ROOM", FILE_MAX * FILES);
	watching = true;
}

__attribute__((destructor)) static void
unplug(void)
{
	if (watching)
		cut();
}

int
openat(int folder, const char *path, int flags, ...)
{
	mode_t mode = 0;
	bool made;
	int fd;
	va_list args;

	va_start(args, flags);
	if (flags & O_CREAT)
		mode = va_arg(args, mode_t);
	va_end(args);
	made = flags & O_CREAT && is_watched(folder) && faccessat(folder, path, F_OK, AT_SYMLINK_NOFOLLOW) != 0;
	if (made)
		count();
	fd = REAL(openat)(folder, path, flags, mode);
	if (made && fd >= 0)
		change("", path, add_file(fd));
	return fd;
}

ssize_t
pwrite(int fd, const void *bytes, size_t length, off_t offset)
{
	struct file *f = file_of(fd);
	ssize_t n;

	if (!f)
		return REAL(pwrite)(fd, bytes, length, offset);
	count();
	if (room == 0) {
		errno = ENOSPC;
		return -1;
	}
	length = length < short_write ? length : short_write;
	length = length < room ? length : room;
	n = REAL(pwrite)(fd, bytes, length, offset);
	if (n > 0) {
		room -= (unsigned long)n;
		memset(f->dirty + offset, true, (size_t)n);
	}
	return n;
}

int
ftruncate(int fd, off_t size)
{
	struct file *f = file_of(fd);

	if (f) {
		count();
		memset(f->dirty + size, false, FILE_MAX - (size_t)size);
	}
	return REAL(ftruncate)(fd, size);
}

int
fsync(int fd)
{
	struct file *f = file_of(fd);

	if (is_watched(fd)) {
		count();
		for (unsigned i = 0; i < change_count; i++)
			apply(disk, &changes[i]);
		change_count = 0;
	} else if (f) {
		bool works = ++syncs != sync_fails;

		count();
		sync_file(f, works);
		if (!works) {
			errno = EIO;
			return -1;
		}
	}
	return 0; /* a real sync would only take time */
}

int
renameat(int from_folder, const char *from, int to_folder, const char *to)
{
	int status;

	if (!is_watched(from_folder))
		return REAL(renameat)(from_folder, from, to_folder, to);
	count();
	status = REAL(renameat)(from_folder, from, to_folder, to);
	if (status == 0)
		change(from, to, NULL);
	return status;
}

int
unlinkat(int folder, const char *path, int flags)
{
	int status;

	if (!is_watched(folder))
		return REAL(unlinkat)(folder, path, flags);
	count();
	status = REAL(unlinkat)(folder, path, flags);
	if (status == 0)
		change(path, "", NULL);
	return status;
}
