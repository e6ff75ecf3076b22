/* Drivers as child processes: what they print, how they end, and which of them exclude each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent/driver.h"
#include "platform/log.h"

static char heard[65536];
static unsigned ended;
static const char *folder;

static void
add_note(const char *format, ...)
{
	size_t length = strlen(heard);
	va_list args;

	va_start(args, format);
	vsnprintf(heard + length, sizeof heard - length, format, args);
	va_end(args);
}

static void
said(void *context, enum effect_kind effect, enum driver_word word, int percent, const char *text)
{
	static const char *const words[] = {"progress", "message", "outcome", "other"};

	(void)context;
	if (strlen(text) > 100)
		add_note("%s: %s of %zu\n", machine_effect[effect].driver, words[word], strlen(text));
	else if (word == DRIVER_PROGRESS)
		add_note("%s: progress %d\n", machine_effect[effect].driver, percent);
	else
		add_note("%s: %s [%s]\n", machine_effect[effect].driver, words[word], text);
}

static void
over(void *loop, enum effect_kind effect, enum driver_outcome outcome, const char *detail)
{
	static const char *const outcomes[] = {"done", "later", "unavailable", "refused", "failed"};

	add_note("%s: %s, %s\n", machine_effect[effect].driver, outcomes[outcome], detail);
	if (--ended == 0)
		ev_break(loop, EVBREAK_ALL);
}

static struct drivers *
make_drivers(const struct pretence *pretended, double stall)
{
	struct ev_loop *loop = ev_default_loop(0);

	heard[0] = '\0';
	log_set_level(LEVEL_NOTHING);
	return drivers_new(loop, &(struct driver_settings){.folder = folder, .pretended = pretended, .home = "/",
		.stall = stall, .printed = said, .ended = over, .context = loop});
}

/* Makes a driver of a shell script. */
static void
script(const char *job, const char *text)
{
	char path[1024];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, job);
	unlink(path);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "#!/bin/sh\n%s\n", text);
	fclose(f);
	assert_int_equal(chmod(path, 0755), 0);
}

static void
run_loop(struct drivers *d, unsigned ends)
{
	ended = ends;
	if (ends)
		ev_run(ev_default_loop(0), 0);
	drivers_free(d);
}

/* Runs a script for one effect and expects this outcome. */
static void
expect_outcome(const char *text, enum effect_kind effect, const char *version, double stall, const char *expected)
{
	struct drivers *d;

	script("updater", text);
	script("apps", text);
	d = make_drivers(NULL, stall);
	driver_start(d, effect, version);
	run_loop(d, 1);
	assert_string_equal(heard, expected);
}

static void
words(void **state)
{
	(void)state;
	expect_outcome("echo progress 42; echo progress 99.9%; echo message well then; echo downloaded; echo installed; echo hello",
		FX_DOWNLOAD, "15.3", 0,
		"updater download: progress 42\nupdater download: progress 99\nupdater download: message [well then]\n"
		"updater download: outcome [downloaded]\nupdater download: other [installed]\nupdater download: other [hello]\n"
		"updater download: done, exit status 0\n");
}

static void
not_words(void **state)
{
	(void)state;
	expect_outcome("echo progress; echo progress x; echo progress 101; echo progress -1; echo progress nan; echo downloadedly;"
		" printf 'progress 1\\rlast'", FX_DOWNLOAD, NULL, 0,
		"updater download: other [progress]\nupdater download: other [progress x]\n"
		"updater download: other [progress 101]\nupdater download: other [progress -1]\n"
		"updater download: other [progress nan]\nupdater download: other [downloadedly]\n"
		"updater download: progress 1\nupdater download: other [last]\nupdater download: done, exit status 0\n");
}

static void
exit_codes(void **state)
{
	(void)state;
	expect_outcome("exit 75", FX_INSTALL, "1.0", 0, "updater install: later, exit status 75\n");
	expect_outcome("exit 69", FX_INSTALL, "1.0", 0, "updater install: unavailable, exit status 69\n");
	expect_outcome("exit 77", FX_INSTALL, "1.0", 0, "updater install: refused, exit status 77\n");
	expect_outcome("exit 3", FX_INSTALL, "1.0", 0, "updater install: failed, exit status 3\n");
	expect_outcome("kill -9 $$", FX_INSTALL, "1.0", 0, "updater install: failed, killed by signal 9\n");
}

