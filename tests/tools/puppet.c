/* puppet - a driver that obeys a director, which sends it lines over the socket `puppets` beside the state folder:
 * `say TEXT` prints TEXT; `exit STATUS` exits; `deaf` ignores SIGTERM from then on. All but exit are answered by `done`.
 * usage, as of any driver: JOB VERB [VERSION] */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define LINE 256

/* Connects to the director. HOME is the state folder. */
static int
connect_director(void)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	const char *home = getenv("HOME");
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (!home || snprintf(to.sun_path, sizeof to.sun_path, "%s/../puppets", home) >= (int)sizeof to.sun_path)
		return -1;
	return fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0 ? fd : -1;
}

int
main(int argc, char **argv)
{
	const char *job = strrchr(argv[0], '/');
	char line[LINE];
	int fd = connect_director();
	FILE *director = fd < 0 ? NULL : fdopen(fd, "r");

	if (!director || argc < 2)
		return 70;
	dprintf(fd, "%d %s %s %s\n", (int)getpid(), job ? job + 1 : argv[0], argv[1], argc > 2 ? argv[2] : "-");
	while (fgets(line, sizeof line, director)) {
		line[strcspn(line, "\n")] = '\0';
		if (strncmp(line, "exit ", 5) == 0)
			_exit(atoi(line + 5));
		if (strcmp(line, "deaf") == 0)
			signal(SIGTERM, SIG_IGN);
		else if (strncmp(line, "say ", 4) == 0)
			dprintf(STDOUT_FILENO, "%s\n", line + 4);
		dprintf(fd, "done\n");
	}
	return 71;
}
