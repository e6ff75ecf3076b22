/* The journal in a real folder. This file replaces fsync, which records what was synced and fails on request, and nanosleep,
 * which only counts. That the bytes reach the disk is tested by tests/journal/powercut.test. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "agent/journal.h"
#include "text/trace/seal.h"

#define LINES 12
#define LINE 33 /* bytes of a sealed {"n":1} */
#define NOBODY 65534

static char top[64], folder[128], file[160];
static char synced[64]; /* a letter for each fsync: f a file, d a folder */
static unsigned fail_sync; /* this one fails, counted from 1 */

int
fsync(int fd)
{
	struct stat st;
	size_t n = strlen(synced);

	assert_int_equal(fstat(fd, &st), 0);
	if (n + 1 < sizeof synced)
		synced[n] = S_ISDIR(st.st_mode) ? 'd' : 'f', synced[n + 1] = 0;
	if (!fail_sync || --fail_sync)
		return 0;
	errno = EIO;
	return -1;
}

static unsigned pauses;
static pid_t holder; /* a child to end in the third pause */

static void
end_holder(void)
{
	assert_int_equal(kill(holder, SIGKILL), 0);
	assert_int_equal(waitpid(holder, NULL, 0), holder);
	holder = 0;
}

int
nanosleep(const struct timespec *pause, struct timespec *rest)
{
	(void)pause, (void)rest;
	if (++pauses == 3 && holder)
		end_holder();
	return 0;
}

static void
forget_syncs(void)
{
	memset(synced, 0, sizeof synced);
}

static struct journal_report report;
static char lines[LINES + 4][64]; /* as passed to the reader */
static unsigned handed, refuse; /* refuse: the line that the reader rejects, counted from 1 */

static bool
take_line(void *context, const char *line, size_t length)
{
	assert_ptr_equal(context, &handed);
	assert_true(length < sizeof lines[0]);
	if (handed < LINES + 4)
		snprintf(lines[handed], sizeof lines[0], "%.*s", (int)length, line);
	return ++handed != refuse;
}

static struct journal *
reopen(struct journal *j)
{
	journal_close(j);
	handed = 0;
	return journal_open(folder, take_line, &handed, &report);
}

static void
append_number(struct journal *j, unsigned from, unsigned to)
{
	char object[64];

	for (unsigned n = from; n <= to; n++)
		assert_true(journal_append(j, object, (size_t)snprintf(object, sizeof object, "{\"n\":%u}", n)));
}

static void
write_file(const char *bytes, size_t length)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_int_equal(write(fd, bytes, length), length);
	close(fd);
}

static size_t
read_file(const char *path, char *bytes, size_t room)
{
	int fd = open(path, O_RDONLY);
	ssize_t n = read(fd, bytes, room);

	close(fd);
	return n < 0 ? 0 : (size_t)n;
}

static bool
is_there(const char *name)
{
	char path[256];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return access(path, F_OK) == 0;
}

static int
make_fresh_folder(void **state)
{
	char command[300];

	(void)state;
	snprintf(command, sizeof command, "rm -rf '%s' && mkdir -m 700 '%s'", folder, folder);
	fail_sync = refuse = 0;
	forget_syncs();
	return system(command);
}

static int
make_top(void **state)
{
	const char *tmp = getenv("TMP");

	(void)state;
	snprintf(top, sizeof top, "%s/journal.XXXXXX", tmp && strlen(tmp) < 40 ? tmp : "/tmp");
	if (!mkdtemp(top))
		return -1;
	snprintf(folder, sizeof folder, "%s/state", top);
	snprintf(file, sizeof file, "%s/journal", folder);
	return 0;
}

static int
remove_top(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof command, "rm -rf '%s'", top);
	return system(command);
}

static void
lines_come_back_as_written(void **state)
{
	struct journal *j = reopen(NULL);
	char bytes[256];
	const char *golden = "{\"n\":1,\"seq\":1,\"crc\":\"e9a2165f\"}\n";

	(void)state;
	assert_non_null(j);
	assert_int_equal(report.state, JOURNAL_NEW);
	assert_int_equal(journal_seq(j), 0);
	append_number(j, 1, 2);
	j = reopen(j);
	append_number(j, 3, 3);
	assert_int_equal(journal_seq(j), 3);
	j = reopen(j);
	assert_int_equal(report.state, JOURNAL_WHOLE);
	assert_int_equal(report.lines, 3);
	assert_int_equal(handed, 3);
	assert_memory_equal(lines[2], "{\"n\":3,\"seq\":3,", 15);
	assert_true(read_file(file, bytes, sizeof bytes) > strlen(golden));
	assert_memory_equal(bytes, golden, strlen(golden));
	journal_close(j);
}