static void
arguments_are_not_shell(void **state)
{
	(void)state;
	expect_outcome("echo \"$# [$1] [$2]\"", FX_INSTALL, "13.4.1 (a); $(touch x)", 0,
		"updater install: other [2 [install] [13.4.1 (a); $(touch x)]]\nupdater install: done, exit status 0\n");
	expect_outcome("echo \"$#\"", FX_CLOSE_APPS, NULL, 0, "apps close: other [1]\napps close: done, exit status 0\n");
}

static void
environment_is_clean(void **state)
{
	(void)state;
	setenv("SECRET", "x", 1);
	expect_outcome("env | grep -v '^PWD=\\|^_=\\|^SHLVL=\\|^OLDPWD=' | sort; [ -e /proc/self/fd/3 ] && echo leak; wc -c", FX_INSTALL, NULL, 0,
		"updater install: other [HOME=/]\nupdater install: other [LANG=C]\nupdater install: other [LASTCALL_DRIVER=1]\n"
		"updater install: other [LC_ALL=C]\nupdater install: other [PATH=/usr/bin:/bin:/usr/sbin:/sbin]\n"
		"updater install: other [0]\nupdater install: done, exit status 0\n");
}

static void
own_session(void **state)
{
	(void)state;
	expect_outcome("read -r pid comm st ppid pgrp sid rest < /proc/self/stat; [ $$ = $pgrp ] && [ $$ = $sid ] && echo own",
		FX_INSTALL, NULL, 0, "updater install: other [own]\nupdater install: done, exit status 0\n");
}

static void
grandchild_with_the_pipe(void **state)
{
	(void)state;
	expect_outcome("(trap '' TERM; sleep 30) & echo done", FX_INSTALL, NULL, 0,
		"updater install: other [done]\nupdater install: done, exit status 0\n");
}

static void
silence(void **state)
{
	struct drivers *d;

	(void)state;
	/* On a slow machine the time-out may pass before the script has started. */
	script("updater", "exec sleep 30");
	d = make_drivers(NULL, 0.3);
	driver_start(d, FX_INSTALL, NULL);
	run_loop(d, 1);
	assert_string_equal(heard, "updater install: failed, no output for too long\n");
	/* `apps hold` prints nothing and has no limit of silence: a release ends it. */
	expect_outcome("exec sleep 1", FX_HOLD_APPS, NULL, 0.1, "apps hold: done, exit status 0\n");
}

static void
silence_of_a_deaf_one(void **state)
{
	(void)state;
	/* The script and its child ignore SIGTERM: their process group is killed. */
	expect_outcome("trap '' TERM; echo $$ > \"$0.pid\"; sleep 30 & wait; sleep 30", FX_INSTALL, NULL, 0.2,
		"updater install: failed, no output for too long\n");
}

static void
long_line(void **state)
{
	(void)state;
	expect_outcome("head -c 200000 /dev/zero | tr '\\0' x; echo; echo after", FX_INSTALL, NULL, 0,
		"updater install: other of 65536\nupdater install: other [after]\nupdater install: done, exit status 0\n");
}

