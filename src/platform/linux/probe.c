/* probe for Linux: reads os-release(5), /etc/debian_version and the kernel's boot id. Finds who is logged in from
 * logind's files (sd-login(3) reads the same), or without logind from utmp(5). Cannot see presentations and
 * calls, so `busy` stays false. */
#include "platform/probe.h"

#include <dirent.h>
#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utmp.h>

#include "core/version.h"

#define PATH_SIZE 1024
#define LINE_SIZE 256
#define LOGIND "/run/systemd/sessions"
#define UTMP "/run/utmp"

const char *const probe_watch[] = {LOGIND, UTMP, NULL};

const struct platform_paths platform_paths = {
	.state = "/var/lib/lastcall",
	.socket = "/run/lastcall/socket",
	.drivers = "/usr/local/lib/lastcall/drivers",
};

/* --- the device --- */

/* Reads the first line of a file. */
static bool
read_first_line(const char *root, const char *path, char line[LINE_SIZE])
{
	char full[PATH_SIZE];
	FILE *f;
	bool read;

	snprintf(full, sizeof full, "%s%s", root, path);
	f = fopen(full, "re");
	if (!f)
		return false;
	read = fgets(line, LINE_SIZE, f) != NULL;
	fclose(f);
	line[read ? strcspn(line, "\n") : 0] = '\0';
	return read && *line;
}

/* Reads NAME=value or NAME="value". */
static bool
parse_value(const char *line, const char *name, char value[LINE_SIZE])
{
	size_t length = strlen(name);

	if (strncmp(line, name, length) != 0 || line[length] != '=')
		return false;
	line += length + 1;
	line += *line == '"';
	snprintf(value, LINE_SIZE, "%.*s", (int)strcspn(line, "\"\n"), line);
	return true;
}

static void
read_release(const char *root, char id[LINE_SIZE], char version[LINE_SIZE], char name[LINE_SIZE])
{
	char path[PATH_SIZE], line[LINE_SIZE];
	FILE *f;

	snprintf(path, sizeof path, "%s/etc/os-release", root);
	f = fopen(path, "re");
	while (f && fgets(line, sizeof line, f))
		if (!parse_value(line, "ID", id) && !parse_value(line, "NAME", name))
			parse_value(line, "VERSION_ID", version);
	if (f)
		fclose(f);
}

/* Drops leading zeros, because the parts of a version are numbers: Ubuntu's 24.04 becomes 24.4. */
static void
drop_zeros(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++)
		if (*from != '0' || (to > text && to[-1] != '.') || from[1] < '0' || from[1] > '9')
			*to++ = *from;
	*to = '\0';
}

/* Prefers Debian's own file, because its VERSION_ID has no point release. In testing that file says "trixie/sid". */
static bool
read_version(const char *root, struct probe_device *device)
{
	char id[LINE_SIZE] = "", text[LINE_SIZE] = "", name[LINE_SIZE] = "Linux", point[LINE_SIZE];

	read_release(root, id, text, name);
	snprintf(device->os, sizeof device->os, "%.31s", name);
	if (strcmp(id, "debian") == 0 && read_first_line(root, "/etc/debian_version", point) &&
	    version_parse(point, &device->version))
		return true;
	drop_zeros(text);
	return version_parse(text, &device->version);
}

static void
read_zone(const char *root, char zone[64])
{
	char path[PATH_SIZE], link[LINE_SIZE];
	const char *name;
	ssize_t length;

	snprintf(path, sizeof path, "%s/etc/localtime", root);
	length = readlink(path, link, sizeof link - 1);
	link[length > 0 ? length : 0] = '\0';
	name = strstr(link, "zoneinfo/");
	if (name)
		snprintf(zone, 64, "%.63s", name + strlen("zoneinfo/"));
	else if (read_first_line(root, "/etc/timezone", link))
		snprintf(zone, 64, "%.63s", link);
	else
		snprintf(zone, 64, "UTC");
}