static void
everything_is_synced_in_its_order(void **state)
{
	struct journal *j = reopen(NULL);

	(void)state;
	assert_string_equal(synced, "df"); /* the folder with its name, then the file */
	forget_syncs();
	append_number(j, 1, 2);
	assert_string_equal(synced, "ff");
	forget_syncs();
	assert_true(journal_rotate(j));
	assert_string_equal(synced, "dd"); /* the old name, then the new file's */
	forget_syncs();
	j = reopen(j);
	assert_string_equal(synced, "df");
	journal_close(j);
}

static void
failed_sync_is_final(void **state)
{
	struct journal *j = reopen(NULL);
	char before[512], after[512];
	size_t size;

	(void)state;
	append_number(j, 1, 2);
	fail_sync = 1;
	assert_false(journal_append(j, "{\"n\":3}", 7));
	assert_non_null(strstr(journal_error(j), "journal: sync: Input/output error"));
	size = read_file(file, before, sizeof before);
	forget_syncs();
	assert_false(journal_append(j, "{\"n\":4}", 7));
	assert_false(journal_rotate(j));
	assert_string_equal(synced, "");
	assert_int_equal(read_file(file, after, sizeof after), size);
	assert_memory_equal(before, after, size);
	assert_int_equal(journal_seq(j), 2);
	/* The line may be there when it is read back; then it is synced before it counts. */
	forget_syncs();
	j = reopen(j);
	assert_int_equal(handed, 3);
	assert_string_equal(synced, "df");
	fail_sync = 2;
	assert_null(reopen(j));
	assert_non_null(strstr(report.error, "Input/output error"));
	assert_int_equal(handed, 0);
}

static void
full_disk_leaves_what_was_acknowledged(void **state)
{
	static const char longer[] = "{\"n\":3,\"more\":\"than the file may grow\"}";
	struct rlimit whole, limit = {100, RLIM_INFINITY};
	struct journal *j = reopen(NULL);

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &whole);
	limit.rlim_max = whole.rlim_max;
	append_number(j, 1, 2);
	setrlimit(RLIMIT_FSIZE, &limit);
	assert_false(journal_append(j, longer, strlen(longer)));
	setrlimit(RLIMIT_FSIZE, &whole);
	assert_non_null(strstr(journal_error(j), "journal: write: "));
	j = reopen(j);
	assert_int_equal(report.state, JOURNAL_TAIL_CUT);
	assert_int_equal(report.lost_bytes, limit.rlim_cur - 2 * LINE);
	assert_int_equal(handed, 2);
	journal_close(j);
}

/* Opens a journal of these bytes twice, and appends: the first time repairs it, the second time finds it whole. */
static void
expect_repair(const char *bytes, size_t size, enum journal_state state, unsigned whole)
{
	static char kept[LINES * 64];
	struct journal *j;

	write_file(bytes, size);
	j = reopen(NULL);
	assert_non_null(j);
	assert_int_equal(report.state, state);
	assert_int_equal(report.lines, whole);
	assert_int_equal(handed, whole);
	assert_int_equal(report.lost_bytes, state == JOURNAL_TAIL_CUT ? size - whole * LINE : 0);
	assert_int_equal(!!*report.kept_as, state == JOURNAL_SET_ASIDE);
	for (unsigned n = 1; n <= whole; n++)
		assert_int_equal(strtoul(lines[n - 1] + 5, NULL, 10), n);
	if (state == JOURNAL_SET_ASIDE) {
		assert_int_equal(read_file(report.kept_as, kept, sizeof kept), size);
		assert_memory_equal(kept, bytes, size);
		unlink(report.kept_as);
	}
	j = reopen(j);
	assert_int_equal(report.state, whole ? JOURNAL_WHOLE : JOURNAL_NEW);
	assert_int_equal(handed, whole);
	append_number(j, whole + 1, whole + 1);
	j = reopen(j);
	assert_int_equal(handed, whole + 1);
	journal_close(j);
}