static void
flood(void **state)
{
	struct drivers *d;
	unsigned lines = 0;

	(void)state;
	script("updater", "yes xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		" | head -c 50000000; echo installed");
	d = make_drivers(NULL, 0);
	driver_start(d, FX_INSTALL, NULL);
	run_loop(d, 1);
	for (const char *p = heard; (p = strchr(p, '\n')); p++)
		lines++;
	assert_true(lines > 100);
	assert_null(strstr(heard, "installed"));
}

static void
nul_bytes(void **state)
{
	(void)state;
	expect_outcome("printf 'a\\000b\\n'", FX_INSTALL, NULL, 0,
		"updater install: other [a b]\nupdater install: done, exit status 0\n");
}

static void
untrusted(void **state)
{
	char path[1024], expected[2048];
	struct drivers *d;

	(void)state;
	script("updater", "echo no");
	snprintf(path, sizeof path, "%s/updater", folder);
	chmod(path, 0777);
	d = make_drivers(NULL, 0);
	ended = 2;
	driver_start(d, FX_INSTALL, NULL);
	snprintf(expected, sizeof expected, "updater install: unavailable, %s can be written by others\n", path);
	assert_string_equal(heard, expected);
	heard[0] = '\0';
	unlink(path);
	driver_start(d, FX_INSTALL, NULL);
	assert_non_null(strstr(heard, "unavailable, "));
	assert_non_null(strstr(heard, "No such file"));
	run_loop(d, 0);
}

static void
install_ends_a_download(void **state)
{
	struct drivers *d;

	(void)state;
	script("updater", "echo $1; [ $1 = download ] && exec sleep 30; exit 0");
	d = make_drivers(NULL, 0);
	driver_start(d, FX_DOWNLOAD, "1.0");
	driver_start(d, FX_INSTALL, "1.0");
	run_loop(d, 2);
	assert_non_null(strstr(heard, "updater download: failed, updater install\n"));
	assert_non_null(strstr(heard, "updater install: done, exit status 0\n"));
}

static void
another_download_ends_the_first_in_silence(void **state)
{
	struct drivers *d;

	(void)state;
	script("updater", "[ $2 = 1.0 ] && exec sleep 30; echo $2");
	d = make_drivers(NULL, 0);
	driver_start(d, FX_DOWNLOAD, "1.0");
	driver_start(d, FX_DOWNLOAD, "2.0");
	run_loop(d, 1);
	assert_string_equal(heard, "updater download: other [2.0]\nupdater download: done, exit status 0\n");
}

static void
close_and_hold_beside(void **state)
{
	struct drivers *d;

	(void)state;
	script("apps", "[ $1 = hold ] && exec sleep 30; exit 0");
	d = make_drivers(NULL, 0);
	driver_start(d, FX_CLOSE_APPS, NULL);
	driver_start(d, FX_HOLD_APPS, NULL);
	ended = 1;
	ev_run(ev_default_loop(0), 0);
	assert_string_equal(heard, "apps close: done, exit status 0\n");
	driver_start(d, FX_RELEASE_APPS, NULL);
	assert_true(drivers_running(d));
	run_loop(d, 2);
	/* These two may end in either order. */
	assert_non_null(strstr(heard, "apps hold: failed, apps release\n"));
	assert_non_null(strstr(heard, "apps release: done, exit status 0\n"));
}

static int
pretend(int argc, char **argv)
{
	printf("%d %s %s\ninstalled\n", argc, argv[1], argv[2]);
	return 75;
}

static void
pretended(void **state)
{
	static const struct pretence table[] = {{"updater", pretend}, {NULL, NULL}};
	struct drivers *d = make_drivers(table, 0);

	(void)state;
	script("apps", "echo real");
	driver_start(d, FX_INSTALL, "2.0");
	ended = 2;
	driver_start(d, FX_CLOSE_APPS, NULL);	/* nothing pretends this one, and no real driver runs instead */
	run_loop(d, 1);
	assert_string_equal(heard, "apps close: unavailable, no pretended driver called apps\n"
		"updater install: other [3 install 2.0]\nupdater install: outcome [installed]\n"
		"updater install: later, exit status 75\n");
}

static int
make_folder(void **state)
{
	static char path[] = "/tmp/lastcall-driver-XXXXXX";

	(void)state;
	folder = mkdtemp(path);
	return folder ? 0 : -1;
}

static int
remove_folder(void **state)
{
	char command[1100];

	(void)state;
	snprintf(command, sizeof command, "rm -rf %s", folder);
	return system(command);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words), cmocka_unit_test(not_words), cmocka_unit_test(exit_codes),
		cmocka_unit_test(arguments_are_not_shell), cmocka_unit_test(environment_is_clean),
		cmocka_unit_test(own_session), cmocka_unit_test(grandchild_with_the_pipe), cmocka_unit_test(silence),
		cmocka_unit_test(silence_of_a_deaf_one), cmocka_unit_test(long_line), cmocka_unit_test(flood),
		cmocka_unit_test(nul_bytes), cmocka_unit_test(untrusted), cmocka_unit_test(install_ends_a_download),
		cmocka_unit_test(another_download_ends_the_first_in_silence), cmocka_unit_test(close_and_hold_beside),
		cmocka_unit_test(pretended),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