bool
probe_device(const char *root, struct probe_device *device, char error[256])
{
	char line[LINE_SIZE];

	*device = (struct probe_device){.platform = PLATFORM_LINUX};
	if (!read_version(root, device)) {
		snprintf(error, 256, "neither /etc/debian_version nor VERSION_ID in /etc/os-release is a version");
		return false;
	}
	if (!read_first_line(root, "/proc/sys/kernel/random/boot_id", line)) {
		snprintf(error, 256, "/proc/sys/kernel/random/boot_id cannot be read");
		return false;
	}
	snprintf(device->boot, sizeof device->boot, "%.39s", line);
	read_zone(root, device->time_zone);
	return true;
}

/* --- the session --- */

struct login {
	char user_id[16], class[32], state[32], seat[32];
};

static void
read_login_line(struct login *l, const char *line)
{
	const struct {
		const char *key;
		char *value;
		size_t size;
	} wanted[] = {
		{"UID=", l->user_id, sizeof l->user_id},
		{"CLASS=", l->class, sizeof l->class},
		{"STATE=", l->state, sizeof l->state},
		{"SEAT=", l->seat, sizeof l->seat},
	};

	for (unsigned i = 0; i < sizeof wanted / sizeof *wanted; i++)
		if (strncmp(line, wanted[i].key, strlen(wanted[i].key)) == 0)
			snprintf(wanted[i].value, wanted[i].size, "%.*s", (int)strcspn(line, "\n") -
				(int)strlen(wanted[i].key), line + strlen(wanted[i].key));
}

static bool
read_login(const char *folder, const char *name, struct login *l)
{
	char path[PATH_SIZE + LINE_SIZE], line[LINE_SIZE];
	FILE *f;

	memset(l, 0, sizeof *l);
	snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "re");
	if (!f)
		return false;
	while (fgets(line, sizeof line, f))
		read_login_line(l, line);
	fclose(f);
	return true;
}

/* Greeters, services of lingering users and closing sessions do not count. */
static bool
is_person(const struct login *l)
{
	return strcmp(l->class, "user") == 0 && *l->user_id &&
		(strcmp(l->state, "active") == 0 || strcmp(l->state, "online") == 0);
}

/* Ranks sessions at the device above sessions over the network, and active ones above others. */
static int
rank_login(const struct login *l)
{
	return 1 + 2 * (*l->seat != '\0') + (strcmp(l->state, "active") == 0);
}

static bool
read_logind(const char *root, struct probe_session *session)
{
	char folder[PATH_SIZE];
	struct dirent *entry;
	struct login l;
	int best = 0;
	DIR *d;

	snprintf(folder, sizeof folder, "%s" LOGIND, root);
	d = opendir(folder);
	if (!d)
		return false;
	while ((entry = readdir(d)))
		if (!strchr(entry->d_name, '.') && read_login(folder, entry->d_name, &l) && is_person(&l) && rank_login(&l) > best) {
			best = rank_login(&l);
			session->console = (uid_t)strtoul(l.user_id, NULL, 10);
		}
	closedir(d);
	session->present = best > 0;
	return true;
}

/* Checks the process, because a killed one leaves its entry. With a root no process runs, so each entry counts. */
static bool
is_running(const char *root, pid_t pid)
{
	return *root || kill(pid, 0) == 0 || errno == EPERM;
}

static void
read_utmp(const char *root, struct probe_session *session)
{
	char path[PATH_SIZE], name[UT_NAMESIZE + 1];
	struct utmp entry;
	FILE *f;

	snprintf(path, sizeof path, "%s" UTMP, root);
	f = fopen(path, "re");
	while (f && !session->present && fread(&entry, sizeof entry, 1, f) == 1) {
		const struct passwd *user;

		if (entry.ut_type != USER_PROCESS || !is_running(root, entry.ut_pid))
			continue;
		snprintf(name, sizeof name, "%.*s", UT_NAMESIZE, entry.ut_user);
		user = getpwnam(name);
		session->present = user != NULL;
		session->console = user ? user->pw_uid : 0;
	}
	if (f)
		fclose(f);
}

void
probe_session(const char *root, struct probe_session *session)
{
	*session = (struct probe_session){.present = false};
	if (!read_logind(root, session))
		read_utmp(root, session);
}

bool
probe_peer(int fd, uid_t *uid)
{
	struct ucred peer;
	socklen_t size = sizeof peer;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0)
		return false;
	*uid = peer.uid;
	return true;
}