static size_t
nine_lines(char *bytes)
{
	size_t length = 0;

	for (unsigned n = 1; n <= 9; n++) {
		char text[64], line[SEALED_MAX];
		size_t size = seal_line(text, (size_t)snprintf(text, sizeof text, "{\"n\":%u}", n), n, line);

		memcpy(bytes + length, line, size);
		length += size;
	}
	assert_int_equal(length, 9 * LINE);
	return length;
}

static void
torn_zeroed_and_flipped_at_every_byte(void **state)
{
	char bytes[LINES * 64], hurt[LINES * 64];
	size_t length = nine_lines(bytes);

	(void)state;
	for (size_t at = 0; at < length; at++) {
		unsigned line = (unsigned)at / LINE;

		expect_repair(bytes, at, at == 0 ? JOURNAL_NEW : at % LINE ? JOURNAL_TAIL_CUT : JOURNAL_WHOLE, line);
		memcpy(hurt, bytes, length);
		memset(hurt + at, 0, length - at);
		expect_repair(hurt, length, JOURNAL_TAIL_CUT, line);
		memcpy(hurt, bytes, length);
		hurt[at] = (char)(hurt[at] ^ 1 << at % 8);
		expect_repair(hurt, length, line == 8 ? JOURNAL_TAIL_CUT : JOURNAL_SET_ASIDE, line == 8 ? 8 : 0);
	}
}

static void
line_not_understood_sets_aside(void **state)
{
	struct journal *j = reopen(NULL);

	(void)state;
	append_number(j, 1, 5);
	refuse = 3;
	j = reopen(j);
	assert_non_null(j);
	assert_int_equal(report.state, JOURNAL_SET_ASIDE);
	assert_int_equal(report.lines, 0);
	assert_string_equal(report.error, "a line that cannot be understood after line 2");
	assert_int_equal(journal_seq(j), 0);
	append_number(j, 1, 1);
	assert_true(is_there("journal.damaged.0001"));
	journal_close(j);
}

static void
last_ten_are_kept(void **state)
{
	struct journal *j = reopen(NULL);
	char name[32], other[160];

	(void)state;
	snprintf(other, sizeof other, "%s/journal.txt", folder);
	close(open(other, O_CREAT | O_WRONLY, 0600));
	for (unsigned n = 1; n <= 13; n++) {
		append_number(j, 1, n);
		assert_true(journal_rotate(j));
		assert_int_equal(journal_seq(j), 0);
	}
	for (unsigned n = 1; n <= 14; n++) {
		snprintf(name, sizeof name, "journal.%04u", n);
		assert_int_equal(is_there(name), n > 3 && n < 14);
	}
	assert_true(is_there("journal.txt"));
	for (unsigned n = 1; n <= 12; n++) {
		append_number(j, 1, 1);
		refuse = 1;
		j = reopen(j);
		assert_int_equal(report.state, JOURNAL_SET_ASIDE);
	}
	assert_false(is_there("journal.damaged.0002"));
	assert_true(is_there("journal.damaged.0003"));
	assert_true(is_there("journal.damaged.0012"));
	assert_true(is_there("journal.0004"));
	journal_close(j);
}

static void
one_agent_at_a_time(void **state)
{
	struct journal_report second;
	struct journal *j = reopen(NULL);

	(void)state;
	append_number(j, 1, 1);
	pauses = 0;
	assert_null(journal_open(folder, take_line, &handed, &second));
	assert_non_null(strstr(second.error, "another agent is running"));
	assert_in_range(pauses, 1, 1000);
	assert_true(journal_rotate(j));
	assert_null(journal_open(folder, take_line, &handed, &second));
	append_number(j, 1, 1);
	j = reopen(j);
	assert_non_null(j);
	journal_close(j);
}

/* A child that is forked and has not closed its descriptors yet when the agent is killed. */
static void
a_child_of_a_killed_agent_holds_the_lock_for_a_moment(void **state)
{
	struct journal *j = reopen(NULL);

	(void)state;
	holder = fork();
	assert_int_not_equal(holder, -1);
	if (holder == 0)
		for (;;)
			pause();
	pauses = 0;
	j = reopen(j);
	if (holder)
		end_holder();
	assert_non_null(j);
	assert_int_equal(pauses, 3);
	journal_close(j);
}

