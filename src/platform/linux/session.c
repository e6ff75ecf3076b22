#include "session.h"

#include <dirent.h>
#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utmp.h>

#include "platform/probe.h"

#define PATH_SIZE 1024
#define LINE_SIZE 256

struct login {
	char user_id[16], class[32], state[32], seat[32];
};

static void
take_line(struct login *l, const char *line)
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
		take_line(l, line);
	fclose(f);
	return true;
}

/* A greeter, a lingering user's services and a session that is closing are nobody. */
static bool
is_person(const struct login *l)
{
	return strcmp(l->class, "user") == 0 && *l->user_id &&
		(strcmp(l->state, "active") == 0 || strcmp(l->state, "online") == 0);
}

/* Who sits at the device goes before who came over the network, who is active before who is not. */
static int
rank(const struct login *l)
{
	return 1 + 2 * (*l->seat != '\0') + (strcmp(l->state, "active") == 0);
}

static bool
by_logind(const char *root, struct probe_session *session)
{
	char folder[PATH_SIZE];
	struct dirent *entry;
	struct login l;
	int best = 0;
	DIR *d;

	snprintf(folder, sizeof folder, "%s" SESSION_LOGIND, root);
	d = opendir(folder);
	if (!d)
		return false;
	while ((entry = readdir(d)))
		if (!strchr(entry->d_name, '.') && read_login(folder, entry->d_name, &l) && is_person(&l) && rank(&l) > best) {
			best = rank(&l);
			session->console = (uid_t)strtoul(l.user_id, NULL, 10);
		}
	closedir(d);
	session->present = best > 0;
	return true;
}

/* An entry stays behind when its process was killed; in a folder of files nobody runs. */
static bool
alive(const char *root, pid_t pid)
{
	return *root || kill(pid, 0) == 0 || errno == EPERM;
}

static void
by_utmp(const char *root, struct probe_session *session)
{
	char path[PATH_SIZE], name[UT_NAMESIZE + 1];
	struct utmp entry;
	FILE *f;

	snprintf(path, sizeof path, "%s" SESSION_UTMP, root);
	f = fopen(path, "re");
	while (f && !session->present && fread(&entry, sizeof entry, 1, f) == 1) {
		const struct passwd *user;

		if (entry.ut_type != USER_PROCESS || !alive(root, entry.ut_pid))
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
	if (!by_logind(root, session))
		by_utmp(root, session);
}