static void
refused(const char *why)
{
	struct stat before, after;
	bool was = lstat(file, &before) == 0;

	assert_null(reopen(NULL));
	if (!strstr(report.error, why))
		fail_msg("expected \"%s\", found \"%s\"", why, report.error);
	assert_int_equal(handed, 0);
	assert_int_equal(lstat(file, &after) == 0, was);
	if (was)
		assert_int_equal(before.st_ino, after.st_ino);
}

static void
only_a_file_of_ours(void **state)
{
	char other[160];

	(void)state;
	snprintf(other, sizeof other, "%s/other", folder);
	assert_int_equal(symlink("nowhere", file), 0);
	refused("journal: open: is a link");
	assert_false(is_there("nowhere"));
	unlink(file);
	close(open(other, O_CREAT | O_WRONLY, 0600));
	assert_int_equal(symlink("other", file), 0);
	refused("journal: open: is a link");
	unlink(file);
	assert_int_equal(link(other, file), 0);
	refused("2 names");
	unlink(file);
	assert_int_equal(mkfifo(file, 0600), 0);
	refused("is not a regular file");
	unlink(file);
	assert_int_equal(mkdir(file, 0700), 0);
	refused("Is a directory");
	rmdir(file);
	write_file("", 0);
	assert_int_equal(chmod(file, 0620), 0);
	refused("mode 0620");
	assert_int_equal(chmod(file, 0602), 0);
	refused("mode 0602");
}

static void
only_a_folder_of_ours(void **state)
{
	char link[160], whole[128];

	(void)state;
	assert_int_equal(chmod(folder, 0770), 0);
	refused("mode 0770");
	assert_int_equal(chmod(folder, 01777), 0);
	refused("mode 1777");
	assert_int_equal(chmod(folder, 0755), 0);
	journal_close(reopen(NULL));
	assert_string_equal(report.error, "");
	snprintf(whole, sizeof whole, "%s", folder);
	snprintf(link, sizeof link, "%s/link", top);
	unlink(link);
	assert_int_equal(symlink(folder, link), 0);
	snprintf(folder, sizeof folder, "%s/link", top);
	refused("link: Not a directory");
	snprintf(folder, sizeof folder, "%s/missing", top);
	refused("missing: No such file");
	snprintf(folder, sizeof folder, "%s", whole);
}

static void
files_of_others_are_refused(void **state)
{
	(void)state;
	if (geteuid() != 0) {
		print_message("# note: %s: giving files away needs root\n", __func__);
		return; /* not skip(), which prints "not ok" and so counts as a failure */
	}
	write_file("", 0);
	assert_int_equal(chown(file, NOBODY, (gid_t)-1), 0);
	refused("found uid 65534");
	unlink(file);
	assert_int_equal(chown(folder, NOBODY, (gid_t)-1), 0);
	refused("found uid 65534");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(lines_come_back_as_written, make_fresh_folder),
		cmocka_unit_test_setup(everything_is_synced_in_its_order, make_fresh_folder),
		cmocka_unit_test_setup(failed_sync_is_final, make_fresh_folder),
		cmocka_unit_test_setup(full_disk_leaves_what_was_acknowledged, make_fresh_folder),
		cmocka_unit_test_setup(torn_zeroed_and_flipped_at_every_byte, make_fresh_folder),
		cmocka_unit_test_setup(line_not_understood_sets_aside, make_fresh_folder),
		cmocka_unit_test_setup(last_ten_are_kept, make_fresh_folder),
		cmocka_unit_test_setup(one_agent_at_a_time, make_fresh_folder),
		cmocka_unit_test_setup(a_child_of_a_killed_agent_holds_the_lock_for_a_moment, make_fresh_folder),
		cmocka_unit_test_setup(only_a_file_of_ours, make_fresh_folder),
		cmocka_unit_test_setup(only_a_folder_of_ours, make_fresh_folder),
		cmocka_unit_test_setup(files_of_others_are_refused, make_fresh_folder),
	};

	return cmocka_run_group_tests(tests, make_top, remove_top);
}
